"""Which lines in law stand beside a loan, by date and lender, and what is said when it is close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contract_scan.costing import LPR, price
from contract_scan.model import CostCard, Fact, LenderType
from contract_scan.rulebook import Rulebook, load_rulebook

from .given import D, amount, method, months, rate

RULEBOOK = load_rulebook()
DAY = date(2026, 9, 25)


def priced(
    yearly: object, lender: LenderType, day: date = DAY, *, platform: bool = False, rulebook: Rulebook = RULEBOOK
) -> CostCard:
    facts = (amount("principal", 12000), months(12), rate(yearly), method("先息后本"))
    return price(facts, rulebook, day=day, lender=lender, platform=platform)[0]


def standings(card: CostCard) -> dict[str, str]:
    return {line.id: line.standing for line in card.lines}


@pytest.mark.parametrize(
    ("yearly", "standing"), [("10.9", "below"), ("11", "near"), ("12.5", "near"), ("13", "near"), ("13.1", "above")]
)
def test_within_one_point_there_is_no_verdict(yearly: str, standing: str) -> None:
    assert standings(priced(yearly, LenderType.PRIVATE)) == {"four-times-lpr": standing}


@pytest.mark.parametrize(
    ("lender", "lines"),
    [
        (LenderType.PRIVATE, {"four-times-lpr"}),
        (LenderType.BANK, {"court-reduction-24"}),
        (LenderType.CONSUMER_FINANCE, {"court-reduction-24"}),
        (LenderType.TRUST, {"court-reduction-24"}),
        (LenderType.MICROLOAN, {"court-reduction-24", "microloan-24", "four-times-lpr"}),
        (LenderType.PAWN, {"pawn-movable-monthly", "pawn-real-estate-monthly", "pawn-property-rights-monthly"}),
        (LenderType.PLATFORM, {"four-times-lpr", "court-reduction-24", "microloan-24"}),
        (LenderType.UNKNOWN, {"four-times-lpr", "court-reduction-24", "microloan-24"}),
    ],
)
def test_each_lender_has_its_lines(lender: LenderType, lines: set[str]) -> None:
    assert set(standings(priced(30, lender))) == lines


def test_a_bank_behind_a_platform_has_one_more() -> None:
    assert set(standings(priced(20, LenderType.BANK, platform=True))) == {"court-reduction-24", "facilitated-loan-24"}
    before = priced(20, LenderType.BANK, date(2025, 9, 30), platform=True)
    assert set(standings(before)) == {"court-reduction-24"}


@pytest.mark.parametrize(
    ("day", "value"),
    [("2024-09-01", "13.40"), ("2024-10-21", "12.40"), ("2025-05-19", "12.40"), ("2025-05-20", "12.00")],
)
def test_four_times_the_lpr_of_the_signing_day(day: str, value: str) -> None:
    line = priced(30, LenderType.PRIVATE, date.fromisoformat(day)).lines[0]
    assert (line.value, line.stale) == (D(value), False)


def test_past_the_last_known_lpr_the_line_is_marked_and_the_user_can_give_it() -> None:
    late = date(2026, 11, 25)
    line = priced(30, LenderType.PRIVATE, late).lines[0]
    assert (line.value, line.stale, line.since) == (D("12.00"), True, date(2026, 9, 20))
    given = replace(RULEBOOK, parameters=RULEBOOK.parameters.supplied(LPR, D("2.9"), late))
    line = priced(30, LenderType.PRIVATE, late, rulebook=given).lines[0]
    assert (line.value, line.stale) == (D("11.6"), False)


def test_before_the_new_rule_the_line_is_left_to_a_person() -> None:
    line = priced(30, LenderType.PRIVATE, date(2020, 8, 19)).lines[0]
    assert line.standing == "open"
    assert "分段" in line.note


def test_the_criminal_line_is_only_named_where_it_is_near() -> None:
    assert "criminal-lending-36" not in standings(priced(34, LenderType.PRIVATE))
    assert standings(priced(60, LenderType.PRIVATE))["criminal-lending-36"] == "above"
    assert "criminal-lending-36" not in standings(priced(60, LenderType.BANK))


def test_a_microloan_company_is_not_told_that_the_private_line_binds_it() -> None:
    line = next(line for line in priced(20, LenderType.MICROLOAN).lines if line.id == "four-times-lpr")
    assert "监管" in line.title
    assert "不是民间借贷的司法保护线" in line.note


def test_a_pawn_line_is_not_compared_with_the_whole() -> None:
    assert set(standings(priced(60, LenderType.PAWN)).values()) == {"open"}


def test_where_the_method_is_open_the_line_may_be() -> None:
    facts = (amount("principal", 12000), months(12), rate(14))
    card, derived = price(facts, RULEBOOK, day=DAY, lender=LenderType.BANK)
    assert standings(card) == {"court-reduction-24": "open"}
    assert [fact.value for fact in derived] == [D("14.00")]  # the lower end: no rule hits on what may not be


def test_who_lends_decides_and_that_is_said() -> None:
    assert any("看不出是谁放款" in sentence for sentence in priced(20, LenderType.UNKNOWN).assumptions)
    assert not any("看不出是谁放款" in sentence for sentence in priced(20, LenderType.BANK).assumptions)


@pytest.mark.parametrize("lender", list(LenderType))
def test_nothing_is_called_illegal_or_void(lender: LenderType) -> None:
    told = "".join(line.title + line.note + line.binds for line in priced(60, lender).lines)
    assert "违法" not in told
    assert "高利贷" not in told


def test_nothing_derived_without_a_rate() -> None:
    facts: tuple[Fact, ...] = (amount("principal", 12000), months(12))
    card, derived = price(facts, RULEBOOK, day=DAY, lender=LenderType.BANK)
    assert (card.lines, derived) == ((), ())
    assert isinstance(card.needed[0], str)
