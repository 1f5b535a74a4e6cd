"""The solver against published examples, against an independent solver, and against the wrong conventions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contract_scan.cost import (
    Fee,
    Method,
    NoRate,
    Terms,
    Timing,
    annual,
    compounding,
    dated_rate,
    flows,
    ledger,
    ledger_rate,
    periodic_rate,
    schedule,
    unit_period_rate,
)
from contract_scan.cost.cashflow import instalment

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "cost" / "apr-cases.yaml"
D = Decimal


def cases(path: Path) -> list[dict]:
    return yaml.safe_load(path.read_text("utf-8"))["cases"] if path.is_file() else []


def spread(items: Sequence[dict]) -> list[tuple[int, Decimal, Decimal]]:
    """(period, odd part, amount) of every flow; n repeats it, delta is added each time."""
    out = []
    for item in items:
        top, _, bottom = str(item.get("frac", "0/1")).partition("/")
        for i in range(item.get("n", 1)):
            amount = D(str(item["amount"])) + i * D(str(item.get("delta", 0)))
            out.append((item["t"] + i * item.get("step", 1), D(top) / D(bottom), amount))
    return out


def by_period(items: Sequence[dict]) -> list[Decimal]:
    placed = spread(items)
    out = [D(0)] * (max(t for t, _, _ in placed) + 1)
    for t, _, amount in placed:
        out[t] += amount
    return out


def dated(items: Sequence[dict]) -> list[tuple[date, Decimal]]:
    return [(date.fromisoformat(str(item["date"])), D(str(item["amount"]))) for item in items]


def amortised(*, principal: float, period_rate: float, n: int, paid: int, want: str) -> Decimal:
    rate = D(str(period_rate))
    level = D(principal) * rate / (1 - (1 + rate) ** -n)
    owed = ledger([D(principal), *[-level] * paid], rate)[-1]
    repaid = D(principal) - owed
    return {
        "balance": owed,
        "principal_paid": repaid,
        "interest_paid": level * paid - repaid,
        "total": level * n,
    }[want]


def computed(case: dict) -> Decimal:
    """What we make of a case: per cent, or yuan."""
    method, items, inputs = case["method"], case.get("flows", []), case.get("inputs", {})
    given = {key: D(str(value)) for key, value in inputs.items() if type(value) in (int, float)}
    if method == "us_actuarial":
        return unit_period_rate(spread(items)) * case["periods_per_year"] * 100
    if method == "nominal_irr":
        return annual(by_period(items), D(case["periods_per_year"])).simple
    if method == "effective_annual_irr":
        return annual(by_period(items), D(case["periods_per_year"])).compound
    if method == "periodic_irr" or (method == "eu_aprc" and "t" in items[0]):
        return periodic_rate(by_period(items)) * 100
    if method in ("xirr_365", "eu_aprc"):
        return dated_rate(dated(items)) * 100
    if method == "amortisation":
        return amortised(**inputs)
    if method == "equal_principal_total_interest":
        months, rate = int(given["n"]), given["annual_rate"] / 12
        return sum((given["principal"] * (months - i) / months * rate for i in range(months)), D(0))
    if method == "simple_annual":
        back = -(given["principal"] + given["interest"])
        return ledger_rate([given["principal"], back]) * given["year_days"] / given["days"] * 100
    if method == "approx_2n_over_n_plus_1":
        shortcut = given["total_fee_rate"] / (given["n"] + 1) * 24 * 100
        return shortcut / (1 - given["total_fee_rate"]) if inputs.get("upfront") else shortcut
    if method == "court_balance":
        return given["principal"] - (given["paid"] - given["interest_part"])
    if method == "court_principal":
        return given["face"] - given["withheld"]
    assert method == "sum_of_components"
    return sum((D(str(part)) for part in inputs["components"]), D(0))


def off_by(case: dict) -> Decimal:
    return abs(computed(case) - D(str(case["published"]["value"])))


@pytest.mark.parametrize("case", cases(HERE / "cases.yaml"), ids=lambda case: case["id"])
def test_a_published_example(case: dict) -> None:
    right = off_by(case) <= D(str(case["tolerance"])) + D("1e-12")
    assert right is (case["status"] == "VERIFIED")


@pytest.mark.skipif(not SHARED.is_file(), reason="the whole collection of published examples is not at hand")
def test_all_published_examples_are_met_and_no_misprint_is() -> None:
    wrong = [
        case["id"]
        for case in cases(SHARED)
        if (off_by(case) <= D(str(case["tolerance"])) + D("1e-12")) is not (case["status"] == "VERIFIED")
    ]
    assert wrong == []
    assert len(cases(SHARED)) >= 82


MONEY = st.integers(50_000, 50_000_000).map(lambda fen: D(fen) / 100)
RATES = st.integers(0, 4800).map(lambda points: D(points) / 100)
INSTALMENTS = (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.INTEREST_ONLY, Method.FLAT)


@st.composite
def loans(draw: st.DrawFn, methods: Sequence[Method] = INSTALMENTS) -> Terms:
    principal = draw(MONEY)
    share = st.integers(0, 50).map(lambda parts: (principal * parts / 1000).quantize(D("0.01")))
    timings = draw(st.lists(st.sampled_from([Timing.UPFRONT, Timing.FIRST, Timing.PERIODIC, Timing.LAST]), max_size=3))
    fees = tuple(Fee(f"费用{i}", draw(share), timing) for i, timing in enumerate(timings))
    return Terms(principal, draw(RATES), draw(st.integers(1, 60)), draw(st.sampled_from(methods)), fees)


def movements(terms: Terms) -> tuple[Decimal, ...]:
    return flows(terms, schedule(terms))


@settings(max_examples=1000, deadline=None)
@given(loans())
def test_a_thousand_loans_agree_with_another_solver(terms: Terms) -> None:
    pyxirr = pytest.importorskip("pyxirr")
    moved = movements(terms)
    assume(sum(moved) < 0)  # a loan that costs nothing is no example
    ours = annual(moved)
    theirs = pyxirr.irr([float(flow) for flow in moved])
    assert abs(float(ours.periodic) - theirs) < 1e-8
    assert abs(float(ours.simple) - 1200 * theirs) < 1e-8
    owed = compounding(moved, ours.periodic)
    assert abs(owed[-1]) < D("0.005")
    covered = all(-paid >= before * ours.periodic for before, paid in zip(owed, moved[1:], strict=False))
    if covered:  # every payment covers its interest, so counting as courts do comes to the same
        assert abs(float(ledger_rate(moved)) - theirs) < 1e-8


@settings(max_examples=200, deadline=None)
@given(loans(methods=tuple(Method)), st.integers(1, 100_000), st.sampled_from(list(Timing)[:4]))
def test_more_fee_is_never_cheaper(terms: Terms, more: int, timing: Timing) -> None:
    before = movements(terms)
    extra = Fee("再加一项", min(D(more) / 100, before[0] / 2).quantize(D("0.01")), timing)
    assume(sum(before) <= 0 and extra.amount > 0)
    after = movements(Terms(terms.principal, terms.rate, terms.periods, terms.method, (*terms.fees, extra)))
    assert ledger_rate(after) > ledger_rate(before)
    assert annual(after).simple > annual(before).simple


@settings(max_examples=200, deadline=None)
@given(loans(methods=tuple(Method)), st.sampled_from([D("0.1"), D(3), D(1000)]))
def test_ten_times_the_money_has_the_same_rate(terms: Terms, times: Decimal) -> None:
    moved = movements(terms)
    assume(sum(moved) < 0)
    scaled = [flow * times for flow in moved]
    assert abs(ledger_rate(scaled) - ledger_rate(moved)) < D("1e-10")
    assert abs(periodic_rate(scaled) - periodic_rate(moved)) < D("1e-10")


@settings(max_examples=200, deadline=None)
@given(loans(methods=tuple(Method)))
def test_the_schedule_repays_exactly_the_principal_and_the_ledger_ends_at_nothing(terms: Terms) -> None:
    rows = schedule(terms)
    assert sum(row.principal for row in rows) == terms.principal
    assert rows[-1].balance == 0
    assert min(row.balance for row in rows) >= 0
    moved = movements(terms)
    if sum(moved) < 0:
        assert abs(ledger(moved, ledger_rate(moved))[-1]) < D("0.005")


def test_point_six_per_cent_a_period_is_not_seven_point_two_a_year() -> None:
    moved = [D(12000), *[D(-1072)] * 12]
    assert round(annual(moved).simple, 2) == D("13.03")
    assert round(annual(moved).compound, 2) == D("13.84")


def test_a_fee_with_the_first_bill_costs_less_than_one_withheld() -> None:
    terms = Terms(D(72000), D(0), 3, Method.EQUAL_PRINCIPAL, (Fee("手续费", D(1080), Timing.FIRST),))
    withheld = Terms(D(72000), D(0), 3, Method.EQUAL_PRINCIPAL, (Fee("手续费", D(1080), Timing.UPFRONT),))
    assert round(annual(movements(terms)).simple, 2) == D("9.05")
    assert round(annual(movements(withheld)).simple, 2) == D("9.11")


def test_five_in_ten_thousand_a_day_depends_on_the_days_of_a_year() -> None:
    a_day = ledger_rate([D(10000), D(-10005)])
    assert round(a_day * 365 * 100, 2) == D("18.25")
    assert round(a_day * 360 * 100, 2) == D("18.00")
    assert round(annual([D(10000), D(-10005)], D(365)).compound, 2) == D("20.02")


def test_interest_at_the_end_bears_no_interest() -> None:
    terms = Terms(D(10000), D(10), 24, Method.BULLET)
    moved = movements(terms)
    assert moved[-1] == D(-12000)
    assert round(ledger_rate(moved) * 1200, 8) == 10
    assert round(annual(moved).simple, 2) == D("9.15")


def test_counting_odd_days_as_a_part_of_a_period() -> None:
    """A short first period of one month and 22 days is 52/60 of two months, not 20/60 (Reg Z, App. J(c)(4)(ii))."""
    payments = [(t, D(-465)) for t in range(1, 19)] + [(0, D("-449.36")), (19, D(-200))]
    right = [(0, D(0), D(8000)), *((t, D(52) / 60, amount) for t, amount in payments)]
    wrong = [(0, D(0), D(8000)), *((t, D(20) / 60, amount) for t, amount in payments)]
    assert round(unit_period_rate(right) * 600, 2) == D("7.30")
    assert round(unit_period_rate(wrong) * 600, 2) == D("7.73")


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        ([100, 50], "只有收或只有付"),
        ([-100, 230, -132], "2 个利率"),  # 10 % and 20 %
        ([100, -100, 0, 7], "2 个利率"),  # −8.3 % and −67.8 %
        ([-100, 200, -101], "没有一个利率"),
        ([100, -230, 132], "2 个利率"),
        ([-100, 200, -100], "不能确定"),  # 0 % twice
        ([1, -2000], "没有一个利率"),
    ],
)
def test_no_rate_or_more_than_one_is_said(moved: list[int], says: str) -> None:
    with pytest.raises(NoRate, match=says):
        periodic_rate([D(flow) for flow in moved])


def test_a_deposit_given_back_still_has_one_rate() -> None:
    """1,000 of 10,000 kept back, 12 × 888.49, 1,000 back with the last: the sign changes twice, the rate is one."""
    moved = [D(9000), *[D("-888.49")] * 11, D("111.51")]
    rate = float(periodic_rate(moved))
    assert 0.01 < rate < 0.02
    assert abs(sum(float(flow) / (1 + rate) ** t for t, flow in enumerate(moved))) < 1e-6


@pytest.mark.parametrize("moved", [[100, -90], [0, 100], [100], [100, -50, 20, -100]])
def test_the_ledger_needs_a_loan(moved: list[int]) -> None:
    with pytest.raises(NoRate):
        ledger_rate([D(flow) for flow in moved])


def test_a_level_instalment_by_hand() -> None:
    """10,000 at 12 % in 12 months: 10,000 × 1 % / (1 − 1.01^−12) = 888.49."""
    assert instalment(Terms(D(10000), D(12), 12, Method.EQUAL_INSTALMENT)) == D("888.49")
    assert instalment(Terms(D(10000), D(0), 12, Method.EQUAL_INSTALMENT)) == D("833.33")
