"""The dated numbers, as a lawyer would look them up."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from contract_scan.errors import RuleError
from contract_scan.rulebook.law import load_law
from contract_scan.rulebook.parameters import load_parameters

RULES = Path(__file__).resolve().parents[2] / "rules"
PARAMETERS = load_parameters(RULES / "parameters")
LAW = load_law(RULES / "law")

LPR = [
    # first day, the rate, four times it: legal basis, section 0
    (date(2019, 8, 20), "4.25", "17.00"),
    (date(2019, 9, 20), "4.20", "16.80"),
    (date(2019, 11, 20), "4.15", "16.60"),
    (date(2020, 2, 20), "4.05", "16.20"),
    (date(2020, 4, 20), "3.85", "15.40"),
    (date(2021, 12, 20), "3.80", "15.20"),
    (date(2022, 1, 20), "3.70", "14.80"),
    (date(2022, 8, 22), "3.65", "14.60"),
    (date(2023, 6, 20), "3.55", "14.20"),
    (date(2023, 8, 21), "3.45", "13.80"),
    (date(2024, 7, 22), "3.35", "13.40"),
    (date(2024, 10, 21), "3.10", "12.40"),
    (date(2025, 5, 20), "3.00", "12.00"),
    (date(2026, 9, 20), "3.00", "12.00"),
]


@pytest.mark.parametrize(("day", "rate", "four"), LPR)
def test_the_lpr_and_four_times_it(day: date, rate: str, four: str) -> None:
    lpr, cap = PARAMETERS.on("lpr-1y", day), PARAMETERS.on("four-times-lpr", day)
    assert lpr
    assert cap
    assert (lpr.value, cap.value) == (Decimal(rate), Decimal(four))
    assert not cap.stale
    assert cap.source == lpr.source


@pytest.mark.parametrize(("first", "second"), list(pairwise(LPR)))
def test_a_rate_holds_until_the_day_before_the_next(
    first: tuple[date, str, str], second: tuple[date, str, str]
) -> None:
    found = PARAMETERS.on("lpr-1y", date.fromordinal(second[0].toordinal() - 1))
    assert found
    assert found.value == Decimal(first[1])


def test_every_published_rate_is_there() -> None:
    table = Path(__file__).resolve().parents[3] / "shared" / "law" / "lpr-1y.csv"
    if not table.is_file():
        pytest.skip("../shared/law is not there")
    with table.open(encoding="utf-8") as handle:
        published = [
            (date.fromisoformat(row["effective_date"]), Decimal(row["rate_percent"])) for row in csv.DictReader(handle)
        ]
    assert published == [(value.valid_from, value.value) for value in PARAMETERS.by_id["lpr-1y"].values]


@pytest.mark.parametrize(
    ("day", "stale"), [(date(2026, 10, 19), False), (date(2026, 10, 20), True), (date(2027, 3, 1), True)]
)
def test_past_the_last_check_the_lpr_is_flagged_and_keeps_its_date(day: date, *, stale: bool) -> None:
    for id, value in (("lpr-1y", "3.00"), ("four-times-lpr", "12.00")):
        found = PARAMETERS.on(id, day)
        assert found
        assert (found.value, found.stale, found.valid_from) == (Decimal(value), stale, date(2026, 9, 20))


def test_there_is_no_lpr_before_there_was_one() -> None:
    assert PARAMETERS.on("lpr-1y", date(2019, 8, 19)) is None
    assert PARAMETERS.on("four-times-lpr", date(2019, 8, 19)) is None


def test_a_rate_the_user_supplies_is_not_stale_and_leaves_the_past_alone() -> None:
    supplied = PARAMETERS.supplied("lpr-1y", Decimal("2.90"), date(2026, 11, 25))
    now, before = supplied.on("four-times-lpr", date(2026, 11, 25)), supplied.on("lpr-1y", date(2025, 1, 1))
    assert now
    assert before
    assert (now.value, now.stale, now.source) == (Decimal("11.60"), False, "用户提供")
    assert (before.value, before.stale) == (Decimal("3.10"), False)
    old = PARAMETERS.on("lpr-1y", date(2026, 11, 25))
    assert old
    assert old.value == Decimal("3.00")


CAPS = [
    # id, last day without it, first day, value
    ("court-reduction-24", date(2017, 8, 3), date(2017, 8, 4), "24"),
    ("microloan-24", date(2025, 12, 23), date(2025, 12, 24), "24"),
    ("facilitated-loan-24", date(2025, 9, 30), date(2025, 10, 1), "24"),
    ("criminal-lending-36", date(2019, 10, 20), date(2019, 10, 21), "36"),
    ("pawn-movable-monthly", date(2005, 3, 31), date(2005, 4, 1), "4.2"),
    ("pawn-real-estate-monthly", date(2005, 3, 31), date(2005, 4, 1), "2.7"),
    ("pawn-property-rights-monthly", date(2005, 3, 31), date(2005, 4, 1), "2.4"),
    ("overdue-uplift-max", date(2003, 12, 31), date(2004, 1, 1), "50"),
    ("misuse-uplift-max", date(2003, 12, 31), date(2004, 1, 1), "100"),
    ("deposit-max", date(2020, 12, 31), date(2021, 1, 1), "20"),
    ("penalty-over-loss-30", date(2023, 12, 4), date(2023, 12, 5), "30"),
]


@pytest.mark.parametrize(("id", "before", "first", "value"), CAPS)
def test_a_line_of_law_begins_on_its_day(id: str, before: date, first: date, value: str) -> None:
    assert PARAMETERS.on(id, before) is None
    for day in (first, date(2026, 11, 25)):
        found = PARAMETERS.on(id, day)
        assert found
        assert (found.value, found.stale) == (Decimal(value), False)


def test_past_its_last_known_day_a_cap_has_no_value() -> None:
    assert PARAMETERS.on("microloan-24", date(2027, 12, 31)) is not None
    assert PARAMETERS.on("microloan-24", date(2028, 1, 1)) is None


@pytest.mark.parametrize("id", sorted(PARAMETERS.ids() - {"lpr-1y"}))
def test_every_line_names_the_law_it_comes_from_and_whom_it_binds(id: str) -> None:
    parameter = PARAMETERS.by_id[id]
    found = PARAMETERS.on(id, date(2026, 10, 1))
    assert found
    assert found.source
    assert parameter.binds
    basis = LAW.cite(parameter.basis, max(found.valid_from, date(2026, 10, 1)))
    assert basis
    assert basis.verified != "recalled"


def test_an_unknown_parameter_is_an_error() -> None:
    with pytest.raises(RuleError, match=r"lpr-5y.*lpr-1y"):
        PARAMETERS.on("lpr-5y", date(2026, 1, 1))
