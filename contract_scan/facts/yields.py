"""Interest told in money or for odd lengths of time, as the percent a year it comes to (role *implied*).

本金10万元，每月付息3,000元 is 36; 借七万，半年后还8.4万元 is 40; 每十天付息百分之一 is 36.5. Read within one line,
and only where one sum and one payment stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract_scan.facts.differences.plans import EACH, instalments
from contract_scan.facts.figures import Numbers
from contract_scan.facts.intervals import find_intervals
from contract_scan.facts.money import Money
from contract_scan.facts.numerals import HAN, read_number
from contract_scan.facts.periods import period_around
from contract_scan.facts.rates import Percentage
from contract_scan.facts.terms import Duration
from contract_scan.model import Fact, Span

_LINE = re.compile(r"[^\n]+")
_LONGEST = 300
_LOAN_BEFORE = re.compile(
    r"(?:借款?|出借|借给|借到|借与|借入|借出|贷款?|本金|当金|到账金额|垫付|资金|(?<![\u4e00-\u9fff])金额)[^，。；\n0-9]{0,8}$"
)
_LOAN_AFTER = re.compile(r"[^，。；\n0-9]{0,3}(?:借给|借与|出借|贷给|借予)")
_PAYS = r"(?:付息|付利息?|给利息?|利息|还息|息费|回报|收益|给付利息|支付利息|交利息)"
_EVERY = re.compile(
    rf"(?P<every>每(?:个)?[月年季天日](?:[0-9]{{1,2}}[日号])?|按[月年季天日]|[一每][年月]|[月年季])[^，。；\n0-9]{{0,10}}?{_PAYS}?[^，。；\n0-9{HAN}]{{0,6}}$"
)
_INTEREST_WORD = re.compile(f"{_PAYS}|利")
_BACK = re.compile(r"(?:[还還]|归还|偿还|返还|应还|付)(?:本息|款|给|甲方|人民币|共)?(?:共计?|合计)?\s?$")
_LUMP = re.compile(r"(?:到期|一次|期满|共|合计|总)[^，。；\n0-9]{0,6}(?:付息费?|息费|利息|付利息)(?:共|为|合计)?\s?$")
_LATER = re.compile("后|到期|期满|届满|期限|周转|借期|用款")
_ODD = re.compile(
    rf"(?:(?<=每)|(?=[0-9{HAN}]{{1,2}}[天日月]为?一期))(?P<number>[0-9]{{1,2}}|[{HAN}]{{1,2}}|半个?)\s?(?P<unit>[天日月])(?:为)?(?:一期)?[^。；\n0-9]{{0,10}}?$"
    rf"|(?P<season>按季|每季度?)[^，。；\n0-9]{{0,8}}$"
)
_ODD_AFTER = re.compile(
    rf"\s?[/／每]?\s?期?[，、（]\s?每?(?P<number>[0-9]{{1,2}}|[{HAN}]{{1,2}})\s?(?P<unit>[天日])为?[一1]期"
)
_NOT_THIS = re.compile("逾期|罚息|违约|滞纳|迟延|首付|租金|工资|退还|上浮|折|存款|保证金|注册资本|展期|提前")
_MONTHLY = re.compile("每月|月供|月付|按月|每期|月还")
_PAID_AT = re.compile(
    r"(?:的?(?:标准|利率|比例))?[，、]?(?:计息|付息|收息|计收利息|计付利息|支付利息|收取利息|支付息费)"
)
_SET_AT = re.compile(
    r"(?:执行|价格|定价)(?:为|是|：)?年\s?$|(?:内部收益率|IRR|APR)[^，。；\n0-9]{0,6}(?:为|是|：|达|测算为|约)?\s?$"
)
_IRR = re.compile("内部收益率|IRR|APR")
_BOUND = re.compile("不超过|不高于|不得|最高|至多|以内|上限|低于")
_CENT = Decimal("0.01")
PER_YEAR = {"year": Decimal(1), "month": Decimal(12), "day": Decimal(365)}
TIMES_A_YEAR = {"月": Decimal(12), "年": Decimal(1), "季": Decimal(4), "天": Decimal(365), "日": Decimal(365)}
DAYS = {"天": Decimal(1), "日": Decimal(1), "月": Decimal(365) / 12}


def read_yields(text: str, numbers: Numbers) -> Iterator[Fact]:
    """The yearly rates that lines of *text* imply without stating them."""
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        if len(line) <= _LONGEST and not _NOT_THIS.search(text, line.start, line.end):
            inside = numbers.within(line)
            yield from _in_money(text, line, inside)
            yield from _in_instalments(text, line, inside.amounts)
            yield from _odd_periods(text, line, inside.rates)
            yield from _by_verb(text, line, inside.rates)


def _in_money(text: str, line: Span, numbers: Numbers) -> Iterator[Fact]:
    amounts = [money for money in numbers.amounts if money.value]
    loans = [money for money in amounts if _is_loan(text, line, money)]
    if len(amounts) != 2 or len(loans) != 1:
        return
    paid = next(money for money in amounts if money is not loans[0])
    rate = _regular(text, line, loans[0], paid) or _at_once(text, line, loans[0], paid, numbers.durations)
    if rate and rate < 5000:
        yield _implied(rate, _span(loans[0].span, paid.span))


def _in_instalments(text: str, line: Span, amounts: Sequence[Money]) -> Iterator[Fact]:
    """贷款1万元，12期，每期还款1,050元 (one instalment a month)."""
    known = [money for money in amounts if money.value]
    each = [money for money in known if EACH.search(text[max(line.start, money.span.start - 20) : money.span.start])]
    loans = [money for money in known if money not in each and _is_loan(text, line, money)]
    count = instalments(text, line)
    if len(each) != 1 or len(loans) != 1 or not 2 <= count <= 480 or not _MONTHLY.search(text, line.start, line.end):
        return
    loan, paid = _value(loans[0]), _value(each[0])
    if paid < loan < paid * count:
        rate = level_rate(loan, paid, int(count)) / 12 * _pace(line.of(text))
        yield _implied(rate, _span(loans[0].span, each[0].span))


def _pace(words: str) -> Decimal:
    """How many instalments a year has, by the interval that the words tell (monthly if they do not)."""
    found = {(fact.value, fact.unit) for fact in find_intervals(words)}
    value, unit = found.pop() if len(found) == 1 else (Decimal(1), "month")
    return (Decimal(12) if unit == "month" else Decimal(365)) / value if isinstance(value, Decimal) else Decimal(12)


def level_rate(loan: Decimal, paid: Decimal, count: int) -> Decimal:
    """The simple yearly rate, in percent, at which *count* equal monthly payments are worth the loan."""
    low, high = Decimal(0), Decimal(1)
    for _ in range(40):
        middle = (low + high) / 2
        worth = paid * (1 - (1 + middle) ** -count) / middle
        low, high = (middle, high) if worth > loan else (low, middle)
    return low * 1200


def _is_loan(text: str, line: Span, money: Money) -> bool:
    before = text[max(line.start, money.span.start - 14) : money.span.start]
    words = _LOAN_BEFORE.search(before)
    if words and not _INTEREST_WORD.search(words.group()):
        return True
    return _LOAN_AFTER.match(text, money.span.end) is not None


def _regular(text: str, line: Span, loan: Money, paid: Money) -> Decimal | None:
    """每月付息3,000元."""
    before = text[max(line.start, paid.span.start - 24) : paid.span.start]
    every = _EVERY.search(before)
    after = text[paid.span.end : paid.span.end + 6]
    if every is None or not _INTEREST_WORD.search(before[-18:] + after):
        return None
    times = next(times for word, times in TIMES_A_YEAR.items() if word in every["every"])
    return _value(paid) * times * 100 / _value(loan)


def _at_once(text: str, line: Span, loan: Money, paid: Money, durations: Sequence[Duration]) -> Decimal | None:
    """半年后还8.4万元, 到期付息700元: only where one length of time stands in the line."""
    before = text[max(line.start, paid.span.start - 12) : paid.span.start]
    lengths = [duration for duration in durations if duration.value and duration.unit in ("month", "day")]
    gain = _gain(before, loan, paid)
    if gain <= 0 or len(lengths) != 1 or not _LATER.search(text, line.start, line.end):
        return None
    length = lengths[0].value or Decimal(1)
    years = length / 12 if lengths[0].unit == "month" else length / 365
    return gain * 100 / _value(loan) / years


def _gain(before: str, loan: Money, paid: Money) -> Decimal:
    """What the lender gets beyond the loan: 到期还8.4万元, 到期付息700元 (0: neither is said)."""
    if _LUMP.search(before):
        return _value(paid)
    return _value(paid) - _value(loan) if _BACK.search(before) else Decimal(0)


def _odd_periods(text: str, line: Span, rates: Sequence[Percentage]) -> Iterator[Fact]:
    """每十天一期，每期付息百分之一; 按季收息4.5%."""
    for rate in rates:
        before = text[max(line.start, rate.span.start - 24) : rate.span.start]
        odd = _ODD.search(before) or _ODD_AFTER.match(text, rate.span.end, line.end)
        if odd is None or rate.value is None or rate.unit != "percent" or not re.search("息|费率|使用费|成本", before):
            continue
        yearly = _times(odd)
        if yearly:
            yield _implied(
                rate.value * yearly, _span(rate.span, Span(*odd.span()) if odd.string is text else rate.span)
            )


def _by_verb(text: str, line: Span, rates: Sequence[Percentage]) -> Iterator[Fact]:
    """按年15%付息, 每天千分之零点八计息, 执行年26.5%, 内部收益率测算为34.2%: a rate that only a verb names."""
    for rate in rates:
        before = text[max(line.start, rate.span.start - 16) : rate.span.start]
        verb = _PAID_AT.match(text, rate.span.end) or _SET_AT.search(before)
        if rate.value is None or rate.unit != "percent" or verb is None or _BOUND.search(before):
            continue
        period = rate.period or period_around(text, rate.span.start, rate.span.end, floor=line.start, ceiling=line.end)
        times = Decimal(1) if _IRR.search(before) else PER_YEAR.get(period)
        if times:
            yield _implied(rate.value * times, rate.span)


def _times(odd: re.Match[str]) -> Decimal | None:
    """How often a year; None for the day, month or year that a stated rate already names."""
    if odd.groupdict().get("season"):
        return Decimal(4)
    number = Decimal("0.5") if odd["number"].startswith("半") else read_number(odd["number"])
    if number is None or number <= 0 or number == 1 or (odd["unit"] == "月" and number > 6):
        return None
    return Decimal(365) / (number * DAYS[odd["unit"]])


def _implied(rate: Decimal, span: Span) -> Fact:
    return Fact("rate", "implied", rate.quantize(_CENT), "percent", "year", span=span)


def _span(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _value(money: Money) -> Decimal:
    assert money.value is not None
    return money.value
