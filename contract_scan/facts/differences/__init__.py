"""Statements of one contract that do not fit together, each told as a fact of kind *difference*.

The value is how far apart they are (yuan, days or instalments), the span covers both statements. Nothing is said
where more than one reading is possible: two candidates for a number, a first or last instalment of its own, a
minimum charge. Roles: words-figures, term-dates, plan-total, instalment-count, fee-amount, interest-amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contract_scan.facts.differences.counts import count_differences
from contract_scan.facts.differences.fees import fee_differences
from contract_scan.facts.differences.interest import interest_differences
from contract_scan.facts.differences.plans import plan_differences
from contract_scan.facts.differences.terms import term_differences
from contract_scan.facts.differences.written import written_differences
from contract_scan.facts.figures import Numbers
from contract_scan.model import Fact, Span

__all__ = ["read_differences"]

_LINE = re.compile(r"[^\n]+")
_LONGEST = 600  # a longer line is prose in which numbers stand too far apart to belong together


def read_differences(text: str, numbers: Numbers, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Every contradiction between numbers of *text*; *facts* are what it states."""
    yield from written_differences(text, numbers.amounts)
    yield from term_differences(text, facts, numbers.durations)
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        inside = numbers.within(line)
        if len(line) <= _LONGEST:
            yield from count_differences(text, line)
        if len(line) <= _LONGEST and inside.amounts:
            yield from plan_differences(text, line, inside)
            yield from fee_differences(text, line, inside)
            yield from interest_differences(text, line, inside)
