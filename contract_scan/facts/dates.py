"""Days: 2024年5月1日, 二〇二四年五月一日, 2024-05-01, 2024/5/1, 民國113年5月1日, ____年__月__日, and 每月15日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contract_scan.facts.numerals import BLANK, HAN, RUN, read_number
from contract_scan.model import Span

ROC_OFFSET = 1911  # 民国元年 is 1912

_FIELD = rf"(?:[0-9]{{1,4}}|[{HAN}]{{1,5}}|【\s?[0-9{HAN}]{{1,5}}\s?】|{BLANK})?"
_WRITTEN = re.compile(rf"年\s{{0,20}}(?P<month>{_FIELD})\s{{0,20}}月\s{{0,20}}(?P<day>{_FIELD})\s{{0,20}}[日号號]")
_YEAR_BEFORE = re.compile(rf"(?P<era>民[国國]\s{{0,20}})?(?P<year>{_FIELD})\s{{0,20}}\Z")
_DASHED = re.compile(r"[12][0-9]{3}(?P<mark>[-/.])[0-9]{1,2}(?P=mark)[0-9]{1,2}(?![0-9])")
_DUE_DAY = re.compile(rf"每[个個一]?(?:自然)?月的?第?\s?(?P<day>{RUN}|{BLANK})\s?[日号號](?![内內前起以])")
_WINDOW = 64


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day in a text; ``value`` is None where it is blank or impossible; ``roc`` for 民國 years."""

    span: Span
    value: date | None
    roc: bool = False


@dataclass(frozen=True, slots=True)
class DueDay:
    """每月15日: the day of the month on which something is due (None for a blank)."""

    span: Span
    value: Decimal | None


def read_date(text: str) -> date | None:
    """The day a text consists of ("2024年5月1日", "民國113年5月1日"), or None if it is not one day."""
    found = list(find_days(text))
    return found[0].value if len(found) == 1 else None


def find_days(text: str) -> Iterator[Day]:
    """Every calendar day in *text*, blanks included, ordered by position."""
    found = [_read_written(text, match) for match in _WRITTEN.finditer(text)]
    found += [_read_dashed(match) for match in _DASHED.finditer(text)]
    yield from sorted(found, key=lambda day: day.span)


def find_due_days(text: str) -> Iterator[DueDay]:
    """Every 每月N日 in *text*, ordered by position."""
    for match in _DUE_DAY.finditer(text):
        number = read_number(match["day"])
        if number is None or 1 <= number <= 31:
            yield DueDay(Span(*match.span()), number)


def _read_written(text: str, match: re.Match[str]) -> Day:
    before = _YEAR_BEFORE.search(text[max(0, match.start() - _WINDOW) : match.start()])
    words = before.group() if before else ""
    roc = bool(before and before["era"])
    year = read_number(before["year"]) if before else None
    if year is not None and roc:
        year += ROC_OFFSET
    span = Span(match.start() - len(words), match.end())
    return Day(span, _day(year, read_number(match["month"]), read_number(match["day"])), roc)


def _read_dashed(match: re.Match[str]) -> Day:
    year, month, day = (Decimal(part) for part in match.group().split(match["mark"]))
    return Day(Span(*match.span()), _day(year, month, day))


def _day(year: Decimal | None, month: Decimal | None, day: Decimal | None) -> date | None:
    if year is None or month is None or day is None or not 1900 <= year <= 2200:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
