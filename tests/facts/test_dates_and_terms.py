"""Days and lengths of time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_scan.facts.dates import find_days, find_due_days, read_date
from contract_scan.facts.terms import find_durations, read_duration
from tests.facts.writers import cardinal


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月1日",
        "二〇二四年五月一日",
        "二零二四年五月一号",
        "2024-05-01",
        "2024/5/1",
        "2024.5.1",
        "【2024】年【5】月【1】日",
        "民國113年5月1日",
    ],
)
def test_one_day_written_in_many_ways(text: str) -> None:
    assert read_date(text) == date(2024, 5, 1)


def test_a_year_of_the_republic_is_marked_as_such() -> None:
    assert [day.roc for day in find_days("民國113年5月1日至2024年6月1日")] == [True, False]


@pytest.mark.parametrize("text", ["____年__月__日", "【 】年【 】月【 】日", "2017年月日", "20 年 月 日", "年月日"])
def test_days_left_out_are_blanks(text: str) -> None:
    assert [day.value for day in find_days(text)] == [None]


@pytest.mark.parametrize("text", ["2024年2月30日", "2024年13月1日", "12年5月1日", "2024-00-01"])
def test_an_impossible_day_is_no_day(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31)))
def test_days_read_back(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    chinese = f"{year}年{cardinal(day.month)}月{cardinal(day.day)}日".replace("一十", "十")
    assert read_date(chinese) == read_date(f"{day.year}年{day.month}月{day.day}日") == read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "day"), [("每月15日", 15), ("每月的第5日", 5), ("每个月二十号", 20), ("每月【8】日", 8)]
)
def test_due_days(text: str, day: int) -> None:
    assert [due.value for due in find_due_days(text)] == [Decimal(day)]


@pytest.mark.parametrize("text", ["每月15日内", "每月5日前", "每月40日", "每年5月1日"])
def test_what_is_no_due_day(text: str) -> None:
    assert list(find_due_days(text)) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12个月", 12, "month"),
        ("十二个月", 12, "month"),
        ("三年", 36, "month"),
        ("两年", 24, "month"),
        ("一年半", 18, "month"),
        ("半年", 6, "month"),
        ("壹年陆个月", 18, "month"),
        ("1年零6个月", 18, "month"),
        ("07 年 00 月", 84, "month"),
        ("两个季度", 6, "month"),
        ("90天", 90, "day"),
        ("七日", 7, "day"),
        ("两周", 14, "day"),
        ("24期", 24, "instalment"),
        ("【12】个月", 12, "month"),
    ],
)
def test_lengths_of_time(text: str, value: int, unit: str) -> None:
    found = read_duration(text)
    assert found is not None
    assert (found.value, found.unit) == (Decimal(value), unit)


def test_a_length_left_out_is_a_blank() -> None:
    assert [(item.value, item.unit) for item in find_durations("____个月")] == [(None, "month")]


@pytest.mark.parametrize("text", ["第5日", "第12期", "2024年", "3.1期末", "每3个月", "贷款期限为____年____月至"])
def test_what_is_no_length_of_time(text: str) -> None:
    assert list(find_durations(text)) == []
