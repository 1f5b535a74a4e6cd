"""Reads the numbers a contract states: amounts, rates, fees, terms, dates, repayment method, day count.

Two passes: small grammars find every number in the whole text (:mod:`money`, :mod:`rates`, :mod:`terms`,
:mod:`dates`, :mod:`methods`), then each number is named by the words of its sentence (:mod:`cues`,
:mod:`context`). A number nothing names is left out; one whose period is missing becomes *unclear*.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from contract_scan.facts.amount_facts import NAMES, read_amounts
from contract_scan.facts.context import Context
from contract_scan.facts.cues import Cue, find_cues
from contract_scan.facts.dates import Day, DueDay, find_days, find_due_days
from contract_scan.facts.fees import Payees
from contract_scan.facts.methods import EXAMPLE, find_day_counts, find_methods
from contract_scan.facts.money import Money, find_money
from contract_scan.facts.rate_facts import CHARGES, INTEREST, read_rates
from contract_scan.facts.rates import Percentage, find_percentages
from contract_scan.facts.term_facts import read_days, read_due_days, read_terms
from contract_scan.facts.terms import Duration, find_durations
from contract_scan.model import Document, Fact, Party, Sentence, Span

__all__ = ["read_facts"]

#: 罚息总额=逾期本息×对应罚息利率×逾期天数 says that the rate it multiplies is one for a day.
_DAILY_FORMULA = re.compile(
    r"[=＝][^。；\n=＝]{0,40}?[×*xX]\s?(?:对应的?)?(?P<rate>[\u4e00-\u9fff]{2,10}率)\s?[×*xX]\s?[\u4e00-\u9fff]{0,4}[天日]数"
)
_SECOND_WAY = re.compile(r"\s?[（(]?(?:[大小][写寫]|人民币|¥|￥)")
NAMING = frozenset((*INTEREST, *CHARGES, *NAMES))
_ROW_CELL = 16  # a sentence this short may be the cell of a table, named by the cells before it


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Placed)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Every number of the text, ordered within each kind; none overlaps one of another kind."""

    rates: Sequence[Percentage]
    amounts: Sequence[Money]
    days: Sequence[Day]
    due_days: Sequence[DueDay]
    durations: Sequence[Duration]

    def within(self, span: Span) -> _Numbers:
        """Those that start inside a span."""
        return _Numbers(
            _within(self.rates, span),
            _within(self.amounts, span),
            _within(self.days, span),
            _within(self.due_days, span),
            _within(self.durations, span),
        )

    def starts(self) -> list[int]:
        """Where numbers start, ascending."""
        kinds: tuple[Sequence[_Placed], ...] = (
            self.rates,
            self.amounts,
            self.days,
            self.due_days,
            self.durations,
        )
        return sorted(item.span.start for kind in kinds for item in kind)


def read_facts(document: Document, sentences: tuple[Sentence, ...], parties: tuple[Party, ...]) -> tuple[Fact, ...]:
    """All facts the text states, ordered by span (document positions)."""
    text = document.text
    numbers = _find_numbers(text)
    payees = Payees(parties)
    daily = frozenset(match["rate"] for match in _DAILY_FORMULA.finditer(text))
    facts = [Fact("repayment-method", "", method.value, span=method.span) for method in find_methods(text)]
    facts += [Fact("day-count", "", count.value, "day", "year", span=count.span) for count in find_day_counts(text)]
    starts = numbers.starts()
    for index, sentence in enumerate(sentences):
        first = bisect_left(starts, sentence.span.start)
        if first == len(starts) or starts[first] >= sentence.span.end:
            continue
        inside = numbers.within(sentence.span)
        if not EXAMPLE.search(text, sentence.span.start, sentence.span.end):
            context = _context(text, sentences, index, numbers, daily)
            facts += _read_sentence(inside, context, payees, numbers.within(context.span).amounts)
    return tuple(sorted(facts, key=lambda fact: fact.span or Span(0, 0)))


def _find_numbers(text: str) -> _Numbers:
    rates = list(find_percentages(text))
    amounts = _apart(find_money(text), rates)
    days = list(find_days(text))
    due_days = list(find_due_days(text))
    durations = _apart(find_durations(text), [*rates, *amounts, *days, *due_days])
    return _Numbers(rates, amounts, days, due_days, durations)


def _read_sentence(numbers: _Numbers, context: Context, payees: Payees, amounts: Sequence[Money]) -> Iterator[Fact]:
    yield from read_rates(numbers.rates, context, payees)
    if numbers.amounts:
        own = numbers.amounts[0].span.start
        yield from (fact for fact in read_amounts(amounts, context, payees) if fact.span and fact.span.end > own)
    yield from read_terms(numbers.durations, numbers.days, context)
    yield from read_days(numbers.days, context)
    yield from read_due_days(numbers.due_days, context)


def _context(text: str, sentences: Sequence[Sentence], index: int, numbers: _Numbers, daily: frozenset[str]) -> Context:
    sentence = sentences[index]
    span = sentence.span
    cues = tuple(find_cues(text, span.start, span.end))
    if not any(cue.kind in NAMING for cue in cues):
        cell = len(span) <= _ROW_CELL and not _SECOND_WAY.match(text, span.start)
        span = _row(sentences, index) if cell else _list(text, sentences, index)
        cues = tuple(find_cues(text, span.start, span.end))
    lead: tuple[Cue, ...] = ()
    if sentence.lead_in is not None:
        lead = tuple(find_cues(text, sentence.lead_in.start, sentence.lead_in.end))
    inside = numbers.within(span)
    marks = sorted(item.span for item in (*inside.rates, *inside.amounts))
    return Context(text, span, cues, tuple(marks), lead, daily)


def _row(sentences: Sequence[Sentence], index: int) -> Span:
    """The cell and up to two short ones before it."""
    start = sentences[index].span.start
    for before in sentences[max(0, index - 2) : index][::-1]:
        if len(before.span) > _ROW_CELL or start - before.span.end > 2:
            break
        start = before.span.start
    return Span(start, sentences[index].span.end)


def _list(text: str, sentences: Sequence[Sentence], index: int) -> Span:
    """The sentence with up to two before it that it goes on from: 6个月以内为1%；12个月以内为2%, 大写…；小写…."""
    start = sentences[index].span.start
    for before in sentences[max(0, index - 2) : index][::-1]:
        goes_on = text[before.span.end - 1] in "；;" or _SECOND_WAY.match(text, start)
        if start - before.span.end > 1 or not goes_on:
            break
        start = before.span.start
    return Span(start, sentences[index].span.end)


def _within(items: Sequence[T], span: Span) -> Sequence[T]:
    low = bisect_left(items, span.start, key=lambda item: item.span.start)
    high = bisect_left(items, span.end, key=lambda item: item.span.start)
    return items[low:high]


def _apart(items: Iterator[T], others: Sequence[_Placed]) -> list[T]:
    """The items that overlap none of the others."""
    spans = sorted(other.span for other in others)
    starts = [span.start for span in spans]
    kept = []
    for item in items:
        at = bisect_left(starts, item.span.end)
        if not any(spans[i].overlaps(item.span) for i in range(max(0, at - 3), at)):
            kept.append(item)
    return kept
