"""What is absent from a file: pages, clauses, annexes; and what is wrongly taken for absent."""

from __future__ import annotations

import pytest

from contract_scan.model import Gap, Page, Source, Span
from contract_scan.normalise import normalise
from contract_scan.outline import find_gaps

LONG = "每月二十日前归还本金和利息，具体金额以双方确认的还款计划为准，不得迟延。" * 4


def gaps(text: str) -> tuple[Gap, ...]:
    return find_gaps(normalise(Source("x", "0", "text", text)))


def paged(*footers: str) -> tuple[Gap, ...]:
    """Gaps of a contract whose pages bear these footers."""
    pages, furniture, text = [], [], ""
    for number, footer in enumerate(footers, 1):
        start, body = len(text), f"这是合同的一页，编号{'甲乙丙丁戊己庚辛'[number - 1]}。\n"
        text += body + footer + "\n"
        pages.append(Page(number, Span(start, len(text) - 1)))
        furniture.append(Span(start + len(body), len(text)))
    return find_gaps(normalise(Source("x", "0", "pdf", text, pages=tuple(pages), furniture=tuple(furniture))))


@pytest.mark.parametrize(
    ("footers", "kinds", "said"),
    [
        (["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"], [], ""),
        (["第 1 页 共 4 页", "第 3 页 共 4 页"], ["pages"], "第 2、4 页"),
        (["共 8 页 第 1 页", "共 8 页 第 2 页", "共 8 页 第 3 页"], ["pages"], "第 4–8 页"),
        (["1/3", "3/3"], ["pages"], "第 2 页"),
        (["- 1 -", "- 2 -", "- 4 -"], ["pages"], "第 3 页"),
        (["1", "2", "3"], [], ""),
        (["4", "5", "6"], [], ""),  # an excerpt that does not say where the paper ends
        (["第 2 页 共 2 页", "第 1 页 共 2 页"], ["order"], "2、1"),
        (["第 1 页 共 2 页", "", ""], [], ""),  # pages without a number may be the absent one
        (["版本 2024/12", "版本 2024/12"], [], ""),
    ],
)
def test_page_numbers_tell_what_is_not_there(footers: list[str], kinds: list[str], said: str) -> None:
    found = paged(*footers)
    assert [gap.kind for gap in found] == kinds
    assert said in "".join(gap.sentence for gap in found)


@pytest.mark.parametrize(
    ("numbers", "absent"),
    [
        ("一二三四", ""),
        ("一二四五六", "第 3 条"),
        ("一二五六七八九", "第 3–4 条"),
        ("五六七", ""),  # more is absent than there: an excerpt
    ],
)
def test_clause_numbers_that_jump(numbers: str, absent: str) -> None:
    found = gaps("\n".join(f"第{number}条 甲方应当按照约定履行义务。" for number in numbers))
    assert bool(found) is bool(absent)
    assert absent in "".join(gap.sentence for gap in found)


def test_a_clause_in_the_middle_of_a_line_is_there() -> None:
    assert not gaps("第一条 借款。\n第二条 利率。第三条 期限。\n第四条 违约。")


@pytest.mark.parametrize(
    ("text", "hides"),
    [
        ("还款安排见附件一《还款计划表》。", [True]),
        ("还款安排见附件一。\n附件一 还款计划表\n" + LONG, []),
        ("还款安排见附件一、附件二。\n附件一 还款计划表\n" + LONG, [True]),
        ("乙方另行签署附件《征信授权书》。", [False]),  # an authorisation holds no price
        ("本合同的附件与本合同具有同等效力。", []),
        ("附件一《还款计划表》\n附件二《收费标准》\n", [True, True]),  # a list of annexes is not the annexes
    ],
)
def test_annexes_that_are_spoken_of(text: str, hides: list[bool]) -> None:
    assert [gap.hides for gap in gaps(text)] == hides


def test_a_page_that_is_hard_to_read_is_told() -> None:
    from decimal import Decimal

    page = Page(1, Span(0, 4), "ocr", Decimal("0.7"))
    found = find_gaps(normalise(Source("x", "0", "image", "借款合同", pages=(page,))))
    assert [(gap.kind, gap.hides) for gap in found] == [("legibility", True)]
