"""The principal in a few parts on days of their own: 2026年12月31日归还本金30万元；2027年6月30日归还本金40万元.

Facts of kind *schedule*, role *repaid*: the amount, and in ``timing`` after how many months (第6个月末), or with a
second fact of role *repaid-on*, the day. ``base`` numbers them. Only where two or more follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contract_scan.facts.dates import read_date
from contract_scan.facts.money import find_money
from contract_scan.facts.numerals import HAN, read_number
from contract_scan.model import Fact, Span

_DATE = r"[12][0-9]{3}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)"
_PART = re.compile(
    rf"(?:(?P<due>{_DATE})(?:以?前)?|第\s?(?P<month>[0-9]{{1,3}}|[{HAN}]{{1,4}})\s?[个個]月[末底]?)[^0-9{HAN}\n；;。，]{{0,4}}"
    rf"(?:归还|偿还|还)(?:借款|贷款)?(?:本金)?(?P<paid>(?:人民币|¥)?\s?(?:[0-9][0-9,.]{{0,14}}|[{HAN}]{{1,12}})\s?万?\s?元)"
)
_APART = 6  # characters between two parts


def find_repaid(text: str) -> Iterator[Fact]:
    """The parts of the principal that *text* lists one after the other, each with its time."""
    run: list[re.Match[str]] = []
    for match in _PART.finditer(text):
        if run and match.start() - run[-1].end() > _APART:
            yield from _told(run)
            run = []
        run.append(match)
    yield from _told(run)


def _told(run: Sequence[re.Match[str]]) -> Iterator[Fact]:
    if len(run) < 2:
        return
    for number, match in enumerate(run, 1):
        money = next(find_money(match["paid"]), None)
        month = read_number(match["month"] or "")
        span, base = Span(*match.span("paid")), str(number)
        if money is not None and money.value is not None:
            timing = f"{month:f}" if month is not None else ""
            yield Fact("schedule", "repaid", money.value, "yuan", base=base, timing=timing, span=span)
        if match["due"] and (day := read_date(match["due"])):
            yield Fact("schedule", "repaid-on", day, base=base, span=Span(*match.span("due")))
