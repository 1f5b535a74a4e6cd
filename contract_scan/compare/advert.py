"""An advertisement held against the contract: each promise with what the contract writes, and a verdict.

A verdict never goes beyond the figures: 起 and 最高 promise little, and are said to; where the contract does not
settle a thing, the check says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from contract_scan.compare.money import check_amount, check_fee, check_instalment, check_received, check_term
from contract_scan.compare.places import quotes, sentences
from contract_scan.compare.promises import read_promises
from contract_scan.compare.rates import check_rate
from contract_scan.compare.values import AdvertComparison, Check, Match, Promise
from contract_scan.model import Finding, Report

MOST = 3  # sentences quoted for one promise
_ZERO = Decimal(0)


def compare_advert(advert: Report, contract: Report) -> AdvertComparison:
    """Each promise of *advert* (a leaflet, a chat, the text of a screenshot) against *contract*."""
    checks = tuple(CHECKS[promise.topic](promise, contract) for promise in read_promises(advert))
    return AdvertComparison(advert, contract, checks)


def _method(promise: Promise, contract: Report) -> Check:
    facts = tuple(f for f in contract.contract.facts if f.kind == "repayment-method" and f.value and f.span)
    if not facts:
        return Check(promise, Match.NOT_WRITTEN, "合同里没有读到还款方式。")
    names = list(dict.fromkeys(str(fact.value) for fact in facts))
    said = _METHOD_ALIAS.get(promise.name.replace("，", "").replace("、", ""), promise.name)
    if said in names and len(names) == 1:
        return Check(promise, Match.AGREES, f"合同写的也是{said}。", quotes(contract, facts))
    if said in names:
        return Check(
            promise, Match.CANNOT, f"合同写了几种还款方式（{'、'.join(names)}），请定下一种。", quotes(contract, facts)
        )
    return Check(promise, Match.DIFFERS, f"合同写的是{'、'.join(names)}。", quotes(contract, facts))


_METHOD_ALIAS = {"按月付息到期还本": "先息后本", "到期还本付息": "一次性还本付息"}

_PREPAY = re.compile(r"提前(?:全部|部分|一次性)?(?:还|结清|清偿|归还|偿)|随时还")
_PREPAY_FREE = re.compile(
    r"(?:不收|不另?收取?|无须?|无需|免|没有|不支付|不计收|不加收)[^，。；\n]{0,10}(?:违约金|费|补偿|罚)|(?<!不)(?<!不得)随时(?:可以?)?提前还"
)
_SECURITY = re.compile(r"(?:抵押|质押|连带(?:责任)?保证|保证人|担保人|担保方|提供担保)")
_SECURITY_FREE = re.compile(r"(?:无需|不需|无须|不要求|不用|免)[^，。；\n]{0,8}(?:抵押|质押|担保)|信用借款|信用贷款")
_CREDIT = re.compile(r"征信|信用信息基础数据库|信用数据库")
_CREDIT_FREE = re.compile(r"(?:不|无需|不会|不得)[^，。；\n]{0,8}(?:报送|上报|查询|报告)[^，。；\n]{0,10}(?:征信|信用)")
_INTEREST_FREE = re.compile(r"免息|免收利息|不计利息|不收利息|无息|零利率")


def _prepay(promise: Promise, contract: Report) -> Check:
    fees = tuple(
        f
        for f in contract.contract.facts
        if f.kind == "fee" and f.timing == "on-prepayment" and f.value not in (None, _ZERO) and f.span
    )
    if fees:
        return Check(promise, Match.DIFFERS, "合同里提前还款要付钱。", quotes(contract, fees))
    found = [f for f in contract.findings if f.rule.startswith("prepay-") and f.evidence]
    if found:
        return _by_findings(promise, found)
    check = _by_words(promise, contract, _PREPAY, _PREPAY_FREE, "提前还款收不收钱")
    if "随借" in promise.name and check.match is Match.AGREES:
        return replace(check, reason="提前还款不收钱，合同也这样写；还了能不能再借，请看合同有没有循环额度。")
    return check


def _by_findings(promise: Promise, found: list[Finding]) -> Check:
    places = tuple(evidence for finding in found for evidence in finding.evidence)[:MOST]
    return Check(promise, Match.DIFFERS, f"合同里：{'；'.join(finding.title for finding in found)}。", places)


def _by_words(promise: Promise, contract: Report, topic: re.Pattern[str], free: re.Pattern[str], what: str) -> Check:
    """AGREES where a sentence on the topic says so, CANNOT where it speaks of it otherwise, else NOT_WRITTEN."""
    told = list(sentences(contract, topic))
    kept = tuple(evidence for text, evidence in told if free.search(text))
    if kept:
        return Check(promise, Match.AGREES, "合同也这样写。", kept[:MOST])
    if told:
        places = tuple(evidence for _, evidence in told)[:MOST]
        return Check(promise, Match.CANNOT, f"合同说到了，但没有写明{what}；请对方写进合同。", places)
    return Check(promise, Match.NOT_WRITTEN, f"合同没有写{what}；口头、广告说的请写进合同。")


def _security(promise: Promise, contract: Report) -> Check:
    return _denied(promise, contract, _SECURITY, _SECURITY_FREE, "要不要抵押、担保")


def _credit(promise: Promise, contract: Report) -> Check:
    return _denied(promise, contract, _CREDIT, _CREDIT_FREE, "征信查不查、报不报")


def _denied(promise: Promise, contract: Report, topic: re.Pattern[str], free: re.Pattern[str], what: str) -> Check:
    """DIFFERS where the contract speaks of what the promise denies."""
    told = list(sentences(contract, topic))
    against = tuple(evidence for text, evidence in told if not free.search(text))
    if against:
        return Check(promise, Match.DIFFERS, f"合同里写了{_FOUND[promise.topic]}。", against[:MOST])
    if told:
        return Check(promise, Match.AGREES, "合同也这样写。", tuple(evidence for _, evidence in told)[:MOST])
    return Check(promise, Match.NOT_WRITTEN, f"合同没有写{what}；口头、广告说的请写进合同。")


_FOUND = {"security": "抵押或者担保", "credit": "征信查询、报送或者授权"}


def _interest_free(promise: Promise, contract: Report) -> Check:
    told = tuple(evidence for _, evidence in sentences(contract, _INTEREST_FREE))
    if told:
        return Check(promise, Match.CANNOT, "合同提到免息，请核对天数、期数和条件是不是广告说的那样。", told[:MOST])
    return Check(promise, Match.NOT_WRITTEN, "合同没有写免息；请对方写进合同。")


#: Topic → how it is checked.
CHECKS: Mapping[str, Callable[[Promise, Report], Check]] = {
    "rate": check_rate,
    "fee": check_fee,
    "amount": check_amount,
    "received": check_received,
    "term": check_term,
    "instalment": check_instalment,
    "method": _method,
    "prepay": _prepay,
    "security": _security,
    "credit": _credit,
    "interest-free": _interest_free,
}
