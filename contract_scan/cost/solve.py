"""One loan solved: its schedule, its flows and its rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.cost.annualise import NoRate, annual, ledger_rate
from contract_scan.cost.cashflow import ZERO, Method, Row, Terms, flows, schedule


@dataclass(frozen=True, slots=True)
class Solved:
    """A loan with its schedule, flows and rates (per cent a year)."""

    terms: Terms
    rows: tuple[Row, ...]
    moved: tuple[Decimal, ...]
    simple: Decimal
    compound: Decimal
    periodic: Decimal


def solve(terms: Terms) -> Solved:
    """The rates of a loan (unrounded); NoRate where it has none, with the reason."""
    rows = schedule(terms)
    moved = flows(terms, rows)
    if not sum(moved):
        return Solved(terms, rows, moved, ZERO, ZERO, ZERO)
    if moved[0] <= 0:
        raise NoRate("放款时扣的钱不比借款金额少，请核对金额。")
    if sum(moved) > 0:
        raise NoRate("还的钱比到手的钱还少，请核对金额。")
    rate = annual(moved, terms.per_year)
    if at_the_end(terms, moved):
        periodic = ledger_rate(moved)
        return Solved(terms, rows, moved, periodic * terms.per_year * 100, rate.compound, periodic)
    return Solved(terms, rows, moved, rate.simple, rate.compound, rate.periodic)


def at_the_end(terms: Terms, moved: Sequence[Decimal]) -> bool:
    """Whether interest is only due at the end: then it bears no interest (how courts count)."""
    return terms.method is Method.BULLET and not terms.methods and all(flow <= 0 for flow in moved[1:])
