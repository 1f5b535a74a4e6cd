"""Percentages and what they are charged for: 1.2%/月, 日万分之五, 月息2分, 每万元每天2元, +120基点, 1.5倍.

Values are percent (万分之五 is 0.05), basis points or times. A period that the text does not state stays "".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from contract_scan.facts.numerals import BLANK, HAN, RUN, is_blank, read_number
from contract_scan.facts.periods import PERIOD_OF
from contract_scan.model import Span

PERCENT_OF = {
    **dict.fromkeys("%％百", Decimal(1)),
    **dict.fromkeys("‰千", Decimal("0.1")),
    **dict.fromkeys("‱万萬", Decimal("0.01")),
}
#: One 厘 in percent: a tenth, a thousandth or a ten-thousandth, as interest is told by year, month or day.
PERCENT_OF_LI = {"year": Decimal(1), "month": Decimal("0.1"), "day": Decimal("0.01")}

_SIGN = re.compile(
    rf"(?P<number>{RUN})\s?(?P<unit>[%％‰‱]|[个個]?百分[点點]|[个個]?基[点點]|[Bb][Pp][Ss]?(?![A-Za-z])|倍(?!数))"
)
_FRACTION = re.compile(rf"[百千万萬]分之\s?(?P<number>{RUN}|{BLANK}|(?=[的，。（计收支]))")
_BLANK = re.compile(rf"(?P<number>{BLANK})\s?(?P<unit>[%％‰]|[个個]?基[点點]|BP)")
_UNIT_ALONE = re.compile(r"(?P<number>)(?P<unit>[%％‰])")
#: 利率为12: a number without any unit.
_BARE = re.compile(r"率(?<=[利费]率)(?:为|是|：|:)?\s?(?P<number>[0-9]{1,3}(?:\.[0-9]{1,4})?)(?=[，。；;、\s）)]|\Z)")
_EXPECTS_NUMBER = re.compile(r"(?<!单位)(?:[率息为：:按收罚之付的]|金额|本金)\s{0,3}\Z")
_FEN = re.compile(
    rf"(?P<number>[0-9{HAN}][0-9{HAN}.点]{{0,5}})(?P<unit>分|厘|釐|成)(?P<tail>[0-9{HAN}])?(?:厘|釐)?(?P<interest>[利息])?"
    r"(?![之期钟鐘次行公司别批店种类工支个店月年日])"
)
_FEN_PERIOD = re.compile(r"(?:(?P<period>[年月日])[利息]率?息?(?:为|按|以|计|是|即|：|:)?|(?P<each>[每按][月年]))\s?\Z")
#: 利息两分五，一个月结一回
_INTEREST_OF = re.compile(r"利[息钱]\s?(?:是|为|按|：)?\s?\Z")
_MONTHLY_SOON = re.compile(r"[，、]?\s?(?:[一1每][个個]?月|按月)[^，。；\n]{0,4}[结付交还給给]")
_EACH_SUM = rf"每(?:借款?|满|支用|使用)?\s?(?P<sum>{RUN})\s?元?"
_PER_SUM = re.compile(
    rf"{_EACH_SUM}[^。；\n每]{{0,12}}?每?(?P<period>[日天月年])[^。；\n0-9{HAN}]{{0,10}}(?P<number>{RUN})\s?[元块]"
)
#: 每万每月三百, without 元
_PER_SUM_SPOKEN = re.compile(
    rf"每(?P<sum>[百千万萬])元?每?(?P<period>[日天月年])[^。；，\n0-9{HAN}]{{0,4}}(?P<number>[{HAN}]{{1,5}})(?=[，。；\s]|\Z)"
)
#: 日息万五
_PER_MYRIAD = re.compile(
    rf"(?P<period>[日月年])[利息]息?率?(?:为|按|是|：)?万(?P<number>[{HAN}]|[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?)(?=[，。；、）)计收的\s]|\Z)"
)
#: 加收八成
_TENTHS = re.compile(rf"(?<=[收浮高])(?P<number>[0-9]|[{HAN}])\s?成(?=[作为的，。；计]|罚息|\Z)")
_PER_SUM_ONCE = re.compile(rf"{_EACH_SUM}(?P<period>)[^。；，\n0-9{HAN}每]{{0,10}}(?P<number>{RUN})\s?[元块]")
_ROUND_SUMS = frozenset(map(Decimal, (100, 1_000, 10_000, 100_000)))
_DEFINES = re.compile(r"\s?(?:[为即=]|是指|等于)\s?[百万]分之")  # 一个基点为万分之一
_SUM_SLASH = re.compile(rf"(?P<number>{RUN})元[/／](?P<sum>{RUN})元?[/／·每](?P<period>[日天月年])")


@dataclass(frozen=True, slots=True)
class Percentage:
    """A proportion in a text: where, how much (None for a blank), and the period its own words name.

    ``unit`` is percent, bp, times, li (厘) where only 分 and 厘 are written, or "" where nothing is; ``period``
    is day, month, year or "" where only the words around it can tell (see :mod:`periods`). ``interest`` is
    true where the wording itself says interest (月息2分).
    """

    span: Span
    value: Decimal | None
    unit: str = "percent"
    period: str = ""
    interest: bool = False


def find_percentages(text: str) -> Iterator[Percentage]:
    """Every percentage, basis-point figure and multiple in *text*, ordered; none overlaps another."""
    found = [item for pattern, reader in _GRAMMARS for match in pattern.finditer(text) if (item := reader(text, match))]
    end = 0
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if item.span.start >= end:
            yield item
            end = item.span.end


def product(left: Percentage, right: Percentage) -> Percentage:
    """0.8%×20% read as one percentage: 0.16."""
    if left.value is None or right.value is None:
        return replace(left, span=Span(left.span.start, right.span.end), value=None)
    value = left.value * right.value / 100
    return replace(left, span=Span(left.span.start, right.span.end), value=value.normalize())


def _read_sign(text: str, match: re.Match[str]) -> Percentage | None:
    unit = match["unit"].lstrip("个個")
    value = read_number(match["number"])
    if value is None or text[match.start() - 1 : match.start()] == "." or _DEFINES.match(text, match.end()):
        return None
    if unit == "倍":
        return Percentage(Span(*match.span()), value, "times")
    if unit.startswith("百分"):
        return Percentage(Span(*match.span()), value)
    if unit[0] in "基Bb":
        return Percentage(Span(*match.span()), value, "bp")
    return Percentage(Span(*match.span()), value * PERCENT_OF[unit])


def _read_fraction(text: str, match: re.Match[str]) -> Percentage | None:
    if text[match.start() - 1 : match.start()] in set(HAN):  # 二百分之一 is not one percent
        return None
    value = read_number(match["number"])
    return Percentage(Span(*match.span()), None if value is None else value * PERCENT_OF[match.group()[0]])


def _read_blank(text: str, match: re.Match[str]) -> Percentage | None:
    if not is_blank(match["number"]):
        return None
    if not match["number"] and not _EXPECTS_NUMBER.search(text, max(0, match.start() - 6), match.start()):
        return None
    return Percentage(Span(*match.span()), None, "percent" if match["unit"] in PERCENT_OF else "bp")


def _read_bare(text: str, match: re.Match[str]) -> Percentage | None:
    return Percentage(Span(*match.span("number")), read_number(match["number"]), "")


def _read_fen(text: str, match: re.Match[str]) -> Percentage | None:
    """月息2分, 月息一分二, 年息六厘, 年息一成二, 一分五厘; without 年/月 the period stays unknown."""
    head = _FEN_PERIOD.search(text[max(0, match.start() - 7) : match.start()])
    number = read_number(match["number"])
    spoken = _INTEREST_OF.search(text, max(0, match.start() - 4), match.start())
    if number is None or (head is None and not spoken and not (match["interest"] or match.group()[-1] in "厘釐")):
        return None
    tail = read_number(match["tail"] or "") or Decimal(0)
    li = number + tail / 10 if match["unit"] in "厘釐" else number * 10 + tail
    start = match.start() - (len(head.group()) if head else 0)
    period = PERIOD_OF[(head["period"] or head["each"][-1])] if head else ""
    if head and head["each"] and match.group()[-1] not in "厘釐息利":
        return None
    span = Span(start, match.end())
    if not period and spoken and _MONTHLY_SOON.match(text, match.end()):
        period = "month"
    if not period:
        return Percentage(span, li, "li", interest=True)
    return Percentage(span, li * PERCENT_OF_LI[period], period=period, interest=True)


def _read_per_myriad(text: str, match: re.Match[str]) -> Percentage | None:
    number = read_number(match["number"])
    if number is None:
        return None
    return Percentage(Span(*match.span()), number / 100, period=PERIOD_OF[match["period"]], interest=True)


def _read_tenths(text: str, match: re.Match[str]) -> Percentage | None:
    number = read_number(match["number"])
    return None if number is None else Percentage(Span(*match.span()), number * 10)


def _read_per_sum(text: str, match: re.Match[str]) -> Percentage | None:
    """每万元每天2元: two hundredths of a percent a day."""
    base, number = read_number(match["sum"]), read_number(match["number"])
    if base not in _ROUND_SUMS or number is None:
        return None
    value = (number * 100 / base).normalize()
    period = PERIOD_OF[match["period"]] if match["period"] else ""
    return Percentage(Span(*match.span()), value, period=period, interest=bool(period))


_GRAMMARS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], Percentage | None]], ...] = (
    (_SIGN, _read_sign),
    (_FRACTION, _read_fraction),
    (_BLANK, _read_blank),
    (_UNIT_ALONE, _read_blank),
    (_FEN, _read_fen),
    (_PER_SUM, _read_per_sum),
    (_PER_SUM_SPOKEN, _read_per_sum),
    (_TENTHS, _read_tenths),
    (_PER_MYRIAD, _read_per_myriad),
    (_PER_SUM_ONCE, _read_per_sum),
    (_SUM_SLASH, _read_per_sum),
    (_BARE, _read_bare),
)
