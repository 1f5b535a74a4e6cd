"""What the loan really costs: schedule, true annual rate, what each charge adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from contract_scan.cost.annualise import Annual, NoRate, annual
from contract_scan.cost.cashflow import Fee, Method, Row, Terms, Timing, flows, schedule

__all__ = ["Annual", "Fee", "LoanCost", "Method", "NoRate", "Row", "Terms", "Timing", "loan_cost"]


@dataclass(frozen=True, slots=True)
class LoanCost:
    """A loan's cost (CNY and per cent per year) with everything needed to recompute it.

    ``shares`` says for interest and each fee how many points of the simple yearly rate it adds: the rate
    of the whole loan less the rate without that charge.
    """

    terms: Terms
    rows: tuple[Row, ...]
    received: Decimal
    total_paid: Decimal
    rate: Annual
    shares: tuple[tuple[str, Decimal], ...]

    @property
    def total_cost(self) -> Decimal:
        """What is paid beyond what arrived (CNY)."""
        return self.total_paid - self.received


def loan_cost(terms: Terms) -> LoanCost:
    """The cost of a loan. Raises NoRate when its flows have no single rate."""
    rows = schedule(terms)
    movements = flows(terms, rows)
    rate = annual(movements)
    paid = -sum(movements[1:], Decimal(0))
    return LoanCost(terms, rows, movements[0], paid, rate, _shares(terms, rate.simple))


def _shares(terms: Terms, whole: Decimal) -> tuple[tuple[str, Decimal], ...]:
    out = [("利息", whole - _simple(replace(terms, rate=Decimal(0))))] if terms.rate else []
    for fee in terms.fees:
        rest = tuple(other for other in terms.fees if other is not fee)
        out.append((fee.name, whole - _simple(replace(terms, fees=rest))))
    return tuple(out)


def _simple(terms: Terms) -> Decimal:
    """The simple yearly rate; 0 for a loan that costs nothing."""
    movements = flows(terms, schedule(terms))
    return Decimal(0) if not sum(movements) else annual(movements).simple
