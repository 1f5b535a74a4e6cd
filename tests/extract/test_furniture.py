"""What pages repeat in the same place is kept in the text but marked, so that it interrupts no sentence."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from contract_scan.extract import extract_bytes
from contract_scan.model import Source
from tests.extract.make import SIZE, SONG, Draw, ruled, together, written
from tests.extract.make import pdf as made

BODY = [
    ["第一条 甲方向乙方出借人民币叁万元，乙方应当", "按月归还本金和利息。"],
    ["第二条 乙方逾期归还的，自逾期之日起按照", "合同利率的一点五倍支付罚息，直到还清为止。"],
    ["第三条 双方发生争议的，先行协商；协商不成", "的，由乙方住所地人民法院管辖。"],
    ["第四条 本合同自双方签字之日起生效，一式", "两份，双方各执一份。"],
]


def marked(source: Source) -> list[str]:
    return [span.of(source.text) for span in source.furniture]


def without(source: Source) -> str:
    kept, at = [], 0
    for span in source.furniture:
        kept.append(source.text[at : span.start])
        at = span.end
    return "".join([*kept, source.text[at:]])


def read(*pages: Draw) -> Source:
    return extract_bytes(made(*pages), "x.pdf")


def paged(number: int) -> Draw:
    return together(
        written([f"合同编号：HT-2026-{7:04}"], top=30),
        written([f"第 {number + 1} 页 共 {len(BODY)} 页"], x=270, top=810),
        written(BODY[number], top=90),
    )


def test_headers_and_page_numbers_are_marked_with_their_line_ends() -> None:
    source = read(*map(paged, range(4)))
    assert sum("合同编号" in text for text in marked(source)) == 4
    assert sum("页" in text for text in marked(source)) == 4
    assert without(source).rstrip("\n").split("\n") == [line for page in BODY for line in page]


def test_a_bare_number_at_the_foot_of_most_pages_is_a_page_number() -> None:
    pages = [together(written(BODY[n], top=90), written([str(n + 1)], x=297, top=812)) for n in range(4)]
    assert [text.strip() for text in marked(read(*pages))] == ["1", "2", "3", "4"]


def test_different_headers_on_odd_and_even_pages_are_marked() -> None:
    pages = [
        together(written([("借款合同", "某某公司格式文本")[n % 2]], top=30), written(BODY[n], top=90)) for n in range(4)
    ]
    assert len(marked(read(*pages))) == 4


def test_a_single_page_loses_only_its_page_number() -> None:
    source = read(together(written(["借款合同"], top=30), written(BODY[0]), written(["第1页 共1页"], top=810)))
    assert [text.strip() for text in marked(source)] in (["第1页共1页"], ["第1页 共1页"])


def test_what_only_one_page_says_at_its_edge_is_text() -> None:
    pages = [together(written([f"{'甲乙丙丁'[n]}方签字后生效"], top=30), written(BODY[n], top=90)) for n in range(4)]
    assert marked(read(*pages)) == []


def test_the_rows_of_a_schedule_are_no_page_numbers() -> None:
    def rows(first: int) -> list[str]:
        return [f"第 {first + n} 期 2026-{n % 12 + 1:02}-15 应还 {4000 + first + n}.00 元" for n in range(40)]

    source = read(*(written(rows(40 * page), top=40, leading=19) for page in range(3)))
    assert marked(source) == []


def test_the_head_of_a_table_on_every_page_is_text() -> None:
    pages = [ruled([["期数", "本金", "利息"], [str(n), "4000.00", "100.00"]], top=40) for n in range(3)]
    assert marked(read(*pages)) == []


def test_two_copies_of_one_page_are_both_text() -> None:
    page = written([*BODY[0], *BODY[1]], top=40)
    assert marked(read(page, page)) == []


def test_a_slanted_watermark_stands_after_the_text_and_is_marked() -> None:
    def stamped(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            written(BODY[number], top=300)(canvas)
            canvas.translate(SIZE[0] / 2, SIZE[1] - 310)
            canvas.rotate(30)
            canvas.setFont(SONG, 54)
            canvas.drawCentredString(0, -20, "样本仅供参考")

        return draw

    source = read(*map(stamped, range(4)))
    assert [text.strip() for text in marked(source)] == ["样本仅供参考"] * 4
    assert without(source).rstrip("\n").split("\n") == [line for page in BODY for line in page]


def test_large_letters_across_the_text_are_a_watermark_too() -> None:
    def stamped(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            written(BODY[number], top=300)(canvas)
            canvas.setFont(SONG, 60)
            canvas.drawString(80, SIZE[1] - 330, "内部资料")

        return draw

    source = read(*map(stamped, range(4)))
    assert without(source).rstrip("\n").split("\n") == [line for page in BODY for line in page]


def test_a_large_title_is_text_in_its_place() -> None:
    def draw(canvas: Canvas) -> None:
        written(BODY[0], top=120)(canvas)
        canvas.setFont(SONG, 24)
        canvas.drawCentredString(297, SIZE[1] - 80, "个人借款合同")

    source = read(draw)
    assert source.text.startswith("个人借款合同\n第一条")
    assert not source.furniture
