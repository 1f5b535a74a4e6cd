"""From cash flows to yearly rates, in the conventions of Chinese disclosure and courts.

Headline: 年化利率（单利口径）= 12 × the monthly internal rate of return, on money actually received and everything
actually paid (PBoC announcement 2021 No. 3, art. 3 and 4). Second line: the compound rate (1 + IRR)^12 − 1. Only the
simple one is compared with 24 % or 4 × LPR: no court that we know annualises by compounding.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from contract_scan.errors import ContractScanError

#: Rates are searched for between these (per period): −99 % and 1,000 %.
LOWEST, HIGHEST = Decimal("-0.99"), Decimal(10)
GRID = 240


class NoRate(ContractScanError):
    """The cash flows have no rate, or more than one; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Annual:
    """Yearly rates in per cent: ``simple`` = periods × IRR, ``compound`` = (1 + IRR)^periods − 1."""

    simple: Decimal
    compound: Decimal
    periodic: Decimal


def periodic_rate(flows: Sequence[Decimal]) -> Decimal:
    """The internal rate of return per period, as a fraction (0.0109 = 1.09 %), to 1e-12.

    ``flows[t]`` is what the borrower receives (+) or pays (−) at the end of period t (CNY). Raises NoRate when
    there is no sign change, no root in the range, or more than one.
    """
    return _root([(Decimal(t), amount) for t, amount in enumerate(flows) if amount])


def dated_rate(flows: Sequence[tuple[date, Decimal]], basis: int = 365) -> Decimal:
    """The yearly compound rate of dated flows, as a fraction (XIRR with days / *basis*). Raises NoRate."""
    start = min(day for day, _ in flows)
    return _root([(Decimal((day - start).days) / basis, amount) for day, amount in flows if amount])


def annual(flows: Sequence[Decimal], periods_per_year: int = 12) -> Annual:
    """Both yearly rates of equally spaced flows, in per cent, unrounded. Raises NoRate."""
    rate = periodic_rate(flows)
    compound = (1 + rate) ** periods_per_year - 1
    return Annual(rate * periods_per_year * 100, compound * 100, rate)


def present_value(flows: Sequence[tuple[Decimal, Decimal]], rate: Decimal) -> Decimal:
    """The value at time 0 of (time, amount) pairs at a rate per unit of time."""
    with localcontext() as context:
        context.prec = 34
        return sum((amount / (1 + rate) ** time for time, amount in flows), Decimal(0))


def _root(flows: list[tuple[Decimal, Decimal]]) -> Decimal:
    """The only rate at which the flows are worth nothing.

    One sign change means one root at most (Descartes); otherwise a grid shows how many there are.
    """
    ordered = sorted(flows)
    signs = [amount > 0 for _, amount in ordered]
    changes = sum(one != other for one, other in itertools.pairwise(signs))
    if not changes:
        raise NoRate("只有收或只有付，没有利率可算。请补上另一方向的金额。")
    brackets = [_widest(ordered)] if changes == 1 else _brackets(ordered)
    if len(brackets) > 1:
        raise NoRate(f"这些现金流有 {len(brackets)} 个利率都成立（钱来回变号 {changes} 次），没有唯一的答案。")
    if not brackets or brackets[0] is None:
        raise NoRate("在 −99% 到 1000% 每期之间没有一个利率能对上这些现金流，请核对金额和日期。")
    return _bisect(ordered, *brackets[0])


def _widest(flows: list[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal] | None:
    low, high = present_value(flows, LOWEST), present_value(flows, HIGHEST)
    return (LOWEST, HIGHEST) if (low > 0) != (high > 0) else None


def _brackets(flows: list[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal] | None]:
    """Neighbouring grid points (dense near zero) between which the value changes sign."""
    points = [LOWEST + (Decimal(i) / GRID) * (1 - LOWEST) for i in range(GRID + 1)]
    points += [1 + Decimal(i) / 8 for i in range(1, 73)]
    values = [present_value(flows, point) for point in points]
    pairs = zip(itertools.pairwise(points), itertools.pairwise(values), strict=True)
    return [pair for pair, (one, other) in pairs if (one > 0) != (other > 0)]


def _bisect(flows: list[tuple[Decimal, Decimal]], low: Decimal, high: Decimal) -> Decimal:
    """Float Newton from the middle would be faster; sixty halvings cost a millisecond and cannot fail."""
    times = [float(time) for time, _ in flows]
    amounts = [float(amount) for _, amount in flows]

    def value(rate: float) -> float:
        return float(sum(amount * (1 + rate) ** -time for time, amount in zip(times, amounts, strict=True)))

    a, b = float(low), float(high)
    rising = value(b) > value(a)
    for _ in range(200):
        middle = (a + b) / 2
        if (value(middle) > 0) is rising:
            b = middle
        else:
            a = middle
        if b - a < 1e-15:
            break
    return Decimal(repr((a + b) / 2))
