"""A contract of ours with the facts it states and its card by hand, and how both are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from contract_scan.costing import price
from contract_scan.model import Contract, CostCard, Options, Role, Source
from contract_scan.pipeline import read_contract
from contract_scan.rulebook import Rulebook, load_rulebook

TODAY = date(2026, 11, 25)
#: (kind, role, value, unit, per, timing)
Stated = frozenset[tuple[str, str, object, str, str, str]]


@dataclass(frozen=True)
class Deal:
    """A contract of ours, the facts it states, and the card by hand."""

    name: str
    text: str
    facts: Stated
    received: str
    total_paid: str
    simple: Decimal
    conflicts: int = 0


def level(principal: int, monthly: float, months: int) -> Decimal:
    """P·i / (1 − (1 + i)^−n), to the fen."""
    i = Decimal(str(monthly))
    return (Decimal(principal) * i / (1 - (1 + i) ** -months)).quantize(Decimal("0.01"))


@lru_cache
def rulebook() -> Rulebook:
    """The built-in rules."""
    return load_rulebook()


@lru_cache
def contract(deal: Deal) -> Contract:
    """The contract as the pipeline reads it."""
    return read_contract(Source(deal.name, "0" * 64, "text", deal.text), rulebook(), Options(as_of=TODAY))


@lru_cache
def card(deal: Deal) -> CostCard:
    """The cost card of the stated facts."""
    read = contract(deal)
    platform = bool(read.roles_of(Role.PLATFORM))
    stated = tuple(fact for fact in read.facts if fact.span)
    return price(stated, rulebook(), day=read.judged_on, lender=read.lender_type, platform=platform)[0]
