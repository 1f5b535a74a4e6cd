"""Written numbers, tables and round trips."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_scan.facts.numerals import BLANK, is_blank, read_cardinal, read_number
from tests.facts.writers import CAPITAL, cardinal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50,000", "50000"),
        ("1，234，567.89", "1234567.89"),
        ("12.5万", "125000"),
        ("3万5千", "35000"),
        ("【0.65】", "0.65"),
        ("【 24 】", "24"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("一万零五百", "10500"),
        ("一亿二千万零五", "120000005"),
        ("两千三", "2300"),
        ("一万五", "15000"),
        ("三百五", "350"),
        ("十五点四", "15.4"),
        ("零点零五", "0.05"),
        ("○‧五", "0.5"),
        ("二〇二四", "2024"),
        ("壹拾万", "100000"),
        ("伍拾万零捌佰", "500800"),
        ("叁拾萬", "300000"),
        ("參佰參拾萬", "3300000"),
        ("弍万", "20000"),
        ("廿五", "25"),
    ],
)
def test_reads_numbers_as_contracts_write_them(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "元", "十百", "二二十", "1.2.3", "1,23", "十五点", "点五", "一" * 41, "9" * 41, "千分"]
)
def test_what_is_no_number_reads_as_none(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_ordinary_cardinals_read_back(number: int) -> None:
    assert read_cardinal(cardinal(number)) == number


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_capital_cardinals_read_back(number: int) -> None:
    assert read_cardinal(cardinal(number, CAPITAL)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_arabic_numbers_read_back_with_and_without_separators(number: Decimal) -> None:
    assert read_number(f"{number:,.2f}") == read_number(f"{number:.2f}") == number


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    value = read_number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    "text", ["____", "_", "【】", "【  】", "【amount】", "【 【rate】 】", "（ ）", "□", "□□□", "XX", "××"]
)
def test_empty_fields_are_blanks(text: str) -> None:
    import re

    match = re.fullmatch(BLANK, text)
    assert match is not None
    assert is_blank(text)


def test_a_filled_field_is_no_blank() -> None:
    assert not is_blank("【0.65】")
