"""Writes numbers the way contracts do; the tests read them back."""

from __future__ import annotations

from decimal import Decimal

CAPITAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
ORDINARY = ("零一二三四五六七八九", "十百千", "万亿")


def cardinal(number: int, style: tuple[str, str, str] = ORDINARY) -> str:
    """1205 → 一千二百零五, 10^12 - 1 at most."""
    digits, _, myriads = style
    if number == 0:
        return digits[0]
    words = ""
    for power in (2, 1, 0):
        section = number // 10_000**power % 10_000
        if section:
            gap = words and section < 1000
            words += (digits[0] if gap else "") + _section(section, style) + (myriads[power - 1] if power else "")
        elif words and not words.endswith(digits[0]) and number % 10_000**power:
            words += digits[0]
    return words


def _section(number: int, style: tuple[str, str, str]) -> str:
    digits, units, _ = style
    words = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            words += digits[digit] + (units[power - 1] if power else "")
        elif words and number % 10**power and not words.endswith(digits[0]):
            words += digits[0]
    return words


def capital_amount(amount: Decimal) -> str:
    """12345.67 → 壹万贰仟叁佰肆拾伍元陆角柒分, 100000 → 壹拾万元整."""
    cents = int(amount * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    digits = CAPITAL[0]
    words = cardinal(yuan, CAPITAL) + "元"
    if jiao:
        words += digits[jiao] + "角"
    elif fen:
        words += digits[0]
    return words + (digits[fen] + "分" if fen else "整")
