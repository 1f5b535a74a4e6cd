"""The clause tree and the sentences, with the lead-in that governs each item."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_scan.model import Clause
from contract_scan.outline import read_clauses, read_sentences

CONTRACT = """借款合同
第一条 借款金额
本合同借款金额为五万元。
第二条 贷款人的权利
贷款人有权：
（一）调整利率；
（二）有下列情形之一的，宣布提前到期：
1、借款人逾期；
2、借款人失联。
第三条 其他
3.1 年利率为3.5%，按月付息。
3.2 甲方可以：（1）检查；（2）停止放款。"""


def outline(clauses: tuple[Clause, ...], depth: int = 0) -> Iterator[str]:
    for clause in clauses:
        if clause.number:
            yield "  " * depth + f"{clause.number} {clause.heading}".rstrip()
        yield from outline(clause.children, depth + 1)


def test_styles_nest_in_the_order_they_appear() -> None:
    assert list(outline(read_clauses(CONTRACT))) == [
        "第一条 借款金额",
        "第二条 贷款人的权利",
        "  （一）",
        "  （二）",
        "    1",
        "    2",
        "第三条 其他",
        "  3.1",
        "  3.2",
        "    （1）",
        "    （2）",
    ]


@pytest.mark.parametrize(
    ("item", "lead_in"),
    [
        ("（一）调整利率；", "贷款人有权："),
        ("1、借款人逾期；", "（二）有下列情形之一的，宣布提前到期："),
        ("（2）停止放款。", "甲方可以："),
    ],
)
def test_an_item_is_judged_with_its_lead_in(item: str, lead_in: str) -> None:
    sentence = next(s for s in read_sentences(CONTRACT, read_clauses(CONTRACT)) if s.span.of(CONTRACT) == item)
    assert sentence.lead_in is not None
    assert lead_in.endswith(sentence.lead_in.of(CONTRACT).strip())


def test_headings_are_known_as_such() -> None:
    sentences = read_sentences(CONTRACT, read_clauses(CONTRACT))
    headings = [s.span.of(CONTRACT) for s in sentences if s.heading]
    assert headings == ["第一条 借款金额", "第二条 贷款人的权利", "第三条 其他"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [("1、还款按下列顺序清偿：", False), ("1、甲方有权：", False), ("1、违约责任：", True), ("1、违约责任", True)],
)
def test_a_line_that_announces_a_list_is_no_heading(line: str, heading: bool) -> None:
    text = f"借款合同\n（1）第一项。\n{line}\n（1）违约金；\n（2）本金。"
    sentence = next(s for s in read_sentences(text, read_clauses(text)) if s.span.of(text).strip() == line)
    assert sentence.heading is heading


def nested(clause: Clause) -> None:
    end = clause.span.start
    for child in clause.children:
        assert clause.span.contains(child.span)
        assert child.span.start >= end
        end = child.span.end
        nested(child)


@given(st.text(alphabet="第一二条、（）1.2 \n：；。甲方有权下列①a", max_size=120))
def test_children_ascend_inside_their_parent(text: str) -> None:
    clauses = read_clauses(text)
    for clause in clauses:
        nested(clause)
    end = 0
    for sentence in read_sentences(text, clauses):
        assert sentence.span.start >= end
        assert "\n" not in sentence.span.of(text).strip()
        end = sentence.span.end
