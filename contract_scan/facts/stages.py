"""Which instalments a number is for: 前3期, 第1期至第6期, 其后各期, 第一年; months without interest (前2个月免息).

Told as "1-3", "36" or "4-" (to the end), the last one alone as "last"; a year counts as twelve instalments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.facts.numerals import HAN, read_number
from contract_scan.model import Fact, Span

LAST = "last"
_REACH = 160  # characters before a number in which such words may stand
_N = rf"(?:[0-9]{{1,3}}|[{HAN}]{{1,4}})"
_UNIT = r"\s?(?:[个個]?月|期|年)"
_STAGE = re.compile(
    rf"第\s?(?P<low>{_N})(?P<low_unit>{_UNIT})?\s?(?:至|到|[-—–~～]{{1,2}})\s?第?\s?(?P<high>{_N})(?P<high_unit>{_UNIT})"
    rf"|(?:(?<![提日期款清束之以目先当此年月])前(?![一1](?![0-9{HAN}]))|首)\s?(?P<first>{_N})(?P<first_unit>{_UNIT})"
    rf"|(?:自|从)?第\s?(?P<since>{_N})(?P<since_unit>{_UNIT})(?:开始|以后|之后|及以后|及其后|起)(?:各期|每期)?"
    rf"|第\s?(?P<single>{_N})\s?期(?![至到及限间])|第\s?(?P<year>{_N})年(?:度|内|的)?|(?P<head>首[期月])(?=[应还支]|月?利率)|(?P<head_year>首年)"
    r"|(?P<second>次[期月])起"
    r"|(?P<then>(?:其后|此后|之后|以后|其余|剩余|后续)的?(?:各期|每期|各月|每月|期间|年度|的?期数|[0-9]{1,3}(?:期|个月)|(?=[为是按：]?\s?\Z)))"
    rf"|(?P<last>最后[一1]期|[末尾]期(?=[应还支为：是0-9¥]))"
)
_ONLY_STAGE = re.compile(rf"\s?(?:{re.sub(r'[?]P<[a-z_]+>', '?:', _STAGE.pattern)})[为是按：执行起\s]{{0,3}}")
#: Between the words and the number: no comma, but one that sets the words apart (前三期，月利率0.5%).
_GAP = re.compile(r"(?:之?[内中])?[，：:的]?[^，。；\n]{0,24}\Z")
_FREE = re.compile(
    rf"(?:前|首)\s?(?P<count>{_N})\s?(?P<unit>[个個]?月|期)[^，。；\n0-9]{{0,6}}?"
    r"(?:免息|免收利息|免除利息|无息|零利息|不计(?:收)?利息|不收(?:取)?利息|零利率|0利率)"
)
#: When a charge for leaving early is this high: 放款后第1年内, 前6期, 满12个月后.
_WHEN = re.compile(
    rf"(?:(?:放款|贷款发放|还款|借款|放贷)(?:之日)?[后满]?)?(?:第\s?{_N}\s?年(?:度|以?内)?|首年|(?<![提日期款清束之以目先当此年月])前\s?{_N}{_UNIT}(?:以?内)?"
    rf"|[满未]满?\s?{_N}{_UNIT}(?:以[上内]|[后前])?|{_N}{_UNIT}(?:以[内上后]|之[内后])|第\s?{_N}期(?:至|到|[-—–~～])第?\s?{_N}期|还清之前)"
)
_FIRST = r"(?:第[一1]期|首期)(?:的?应?还?款|本息|月供|还款额|款项)?"
_LENT = r"(?:放款|发放贷款|发放借款|贷款发放|借款发放|资金到账)"
_AT_ONCE = re.compile(
    rf"{_LENT}(?:当[日天]|之日|时)(?:即?为|是|作为)(?:第[一1]期|首期)(?:的)?还款日"
    rf"|{_FIRST}[^，。；\n不]{{0,6}}(?:[于在]{_LENT}(?:当[日天]|时)[^，。；\n不]{{0,6}}|从(?:到账|放款|借款|贷款)[^，。；\n不]{{0,8}})"
    r"(?:收取|扣除|扣收|扣划|支付|偿还|归还)"
)
#: 双方约定借款不计利息, 今借到……，无息
_NO_INTEREST = re.compile(
    r"(?<![退还])(?:借款|借支|本借款|本笔借款|双方约定)(?:(?!保证金|押金|定金|提前|逾期|部分|前)[^。；\n]){0,60}?，?"
    r"(?:均?不计(?:收)?利息|不收(?:取)?利息|为?无息(?:借款)?|无利息)(?=[，。；\n]|\Z)"
)
_PER = {"期": "instalment", "月": "month"}


@dataclass(frozen=True, slots=True)
class Stage:
    """Words that say which instalments are meant, and where they stand."""

    told: str
    span: Span


def find_stages(text: str, start: int, end: int) -> Iterator[Stage]:
    """The instalments named between two positions, in order; 其后 counts on from the ones before."""
    previous = 0
    for match in _STAGE.finditer(text, start, end):
        told = _told(match, previous)
        if told:
            bounds = ends(told)
            previous = bounds[1] or 0 if bounds else 0
            yield Stage(told, Span(*match.span()))


def stage_at(text: str, start: int, number: int) -> str:
    """Which instalments the number at *number* is for, by the words of its sentence from *start* on ("": all)."""
    found = list(find_stages(text, max(start, number - _REACH), number))
    return found[-1].told if found and _GAP.fullmatch(text, found[-1].span.end, number) else ""


def when_before(text: str, start: int, number: int) -> str:
    """The words that say at which time the number is so high (第1年内), the last before it in its sentence."""
    found = [match.group() for match in _WHEN.finditer(text, start, number)]
    return found[-1] if found else ""


def next_stage(text: str, start: int, clause: str, number: int) -> str:
    """Which instalments a number is for where nothing but such words stands in its clause (其后1.5%), else ""."""
    return stage_at(text, start, number) if _ONLY_STAGE.fullmatch(clause) else ""


def find_free(text: str) -> Iterator[Fact]:
    """The first months that bear no interest, or all of them, as a rate of nothing for these instalments."""
    for match in _NO_INTEREST.finditer(text):
        yield Fact("rate", "contract", Decimal(0), "percent", "year", span=Span(*match.span()))
    for match in _FREE.finditer(text):
        count = read_number(match["count"])
        if count is not None and 1 <= count <= 120 and count == int(count):
            per = _PER[match["unit"][-1]]
            told = _range(1, int(count))
            yield Fact("rate", "contract", Decimal(0), "percent", per, timing=told, span=Span(*match.span()))


def find_first_at_once(text: str) -> Iterator[Fact]:
    """The first instalment taken on the day of lending (kind term, role first-due, 0 days), at most once."""
    match = _AT_ONCE.search(text)
    if match is not None:
        yield Fact("term", "first-due", Decimal(0), "day", span=Span(*match.span()))


def ends(told: str) -> tuple[int, int | None] | None:
    """(first, last) of "1-3", "36" or "4-" (None: to the end); None for "" and "last"."""
    first, dash, last = told.partition("-")
    if not first.isdigit():
        return None
    return int(first), int(last) if last else None if dash else int(first)


def _told(match: re.Match[str], previous: int) -> str:
    if match["last"]:
        return LAST
    if match["second"]:
        return "2-"
    if match["then"]:
        return f"{previous + 1}-" if previous else ""
    if match["head"] or match["head_year"]:
        return "1" if match["head"] else _range(1, 12)
    if match["low"]:
        size = _size(match["high_unit"])
        return _range((_number(match["low"]) - 1) * size + 1, _number(match["high"]) * size)
    if match["first"]:
        return _range(1, _number(match["first"]) * _size(match["first_unit"]))
    if match["since"]:
        return f"{(_number(match['since']) - 1) * _size(match['since_unit']) + 1}-"
    if match["year"]:
        return _range(_number(match["year"]) * 12 - 11, _number(match["year"]) * 12)
    return _range(_number(match["single"]), _number(match["single"]))


def _number(words: str) -> int:
    value = read_number(words)
    return int(value) if value is not None and value == int(value) else 0


def _size(unit: str) -> int:
    return 12 if unit.endswith("年") else 1


def _range(first: int, last: int) -> str:
    if not 1 <= first <= last <= 600:
        return ""
    return str(first) if first == last else f"{first}-{last}"
