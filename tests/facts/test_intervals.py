"""How far apart payments are, and which instalments a rate, a method or an instalment is for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.facts.reading import read


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("按季结息，到期还本。", "3", "month"),
        ("结息日为每季末月20日，按季付息。", "3", "month"),
        ("借款人每季度末月的20日付息。", "3", "month"),
        ("每半年付息一次，到期还本。", "6", "month"),
        ("按年付息，到期一次还本。", "12", "month"),
        ("利息每3个月支付利息一次。", "3", "month"),
        ("乙方按两个月为一期还款。", "2", "month"),
        ("每两周还款一次，每次还款500元。", "14", "day"),
        ("乙方每周还款400元。", "7", "day"),
        ("采用双周一期方式。", "14", "day"),
        ("每旬还款一次。", "10", "day"),
        ("借款以10天为一期，每期还本付息。", "10", "day"),
        ("每期为15天。", "15", "day"),
        ("每半月还款一次。", "15", "day"),
        ("每日还款120元，共100天。", "1", "day"),
        ("分12期，每月一期。", "1", "month"),
    ],
)
def test_intervals(text: str, value: str, unit: str) -> None:
    found = {(fact.value, fact.unit) for fact in read(text, "term") if fact.role == "interval"}
    assert found == {(Decimal(value), unit)}


@pytest.mark.parametrize(
    "text",
    [
        "每月15日还款。",
        "对未支付的利息按季计收复利。",
        "逾期后每3个月按未还本金计收罚息并付息。",
        "乙方每季度向甲方提供财务报表。",
        "甲方每半年检查一次乙方的还款能力。",
        "租金按季付款。",
        "利率每满一年调整一次。",
        "逾期的，每日按未还款项的千分之一支付违约金。",
        "每日计息，按月还款。",
        "有效期间每三个月为一期，第一期收0.25%。",
    ],
)
def test_other_lengths_of_time_are_no_interval(text: str) -> None:
    assert [fact for fact in read(text, "term") if fact.role == "interval"] == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("前三期月利率0.5%，其后各期月利率1.5%。", [("0.5", "1-3"), ("1.5", "4-")]),
        ("前6个月月利率为0.8%，自第7个月起月利率为1.2%。", [("0.8", "1-6"), ("1.2", "7-")]),
        ("第1期至第12期月利率1%，第13-24期月利率1.3%。", [("1", "1-12"), ("1.3", "13-24")]),
        ("第一年年利率4%，第二年年利率8%。", [("4", "1-12"), ("8", "13-24")]),
        ("首年年利率3.6%，第二年起年利率7.2%。", [("3.6", "1-12"), ("7.2", "13-")]),
        ("前三期月利率0.5%，其后1.5%。", [("0.5", "1-3"), ("1.5", "4-")]),
        ("年利率：第1年4%，第2年5%，第3年6%。", [("4", "1-12"), ("5", "13-24"), ("6", "25-36")]),
        ("首月利率0.5%，次月起1.2%。", [("0.5", "1"), ("1.2", "2-")]),
        ("前2个月免息，第3期起月利率1%。", [("0", "1-2"), ("1", "3-")]),
        ("首3期不收利息，以后各期月利率1.1%。", [("0", "1-3"), ("1.1", "4-")]),
        ("以放款日前一个月的牌价为准，月利率1%。", [("1", "")]),
        ("提前3个月还清的，月利率仍为1%。", [("1", "")]),
        ("前三期免收账户费，月利率1.2%。", [("1.2", "")]),
    ],
)
def test_rates_that_change_on_the_way(text: str, facts: list[tuple[str, str]]) -> None:
    found = [(fact.value, fact.timing) for fact in read(text, "rate") if fact.role == "contract"]
    assert found == [(Decimal(value), timing) for value, timing in facts]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("第1期至第35期每期还款2,500元，第36期还款60,000元。", [("2500", "1-35"), ("60000", "36")]),
        ("前11期每期还款1,000元，最后一期还款1,205元。", [("1000", "1-11"), ("1205", "last")]),
        ("每期还款1,050元，最后一期还款1,044.5元。", [("1050", ""), ("1044.5", "last")]),
        ("前11期每期还款1,000元，最后一期980元。", [("1000", "1-11"), ("980", "last")]),
        ("首期还款1,300元，其后每期还款1,050元。", [("1300", "1"), ("1050", "2-")]),
    ],
)
def test_instalments_that_change_on_the_way(text: str, facts: list[tuple[str, str]]) -> None:
    found = [(fact.value, fact.timing) for fact in read(text, "amount") if fact.role == "instalment"]
    assert found == [(Decimal(value), timing) for value, timing in facts]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("前6期先息后本，第7期起等额本息。", [("先息后本", "1-6"), ("等额本息", "7-")]),
        (
            "第1期至第6期只需按月支付利息，第7期至第24期按等额本息方式还款。",
            [("先息后本", "1-6"), ("等额本息", "7-24")],
        ),
        ("前12个月仅还利息，剩余24个月等额本金。", [("先息后本", "1-12"), ("等额本金", "13-")]),
        ("展期内只付利息。", []),
    ],
)
def test_methods_that_change_on_the_way(text: str, facts: list[tuple[str, str]]) -> None:
    assert [(fact.value, fact.timing) for fact in read(text, "repayment-method")] == facts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("放款当日为第一期还款日。", 1),
        ("第一期本息从到账资金中收取。", 1),
        ("首期还款于放款时扣除。", 1),
        ("首期本息不在放款时扣除。", 0),
        ("第一期还款日为放款当日起满一个月。", 0),
        ("首期还款时收取评估费80元。", 0),
    ],
)
def test_a_first_instalment_on_the_day_of_lending(text: str, found: int) -> None:
    assert len([fact for fact in read(text, "term") if fact.role == "first-due"]) == found
