"""Terms, days, repayment method and day count of whole sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.facts.reading import read


@pytest.mark.parametrize(
    ("text", "role", "value", "unit"),
    [
        ("借款期限12个月。", "loan", 12, "month"),
        ("贷款期限为三年，自放款日起算。", "loan", 36, "month"),
        ("借款周期：100天", "loan", 100, "day"),
        ("本金分24期归还。", "loan", 24, "instalment"),
        ("每期应还2,000元，共12期。", "loan", 12, "instalment"),
        ("借款期限自2026年1月1日起至2026年12月31日止，共计12个月。", "loan", 12, "month"),
        ("甲方借款半年给乙方。", "loan", 6, "month"),
        ("自2026年8月1日起六个月，至2027年1月31日止。", "loan", 6, "month"),
        ("自放款之日起9个月到期。", "loan", 9, "month"),
        ("借款人民币5万元，十八个月，用于装修。", "loan", 18, "month"),
        ("月供1,950元，36期。", "loan", 36, "instalment"),
        ("乙方借款6000元，每月工资中扣还1000元，六个月扣完。", "loan", 6, "month"),
        ("借款人借款9,600元，分12个月归还。", "loan", 12, "month"),
        ("乙方借款8万元，用款45天。", "loan", 45, "day"),
        ("还款期定为两年。", "loan", 24, "month"),
        ("借款5000元，分10次还清。", "loan", 10, "instalment"),
        ("期限□6个月 ☑12个月", "loan", 12, "month"),
        ("宽限期三天，宽限期内不计罚息。", "grace", 3, "day"),
        ("保证期间为主债务履行期限届满之日起三年。", "guarantee", 36, "month"),
        ("担保期限自本合同生效之日起至主债务届满之日后两年止。", "guarantee", 24, "month"),
    ],
)
def test_terms(text: str, role: str, value: int, unit: str) -> None:
    (fact,) = read(text, "term")
    assert (fact.role, fact.value, fact.unit) == (role, Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "乙方逾期超过15天的，甲方可以解除合同。",
        "借款期限不满15天的按15天计算。",
        "保密义务的期限为五年。",
        "授权期限为两年。",
        "乙方应在变更后5日内通知甲方。",
        "服务费分3期收取。",
        "借款期限6个月（含）以内为借款金额的1%。",
        "资料保存期限为10年。",
        "甲方应支付信息服务费1,200元，分12个月支付，每月100元。",
        "借款本金分两次还本。",
        "贷款分三次付清的提款，与还款无关。",
        "本人借款3万元，逾期的，十五个月，公示。",
    ],
)
def test_lengths_of_time_that_are_no_term_of_the_loan(text: str) -> None:
    assert read(text, "term") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本合同于2024年5月1日签订。", [("signed", date(2024, 5, 1))]),
        ("签订日期：二〇二四年五月一日", [("signed", date(2024, 5, 1))]),
        ("借款期限自2024-05-01至2025-04-30止。", [("start", date(2024, 5, 1)), ("end", date(2025, 4, 30))]),
        ("起息日2024年5月1日，到期日2025年4月30日。", [("start", date(2024, 5, 1)), ("end", date(2025, 4, 30))]),
        ("2026年8月31日放款。", [("start", date(2026, 8, 31))]),
        ("乙方应于2025年12月31日前还清全部本息。", [("due", date(2025, 12, 31))]),
        ("最后更新时间：2019年7月23日", []),
        ("课程共240节，自2026年3月1日至2026年8月31日。", []),
        ("以2026年2月20日公布的LPR为准。", []),
        ("根据双方于2023年3月1日签订的《授信协议》，", []),
        ("授权期限自2024年5月1日至2025年4月30日。", []),
        ("签订日期：____年__月__日", [("signed", None)]),
        ("借款期限自 年 月 日起至 年 月 日止。", [("start", None), ("end", None)]),
    ],
)
def test_days(text: str, expected: list[tuple[str, date | None]]) -> None:
    assert [(fact.role, fact.value) for fact in read(text, "date")] == expected


def test_a_day_of_the_republic_is_converted_and_marked() -> None:
    (fact,) = read("签订日期：民國113年5月1日", "date")
    assert (fact.value, fact.base) == (date(2024, 5, 1), "民国")


def test_the_day_of_the_month_on_which_payment_falls_due() -> None:
    (fact,) = read("还款日为每月15日。", "date")
    assert (fact.role, fact.value, fact.unit, fact.per) == ("due", Decimal(15), "day", "month")


@pytest.mark.parametrize("text", ["每月1日系统维护，暂停服务。", "每月1日系统处理期间不能提前还款。"])
def test_other_days_of_the_month_are_left_out(text: str) -> None:
    assert read(text, "date") == []


def test_method_and_day_count() -> None:
    facts = read("还款方式为等额本息。日利率=年利率/360。", "repayment-method", "day-count")
    assert [(f.kind, f.value, f.unit, f.per) for f in facts] == [
        ("repayment-method", "等额本息", "", ""),
        ("day-count", Decimal(360), "day", "year"),
    ]
