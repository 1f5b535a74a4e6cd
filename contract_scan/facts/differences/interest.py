"""Interest told as a rate and as an amount: 借款三万元，期限三个月，年化利率12%，三个月利息共计2,700元."""

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

_INTEREST = re.compile(r"利息(?:共计?|合计|总计|总额|金额)?(?:为|：|人民币|共)?\s?$")
_MONTHLY = re.compile(r"(?:每月|按月)[^，。；\n0-9]{0,6}(?:付息|利息|支付利息|还息)(?:为|：|人民币)?\s?$")
_WITH_INTEREST = re.compile(r"(?:连本带利|本息|本金[和及与]利息)[^，。；\n0-9]{0,8}$")
_OTHER = re.compile("罚息|逾期|违约|费|首期|展期|提前|优惠|减免|剩余|等额")
_PRINCIPAL = re.compile(r"(?:出借|借款|借|贷款|本金|贷给|借到|借给)[^，。；\n0-9]{0,6}$")
PER_YEAR = {"year": Decimal(1), "month": Decimal(12), "day": Decimal(365)}
MORE = Decimal("1.1")  # instalments lower the interest, nothing of the kind raises it


def interest_differences(text: str, line: Span, numbers: Numbers) -> Iterator[Fact]:
    """Interest in money above what its own rate gives on the whole principal; in yuan."""
    rates = [rate for rate in numbers.rates if rate.value is not None and rate.unit == "percent"]
    amounts = [money for money in numbers.amounts if money.value]
    if len(rates) != 1 or len(amounts) != 2 or _OTHER.search(text, line.start, line.end):
        return
    principal, paid = amounts
    if not _PRINCIPAL.search(_words(text, line, principal)):
        return
    yearly = _yearly(text, line, rates[0]) * _value(principal) / 100
    apart = _excess(_words(text, line, paid), yearly, amounts, numbers.durations)
    if apart:
        span = Span(min(principal.span.start, rates[0].span.start), max(paid.span.end, rates[0].span.end))
        yield Fact("difference", "interest-amount", apart, "yuan", span=span)


def _excess(words: str, yearly: Decimal, amounts: Sequence[Money], durations: Sequence[Duration]) -> Decimal:
    """How much more is to be paid than the rate gives (0: it fits, or cannot be told)."""
    principal, paid = (_value(money) for money in amounts)
    months = {duration.value for duration in durations if duration.value and duration.unit == "month"}
    if _MONTHLY.search(words):
        fair, stated = yearly / 12, paid
    elif len(months) == 1 and _INTEREST.search(words):
        fair, stated = yearly * months.pop() / 12, paid
    elif len(months) == 1 and _WITH_INTEREST.search(words):
        fair, stated = yearly * months.pop() / 12, paid - principal
    else:
        return Decimal(0)
    return stated - fair if stated > fair * MORE + 1 else Decimal(0)


def _yearly(text: str, line: Span, rate: Percentage) -> Decimal:
    assert rate.value is not None
    period = rate.period or period_around(text, rate.span.start, rate.span.end, floor=line.start, ceiling=line.end)
    return rate.value * PER_YEAR.get(period, Decimal(1000))  # without a period nothing is ever too much


def _words(text: str, line: Span, money: Money) -> str:
    return text[max(line.start, money.span.start - 16) : money.span.start]


def _value(money: Money) -> Decimal:
    assert money.value is not None
    return money.value
