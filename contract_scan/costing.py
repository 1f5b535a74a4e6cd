"""Facts and rulebook → cost card with the lines in law, and the derived fact that rules can compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_scan.cost import estimate
from contract_scan.cost.derived import least_cost
from contract_scan.cost.lines import judged, wanted
from contract_scan.model import CostCard, Fact, LenderType, RateLine
from contract_scan.rulebook import Rulebook

LPR = "lpr-1y"
#: Types of lender that do not say who gives the money.
UNSETTLED = (LenderType.UNKNOWN, LenderType.PLATFORM, LenderType.GUARANTOR)
_WHO_LENDS = (
    "看不出是谁放款，列出几条可能适用的线：个人或者没有放贷牌照的公司放款，看四倍 LPR；"
    "银行、消费金融等持牌机构放款，看 24%；小额贷款公司放款，看小额贷款的监管线。"
)
_CENT = Decimal("0.01")


def price(
    facts: Sequence[Fact],
    rulebook: Rulebook,
    *,
    day: date,
    lender: LenderType,
    platform: bool = False,
    income: Decimal | None = None,
) -> tuple[CostCard, tuple[Fact, ...]]:
    """(the card, the derived facts): what a loan of these facts costs, by the law of *day*.

    Derived are contradictions between the plan and the terms, and the true yearly rate (simple, per cent): of a range
    the lower end, and where the cash flows are not known, the least that the stated rates add up to.
    """
    known = rulebook.parameters.on(LPR, day)
    found = estimate(facts, lpr=known.value if known else None, income=income)
    lines = [_line(id, rulebook, day) for id in wanted(lender, platform=platform)]
    card = found.card
    if card.simple is not None and lender in UNSETTLED:
        card = replace(card, assumptions=(*card.assumptions, _WHO_LENDS))
    card = replace(card, lines=judged(card, [one for one in lines if one], lender=lender, day=day))
    if card.simple is not None and found.used:
        return card, (_true_cost(card.simple if card.low is None else card.low, found.used), *found.differences)
    least = least_cost(facts)
    return card, (_true_cost(*least),) if least else ()


def _true_cost(rate: Decimal, sources: tuple[Fact, ...]) -> Fact:
    return Fact("rate", "true-cost", rate.quantize(_CENT), "percent", "year", derived_from=sources)


def _line(id: str, rulebook: Rulebook, day: date) -> RateLine | None:
    """A line as it stood on that day, told per year; None where there was none."""
    found = rulebook.parameters.on(id, day)
    if found is None:
        return None
    times = 12 if found.unit == "percent-per-month" else 1
    return RateLine(
        id=id,
        title=found.title,
        value=found.value * times,
        binds=found.binds,
        note=found.note,
        source=found.source,
        since=found.valid_from,
        stale=found.stale,
    )
