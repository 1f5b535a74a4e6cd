"""Instalments further apart than a month, rates and methods that change on the way, parts told one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from contract_scan.cost import Method, Terms, estimate, flows, schedule
from contract_scan.model import CostCard, Fact

from .given import HERE, D, amount, day, days, fee, method, months, parts, rate


def interval(value: int, unit: str) -> Fact:
    return Fact("term", "interval", D(value), unit, span=HERE)


def stage(fact: Fact, which: str) -> Fact:
    return replace(fact, timing=which)


def each(role: str, value: object) -> Fact:
    return replace(amount(role, value), per="instalment")


def card(*facts: Fact) -> CostCard:
    return estimate(facts).card


def paid(made: CostCard) -> list[Decimal]:
    return [row.paid for row in made.rows[1:]]


@pytest.mark.parametrize(
    ("facts", "count", "each_one", "simple"),
    [
        #: 10,000 × 8 % / 4 = 200 a quarter
        ((months(12), interval(3, "month"), rate(8), method("先息后本")), 4, "200.00", "8.00"),
        #: 10,000 × 8 % / 2 = 400 a half-year
        ((months(12), interval(6, "month"), rate(8), method("先息后本")), 2, "400.00", "8.00"),
        #: 2 % a quarter: 10,000 × 0.02 / (1 − 1.02^−4) = 2,626.24
        ((months(12), interval(3, "month"), rate(8), method("等额本息")), 4, "2626.24", "8.00"),
        #: weekly, 52 a year: 10,000 / 10 + 10,000 × 26 % / 52 = 1,050; 52 × IRR
        ((days(70), interval(7, "day"), rate(26), method("等本等息")), 10, "1050.00", "46.65"),
        #: 13 a half-year, 26 a year
        ((months(6), parts(13), interval(14, "day"), rate(13), method("先息后本")), 13, "50.00", "13.00"),
        #: everything at the end: the interval changes nothing
        ((months(12), interval(3, "month"), rate(8), method("一次性还本付息")), 12, "0.00", "8.00"),
    ],
)
def test_instalments_as_far_apart_as_the_contract_says(
    facts: tuple[Fact, ...], count: int, each_one: str, simple: str
) -> None:
    made = card(amount("principal", 10000), *facts)
    assert len(made.rows) == count + 1, made.needed
    assert paid(made)[0] == D(each_one)
    assert round(made.simple or 0, 2) == D(simple)


def test_an_interval_that_does_not_divide_the_term_is_named_and_left_out() -> None:
    made = card(amount("principal", 10000), months(10), interval(3, "month"), rate(8), method("先息后本"))
    assert len(made.rows) == 11
    assert made.conflicts == ("期限 10 个月和每季一期对不上，这里没有按每季计算。",)


@pytest.mark.parametrize(
    ("facts", "interest"),
    [
        #: 12,000 in four parts of 3,000; 1 % then 2 % a month of what is left
        ((stage(rate(12), "1-2"), stage(rate(24), "3-"), method("等额本金")), "120.00 90.00 120.00 60.00"),
        ((stage(rate(0), "1-2"), rate(12), method("等额本金")), "0.00 0.00 60.00 30.00"),
        ((stage(rate(12), "1-2"), stage(rate(24), "3-4"), method("一次性还本付息")), "0 0 0 720.00"),
        #: two months of interest alone, then two level instalments: 12,000 × 0.01 / (1 − 1.01^−2) = 6,090.15
        ((rate(12), stage(method("先息后本"), "1-2"), stage(method("等额本息"), "3-4")), "120.00 120.00 120.00 60.30"),
    ],
)
def test_rates_and_methods_that_change_on_the_way(facts: tuple[Fact, ...], interest: str) -> None:
    made = card(amount("principal", 12000), months(4), *facts)
    assert [row.interest for row in made.rows[1:]] == [D(value) for value in interest.split()], made.needed
    assert made.rows[-1].balance == 0


def test_a_rate_that_does_not_cover_every_instalment_stays_a_range() -> None:
    made = card(amount("principal", 12000), months(4), stage(rate(12), "1-2"), stage(rate(24), "4"), method("等额本金"))
    assert (round(made.low or 0, 2), round(made.high or 0, 2)) == (12, 24)


def test_the_card_says_which_instalments_have_which_rate() -> None:
    made = card(
        amount("principal", 12000), months(4), stage(rate(12), "1-2"), stage(rate(24), "3-"), method("等额本金")
    )
    assert dict(made.inputs)["年利率（单利）"] == "第 1–2 期 12%，第 3–4 期 24%"
    assert dict(made.written)["年化"] == "第 1–2 期年利率 12%、第 3 期起年利率 24%"
    assert made.stated is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((stage(amount("instalment", 900), "1-3"), stage(amount("instalment", 2000), "4")), "900 900 900 2000"),
        ((amount("instalment", 1100), stage(amount("instalment", 1090), "last")), "1100 1100 1100 1090"),
        ((stage(amount("instalment", 1500), "1"), stage(amount("instalment", 1000), "2-")), "1500 1000 1000 1000"),
        ((each("principal-part", 1000), each("interest", 40)), "1040 1040 1040 1040"),
        ((each("principal-part", 1000), fee("手续费", 30, "monthly")), "1030 1030 1030 1030"),
    ],
)
def test_instalments_told_one_by_one(facts: tuple[Fact, ...], expected: str) -> None:
    made = card(amount("principal", 4000), months(4), *facts)
    assert paid(made) == [D(value) for value in expected.split()], made.needed


def part(number: int, value: int, timing: str = "") -> Fact:
    return Fact("schedule", "repaid", D(value), "yuan", base=str(number), timing=timing, span=HERE)


def test_the_principal_in_parts_bears_interest_on_what_is_left() -> None:
    """100,000 at 6 %: 6 months of 500, then 60,000 is left: 6 months of 300; 4,800 in all."""
    on = Fact("schedule", "repaid-on", date(2027, 7, 1), base="2", span=HERE)
    known = (amount("principal", 100000), months(12), rate(6), day("start", "2026-07-01"))
    made = card(*known, part(1, 40000, "6"), part(2, 60000), on)
    assert [row.principal for row in made.rows if row.principal] == [40000, 60000]
    assert (made.total_cost, round(made.simple or 0, 2), made.low) == (4800, 6, None)
    assert dict(made.inputs)["还款方式"] == "按期付息，本金按写明的日子分次归还"


@pytest.mark.parametrize(
    "parts_",
    [
        (part(1, 40000, "6"), part(2, 50000, "12")),  # 90,000 of 100,000
        (part(1, 40000, "6"), part(2, 60000, "13")),  # after the end
        (part(1, 40000, "6"), part(2, 60000)),  # a day that is not known
    ],
)
def test_parts_that_do_not_fit_the_loan_are_left_out(parts_: tuple[Fact, ...]) -> None:
    made = card(amount("principal", 100000), months(12), rate(6), *parts_)
    assert "本金按写明的日子" not in dict(made.inputs)["还款方式"]


@pytest.mark.parametrize(
    ("facts", "methods"),
    [
        #: 12,000 at 1 % a month in 12: on what is left 120 + 110 + … + 10 = 780, on the whole 12 × 120 = 1,440
        ((amount("interest", 780),), {"等额本金"}),
        ((amount("total", 12780),), {"等额本金"}),
        ((amount("interest", "794.28"),), {"等额本息"}),
        ((amount("interest", 1440),), {"先息后本", "一次性还本付息", "等本等息"}),
        ((each("principal-part", 1000),), {"等额本金", "等本等息"}),
        ((each("principal-part", 1000), amount("instalment", 1120)), {"等本等息"}),
    ],
)
def test_stated_sums_narrow_the_methods(facts: tuple[Fact, ...], methods: set[str]) -> None:
    made = card(amount("principal", 12000), months(12), rate(12), *facts)
    (told,) = [told for told in made.assumptions if "还款方式" in told]
    named = {"等额本息", "等额本金", "先息后本", "一次性还本付息", "等本等息"}
    assert {name for name in named if name in told} == methods


@pytest.mark.parametrize(
    "facts",
    [
        (each("principal-part", 1000),),  # neither interest nor charges: something is missing
        (each("principal-part", 900), each("interest", 40)),  # 4 × 900 is not 4,000
        (
            stage(amount("instalment", 900), "1-2"),
            stage(amount("instalment", 2000), "4"),
        ),  # who pays what in the third?
    ],
)
def test_parts_that_do_not_make_the_loan_are_not_guessed_at(facts: tuple[Fact, ...]) -> None:
    assert card(amount("principal", 4000), months(4), *facts).needed == ("年利率是多少（没有读到明确的数字）",)


def test_a_first_instalment_on_the_day_of_lending_leaves_less_and_costs_more() -> None:
    """12,000 at 12 % in 4: 3,075.37 kept at once, so 8,924.63 arrives and three more are paid: 12 × 1.6798 %."""
    at_once = Fact("term", "first-due", D(0), "day", span=HERE)
    made = card(amount("principal", 12000), months(4), rate(12), method("等额本息"), at_once)
    assert (made.received, made.total_paid, len(made.rows)) == (D("8924.63"), D("9226.13"), 4)
    assert round(made.simple or 0, 2) == D("20.16")
    assert dict(made.inputs)["第一期"] == "放款当天收取"


@settings(max_examples=200, deadline=None)
@hypothesis_given(
    st.lists(st.integers(0, 3600), min_size=1, max_size=36), st.sampled_from(list(Method)), st.integers(1000, 10**6)
)
def test_changing_rates_pay_off_exactly(yearly: list[int], way: Method, principal: int) -> None:
    rates = tuple(D(one) / 100 for one in yearly)
    terms = Terms(D(principal), max(rates), len(rates), way, rates=rates)
    rows = schedule(terms)
    assert rows[-1].balance == 0
    assert sum(row.principal for row in rows) == principal
    interest = sum((row.interest for row in rows), D(0))
    assert interest <= D(principal) * sum(rates) / 1200 + len(rows)  # never more than on the whole principal
    assert sum(flows(terms, rows)) == -interest
