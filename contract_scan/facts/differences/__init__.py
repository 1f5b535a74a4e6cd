"""Statements of one contract that do not fit together, each told as a fact of kind *difference*.

The value is how far apart they are (yuan, days or instalments), the span covers both statements. Nothing is said
where more than one reading is possible: two candidates for a number, a first or last instalment of its own, a
minimum charge. Roles: words-figures, term-dates, plan-total, instalment-count, fee-amount, interest-amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract_scan.facts.differences.counts import count_differences, term_count_differences
from contract_scan.facts.differences.fees import fee_differences
from contract_scan.facts.differences.interest import interest_differences
from contract_scan.facts.differences.plans import plan_differences
from contract_scan.facts.differences.tables import table_differences
from contract_scan.facts.differences.terms import term_differences
from contract_scan.facts.differences.written import written_differences
from contract_scan.facts.figures import Numbers
from contract_scan.facts.money import Money
from contract_scan.model import Fact, Span

__all__ = ["read_differences", "table_differences"]

_LINE = re.compile(r"[^\n]+")
_PRINCIPAL = re.compile(r"(?:借款|贷款|融资|分期)(?:本金|金额|总额)[^，。；\n0-9零一二三四五六七八九十]{0,10}$")
_LONGEST = 600  # a longer line is prose in which numbers stand too far apart to belong together


def read_differences(text: str, numbers: Numbers, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Every contradiction between numbers of *text*; *facts* are what it states."""
    yield from written_differences(text, numbers.amounts)
    yield from term_differences(text, facts, numbers.durations)
    yield from term_count_differences(text, facts)
    principal = _principal(text, numbers.amounts)
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        inside = numbers.within(line)
        if len(line) <= _LONGEST:
            yield from count_differences(text, line)
        if len(line) <= _LONGEST and inside.amounts:
            yield from plan_differences(text, line, inside)
            yield from fee_differences(text, line, inside, principal)
            yield from interest_differences(text, line, inside)


def _principal(text: str, amounts: Sequence[Money]) -> Decimal | None:
    """The sum that the contract calls its principal, where it names one only."""
    named = {
        money.value
        for money in amounts
        if money.value and _PRINCIPAL.search(text[max(0, money.span.start - 16) : money.span.start])
    }
    return named.pop() if len(named) == 1 else None
