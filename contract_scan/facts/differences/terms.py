"""A term and the days it should join: 借款期限12个月，自2026年3月1日起至2027年3月1日止."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from contract_scan.facts.terms import Duration
from contract_scan.model import Fact, Span

_GAP = re.compile(r"\s?[：:，（(；即]{1,2}\s?(?:自|从|由|即)?\s?")
NEAR = 120  # how far a term may stand from its days
MONTH_SLACK, DAY_SLACK = 3, 1  # days by which practice differs from the calendar


@dataclass(frozen=True, slots=True)
class _Period:
    start: date
    end: date
    span: Span


def term_differences(text: str, facts: Sequence[Fact], durations: Sequence[Duration]) -> Iterator[Fact]:
    """Loan terms whose length does not lead from the first day to the last."""
    periods = list(_periods(facts))
    named = [fact for fact in facts if fact.kind == "term" and fact.role == "loan" and _is_length(fact)]
    for period in periods:
        terms = named or list(_beside(text, period, durations))
        near = [term for term in terms if _distance(term, period) <= NEAR]
        if not near:
            continue
        term = min(near, key=lambda term: _distance(term, period))
        days = _days_off(term, period)
        if days:
            yield Fact("difference", "term-dates", Decimal(days), "day", span=_both(term, period))


def _periods(facts: Sequence[Fact]) -> Iterator[_Period]:
    """A start followed by an end or a due day not far from it."""
    days = [fact for fact in facts if fact.kind == "date" and isinstance(fact.value, date) and fact.span]
    for one, other in pairwise(days):
        if one.role == "start" and other.role in ("end", "due") and (period := _joined(one, other)):
            yield period


def _joined(one: Fact, other: Fact) -> _Period | None:
    """The period between two days that stand close together and in order."""
    assert isinstance(one.value, date)
    assert isinstance(other.value, date)
    assert one.span is not None
    assert other.span is not None
    if one.value >= other.value or other.span.start - one.span.end > NEAR:
        return None
    return _Period(one.value, other.value, Span(one.span.start, other.span.end))


def _beside(text: str, period: _Period, durations: Sequence[Duration]) -> Iterator[Fact]:
    """A length of time without a name that leads straight to the days: 周转七天：2026年3月3日……"""
    for duration in durations:
        gap = text[duration.span.end : period.span.start]
        if duration.span.end <= period.span.start and _GAP.fullmatch(gap) and not duration.working:
            fact = Fact("term", "loan", duration.value, duration.unit, span=duration.span)
            if _is_length(fact) and not duration.plain_month:
                yield fact


def _is_length(fact: Fact) -> bool:
    return isinstance(fact.value, Decimal) and fact.unit in ("month", "day") and fact.value == int(fact.value) > 0


def _distance(term: Fact, period: _Period) -> int:
    assert term.span is not None
    return max(period.span.start - term.span.end, term.span.start - period.span.end, 0)


def _both(term: Fact, period: _Period) -> Span:
    assert term.span is not None
    return Span(min(term.span.start, period.span.start), max(term.span.end, period.span.end))


def _days_off(term: Fact, period: _Period) -> int:
    """By how many days the last day misses the term, beyond what practice allows (0: it fits)."""
    assert isinstance(term.value, Decimal)
    length = int(term.value)
    months = term.unit == "month"
    last = add_months(period.start, length) if months else period.start + timedelta(length)
    off = min(abs((period.end - last).days), abs((period.end - last).days + 1))
    return off if off > (MONTH_SLACK if months else DAY_SLACK) else 0


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
