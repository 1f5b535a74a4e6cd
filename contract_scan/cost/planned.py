"""A loan whose contract holds a repayment plan: computed by the plan, compared with what rate and method give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contract_scan.cost.cashflow import ZERO, Method, Row, Timing
from contract_scan.cost.figures import Figures
from contract_scan.cost.notes import Notes, yuan
from contract_scan.cost.plan import Plan, dues_of
from contract_scan.cost.solve import Solved, solve
from contract_scan.model import Fact

#: What rounding, and counting days instead of months, may change: yuan, and a share of the interest.
SLACK, SHARE = Decimal(1), Decimal("0.02")
_BESIDE = (Timing.UPFRONT, Timing.DEPOSIT)


def by_plan(solved: Sequence[Solved], figures: Figures, notes: Notes) -> tuple[Solved, tuple[Fact, ...]]:
    """(the loan by its plan, the contradiction with its terms if that matters).

    *solved* is what each method and rate gives; the comparison goes into *notes*. Raises NoRate.
    """
    plan = figures.plan
    assert plan is not None
    nearest = min(solved, key=lambda one: abs(_total(one.rows, fees=_holds_fees(plan, one)) - plan.total))
    held = _holds_fees(plan, nearest)
    cells = [cell for cell in plan.facts if cell.base == "1" and cell.role in ("paid", "interest")]
    notes.use(*(cells or plan.facts))
    planned = _solved(plan, nearest, figures, held=held)
    if figures.implied:
        return planned, ()
    other, apart = _total(nearest.rows, fees=held), plan.total - _total(nearest.rows, fees=held)
    if abs(apart) <= max(SLACK, SHARE * sum((row.interest for row in nearest.rows), ZERO)):
        told = f"按写明的利率和方式另算，合计 {yuan(other)}，和{plan.words}的 {yuan(plan.total)}相差 {yuan(abs(apart))}"
        notes.checks.append((f"核对{plan.words}", told))
        return planned, ()
    word = "多" if apart > 0 else "少"
    notes.conflicts.append(
        f"{plan.words}逐期加起来是 {yuan(plan.total)}（真实年化 {planned.simple:.2f}%），"
        f"按写明的利率、方式和期限算是 {yuan(other)}（真实年化 {nearest.simple:.2f}%），"
        f"它{word} {yuan(abs(apart))}；这里按{plan.words}计算。"
    )
    return planned, (_difference(abs(apart), plan, notes.used),)


def _solved(plan: Plan, nearest: Solved, figures: Figures, *, held: bool) -> Solved:
    """The plan with the charges that it does not hold; as rate and method give it where that is the same."""
    paid = [row.paid if held else row.principal + row.interest for row in nearest.rows[1:]]
    sums = [due.principal + due.interest + due.fees for due in plan.dues]
    if not plan.split and len(paid) == len(sums) and _alike(paid, sums):
        return nearest
    fees = tuple(fee for fee in nearest.terms.fees if not held or fee.timing in _BESIDE)
    dues = dues_of(plan, figures.principal)
    return solve(
        replace(nearest.terms, plan=dues, fees=fees, periods=len(dues), method=Method.EQUAL_INSTALMENT, prepaid=0)
    )


def _alike(paid: Sequence[Decimal], sums: Sequence[Decimal]) -> bool:
    return all(abs(one - other) <= SLACK for one, other in zip(paid, sums, strict=True))


def _holds_fees(plan: Plan, solved: Solved) -> bool:
    """Whether the plan's sums hold the charges that are paid with the instalments."""
    if plan.split or plan.with_fees:
        return plan.with_fees
    whole, bare = _total(solved.rows, fees=True), _total(solved.rows, fees=False)
    return abs(plan.total - whole) < abs(plan.total - bare)


def _total(rows: Sequence[Row], *, fees: bool) -> Decimal:
    """What is paid after the money has come, with or without the charges."""
    return sum((row.paid if fees else row.principal + row.interest for row in rows[1:]), ZERO)


def _difference(apart: Decimal, plan: Plan, used: Sequence[Fact]) -> Fact:
    """The contradiction as a fact: the rate on the one side, the first instalment on the other."""
    rates = [fact for fact in used if fact.kind == "rate"]
    cells = [
        cell for cell in plan.facts if cell.base == "1" and cell.role == ("paid" if not plan.split else "interest")
    ]
    return Fact("difference", "plan-terms", apart, "yuan", derived_from=(*rates, *cells))
