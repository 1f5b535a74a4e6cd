"""Percentages and the period the words around them name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contract_scan.facts.periods import period_around
from contract_scan.facts.rates import find_percentages


def one(text: str) -> tuple[Decimal | None, str, str]:
    (found,) = find_percentages(text)
    period = found.period or period_around(text, found.span.start, found.span.end, floor=0, ceiling=len(text))
    return found.value, found.unit, period


@pytest.mark.parametrize(
    ("text", "percent", "period"),
    [
        ("月利率1.2%", "1.2", "month"),
        ("1.2%/月", "1.2", "month"),
        ("万分之四/日", "0.04", "day"),
        ("日万分之五", "0.05", "day"),
        ("每日0.05%", "0.05", "day"),
        ("0.5‰/日", "0.05", "day"),
        ("0.08%（日）", "0.08", "day"),
        ("5%每天", "5", "day"),
        ("年百分之十五点四", "15.4", "year"),
        ("年化（单利）15.4%", "15.4", "year"),
        ("年利率24%", "24", "year"),
        ("每月千分之三", "0.3", "month"),
        ("每期0.75%", "0.75", "instalment"),
        ("每日按年化利率24%计收", "24", "year"),
        ("每逾期一日，按应付款的千分之一支付", "0.1", "day"),
        ("按余额的0.1%收取，按日计算", "0.1", "day"),
        ("罚息=逾期天数×本金×1%", "1", "day"),
        ("逾期本息×1‰×逾期天数", "0.1", "day"),
        ("利息=本金×12%×天数÷365", "12", "year"),
        ("每万元每天2元", "0.02", "day"),
        ("每一万元本金日付4.2元", "0.042", "day"),
        ("每千元每天交付0.55元", "0.055", "day"),
        ("5.2元/万元/天", "0.052", "day"),
        ("月息2分", "2", "month"),
        ("月息1分2", "1.2", "month"),
        ("月息一分五厘", "1.5", "month"),
        ("月利1.1分", "1.1", "month"),
        ("月息八厘", "0.8", "month"),
        ("年息六厘", "6", "year"),
        ("年息2分", "20", "year"),
        ("年息一成二", "12", "year"),
        ("日息五厘", "0.05", "day"),
        ("【0.66】%/日", "0.66", "day"),
    ],
)
def test_percent_and_period(text: str, percent: str, period: str) -> None:
    assert one(text) == (Decimal(percent), "percent", period)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("5‰", "0.5"),
        ("千分之三", "0.3"),
        ("百分之二十", "20"),
        ("自2024年5月1日起按12%计息", "12"),
        ("借款期限6个月 3%", "3"),
        ("每十日千分之四", "0.4"),
        ("甲方应每月还款，违约金为借款金额的20%", "20"),
        ("过期费10%", "10"),
    ],
)
def test_a_period_nobody_states_stays_open(text: str, percent: str) -> None:
    assert one(text) == (Decimal(percent), "percent", "")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("加120基点", "120", "bp"),
        ("加120BP", "120", "bp"),
        ("减30个基点", "30", "bp"),
        ("1.5倍", "1.5", "times"),
        ("四倍", "4", "times"),
        ("1.9个百分点", "1.9", "percent"),
        ("24厘", "24", "li"),
        ("一分五厘", "15", "li"),
    ],
)
def test_other_units(text: str, value: str, unit: str) -> None:
    assert one(text) == (Decimal(value), unit, "")


@pytest.mark.parametrize(
    "text", ["利率为____%", "月利率 ‰", "万分之____", "百分之（ ）", "【rate】%", "利率【 【x】 】%"]
)
def test_rates_left_out_are_blanks(text: str) -> None:
    assert one(text)[0] is None


@pytest.mark.parametrize("text", ["二百分之一", "分期12", "三分之一", "费率（单位：%）", "一个基点为一个单位，12期"])
def test_what_is_no_percentage_is_left_alone(text: str) -> None:
    assert [item.value for item in find_percentages(text) if item.unit == "percent"] == []


def test_the_definition_of_a_basis_point_is_no_spread() -> None:
    assert [item.unit for item in find_percentages("一个基点为万分之一")] == ["percent"]


def test_a_fee_for_each_round_sum_is_a_percentage() -> None:
    assert one("每借款一万元计收一百三十元") == (Decimal("1.3"), "percent", "")
