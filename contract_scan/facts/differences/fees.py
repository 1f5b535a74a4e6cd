"""A charge told as a rate of a sum and as an amount: 服务费为贷款金额80,000元的2.5%，即2,000元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract_scan.facts.figures import Numbers
from contract_scan.facts.money import Money
from contract_scan.facts.periods import period_around
from contract_scan.facts.rates import Percentage
from contract_scan.facts.terms import Duration
from contract_scan.model import Fact, Span

_CHARGE = re.compile("费|保证金|佣金|报酬|息费")
_OTHER = re.compile(
    "最低|最高|不低于|不超过|上限|下限|封顶|折|优惠|减免|税点|税率|利率|罚息|违约金|逾期|定金|首付|剩余期|未到期"
)
_LEADS = re.compile(
    r"(?:即|计|共计|合计|共|为|金额|每[月期年次]|收取|支付|扣收|扣划|付|应付|[=＝]|一次性收取|费用?)(?:人民币|：|:|为|综合费|[\u4e00-\u9fff]{0,4}费)?\s?$"
)
_OF_PRINCIPAL = re.compile(r"(?:贷款|借款)(?:本金|金额|总额)(?:总额)?的\s?$")
_BASE_BEFORE = re.compile(
    r"(?:本金|(?:贷款|借款|合同|分期|授信|放款|核贷|担保)金额|贷款|借款|车价|基数|估值|当金|余额|总额|[款价]|贷款额|借款额)[（(为：:\s]{0,2}$"
)
SHARE = Decimal("0.005")


def fee_differences(text: str, line: Span, numbers: Numbers, principal: Decimal | None) -> Iterator[Fact]:
    """A charge whose amount no usual reading of its rate gives; in yuan, from the nearest reading.

    *principal* is what 贷款本金的3% is a share of, where the line itself gives no sum.
    """
    rates = [rate for rate in numbers.rates if rate.value is not None and rate.unit == "percent"]
    amounts = [money for money in numbers.amounts if money.value]
    if len(rates) != 1 or not _CHARGE.search(text, line.start, line.end) or _OTHER.search(text, line.start, line.end):
        return
    bases = [
        money
        for money in amounts
        if _BASE_BEFORE.search(text[max(line.start, money.span.start - 8) : money.span.start])
    ]
    charges = [
        money
        for money in amounts
        if money not in bases and _LEADS.search(text[max(line.start, money.span.start - 10) : money.span.start])
    ]
    base = _base(text, line, rates[0], bases, principal)
    if base is None or len(charges) != 1 or charges[0].span.start < rates[0].span.start:
        return
    apart = _apart(_value(charges[0]), _readings(text, line, rates[0], base, numbers.durations))
    if apart:
        used = (*(money.span for money in bases), charges[0].span, rates[0].span)
        span = Span(min(place.start for place in used), max(place.end for place in used))
        yield Fact("difference", "fee-amount", apart, "yuan", span=span)


def _base(text: str, line: Span, rate: Percentage, bases: Sequence[Money], principal: Decimal | None) -> Decimal | None:
    """The one sum in the line that the rate is a share of, or the principal where the words say so."""
    if len(bases) == 1:
        return _value(bases[0])
    words = text[max(line.start, rate.span.start - 12) : rate.span.start]
    return principal if not bases and _OF_PRINCIPAL.search(words) else None


def _readings(
    text: str, line: Span, rate: Percentage, base: Decimal, durations: Sequence[Duration]
) -> tuple[Decimal, ...]:
    """What the rate may come to: once, for a month of a yearly rate, for the whole term."""
    assert rate.value is not None
    once = base * rate.value / 100
    period = rate.period or period_around(text, rate.span.start, rate.span.end, floor=line.start, ceiling=line.end)
    months = [duration.value for duration in durations if duration.value and duration.unit in ("month", "instalment")]
    yearly = [once / 12, *(once * month / 12 for month in months)]
    return (once, *yearly, *(once * month for month in months if period != "year"))


def _apart(stated: Decimal, readings: Sequence[Decimal]) -> Decimal:
    """The distance to the nearest reading; 0 within a yuan or half a per cent."""
    nearest = min(readings, key=lambda reading: abs(reading - stated))
    apart = abs(nearest - stated)
    return apart if apart > max(Decimal(1), SHARE * stated) else Decimal(0)


def _value(money: Money) -> Decimal:
    assert money.value is not None
    return money.value
