"""The table of key terms: fixed rows, the contract's words, and honest gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from contract_scan.model import Fact, Report, Span
from contract_scan.render.headline import headline
from contract_scan.render.terms import State, Term, key_terms, reading
from contract_scan.render.view import read_order

from .factory import quiet, report

ROWS = [
    "借款金额",
    "实际到账",
    "利率（年化）",
    "期限",
    "还款方式",
    "每期还款",
    "各项费用",
    "逾期罚息、违约金",
    "提前还款",
    "担保",
    "管辖、争议解决",
]


def rows(made: Report) -> dict[str, Term]:
    return {term.label: term for term in key_terms(made)}


def with_fact(text: str, needle: str, **fields: object) -> Report:
    made = quiet(text)
    start = made.contract.document.text.index(needle)
    fact = Fact(span=Span(start, start + len(needle)), **fields)  # type: ignore[arg-type]
    return replace(made, contract=replace(made.contract, facts=(fact,)))


def test_the_rows_never_change() -> None:
    assert list(rows(report())) == ROWS
    assert list(rows(quiet(""))) == ROWS


def test_a_value_stands_as_written_with_its_place() -> None:
    term = rows(report())["借款金额"]
    assert term.state is State.FOUND
    assert [cite.evidence.quote for cite in term.cites] == ["人民币贰万元整（¥20,000.00）"]
    assert (term.cites[0].evidence.clause, term.cites[0].evidence.page) == ("第一条", 1)
    assert term.cites[0].reading == "20,000.00\u00a0元"


def test_not_found_is_not_the_same_as_not_agreed() -> None:
    term = rows(quiet())["实际到账"]
    assert (term.state, term.note) == (State.MISSING, "合同里没有找到，不等于没有约定")


def test_with_unread_pages_nothing_is_called_missing() -> None:
    states = {term.state for term in key_terms(report())}
    assert State.UNKNOWN in states
    assert State.MISSING not in states


@pytest.mark.parametrize("blank", ["＿＿＿＿", "____", "【　】", "（  ）", "□", "      ", "XXX"])
def test_room_left_for_a_value_is_a_blank(blank: str) -> None:
    made = with_fact(f"借款合同\n借款金额{blank}元。\n", f"借款金额{blank}元", kind="amount", role="principal")
    assert rows(made)["借款金额"].state is State.BLANK


def test_words_without_a_number_are_unclear_not_blank() -> None:
    made = with_fact("借款合同\n借款金额以系统为准。\n", "以系统为准", kind="amount", role="principal")
    assert rows(made)["借款金额"].state is State.UNCLEAR


def test_a_monthly_rate_is_not_an_annual_one() -> None:
    term = rows(report())["利率（年化）"]
    assert (term.state, term.cites[0].reading) == (State.UNCLEAR, "每月 0.65%")
    assert "没有找到年化利率" in term.note
    yearly = {"kind": "rate", "role": "contract", "value": Decimal("7.8"), "unit": "percent", "per": "year"}
    term = rows(with_fact("借款合同\n年利率7.8%。\n", "年利率7.8%", **yearly))["利率（年化）"]
    assert (term.state, term.note) == (State.FOUND, "")


def test_topics_without_facts_are_quoted_as_sentences() -> None:
    term = rows(report())["管辖、争议解决"]
    assert term.state is State.MENTIONED
    assert term.cites[0].evidence.quote == "乙方承诺不投诉、不举报，并放弃向人民法院起诉的权利。"


def test_a_heading_alone_does_not_count_as_a_mention() -> None:
    assert rows(quiet("借款合同\n第一条 提前还款\n双方另行商定。\n"))["提前还款"].state is State.MISSING


def test_many_places_are_counted_not_listed() -> None:
    made = quiet("借款合同\n" + "费用10元。\n" * 9)
    text = made.contract.document.text
    starts = [index for index in range(len(text)) if text.startswith("费用10元", index)]
    facts = tuple(Fact("fee", "费用", Decimal(10), "yuan", span=Span(start, start + 5)) for start in starts)
    term = rows(replace(made, contract=replace(made.contract, facts=facts)))["各项费用"]
    assert (len(term.cites), term.more) == (3, 6)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Fact("amount", value=Decimal("1234567.5"), unit="yuan", span=Span(0, 1)), "1,234,567.50\u00a0元"),
        (Fact("rate", value=Decimal("0.0500"), unit="percent", per="day", span=Span(0, 1)), "每日 0.05%"),
        (
            Fact("fee", value=Decimal("3"), unit="percent", base="借款本金", per="once", span=Span(0, 1)),
            "一次 按借款本金的 3%",
        ),
        (Fact("term", value=Decimal("12"), unit="instalment", span=Span(0, 1)), "12\u00a0期"),
        (Fact("term", value=Decimal("1E+2"), unit="day", span=Span(0, 1)), "100\u00a0天"),
        (Fact("term", value=Decimal("1E+999999"), unit="day", span=Span(0, 1)), "（数字过大）\u00a0天"),
        (Fact("amount", value=Decimal("1E+999999"), unit="yuan", span=Span(0, 1)), "（数字过大）\u00a0元"),
        (Fact("date", value=date(2026, 9, 28), span=Span(0, 1)), "2026-09-28"),
        (Fact("repayment-method", value="等额本息", span=Span(0, 1)), ""),
        (Fact("rate", span=Span(0, 1)), ""),
    ],
)
def test_how_a_fact_was_read(fact: Fact, expected: str) -> None:
    assert reading(fact) == expected


def test_the_headline_states_finds_and_sends_on() -> None:
    made = report()
    statements, because = headline(made, read_order(made), key_terms(made))
    assert statements == (
        "合同写的：借 20,000.00\u00a0元，月利率 0.65%，期限 12\u00a0个月。",
        "没有找到或者空白：还款方式。",
        "先停下核实 1 处，再问清另外 9 处。",
    )
    assert because == made.summary.reason


@pytest.mark.parametrize(
    ("per", "said"), [("year", "年利率 12%"), ("day", "日利率 12%"), ("instalment", "期利率 12%"), ("", "利率 12%")]
)
def test_the_headline_names_the_period_of_the_rate(per: str, said: str) -> None:
    rate = {"kind": "rate", "role": "contract", "value": Decimal(12), "unit": "percent", "per": per}
    made = with_fact("借款合同\n利率12%。\n", "利率12%", **rate)
    assert headline(made, (), key_terms(made))[0][1] == f"合同写的：{said}。"


def test_the_headline_takes_no_number_that_the_contract_says_in_two_ways() -> None:
    made = report()
    other = Fact("amount", "principal", Decimal(30000), "yuan", span=Span(0, 3))
    made = replace(made, contract=replace(made.contract, facts=(*made.contract.facts, other)))
    statements, _ = headline(made, read_order(made), key_terms(made))
    assert "借 " not in statements[0]
