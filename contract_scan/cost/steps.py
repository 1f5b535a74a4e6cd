"""Rates and methods that change on the way (前3期月利率0.5%，其后1.5%): what each instalment has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from contract_scan.cost.cashflow import MONTHLY, Method, Terms
from contract_scan.cost.notes import numbers, percent
from contract_scan.cost.term import Term
from contract_scan.model import Fact

T = TypeVar("T")


def read_rate_steps(facts: Sequence[Fact], term: Term | None, basis: Decimal) -> tuple[Decimal, ...]:
    """The yearly rate of each instalment (per cent), where the contract tells one for every instalment; else ()."""
    times = {"year": Decimal(1), "month": MONTHLY, "instalment": MONTHLY, "day": basis}
    own = [f for f in facts if f.kind == "rate" and f.role == "contract" and f.unit == "percent" and not f.base]
    told = [
        (f, f.value * times[f.per]) for f in own if isinstance(f.value, Decimal) and f.per in times and f.value >= 0
    ]
    return _steps(told, term)


def read_method_steps(facts: Sequence[Fact], term: Term | None) -> tuple[Method, ...]:
    """The method of each instalment, where the contract tells one for every instalment; else ()."""
    named = {method.value: method for method in Method}
    own = [f for f in facts if f.kind == "repayment-method" and f.value in named]
    return _steps([(f, named[str(f.value)]) for f in own], term)


def read_repaid(facts: Sequence[Fact], principal: Decimal, term: Term) -> tuple[Decimal, ...]:
    """The principal due in each month, where the contract lists it by days or months and it adds up; else ()."""
    parts = {fact.base: (fact, value) for fact, value in numbers(facts, "schedule", "repaid")}
    days = {fact.base: fact.value for fact in facts if fact.role == "repaid-on" and isinstance(fact.value, date)}
    starts = {fact.value for fact in facts if fact.kind == "date" and fact.role == "start"}
    start = starts.pop() if len(starts) == 1 else None
    if term.per_year != MONTHLY or len(parts) < 2 or abs(sum(v for _, v in parts.values()) - principal) > 1:
        return ()
    out = [Decimal(0)] * term.periods
    for base, (fact, value) in parts.items():
        months = int(fact.timing) if fact.timing.isdigit() else _months(start, days.get(base))
        if not 1 <= months <= term.periods:
            return ()
        out[months - 1] += value
    return tuple(out)


def _months(start: object, day: date | None) -> int:
    """How many months from one day to another, to the nearest; 0 where a day is not known."""
    if not isinstance(start, date) or day is None:
        return 0
    return round((day - start).days * 12 / 365.25)


def told_rates(terms: Terms) -> str:
    """第 1–3 期 6%，第 4–12 期 18%."""
    if not terms.rates:
        return percent(terms.rate)
    return "，".join(f"{which} {percent(rate)}" for which, rate in _runs(terms.rates))


def told_methods(terms: Terms) -> str:
    """第 1–6 期先息后本，第 7–24 期等额本息."""
    if terms.repaid:
        return "按期付息，本金按写明的日子分次归还"
    if not terms.methods:
        return terms.method.value
    return "，".join(f"{which}{method.value}" for which, method in _runs(terms.methods))


def told_stage(fact: Fact) -> str:
    """第 1–3 期, 第 4 期起, 最后一期: which instalments a fact is for ("": all)."""
    first, dash, last = fact.timing.partition("-")
    if fact.timing == "last":
        return "最后一期"
    if not first.isdigit():
        return ""
    return which(int(first), int(last)) if last else f"第 {first} 期起" if dash else which(int(first), int(first))


def which(first: int, last: int) -> str:
    """第 1–3 期."""
    return f"第 {first} 期" if first == last else f"第 {first}–{last} 期"


def _steps(told: Sequence[tuple[Fact, T]], term: Term | None) -> tuple[T, ...]:
    """One value for each instalment: of its stage, else what is told for all. () where that does not settle it."""
    staged = [(fact, value) for fact, value in told if fact.timing]
    if term is None or term.per_year != MONTHLY or not staged:
        return ()
    usual = {value for fact, value in told if not fact.timing}
    steps = [
        {value for fact, value in staged if number in fact.instalments(term.periods)} or usual
        for number in range(1, term.periods + 1)
    ]
    return tuple(next(iter(values)) for values in steps) if all(len(values) == 1 for values in steps) else ()


def _runs(steps: Sequence[T]) -> list[tuple[str, T]]:
    runs, at = [], 1
    for value, group in groupby(steps):
        count = len(list(group))
        runs.append((which(at, at + count - 1), value))
        at += count
    return runs
