"""Promised fees, amounts, terms and instalments against the contract."""

from __future__ import annotations

import re
from decimal import Decimal

from contract_scan.compare.places import quotes
from contract_scan.compare.values import Check, Match, Promise
from contract_scan.compare.words import plain, spread, yuan
from contract_scan.model import Evidence, Fact, Report

_EXTRA = ("at-default", "on-prepayment")
_FEE_RULES = ("hidden-fees", "upfront-deduction")
#: Rules of those categories that are about no charge of the usual course.
_NO_CHARGE = (
    "fee-disclosure-table-missing", "fee-recovery-cost-uncapped", "rollover-extension-fee", "fee-nonrefundable",
)  # fmt: skip
#: Rules about money that is kept back when the loan is paid out.
_KEPT_BACK = (
    "upfront-interest-deducted", "upfront-fee-deducted", "upfront-deposit-withheld", "upfront-first-installment",
    "upfront-principal-inflated", "upfront-round-trip-payment",
)  # fmt: skip
#: Names of charges that nobody pays in the usual course.
_NOT_USUAL = re.compile("违约|逾期|滞纳|催收|律师|展期|提前|罚")
_CLOSE = Decimal(1)  # instalments differ by rounding


def check_fee(promise: Promise, contract: Report) -> Check:
    """No fees, no fee of that name, or a fee of so much."""
    fees = _fees(contract)
    if promise.value:
        return _priced(promise, contract, fees)
    named = tuple(fee for fee in fees if promise.name and promise.name in fee.role)
    if named or (fees and not promise.name):
        told = "、".join(dict.fromkeys(fee.role or "费用" for fee in named or fees))
        return Check(promise, Match.DIFFERS, f"合同要收{told}。", quotes(contract, named or fees)[:3])
    places, titles = _problems(contract)
    if places and not promise.name:
        return Check(promise, Match.DIFFERS, f"合同里有另外收费的话：{titles}。", places)
    if fees or places:
        told = "、".join(dict.fromkeys(fee.role or "费用" for fee in fees)) or titles
        return Check(
            promise, Match.CANNOT, f"没有读到{promise.name}，但合同另有收费（{told}）；名目不同，请对方说明。",
            (*quotes(contract, fees), *places)[:3],
        )  # fmt: skip
    return Check(promise, Match.NOT_WRITTEN, "没有读到平常要付的费用，但也没有写“不收”；请对方写进合同。")


def _priced(promise: Promise, contract: Report, fees: tuple[Fact, ...]) -> Check:
    named = tuple(fee for fee in fees if promise.name in fee.role or fee.role in promise.name)
    if not named:
        return Check(promise, Match.NOT_WRITTEN, f"合同里没有读到{promise.name}；请对方写进合同，或者写明不收。")
    same = [fee for fee in named if fee.unit == promise.per]
    if any(fee.value == promise.value for fee in same):
        return Check(promise, Match.AGREES, "数字一样；请再核对是按什么算、收几次。", quotes(contract, named)[:3])
    if not same:
        return Check(promise, Match.CANNOT, "一个按金额，一个按比例，请对方算出金额。", quotes(contract, named)[:3])
    values = [(fee.value, fee.unit) for fee in same if isinstance(fee.value, Decimal)]
    told = "、".join(f"{plain(value)}{'%' if unit == 'percent' else ' 元'}" for value, unit in values)
    return Check(promise, Match.DIFFERS, f"合同写的是 {told}。", quotes(contract, tuple(same))[:3])


def _fees(contract: Report) -> tuple[Fact, ...]:
    """The charges of the usual course that the contract prices."""
    return tuple(
        fact
        for fact in contract.contract.facts
        if fact.kind == "fee" and fact.timing not in _EXTRA and isinstance(fact.value, Decimal) and fact.value > 0
        and fact.span and not _NOT_USUAL.search(fact.role)
    )  # fmt: skip


def _problems(contract: Report) -> tuple[tuple[Evidence, ...], str]:
    found = [f for f in contract.findings if f.category in _FEE_RULES and f.evidence and f.rule not in _NO_CHARGE]
    places = tuple(evidence for finding in found for evidence in finding.evidence)[:3]
    return places, "；".join(finding.title for finding in found[:3])


def _amounts(contract: Report, role: str) -> tuple[Fact, ...]:
    return tuple(
        f for f in contract.contract.facts
        if f.kind == "amount" and f.role == role and f.span and isinstance(f.value, Decimal)
    )  # fmt: skip


def check_amount(promise: Promise, contract: Report) -> Check:
    """The amount of the loan; 最高 promises only that it is no more."""
    assert promise.value is not None
    facts = _amounts(contract, "principal")
    if not facts:
        return Check(promise, Match.NOT_WRITTEN, "合同里没有读到借款金额。")
    values = {fact.value for fact in facts if isinstance(fact.value, Decimal)}
    places = quotes(contract, facts)[:3]
    told = "、".join(yuan(value) for value in sorted(values))
    if promise.bound == "up-to" and max(values) <= promise.value:
        return Check(promise, Match.CANNOT, f"合同借 {told}。广告只说最高能借多少，没有说你能借到多少。", places)
    if values == {promise.value}:
        return Check(promise, Match.AGREES, f"合同借 {told}。", places)
    return Check(promise, Match.DIFFERS, f"合同借 {told}，不是 {yuan(promise.value)}。", places)


def check_received(promise: Promise, contract: Report) -> Check:
    """What arrives: a sum, or all of the loan."""
    card, principal = contract.cost, _amounts(contract, "principal")
    wanted = promise.value
    if wanted is None and principal:
        wanted = max(f.value for f in principal if isinstance(f.value, Decimal))
    found = [f for f in contract.findings if f.rule in _KEPT_BACK and f.evidence]
    places = tuple(e for f in found for e in f.evidence)[:3] or quotes(contract, _amounts(contract, "received"))[:3]
    if card.received is not None and wanted is not None and card.received < wanted:
        short = wanted - card.received
        return Check(promise, Match.DIFFERS, f"到手只有 {yuan(card.received)}，少 {yuan(short)}。", places)
    if found:
        return Check(promise, Match.DIFFERS, f"合同里：{'；'.join(f.title for f in found)}。", places)
    if card.received is None or wanted is None:
        return Check(promise, Match.CANNOT, "合同的借款金额或到手金额没有读到，算不出。", places)
    return Check(
        promise, Match.AGREES, f"没有读到放款时的扣款，到手 {yuan(card.received)}。", quotes(contract, principal)[:3]
    )


def check_term(promise: Promise, contract: Report) -> Check:
    """How long the loan runs, in months."""
    facts = tuple(
        f for f in contract.contract.facts
        if f.kind == "term" and f.role in ("loan", "") and f.span and f.unit in ("month", "instalment", "day")
        and isinstance(f.value, Decimal)
    )  # fmt: skip
    if not facts:
        return Check(promise, Match.NOT_WRITTEN, "合同里没有读到借款期限。")
    assert promise.value is not None
    places = quotes(contract, facts)[:3]
    months = {f.value for f in facts if f.unit != "day" and isinstance(f.value, Decimal)}
    told = "、".join(f"{plain(f.value)} {_UNIT[f.unit]}" for f in facts if isinstance(f.value, Decimal))
    if not months:
        return Check(promise, Match.DIFFERS, f"合同的期限是 {told}。", places)
    least = Decimal(0) if promise.bound == "up-to" else promise.value
    if all(least <= value <= (promise.upper or promise.value) for value in months):
        return Check(promise, Match.AGREES, f"合同的期限是 {told}。", places)
    return Check(promise, Match.DIFFERS, f"合同的期限是 {told}。", places)


_UNIT = {"month": "个月", "instalment": "期", "day": "天"}


def check_instalment(promise: Promise, contract: Report) -> Check:
    """What is paid each period: what was computed, or what the contract writes."""
    assert promise.value is not None
    facts = _amounts(contract, "instalment")
    rows = contract.cost.rows[1:]
    places = quotes(contract, facts)[:3]
    if not rows:
        if not facts:
            return Check(promise, Match.NOT_WRITTEN, "合同没有写每期还多少，也算不出。")
        paid = [f.value for f in facts if isinstance(f.value, Decimal)]
    else:
        paid = [row.paid for row in rows]
    told = f"{'算下来' if rows else '合同写的'}每期 {spread(paid)}。"
    if all(abs(value - promise.value) <= _CLOSE for value in paid):
        return Check(promise, Match.AGREES, told, places)
    return Check(promise, Match.DIFFERS, told, places)
