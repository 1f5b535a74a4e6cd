"""From cash flows to yearly rates, in the conventions of Chinese disclosure and courts.

Headline: 年化利率（单利口径）, on money actually received and everything actually paid (PBoC announcement 2021
No. 3, art. 3 and 4): 12 × the monthly internal rate of return. Second line: the compound rate (1 + IRR)^12 − 1. Only
the simple one is compared with 24 % or 4 × LPR: no court that we know annualises by compounding.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contract_scan.cost.roots import HIGHEST, Flow, bisect, only_root
from contract_scan.errors import ContractScanError


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
    return _solve([Flow(float(t), float(amount)) for t, amount in enumerate(flows) if amount])


def dated_rate(flows: Sequence[tuple[date, Decimal]], basis: int = 365) -> Decimal:
    """The yearly compound rate of dated flows, as a fraction (XIRR with days / *basis*). Raises NoRate."""
    start = min(day for day, _ in flows)
    return _solve([Flow((day - start).days / basis, float(amount)) for day, amount in flows if amount])


def unit_period_rate(flows: Sequence[tuple[int, Decimal, Decimal]]) -> Decimal:
    """The rate per unit period by Regulation Z, Appendix J, as a fraction: (whole periods, odd part, amount).

    Compound over whole unit periods, simple inside the odd one. Raises NoRate.
    """
    return _solve([Flow(float(whole), float(amount), float(odd)) for whole, odd, amount in flows if amount])


def annual(flows: Sequence[Decimal], per_year: Decimal = Decimal(12)) -> Annual:
    """Both yearly rates of equally spaced flows, in per cent, unrounded. Raises NoRate."""
    rate = periodic_rate(flows)
    compound = Decimal(repr((1 + float(rate)) ** float(per_year))) - 1
    return Annual(rate * per_year * 100, compound * 100, rate)


def ledger_rate(flows: Sequence[Decimal]) -> Decimal:
    """The rate per period at which :func:`ledger` ends at nothing, as a fraction: how courts count.

    Equals the IRR where each payment covers the interest of its period. Where it does not (everything at the end),
    unpaid interest bears no interest, so that 10 % simple for two years is 10 %, not 12 × IRR = 9.15 %.
    Unique: what is owed at the end never falls when the rate rises. Raises NoRate unless money comes first, is then
    only paid back, and no less than what came.
    """
    if len(flows) < 2 or flows[0] <= 0 or any(flow > 0 for flow in flows[1:]):
        raise NoRate("要先收到钱、以后只还钱，才能按剩余本金计息。")
    cost = -sum(flows)
    if cost <= 0:
        if cost < 0:
            raise NoRate("还的钱比到手的钱还少，算不出利率，请核对金额。")
        return Decimal(0)
    amounts = [float(flow) for flow in flows]
    if _owed(amounts, HIGHEST) < 0:
        raise NoRate("每期利率超过 1000%，请核对金额。")
    return bisect(lambda rate: _owed(amounts, rate), 0.0, HIGHEST)


def _owed(amounts: Sequence[float], rate: float) -> float:
    principal, interest = amounts[0], 0.0
    for payment in amounts[1:]:
        interest += max(principal, 0.0) * rate
        covered = min(-payment, interest)
        interest -= covered
        principal += payment + covered
    return principal + interest


def ledger(flows: Sequence[Decimal], rate: Decimal) -> tuple[Decimal, ...]:
    """What is owed after each period at a rate per period: payments cover interest first, then principal."""
    principal, interest = flows[0], Decimal(0)
    owed = [principal]
    for payment in flows[1:]:
        interest += max(principal, Decimal(0)) * rate
        covered = min(-payment, interest)
        interest -= covered
        principal += payment + covered
        owed.append(principal + interest)
    return tuple(owed)


def compounding(flows: Sequence[Decimal], rate: Decimal) -> tuple[Decimal, ...]:
    """What is owed after each period when all that is owed bears interest."""
    return tuple(itertools.accumulate(flows[1:], lambda owed, flow: owed * (1 + rate) + flow, initial=flows[0]))


def _solve(flows: list[Flow]) -> Decimal:
    found = only_root(flows)
    if isinstance(found, str):
        raise NoRate(found)
    return found
