"""Numbers as contracts write them: 50,000, 12.5万, 十五点四, 壹拾万零捌佰, 二〇二四.

The constants are regular-expression fragments for the other grammars. Every repetition in them is bounded,
so that scanning stays linear in the text.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGIT_OF = {
    char: value
    for value, chars in enumerate(
        ("零〇○", "一壹弌", "二贰貳弍两兩", "三叁參参弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
UNIT_OF = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIAD_OF = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
TENS_OF = {"廿": 20, "卅": 30}

#: No amount, rate or year needs more characters; longer runs are account numbers or noise.
LONGEST = 40
#: Characters of financial writing (大写), which nobody uses outside amounts.
CAPITALS = frozenset("壹贰貳弍叁參肆伍陆陸柒捌玖拾佰仟")

HAN = "".join((*DIGIT_OF, *UNIT_OF, *MYRIAD_OF, *TENS_OF))

#: A run of number characters, also in the brackets that templates leave around a filled field; whether it
#: is a number is for :func:`read_number` to say. Starts with a character set, which lets ``re`` skip quickly.
RUN = rf"[0-9{HAN}【](?:(?<=【)\s)?(?:[0-9{HAN}.点點‧·]|(?<=[0-9])[,，](?=[0-9]{{3}}(?![0-9]))){{0,30}}(?:\s?】)?"
#: Powers of ten written apart from their number (【5】万元, 3 万).
SCALE = "[十百千万萬亿億]{0,2}"
#: A field nobody filled in: ____, 【】, 【amount】, （ ）, □, XX. May also match 【0.65】: see :func:`is_blank`.
BLANK = (
    r"[_＿□Xx×【（(](?:(?<=[_＿])[_＿\s]{0,80}(?<!\s)|(?<=【)\s?(?:【[^【】\n]{0,60}】\s?|[^【】\n]{0,60})】"
    r"|(?<=[（(])\s{0,20}[）)]|(?<=□)□{0,8}|(?<=[Xx×])[Xx×]{1,8})"
)

_ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,8})?"
_ARABIC_PART = re.compile(rf"({_ARABIC})\s?([十百千万萬亿億]{{0,2}})")
_EDGES = re.compile(r"^[【\s]+|[】\s]+$")


def read_number(text: str) -> Decimal | None:
    """The value of a written number ("1,200", "12.5万", "两千三", "【0.65】"), or None if it is not one."""
    text = _EDGES.sub("", text)
    if not 0 < len(text) <= LONGEST:
        return None
    if text[0].isascii():
        return _read_arabic(text)
    whole, point, rest = _split_point(text)
    if not point:
        cardinal = read_cardinal(text)
        return None if cardinal is None else Decimal(cardinal)
    return _read_decimal(whole, rest)


def read_cardinal(text: str) -> int | None:
    """The whole number that Chinese characters write, also digit by digit (二〇二四); None if they write none."""
    if not 0 < len(text) <= LONGEST or any(char not in HAN for char in text):
        return None
    if len(text) > 1 and all(char in DIGIT_OF for char in text):
        return int("".join(str(DIGIT_OF[char]) for char in text))
    total = 0
    highest = 10**16
    for section, myriad in _sections(text):
        value = _read_section(section)
        if value is None:
            return None
        total = (total + value) * myriad if myriad > highest else total + value * myriad
        highest = myriad
    return total + _colloquial_tail(text)


def is_blank(text: str) -> bool:
    """Whether a match of :data:`BLANK` is an empty field and not a filled one (【0.65】)."""
    return read_number(text) is None


def _read_arabic(text: str) -> Decimal | None:
    parts = list(_ARABIC_PART.finditer(text))
    if not parts or sum(len(part.group()) for part in parts) != len(text):
        return None
    total = Decimal(0)
    for part in parts:
        value = Decimal(part[1].replace(",", "").replace("，", ""))
        for char in part[2]:
            value *= UNIT_OF.get(char) or MYRIAD_OF[char]
        total += value
    return total


def _read_decimal(whole: str, rest: str) -> Decimal | None:
    scale = MYRIAD_OF.get(rest[-1:], 1)
    digits = rest[:-1] if scale > 1 else rest
    cardinal = read_cardinal(whole)
    if cardinal is None or not digits or any(char not in DIGIT_OF for char in digits):
        return None
    return Decimal(f"{cardinal}." + "".join(str(DIGIT_OF[char]) for char in digits)) * scale


def _split_point(text: str) -> tuple[str, str, str]:
    for point in "点點‧·":
        if point in text:
            return text.partition(point)
    return text, "", ""


def _sections(text: str) -> list[tuple[str, int]]:
    """Cut 一亿二千万零五 into (一, 10^8), (二千, 10^4), (零五, 1)."""
    sections: list[tuple[str, int]] = []
    current = ""
    for char in text:
        if char in MYRIAD_OF:
            sections.append((current or ("" if sections else "一"), MYRIAD_OF[char]))
            current = ""
        else:
            current += char
    return [*sections, (current, 1)]


def _read_section(text: str) -> int | None:
    """A number below ten thousand; an empty section is 0. None where the characters do not fit together."""
    total = 0
    digit: int | None = None
    room = 10_000
    for char in text:
        if char in DIGIT_OF:
            if digit:
                return None
            digit = DIGIT_OF[char]
            continue
        unit = UNIT_OF.get(char, 10)
        if unit >= room:
            return None
        total += TENS_OF[char] if char in TENS_OF else (1 if digit is None else digit) * unit
        digit, room = None, unit
    return total + (digit or 0)


def _colloquial_tail(text: str) -> int:
    """两千三 means 2300, 一万五 15000: what a last digit directly after a unit adds beyond its own value."""
    if len(text) < 2 or text[-1] not in DIGIT_OF:
        return 0
    unit = UNIT_OF.get(text[-2]) or MYRIAD_OF.get(text[-2], 0)
    return DIGIT_OF[text[-1]] * (unit // 10 - 1) if unit > 10 else 0
