"""Lengths of time: 12个月, 24期, 三年, 一年半, 壹年陆个月, 90天, ____个月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.facts.numerals import BLANK, HAN, RUN, is_blank, read_number
from contract_scan.model import Span

#: Unit words, the unit a fact gives them, and how many of it they are. Years count as months, so that 一年
#: and 12个月 compare equal.
UNITS = {
    "年": ("month", 12),
    "周年": ("month", 12),
    "季": ("month", 3),
    "个季度": ("month", 3),
    "季度": ("month", 3),
    "个月": ("month", 1),
    "個月": ("month", 1),
    "月": ("month", 1),
    "个星期": ("day", 7),
    "周": ("day", 7),
    "日": ("day", 1),
    "天": ("day", 1),
    "期": ("instalment", 1),
    "个工作日": ("day", 1),
    "工作日": ("day", 1),
    "个自然日": ("day", 1),
}
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_MONTHS_TOO = rf"(?:零?又?\s?(?P<months>[0-9{HAN}]{{1,3}})\s?[个個]?月|(?P<half>半))?"
_NUMBER = re.compile(rf"(?P<number>{RUN}|半)\s?(?P<unit>{_UNIT}){_MONTHS_TOO}(?![息利供费率报间])")
#: 分13次还
_TIMES = re.compile(
    rf"(?<=分)[成作为]?\s?(?P<number>{RUN})\s?(?P<unit>次)(?=(?:平均|等额|全部|向[甲乙]方)?(?:[还還](?!本(?!息|付))|偿还|归还))"
)
_BLANK = re.compile(
    rf"(?P<number>{BLANK})\s?(?P<unit>年(?!\s?[_＿【0-9][^。；，\n]{{0,12}}月)|[个個]月|天|日|期)(?![息利供费率])"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in a text: month, day or instalment; ``value`` is None for a blank.

    ``working`` is true for 工作日, ``plain_month`` where 月 stands without 个 (12月 may be December).
    """

    span: Span
    value: Decimal | None
    unit: str
    working: bool = False
    plain_month: bool = False


def read_duration(text: str) -> Duration | None:
    """The length of time a text consists of ("壹年陆个月" is 18 months), or None if it is not one."""
    found = list(find_durations(text))
    return found[0] if len(found) == 1 else None


def find_durations(text: str) -> Iterator[Duration]:
    """Every length of time in *text*, blanks included, ordered; parts of dates may be among them."""
    found = [item for match in _NUMBER.finditer(text) if (item := _read(text, match))]
    found += [_read_times(match) for match in _TIMES.finditer(text)]
    found += [_read_blank(match) for match in _BLANK.finditer(text) if is_blank(match["number"])]
    yield from sorted(found, key=lambda item: item.span)


def _read(text: str, match: re.Match[str]) -> Duration | None:
    unit_word = match["unit"]
    if text[match.start() - 1 : match.start()] in {"第", "月", ".", "每", "-"} and unit_word not in {
        "个月",
        "期",
    }:
        return None
    if text[match.start() - 1 : match.start()] in {"第", "每"}:
        return None
    number = Decimal("0.5") if match["number"] == "半" else read_number(match["number"])
    unit, size = UNITS[unit_word]
    if number is None or number > 10_000 or number * size % 1 or (unit_word == "年" and number > 100):
        return None
    value = number * size
    if unit_word == "年":
        value += 6 if match["half"] else read_number(match["months"] or "") or 0
    return Duration(Span(*match.span()), value, unit, "工作日" in unit_word, unit_word == "月")


def _read_times(match: re.Match[str]) -> Duration:
    return Duration(Span(match.start("number"), match.end()), read_number(match["number"]), "instalment")


def _read_blank(match: re.Match[str]) -> Duration:
    return Duration(Span(*match.span()), None, UNITS[match["unit"]][0])
