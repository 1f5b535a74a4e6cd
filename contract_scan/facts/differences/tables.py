"""A repayment plan that does not add up: a row (本金＋利息＋费用≠合计), a column and its total, the principal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract_scan.facts.plan_table import Plan
from contract_scan.model import Fact, Span

SLACK, ROW_SLACK = Decimal(1), Decimal("0.05")
_NO_PART = ("paid", "balance", "due")


def table_differences(plans: Sequence[Plan], facts: Sequence[Fact]) -> Iterator[Fact]:
    """What in each plan does not add up, once a plan, in yuan; *facts* are what the rest of the contract states."""
    for plan in plans:
        found = next((one for one in (*_rows(plan), *_columns(plan), *_principal(plan, facts)) if one), None)
        if found is not None:
            yield found


def _rows(plan: Plan) -> Iterator[Fact]:
    """Rows whose parts are more or less than their total."""
    rows: dict[str, list[Fact]] = {}
    for cell in plan.cells:
        rows.setdefault(cell.base, []).append(cell)
    for row in rows.values():
        parts = [cell for cell in row if cell.role not in _NO_PART]
        paid = [cell for cell in row if cell.role == "paid"]
        if paid and {"principal", "interest"} <= {cell.role for cell in parts}:
            apart = abs(_sum(parts) - _sum(paid))
            if apart > ROW_SLACK:
                yield _told(apart, row)


def _columns(plan: Plan) -> Iterator[Fact]:
    """Columns that do not add up to the total below them."""
    for total in plan.totals:
        column = [cell for cell in plan.cells if cell.role == total.role]
        apart = abs(_sum(column) - _sum([total]))
        if apart > SLACK:
            yield _told(apart, [*column[-1:], total])


def _principal(plan: Plan, facts: Sequence[Fact]) -> Iterator[Fact]:
    """A plan that repays more or less than the principal, where the contract names one only."""
    column = [cell for cell in plan.cells if cell.role == "principal"]
    named = [fact for fact in facts if fact.kind == "amount" and fact.role == "principal" and fact.unit == "yuan"]
    if not column or len({fact.value for fact in named}) != 1 or named[0].value is None:
        return
    apart = abs(_sum(column) - _sum(named[:1]))
    if apart > SLACK:
        yield _told(apart, column)


def _sum(cells: Sequence[Fact]) -> Decimal:
    return sum((cell.value for cell in cells if isinstance(cell.value, Decimal)), Decimal(0))


def _told(apart: Decimal, cells: Sequence[Fact]) -> Fact:
    spans = [cell.span for cell in cells if cell.span]
    span = Span(min(one.start for one in spans), max(one.end for one in spans))
    return Fact("difference", "plan-total", apart, "yuan", span=span)
