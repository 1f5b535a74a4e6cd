"""Every number of a text, found once by the grammars and asked for span by span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from contract_scan.facts.dates import Day, DueDay, find_days, find_due_days
from contract_scan.facts.money import Money, find_money
from contract_scan.facts.rates import Percentage, find_percentages
from contract_scan.facts.terms import Duration, find_durations
from contract_scan.model import Span


class Placed(Protocol):
    """Anything that stands at a place in a text."""

    @property
    def span(self) -> Span:
        """Where it stands."""


T = TypeVar("T", bound=Placed)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a text, ordered within each kind; none overlaps one of another kind."""

    rates: Sequence[Percentage]
    amounts: Sequence[Money]
    days: Sequence[Day]
    due_days: Sequence[DueDay]
    durations: Sequence[Duration]

    def within(self, span: Span) -> Numbers:
        """Those that start inside a span."""
        return Numbers(
            _within(self.rates, span),
            _within(self.amounts, span),
            _within(self.days, span),
            _within(self.due_days, span),
            _within(self.durations, span),
        )

    def starts(self) -> list[int]:
        """Where numbers start, ascending."""
        kinds: tuple[Sequence[Placed], ...] = (self.rates, self.amounts, self.days, self.due_days, self.durations)
        return sorted(item.span.start for kind in kinds for item in kind)

    def marks(self) -> tuple[Span, ...]:
        """The spans of percentages and amounts, ascending: where the words of one number end and another's begin."""
        placed: list[Placed] = [*self.rates, *self.amounts]
        return tuple(sorted(item.span for item in placed))


def find_numbers(text: str) -> Numbers:
    """Every number of *text*; what two grammars claim goes to the more specific one."""
    rates = list(find_percentages(text))
    amounts = _apart(find_money(text), rates)
    days = list(find_days(text))
    due_days = list(find_due_days(text))
    durations = _apart(find_durations(text), [*rates, *amounts, *days, *due_days])
    return Numbers(rates, amounts, days, due_days, durations)


def _within(items: Sequence[T], span: Span) -> Sequence[T]:
    low = bisect_left(items, span.start, key=_start)
    high = bisect_left(items, span.end, lo=low, key=_start)
    return items[low:high]


def _start(item: Placed) -> int:
    return item.span.start


def _apart(items: Iterable[T], others: Sequence[Placed]) -> list[T]:
    """The items that overlap none of the others."""
    spans = sorted(other.span for other in others)
    starts = [span.start for span in spans]
    kept = []
    for item in items:
        at = bisect_left(starts, item.span.end)
        if not any(span.overlaps(item.span) for span in spans[max(0, at - 3) : at]):
            kept.append(item)
    return kept
