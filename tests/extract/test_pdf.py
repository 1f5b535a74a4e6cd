"""PDF: reading order, tables, boxes, and what is said about pages that cannot be read."""

from __future__ import annotations

import re
from math import isnan

import pytest
from reportlab.pdfgen.canvas import Canvas

from contract_scan.extract import extract_bytes, pdf
from contract_scan.extract.engine_pdfium import PdfiumEngine
from contract_scan.extract.engine_pdfminer import PdfminerEngine
from contract_scan.model import Source
from tests.extract.make import SIZE, SONG, VERTICAL, Draw, ruled, together, written
from tests.extract.make import pdf as made

CLAUSES = [
    "第一条 借款本金为人民币伍万元整，期限十二个月。",
    "第二条 年利率为百分之十二，按月付息。",
    "第三条 乙方逾期还款的，按日万分之五支付违约金。",
]
SCHEDULE = [["期数", "应还本金", "应还利息"], ["1", "4000.00", "500.00"], ["2", "4040.00", "460.00"]]


def read(*pages: Draw) -> Source:
    return extract_bytes(made(*pages), "合同.pdf")


def lines(*pages: Draw) -> list[str]:
    return read(*pages).text.split("\n")


def squashed(text: str) -> str:
    return "".join(text.split())


def test_lines_come_by_position_not_in_the_order_of_drawing() -> None:
    def draw(canvas: Canvas) -> None:
        for index in (2, 0, 1):
            canvas.drawString(72, 770 - 18 * index, CLAUSES[index])

    assert [squashed(line) for line in lines(draw)] == [squashed(line) for line in CLAUSES]


def test_parts_of_a_line_drawn_separately_are_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(200, 770, "人民币伍万元整")
        canvas.drawString(72, 770, "借款本金为")

    assert lines(draw) == ["借款本金为 人民币伍万元整"]


def test_pages_are_separated_by_a_line_end_and_know_their_span() -> None:
    source = read(written(CLAUSES[:1]), written(CLAUSES[1:]))
    first, second = source.pages
    assert (first.number, second.number) == (1, 2)
    assert source.text[first.span.end] == "\n"
    assert second.span.start == first.span.end + 1
    assert squashed(second.span.of(source.text)) == squashed("".join(CLAUSES[1:]))


def test_every_code_point_has_a_box_where_it_stands() -> None:
    source = read(written(CLAUSES, x=72, top=72))
    (page,) = source.pages
    assert len(page.boxes) == 4 * len(page.span)
    x0, top, x1, bottom = page.boxes[:4]
    assert x0 == pytest.approx(72, abs=0.1)
    assert x1 == pytest.approx(82.5, abs=0.3)
    assert top < 72 < bottom
    assert bottom - top == pytest.approx(10.5, abs=0.1)
    for index, char in enumerate(source.text):
        assert isnan(page.boxes[4 * index]) == char.isspace()


def test_a_table_comes_row_by_row_between_the_text_around_it() -> None:
    found = lines(together(written(["还款计划如下："]), ruled(SCHEDULE), written(["以上为全部还款。"], top=420)))
    assert found == [
        "还款计划如下：",
        "期数 | 应还本金 | 应还利息",
        "1 | 4000.00 | 500.00",
        "2 | 4040.00 | 460.00",
        "以上为全部还款。",
    ]


def test_empty_cells_keep_their_place() -> None:
    assert lines(ruled([["借款金额", "", "期限"], ["", "", ""]])) == ["借款金额 |  | 期限"]


def test_wrapped_text_in_a_cell_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        ruled([["手续费", ""]], width=60)(canvas)
        canvas.rect(132, 842 - 340, 60, 40)
        canvas.drawString(134, 842 - 314, "放款时一次")
        canvas.drawString(134, 842 - 328, "性收取")

    assert "放款时一次性收取" in "".join(lines(draw))


def test_running_text_in_a_cell_keeps_its_line_ends() -> None:
    clause = [
        f"（{n}）乙方应当按照本合同约定的日期足额归还借款本金和利息，不得拖延，否则应当承担责任，" for n in range(1, 6)
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, 8)
        canvas.rect(72, 600, 60, 150)
        canvas.rect(132, 600, 420, 150)
        canvas.drawString(76, 735, "还款义务")
        for index, line in enumerate(clause):
            canvas.drawString(136, 735 - 20 * index, line)

    assert [squashed(line) for line in lines(draw)] == ["还款义务", *clause]


def test_boxes_for_single_digits_are_read_as_one_number() -> None:
    assert lines(ruled([list("622848001")], width=18)) == ["622848001"]


def test_a_table_inside_a_form_xobject_is_found_where_it_is_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("t")
        canvas.setFont(SONG, 10.5)
        ruled(SCHEDULE)(canvas)
        canvas.endForm()
        canvas.translate(30, -100)
        canvas.doForm("t")

    assert "1 | 4000.00 | 500.00" in lines(draw)


def test_a_frame_around_the_page_is_no_table() -> None:
    found = lines(together(lambda c: c.rect(40, 40, 515, 760), written(CLAUSES)))
    assert [squashed(line) for line in found] == [squashed(line) for line in CLAUSES]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行乙方应当按期足额归还借款" for n in range(1, 8)]
    right = [f"右栏第{n}行甲方可以依法转让合同债权" for n in range(1, 8)]
    assert lines(together(written(left, x=60), written(right, x=320))) == left + right


def test_labels_and_values_side_by_side_are_read_row_by_row() -> None:
    labels, values = (
        ["姓名：", "电话：", "地址：", "账号：", "开户行：", "日期："],
        ["甲", "乙", "丙", "丁", "戊", "己"],
    )
    found = lines(together(written(labels, x=60), written(values, x=320)))
    assert found == [f"{label} {value}" for label, value in zip(labels, values, strict=True)]


def test_an_underlined_gap_is_a_blank_to_fill_in() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 770, "借款金额为")
        canvas.line(124.5, 768, 180, 768)
        canvas.drawString(180, 770, "元整。")

    (line,) = lines(draw)
    assert line.startswith("借款金额为____")
    assert line.endswith("_元整。")


def test_what_is_typed_over_underscores_replaces_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 770, "借款金额为__________元整。")
        canvas.drawString(126, 771, "50000")

    assert re.fullmatch("借款金额为_{0,2}50000_{3,6}元整。", lines(draw)[0])


@pytest.mark.parametrize("engine", [PdfiumEngine, PdfminerEngine])
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.8])
def test_fake_bold_is_read_once(shift: float, engine: type[PdfiumEngine | PdfminerEngine]) -> None:
    page = pdf.read_page(engine(made(fake_bold(shift))), 0)
    assert page.lines[0].text == "借款合同"


def test_fake_bold_is_noted() -> None:
    assert any("4 个字在文件里画了两遍" in note for note in read(fake_bold(0.8)).notes)


def fake_bold(shift: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 770, "借款合同")
        for index, char in enumerate("借款合同"):  # piece by piece: pdfium itself drops a second copy of a whole
            canvas.drawString(72 + shift + 10.5 * index, 770, char)

    return together(draw, written(CLAUSES, top=120))


def test_doubled_characters_in_a_run_are_halved_and_noted() -> None:
    source = read(written(["借借款款合合同同", *CLAUSES]))
    assert source.text.startswith("借款合同\n")
    assert any("4 个字" in note for note in source.notes)


@pytest.mark.parametrize("kept", ["高高兴兴地签订合同", "□□□□□□□□", "借款————————元", "共计壹壹零零元"])
def test_ordinary_repetition_stays(kept: str) -> None:
    assert lines(written([kept])) == [kept]


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_page_turned_for_display_reads_the_same(turns: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turns)
        width, height = SIZE if turns == 180 else (SIZE[1], SIZE[0])  # reportlab turns the media box along
        canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turns])
        canvas.rotate(turns)
        for index, line in enumerate(CLAUSES):
            canvas.drawString(60, 400 - 18 * index, line)

    source = read(draw)
    assert squashed(source.text) == squashed("".join(CLAUSES))
    assert list(source.pages[0].boxes[:2]) == pytest.approx([60, SIZE[1] - 400 - 0.88 * 10.5], abs=0.1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_turned_on_the_page_is_read_along_its_own_lines(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(turn)
        for index, line in enumerate(CLAUSES):
            canvas.drawString(-150, 18 - 18 * index, line)

    assert squashed(read(draw).text) == squashed("".join(CLAUSES))


def test_vertical_writing_runs_down_and_to_the_left() -> None:
    def draw(canvas: Canvas) -> None:
        for index, column in enumerate(["借款人应當按期償還", "逾期者按日加收利息"]):
            canvas.setFont(VERTICAL, 12)
            canvas.drawString(500 - 20 * index, 780, column)

    assert lines(draw) == ["借款人应當按期償還", "逾期者按日加收利息"]


def test_what_is_filled_into_a_form_is_part_of_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        written(["Rate per year:"])(canvas)
        canvas.acroForm.textfield(name="rate", x=160, y=764, width=80, height=16, value="23.9", fontSize=10)

    assert "23.9" in lines(draw)[0]


@pytest.mark.parametrize(
    "draw",
    [
        written(CLAUSES),
        together(written(CLAUSES), ruled(SCHEDULE)),
        together(
            written([f"左栏第{n}行乙方应当按期归还" for n in range(8)], x=60),
            written(["甲方可以依法转让债权"] * 8, x=320),
        ),
        lambda canvas: watermark(canvas),
    ],
    ids=["lines", "table", "columns", "watermark"],
)
def test_both_engines_see_the_same_page(draw: Draw) -> None:
    data = made(draw)
    one, other = (pdf.read_page(engine(data), 0) for engine in (PdfiumEngine, PdfminerEngine))
    assert [line.text for line in one.lines] == [line.text for line in other.lines]
    for a, b in zip(one.lines, other.lines, strict=True):
        for glyph, twin in zip(a.glyphs, b.glyphs, strict=True):
            assert glyph.inserted == twin.inserted
            if not glyph.inserted and glyph.angle == 0:
                assert glyph[1:5] == pytest.approx(twin[1:5], abs=1.0)


def test_the_same_bytes_give_the_same_source() -> None:
    data = made(together(written(CLAUSES), ruled(SCHEDULE)))
    assert extract_bytes(data, "a") == extract_bytes(data, "a")


def watermark(canvas: Canvas) -> None:
    written(CLAUSES)(canvas)
    canvas.saveState()
    canvas.translate(300, 700)
    canvas.rotate(45)
    canvas.setFont(SONG, 60)
    canvas.drawCentredString(0, 0, "仅供参考")
    canvas.restoreState()


def test_a_seal_of_type_does_not_mix_with_the_line_under_it() -> None:
    def seal(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        canvas.setFont(SONG, 14)
        canvas.drawString(110, SIZE[1] - 72 - 2, "某某公司专用章")

    source = read(together(written(["第一条 年利率为百分之十二，按月付息，到期还本。", "第二条 违约金"]), seal))
    lines = source.text.split("\n")
    assert squashed(lines[0]) == squashed("第一条 年利率为百分之十二，按月付息，到期还本。")
    assert "某某公司专用章" in lines
