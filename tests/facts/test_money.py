"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_scan.facts.money import Money, find_money, read_money
from tests.facts.writers import capital_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("壹拾万元整", "100000"),
        ("人民币伍拾万零捌佰元整", "500800"),
        ("人民币（大写）：叁万元整", "30000"),
        ("壹万贰仟叁佰肆拾伍元陆角柒分", "12345.67"),
        ("伍元伍角整", "5.5"),
        ("壹佰元零伍分", "100.05"),
        ("¥100,000.00", "100000"),
        ("￥1,234.50元", "1234.50"),
        ("RMB 50,000", "50000"),
        ("人民币 300,000 元整", "300000"),
        ("12.5万元", "125000"),
        ("3 万元", "30000"),
        ("【5】万元", "50000"),
        ("叁拾萬圓", "300000"),
        ("二百元", "200"),
        ("五十块", "50"),
    ],
)
def test_reads_amounts_as_contracts_write_them(text: str, value: str) -> None:
    assert read_money(text) == Decimal(value)


@given(st.decimals(min_value=Decimal("0.01"), max_value=10**11, places=2))
def test_capital_amounts_read_back(amount: Decimal) -> None:
    assert read_money(capital_amount(amount)) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("US$5,000", "美元"),
        ("5000美元", "美元"),
        ("港币三万元", "港元"),
        ("新台幣伍仟元整", "新台币"),
        ("NT$330,000", "新台币"),
    ],
)
def test_foreign_money_keeps_its_currency(text: str, currency: str) -> None:
    assert [money.currency for money in find_money(text)] == [currency]


@pytest.mark.parametrize(
    "text",
    ["人民币____元", "¥【amount】", "人民币（大写）元整", "人民币万元整", "（小写）：____元", "【借款金额】元整"],
)
def test_amounts_left_out_are_blanks(text: str) -> None:
    assert [money.value for money in find_money(text)] == [None]


@pytest.mark.parametrize(
    "text", ["第5万元", "万分之五", "五万分之一", "评估价值（万元）", "第1.2.3条", "10%", "三个月", "二元旦"]
)
def test_what_is_no_amount_is_left_alone(text: str) -> None:
    assert list(find_money(text)) == []


def test_an_amount_without_a_unit_is_uncertain() -> None:
    assert [(m.value, m.certain) for m in find_money("借款5万，期限一年")] == [(Decimal(50000), False)]


def test_the_two_ways_of_writing_an_amount_are_told_apart() -> None:
    capital, arabic = find_money("人民币壹拾万元整（小写：¥100,000.00）")
    assert isinstance(capital, Money)
    assert (capital.capital, arabic.capital) == (True, False)
    assert capital.value == arabic.value
