"""How far apart two payments are (kind term, role interval): 按季结息, 每两周还一次, 每半年付息一次, 每10天为一期."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_scan.facts.numerals import HAN, read_number
from contract_scan.model import Fact, Span

#: What is paid, or the words that make a length of time one instalment.
_PAID = (
    r"(?:结息|付息|还息|收息|交息|还款|偿还|归还|还本|支付(?:当期|相应)?利息|支付本息|付款|等额|付[一1]次|还(?![有可需要应能原])"
    r"|(?:作?为)?[一1]期|归还本息)"
)
_EVERY = (
    rf"(?:每|按)(?:间?隔)?(?:(?P<number>[0-9]{{1,3}}|[{HAN}]{{1,3}}|半)\s?[个個]?)?\s?(?P<unit>季度?|周|星期|旬|[天日月年](?![利息率费]))"
    rf"(?:末月?的?(?:[0-9{HAN}]{{1,3}}日)?)?(?:的?(?:第|最后)?[{HAN}0-9]{{1,3}}[天日号])?"
    rf"[^，。；：:\n0-9的计调存提检查核报未按预]{{0,6}}?{_PAID}"
)
#: 双周供, 两周为一期, 10天一期, 每期为一个月, 每期15天
_ONE = (
    rf"(?:(?P<one>[0-9]{{1,3}}|[{HAN}]{{1,3}}|半|双)\s?[个個]?(?P<one_unit>月|天|日|周|星期|季度?|年)(?:作?为)?[一1]期"
    rf"|每[一1]?期(?:间隔|时长|期限|周期)?(?:为|是)?(?P<each>[0-9]{{1,3}}|[{HAN}]{{1,3}}|半)\s?[个個]?(?P<each_unit>月|天|日|周|星期|季度?)(?![息利]))"
)
_INTERVAL = re.compile(f"{_EVERY}|{_ONE}")
_LINE = re.compile(r"[^。；\n]+")
#: Not about the payments of the loan: interest on interest, charges for lateness, other people's payments.
_APART = re.compile("复利|罚息|逾期|违约金|滞纳|租金|工资|物业|电费|水费|公示|保费|费用")
#: 有效期间每三个月为一期，第一期收0.25%
_OF_A_CHARGE = re.compile("手续费|收[0-9]|[0-9]%")
_OF_A_LOAN = re.compile("还|還|息|本金|借|贷|貸|分期|当")
_REPAID = re.compile("还款|偿还|归还|[日天]还")
_SIZE = {
    "月": ("month", 1),
    "季": ("month", 3),
    "年": ("month", 12),
    "周": ("day", 7),
    "星": ("day", 7),
    "旬": ("day", 10),
}
_DAY = ("day", 1)
_LONGEST = {"month": 12, "day": 180}


def find_intervals(text: str) -> Iterator[Fact]:
    """Every length of time that *text* says lies between two payments of the loan, in months or days, ordered.

    每月 and 每日 are so usual that they are told only where they are one instalment (每月一期, 每日还款).
    """
    for line in _LINE.finditer(text):
        for match in _INTERVAL.finditer(text, *line.span()):
            before = text[max(line.start(), match.start() - 12) : match.start()]
            charge = _OF_A_CHARGE.search(text, *line.span()) and not _OF_A_LOAN.search(text, *line.span())
            apart = charge or _APART.search(before + match.group())
            fact = None if apart else _read(match)
            if fact is not None:
                yield fact


def _read(match: re.Match[str]) -> Fact | None:
    number = match["number"] or match["one"] or match["each"] or ""
    word = match["unit"] or match["one_unit"] or match["each_unit"]
    unit, size = _SIZE.get(word[0], _DAY)
    times = _times(number)
    a_month = unit == "month" and size == 1 and times == 1
    if times is None or (a_month and match.group()[-1] != "期"):
        return None
    length = times * size
    if unit == "month" and length % 1:  # 每半月: twice a month
        unit, length = "day", Decimal(15)
    daily = unit == "day" and length == 1 and not _REPAID.search(match.group())
    if not 0 < length <= _LONGEST[unit] or length % 1 or daily:
        return None
    return Fact("term", "interval", Decimal(int(length)), unit, span=Span(*match.span()))


def _times(words: str) -> Decimal | None:
    if words in ("", "半", "双"):
        return {"": Decimal(1), "半": Decimal("0.5"), "双": Decimal(2)}[words]
    return read_number(words)
