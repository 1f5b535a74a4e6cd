"""A promised rate against the contract: its own rate, and the true yearly rate with every charge."""

from __future__ import annotations

from decimal import Decimal

from contract_scan.compare.offers import bounds
from contract_scan.compare.places import quotes
from contract_scan.compare.values import Check, Match, Promise
from contract_scan.compare.words import percent, plain, points
from contract_scan.model import Fact, Report

#: Times a year, at least and at most (a bank's year may have 360 days).
A_YEAR = {"day": (Decimal(360), Decimal(365)), "month": (Decimal(12),) * 2, "year": (Decimal(1),) * 2}
_PER = {"day": "每日", "month": "每月", "year": "每年"}
#: Rates closer than this (percentage points) are the same rate, rounded differently.
SAME = Decimal("0.1")


def check_rate(promise: Promise, contract: Report) -> Check:
    """AGREES where the contract's true rate is no higher than the promise, both told per year."""
    facts = _stated(contract)
    if bounds(contract.cost) is not None:
        return _against_true(promise, contract, facts)
    told = _told(promise)
    if not facts:
        return Check(promise, Match.NOT_WRITTEN, f"{told}；合同里没有读到利率，真实年化也算不出。")
    stated, highest = min(map(_yearly, facts)), _highest(promise)
    told += f"；合同写的折成年化 {percent(stated)}"
    why = f"真实年化算不出，还缺：{'；'.join(contract.cost.needed) or contract.cost.reason or '数字'}"
    if stated <= highest + SAME:
        match, told = Match.CANNOT, f"{told}，不高于它；但{why}，费用算进去可能更高。"
    elif promise.bound == "from":
        match, told = Match.CANNOT, f"{told}。{_ONLY_LEAST}{why}。"
    else:
        match, told = Match.DIFFERS, f"{told}，更高。{why}。"
    return Check(promise, match, told, quotes(contract, facts)[:3])


def _against_true(promise: Promise, contract: Report, facts: tuple[Fact, ...]) -> Check:
    true = bounds(contract.cost)
    assert true is not None
    (least, most), highest = true, _highest(promise) + SAME
    shown = percent(least) if least == most else f"{percent(least)} 到 {percent(most)}"
    told = f"{_told(promise)}；{_written(facts)}；费用和还款安排算进去，合同的真实年化（单利口径）是 {shown}"
    over = f"{told}，高出 {points(least - highest + SAME)}。"
    if most <= highest:
        match, told = Match.AGREES, f"{told}，不高于广告说的。"
    elif least <= highest:
        match, told = Match.CANNOT, f"{told}：合同没有写清还款方式或利率，不能断定。"
    elif promise.bound == "from":
        match, told = Match.CANNOT, over + _ONLY_LEAST
    else:
        match, told = Match.DIFFERS, over
    return Check(promise, match, told, quotes(contract, facts)[:3])


_ONLY_LEAST = "广告只说最低价，没有说你能拿到多少。"


def _highest(promise: Promise) -> Decimal:
    """The most the promise can mean, in per cent per year."""
    assert promise.value is not None
    return (promise.upper or promise.value) * A_YEAR[promise.per][1]


def _told(promise: Promise) -> str:
    """广告说每月 0.6%，乘 12 是年化 7.20%."""
    assert promise.value is not None
    number = plain(promise.value) + (f"% 到 {plain(promise.upper)}" if promise.upper is not None else "")
    said = f"广告说{_PER[promise.per]} {number}%{'起' if promise.bound == 'from' else ''}"
    times = A_YEAR[promise.per][1]
    return said if promise.per == "year" else f"{said}，乘 {times} 是年化 {percent(promise.value * times)}"


def _written(facts: tuple[Fact, ...]) -> str:
    values = [(fact.per, fact.value) for fact in facts if isinstance(fact.value, Decimal)]
    told = list(dict.fromkeys(f"{_PER[per]} {plain(value)}%" for per, value in values))
    return f"合同写的是{'、'.join(told[:3])}" if told else "合同里没有读到利率的数字"


def _stated(contract: Report) -> tuple[Fact, ...]:
    """The contract's own rates, told per day, month or year."""
    facts = [fact for fact in contract.contract.facts if fact.kind == "rate" and fact.role in ("contract", "disclosed")]
    return tuple(fact for fact in facts if fact.per in A_YEAR and fact.span and isinstance(fact.value, Decimal))


def _yearly(fact: Fact) -> Decimal:
    assert isinstance(fact.value, Decimal)
    return fact.value * A_YEAR[fact.per][0]
