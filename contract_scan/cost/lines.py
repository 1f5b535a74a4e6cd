"""The lines in law: which of them can concern a loan, and how its rate stands to each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_scan.model import CostCard, LenderType, RateLine

PRIVATE, LICENSED, MICROLOAN, FACILITATED, CRIMINAL = (
    "four-times-lpr", "court-reduction-24", "microloan-24", "facilitated-loan-24", "criminal-lending-36",
)  # fmt: skip
PAWN = ("pawn-movable-monthly", "pawn-real-estate-monthly", "pawn-property-rights-monthly")
#: From then on the private-lending line is four times the LPR; older contracts are counted in parts.
FOUR_TIMES_FROM = date(2020, 8, 20)
#: Within so many percentage points of a line the numbers are shown and no verdict.
NEAR = Decimal(1)
_LICENSED = (LenderType.BANK, LenderType.CONSUMER_FINANCE, LenderType.AUTO_FINANCE, LenderType.TRUST)
_CRIMINAL_FROM = Decimal(35)


def wanted(lender: LenderType, *, platform: bool = False) -> tuple[str, ...]:
    """The ids of the lines that can concern a loan by this type of lender; *platform*: somebody else brokers it."""
    if lender in _LICENSED:
        return (LICENSED, FACILITATED) if platform else (LICENSED,)
    if lender is LenderType.MICROLOAN:
        return (LICENSED, MICROLOAN, PRIVATE)
    if lender is LenderType.PAWN:
        return PAWN
    if lender is LenderType.PRIVATE:
        return (PRIVATE, CRIMINAL)
    return (PRIVATE, LICENSED, MICROLOAN, CRIMINAL)


def judged(card: CostCard, lines: Iterable[RateLine], *, lender: LenderType, day: date) -> tuple[RateLine, ...]:
    """The lines with the loan's standing to each, the lowest first; none where no rate was computed."""
    if card.simple is None:
        return ()
    low, high = card.low if card.low is not None else card.simple, card.high if card.high is not None else card.simple
    out = [_told(line, lender, day, low=low, high=high) for line in lines]
    shown = [line for line in out if line.id != CRIMINAL or high >= _CRIMINAL_FROM]
    return tuple(sorted(shown, key=lambda line: (line.value, line.id)))


def _told(line: RateLine, lender: LenderType, day: date, *, low: Decimal, high: Decimal) -> RateLine:
    if line.id in PAWN:
        return replace(line, standing="open", note=f"{line.note}这条线只管综合费，不含利息，要拿合同里的综合费率来比。")
    standing = _standing(line.value, low, high)
    if line.id == PRIVATE and day < FOUR_TIMES_FROM:
        note = "合同订立在 2020-08-20 之前：那天以前的利息按当时的规定算，以后的按新规定算，要分段，请找人核对。"
        return replace(line, standing="open", note=note)
    if line.id == PRIVATE and lender is LenderType.MICROLOAN:
        return replace(
            line,
            title="监管压降目标（四倍 LPR）",
            standing=standing,
            binds="小额贷款公司的监管目标，原则上最晚 2027 年底前做到",
            note="是监管要求逐步降到的线，不是民间借贷的司法保护线；现在高于它，条款不因此不算数，可以作为谈价的理由。",
        )
    return replace(line, standing=standing)


def _standing(value: Decimal, low: Decimal, high: Decimal) -> str:
    if low > value + NEAR:
        return "above"
    if high < value - NEAR:
        return "below"
    return "near" if max(abs(low - value), abs(high - value)) <= NEAR else "open"
