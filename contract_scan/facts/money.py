"""Amounts of money: ¥100,000.00, 12.5万元, RMB 50,000, 壹万贰仟叁佰肆拾伍元陆角柒分, 叁拾萬圓, ____元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.facts.numerals import BLANK, CAPITALS, HAN, MYRIAD_OF, RUN, SCALE, is_blank, read_number
from contract_scan.model import Span

YUAN = "人民币"
#: How currencies are written before or after a number, and the name a fact gives them.
CURRENCIES = (
    (YUAN, r"人民[币幣]|RMB|CNY|¥|￥"),
    ("新台币", r"新[台臺][币幣]|NT\$|NTD|TWD"),
    ("美元", r"US\$|USD|美[元金]"),
    ("港元", r"HK\$|HKD|港[元币幣]"),
    ("欧元", r"EUR|€|[欧歐]元"),
    ("日元", r"JPY|日[元圆圓]"),
    ("英镑", r"GBP|£|英[镑鎊]"),
)
_CURRENCY = "|".join(pattern for _, pattern in CURRENCIES)
_UNIT = rf"(?:{_CURRENCY})(?!\s?[（(0-9{HAN}])|[元圆圓](?![旦素件])|块(?![地田石砖])"
_CENTS = rf"(?:零?(?P<jiao>[{HAN}])角)?(?:零?(?P<fen>[{HAN}])分(?!之))?"

_NUMBER = re.compile(rf"(?P<number>{RUN})\s?(?P<scale>{SCALE})(?:[\s）)]?(?P<unit>{_UNIT}){_CENTS}[整正]?)?")
_BLANK = re.compile(rf"(?P<number>{BLANK})(?:[\s）)]?[万萬]?(?P<unit>{_UNIT})[整正]?)?")
_UNIT_ALONE = re.compile(r"[元圆圓][整正]?")
#: 借款金额：50000, a number without any unit.
_BARE = re.compile(
    r"[额額金](?<=金额|金額|数额|本金)(?:为|是|：|:)?\s?(?P<number>[0-9][0-9,，.]{2,16}[0-9])(?=[，。；;、\s）)]|\Z)"
)
_BEFORE = re.compile(rf"(?:{_CURRENCY})?[（(]?(?:[大小][写寫])?[）)：: ]{{0,3}}\Z")
_NAMES = tuple((name, re.compile(pattern)) for name, pattern in CURRENCIES)
_WINDOW = 14
_NUMBER_CHARS = frozenset(HAN + "0123456789¥￥")
_ENDS_SIGN = frozenset("币幣BY¥￥$D写寫）)：: 元金€RP£镑鎊")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a text: where, how much (None for a blank), which currency, and whether in 大写.

    ``currency`` is 人民币 unless the text says otherwise, "" where it is a bare number; ``certain`` is false
    for "5万", which needs words around it that speak of money.
    """

    span: Span
    value: Decimal | None
    currency: str = YUAN
    capital: bool = False
    certain: bool = True


def read_money(text: str) -> Decimal | None:
    """The amount a text consists of ("人民币壹拾万元整", "¥100,000.00"), or None if it is not one amount."""
    found = [money for money in find_money(text) if money.certain]
    return found[0].value if len(found) == 1 else None


def find_money(text: str) -> Iterator[Money]:
    """Every amount of money in *text* and every blank for one, ordered by position."""
    found = [money for match in _NUMBER.finditer(text) if (money := _read(text, match))]
    found += [money for match in _BLANK.finditer(text) if (money := _read_blank(text, match))]
    found += [money for match in _UNIT_ALONE.finditer(text) if (money := _read_nothing(text, match))]
    found += [money for match in _BARE.finditer(text) if (money := _read_bare(match))]
    end = 0
    for money in sorted(found, key=lambda money: money.span):
        if money.span.start >= end:
            yield money
            end = money.span.end


def _read(text: str, match: re.Match[str]) -> Money | None:
    number, unit = match["number"], match["unit"]
    if not unit and number[-1] not in MYRIAD_OF and text[match.start() - 1 : match.start()] not in _ENDS_SIGN:
        return None
    start, sign = _sign_before(text, match.start())
    if number[0] in MYRIAD_OF:  # 人民币万元整: the figure was left out
        return Money(Span(start, match.end()), None, sign) if sign and unit else None
    value = read_number(number.strip("【 】") + match["scale"])
    certain = bool(unit or sign)
    if value is None or not (certain or number[-1] in MYRIAD_OF or match["scale"]) or _inside(text, match):
        return None
    value += Decimal(read_number(match["jiao"] or "") or 0) / 10 + Decimal(read_number(match["fen"] or "") or 0) / 100
    currency = _name(unit or "") or sign or YUAN
    return Money(Span(start, match.end()), value, currency, not CAPITALS.isdisjoint(number), certain)


def _read_blank(text: str, match: re.Match[str]) -> Money | None:
    start, sign = _sign_before(text, match.start())
    box = match["number"] == "□" and text[match.end() : match.end() + 1] in _NUMBER_CHARS
    if box or not (match["unit"] or sign) or not is_blank(match["number"]):
        return None
    return Money(Span(start, match.end()), None, _name(match["unit"] or "") or sign or YUAN)


def _read_nothing(text: str, match: re.Match[str]) -> Money | None:
    """人民币（大写）元整: a unit that follows its currency with nothing between."""
    start, sign = _sign_before(text, match.start())
    return Money(Span(start, match.end()), None, sign) if sign else None


def _read_bare(match: re.Match[str]) -> Money | None:
    value = read_number(match["number"])
    return None if value is None else Money(Span(*match.span("number")), value, "", certain=False)


def _sign_before(text: str, position: int) -> tuple[int, str]:
    """Where the currency written directly before a position starts and its name ("" if there is none)."""
    window = text[max(0, position - _WINDOW) : position]
    match = _BEFORE.search(window)
    if match is None or not match.group():
        return position, ""
    name = _name(match.group()) or (YUAN if "写" in match.group() or "寫" in match.group() else "")
    return (position - len(match.group()), name) if name else (position, "")


def _name(words: str) -> str:
    return next((name for name, pattern in _NAMES if pattern.search(words)), "") if words else ""


def _inside(text: str, match: re.Match[str]) -> bool:
    """Whether the digits are only the tail of something longer (a version, an account number, 第五…)."""
    before = text[match.start() - 1 : match.start()]
    return before.isdigit() or before in {".", "第"} or text[match.end() : match.end() + 2] == "分之"
