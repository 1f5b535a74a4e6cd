"""Reads the numbers a contract states: amounts, rates, fees, terms, dates, repayment method, day count.

Two passes: small grammars find every number of the whole text (:mod:`money`, :mod:`rates`, :mod:`terms`,
:mod:`dates`, :mod:`methods`), then the words of its sentence name each number (:mod:`cues`, :mod:`context`).
A number that nothing names is left out; one whose unit or period is missing becomes a fact of kind *unclear*;
a blank counts only where the sentence says what belongs there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contract_scan.facts.amount_facts import NAMES, read_amounts
from contract_scan.facts.context import Context
from contract_scan.facts.cues import Cue, find_cues
from contract_scan.facts.differences import read_differences, table_differences
from contract_scan.facts.fees import Payees, timed_elsewhere
from contract_scan.facts.figures import Numbers, find_numbers
from contract_scan.facts.intervals import find_intervals
from contract_scan.facts.methods import EXAMPLE, find_day_counts, find_methods
from contract_scan.facts.plan_table import find_plans, masked
from contract_scan.facts.rate_facts import CHARGES, INTEREST, read_rates
from contract_scan.facts.repaid import find_repaid
from contract_scan.facts.stages import find_first_at_once, find_free
from contract_scan.facts.term_facts import read_days, read_due_days, read_terms
from contract_scan.facts.terms import read_duration
from contract_scan.facts.yields import read_yields
from contract_scan.model import CELL_SEPARATOR, Document, Fact, Party, Sentence, Span

__all__ = ["read_facts", "read_length"]

#: 罚息总额=逾期本息×对应罚息利率×逾期天数 says that the rate it multiplies is one for a day.
_DAILY_FORMULA = re.compile(
    r"[=＝][^。；\n=＝]{0,40}?[×*xX]\s?(?:对应的?)?(?P<rate>[\u4e00-\u9fff]{2,10}率)\s?[×*xX]\s?[\u4e00-\u9fff]{0,4}[天日]数"
)
_SECOND_WAY = re.compile(r"\s?[（(]?(?:[大小][写寫]|人民币|¥|￥)")
_NAMING = frozenset((*INTEREST, *CHARGES, *NAMES))
_LONGEST = 800
_LINE = re.compile(r"^[^\n]* \| [^\n]*", re.MULTILINE)
LABEL = 16  # characters at most in a cell that names the next one
_CELL = 16  # a sentence this short may be the cell of a table, named by the cells before it


def read_facts(document: Document, sentences: tuple[Sentence, ...], parties: tuple[Party, ...]) -> tuple[Fact, ...]:
    """All facts the text states, ordered by span (document positions).

    Money is in yuan (foreign money has no unit and its currency as base), rates are in percent or basis
    points, years are told in months. *parties* give the role of who is paid.
    """
    plans = find_plans(document.text)
    text = _LINE.sub(_labelled_row, masked(document.text, plans))
    daily = frozenset(match["rate"] for match in _DAILY_FORMULA.finditer(text))
    reader = _Reader(text, tuple(_bounded(sentences)), find_numbers(text), Payees(parties), daily)
    facts = [Fact("repayment-method", "", m.value, timing=m.stage, span=m.span) for m in find_methods(text)]
    facts += [*find_intervals(text), *find_free(text), *find_first_at_once(text), *find_repaid(text)]
    facts += [Fact("day-count", "", count.value, "day", "year", span=count.span) for count in find_day_counts(text)]
    facts += (timed_elsewhere(fact, text) for fact in reader.facts())
    facts.sort(key=_place)
    facts += [*read_differences(text, reader.numbers, facts), *read_yields(text, reader.numbers)]
    facts += [*(cell for plan in plans for cell in plan.cells), *table_differences(plans, facts)]
    return tuple(sorted(facts, key=_place))


def read_length(text: str) -> tuple[Decimal, str] | None:
    """(how many, month | day | instalment) of a term typed alone ("1年" is 12 months), or None if it is not one."""
    read = read_duration(text)
    if read is None or not read.value or read.span != Span(0, len(text)):
        return None
    return read.value, read.unit


def _labelled_row(line: re.Match[str]) -> str:
    """A row of labels and values ("贷款期限 | 36个月") told with colons, as long as before; other rows as they are."""
    cells = line.group().split(CELL_SEPARATOR)
    labels, values = cells[::2], cells[1::2]
    if len(labels) != len(values) or any(len(label) > LABEL or re.search("[0-9]", label) for label in labels):
        return line.group()
    colon = "：".ljust(len(CELL_SEPARATOR))
    return CELL_SEPARATOR.join(f"{label}{colon}{value}" for label, value in zip(labels, values, strict=True))


def _bounded(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Cut sentences without an end in sight: naming takes time in proportion to the square of their length."""
    for sentence in sentences:
        for start in range(sentence.span.start, sentence.span.end, _LONGEST):
            yield replace(sentence, span=Span(start, min(start + _LONGEST, sentence.span.end)))


def _place(fact: Fact) -> Span:
    return fact.span or Span(0, 0)


@dataclass(frozen=True, slots=True)
class _Reader:
    """The text with everything that helps to name its numbers."""

    text: str
    sentences: Sequence[Sentence]
    numbers: Numbers
    payees: Payees
    daily: frozenset[str]

    def facts(self) -> Iterator[Fact]:
        """The facts of every sentence that holds a number and is not merely an example."""
        starts = self.numbers.starts()
        for index, sentence in enumerate(self.sentences):
            first = bisect_left(starts, sentence.span.start)
            if first == len(starts) or starts[first] >= sentence.span.end:
                continue
            if not EXAMPLE.search(self.text, sentence.span.start, sentence.span.end):
                yield from self._read(index)

    def _read(self, index: int) -> Iterator[Fact]:
        span = self.sentences[index].span
        context = self._context(index)
        numbers = self.numbers.within(span)
        yield from read_rates(numbers.rates, context, self.payees)
        if numbers.amounts:
            amounts = self.numbers.within(context.span).amounts
            facts = read_amounts(amounts, context, self.payees)
            yield from (fact for fact in facts if _place(fact).end > span.start)
        yield from read_terms(numbers.durations, numbers.days, context)
        yield from read_days(numbers.days, context)
        yield from read_due_days(numbers.due_days, context)

    def _context(self, index: int) -> Context:
        sentence = self.sentences[index]
        span = sentence.span
        cues = self._cues(span)
        if not any(cue.kind in _NAMING for cue in cues):
            start = self._earlier_start(index)
            span = Span(start, span.end)
            cues = self._cues(span) if start < sentence.span.start else cues
        lead_in = self._cues(sentence.lead_in) if sentence.lead_in else ()
        return Context(self.text, span, cues, self.numbers.within(span).marks(), lead_in, self.daily)

    def _cues(self, span: Span) -> tuple[Cue, ...]:
        return tuple(find_cues(self.text, span.start, span.end))

    def _earlier_start(self, index: int) -> int:
        """Where the words begin that an unnamed sentence goes on from: at most two sentences earlier.

        The cells before it in a table, a list with semicolons (6个月以内为1%；12个月以内为2%), or the first way
        of writing an amount (大写…；小写…).
        """
        span = self.sentences[index].span
        start = span.start
        second_way = _SECOND_WAY.match(self.text, start) is not None
        for before in self.sentences[max(0, index - 2) : index][::-1]:
            cells = len(span) <= _CELL and len(before.span) <= _CELL
            listed = self.text[before.span.end - 1] in "；;"
            if start - before.span.end > 2 or not (second_way or cells or listed):
                break
            start = before.span.start
        return start
