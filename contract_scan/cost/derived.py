"""Facts → the least that a loan costs a year, where its cash flows are not known (no principal, no term, no plan).

Always told so that the true figure can only be higher: the lowest rate the contract states, fees on the original
principal, nothing that only arises on default.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract_scan.cost.fees import is_known_cost, is_regular
from contract_scan.model import Fact

PER_YEAR = {"day": Decimal(365), "month": Decimal(12), "year": Decimal(1), "instalment": Decimal(12)}
#: Charges that are the price of the money where no rate of interest is stated beside them.
PRICE = ("息费", "使用费", "占用费", "综合费", "年化", "总费")
PLAUSIBLE = Decimal(20)


def least_cost(facts: Sequence[Fact]) -> tuple[Decimal, tuple[Fact, ...]] | None:
    """(per cent a year, the facts added up): 年利率18%，另收担保费年化9% → 27. None where nothing is to be added."""
    known = [(rate, fact) for fact in facts if (rate := _interest(fact)) is not None]
    priced = known or [(rate, fact) for fact in facts if _is_price(fact) and (rate := _yearly(fact)) is not None]
    if not priced:
        return None
    rate, interest = min(priced, key=lambda pair: pair[0])
    fees = [(share, fact) for share, fact in _fees(facts) if known or not _is_price(fact)]
    if known and not fees:
        return None
    return rate + sum((share for share, _ in fees), Decimal(0)), (interest, *(fact for _, fact in fees))


def _interest(fact: Fact) -> Decimal | None:
    """The contract's interest in percent a year; one without a period is taken for the least, a yearly one."""
    if fact.role != "contract" or fact.kind not in ("rate", "unclear"):
        return None
    if fact.kind == "unclear":
        return fact.value if isinstance(fact.value, Decimal) and fact.unit == "percent" else None
    return _yearly(fact)


def _is_price(fact: Fact) -> bool:
    return is_regular(fact) and any(word in fact.role for word in PRICE)


def _yearly(fact: Fact) -> Decimal | None:
    """A rate in percent a year; None where its period or its value is not known."""
    if not isinstance(fact.value, Decimal) or fact.unit != "percent" or fact.per not in ("day", "month", "year"):
        return None
    return fact.value * PER_YEAR[fact.per]


def _fees(facts: Sequence[Fact]) -> Iterator[tuple[Decimal, Fact]]:
    """Each charge once, as percent of the principal a year."""
    principal, months = _only(facts, "principal"), _months(facts)
    seen: set[str] = set()
    for fact in facts:
        if fact.role in seen or not is_known_cost(fact):
            continue
        share = _share(fact, principal, months)
        if share is not None:
            seen.add(fact.role)
            yield share, fact


def _share(fact: Fact, principal: Decimal | None, months: Decimal | None) -> Decimal | None:
    if not isinstance(fact.value, Decimal) or fact.unit not in ("percent", "yuan"):
        return None
    percent = fact.value
    if fact.unit == "yuan":
        if not principal:
            return None
        percent = fact.value * 100 / principal
        if percent > PLAUSIBLE:
            return None  # more likely a misread principal than such a fee
    if fact.per == "day":
        return None  # a charge for each day is one for delay, whatever it is called
    if fact.per in PER_YEAR:
        return percent * PER_YEAR[fact.per]
    if fact.timing == "monthly":
        return percent * 12
    return percent * 12 / months if months and fact.timing in ("upfront", "once") else None


def _months(facts: Sequence[Fact]) -> Decimal | None:
    """The term in months, where the contract names one only (instalments are taken for months)."""
    terms = {
        fact.value
        for fact in facts
        if fact.kind == "term" and fact.role == "loan" and fact.unit in ("month", "instalment")
    }
    value = terms.pop() if len(terms) == 1 else None
    return value if isinstance(value, Decimal) and value > 0 else None


def _fact(facts: Sequence[Fact], kind: str, role: str) -> Fact | None:
    """The fact of a kind and role, where all of them have the same value."""
    found = [fact for fact in facts if fact.kind == kind and fact.role == role and isinstance(fact.value, Decimal)]
    return found[0] if len({fact.value for fact in found}) == 1 else None


def _only(facts: Sequence[Fact], role: str) -> Decimal | None:
    fact = _fact(facts, "amount", role)
    return fact.value if fact is not None and isinstance(fact.value, Decimal) else None
