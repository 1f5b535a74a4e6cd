"""Amounts of money of a sentence → facts: principal, received, instalment, total, and charges in money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contract_scan.facts.context import Context
from contract_scan.facts.cues import Cue
from contract_scan.facts.fees import Payees, timing_of
from contract_scan.facts.money import YUAN, Money
from contract_scan.facts.numerals import HAN
from contract_scan.facts.rate_facts import SUM_OF_FEES, limit_of
from contract_scan.facts.stages import stage_at
from contract_scan.model import Fact, Span

#: Kind of cue → role of the amount.
ROLE_OF = {
    "principal": "principal",
    "received": "received",
    "instalment": "instalment",
    "total": "total",
    "limit": "limit",
    "guaranteed": "guaranteed",
    "interest": "interest",
    "share": "principal-part",
}
CHARGES = ("charge", "penalty", "overdue")
_NEXT_TO = 6  # characters within which a name stands at its number
_REPAID = ("principal", "instalment", "total", "interest", "balance", "part", "share")
NOT_THE_WHOLE = ("balance", "part")
NAMES = (*ROLE_OF, *CHARGES, *NOT_THE_WHOLE, "sum")

_CONDITION_BEFORE = re.compile(r"(?<!不)(?<!不得)(?:超过|超出|达到?|不足|不满|低于|高于|满|每满?)(?:人民币)?\s?\Z")
#: …服务费，标准为1,980元: the name stands before the comma.
_STATED = re.compile(r"(?:收费|计费|具体)?(?:标准|金额|数额|费额)(?:为|是|：|=|＝)|(?:人民[币幣]|¥)?[（(]?[大小][写寫]")
_CONDITION_AFTER = re.compile(r"\s?(?:[（(]含[）)])?(?:[以及]上|[以及]下|以内|及以|的情况|为限)")
#: 利息是10,000元×12%, 利息按7,920元的2.2%收: what the interest is counted from.
_FACTOR = re.compile(r"\s?(?:[×*]|的\s?(?:[0-9.]{1,6}\s?[%％‰]|[百千万]分之))")
#: 出借时扣除首月利息2,500元
_KEPT_FIRST = re.compile(
    r"(?:出借|放款|借出|转账|转帐|打款|付款|发放)[^，。；\n]{0,4}(?:时|当[日天]|前)[^，。；\n]{0,6}(?:扣|先收|先付|先行)[^，。；\n]{0,12}\Z|预扣[^，。；\n]{0,8}\Z"
)
_ALL_INTEREST = re.compile(r"利息(?:共计|合计|总计|总额|共)(?:为|是|：)?\s?\Z")
_GIVEN_BACK = re.compile("归还|偿还|还清|返还|应还|还款")
_ALL_INSTALMENTS = re.compile(rf"(?:[0-9]{{1,3}}|[{HAN}]{{1,4}})期(?:共计|合计|总计|共)\s?\Z")
_NEXT_STAGE = re.compile(
    r"\s?[，、；（(]\s?(?:最后[一1]期|末期|尾期|第\s?[0-9]{1,3}\s?期|(?:其余|其后|此后|剩余)各?期|以后各?每?期)[为：是还每期]{0,3}\s?\Z"
)
#: What may stand between the two ways of writing one amount: 壹拾万元整（小写：¥100,000.00）.
_SAME_AMOUNT = re.compile(r"[\s，,；;。（()）：:/／、即]{0,4}(?:大写|小写|计|合|金额)?[）)：:\s]{0,3}\Z")


def read_amounts(amounts: Sequence[Money], context: Context, payees: Payees) -> Iterator[Fact]:
    """The facts that the amounts of one sentence state, in order."""
    previous: tuple[Money, Fact] | None = None
    for money in amounts:
        if context.unticked(money.span):
            money = replace(money, value=None)
        again = _repeated(money, previous, context.text) or _continued(money, previous, context)
        fact = again or _read(money, context, payees)
        if fact is not None:
            previous = (money, fact)
            yield fact


def _repeated(money: Money, previous: tuple[Money, Fact] | None, text: str) -> Fact | None:
    """The second way of writing the amount just read takes its role."""
    if previous is None or not money.certain:
        return None
    last, fact = previous
    other_way = last.capital != money.capital or last.value is None
    adjoining = _SAME_AMOUNT.match(text[last.span.end : money.span.start])
    return _fact(money, fact, money.span) if other_way and adjoining else None


def _continued(money: Money, previous: tuple[Money, Fact] | None, context: Context) -> Fact | None:
    """前11期每期1,000元，最后一期980元: another instalment takes the role of the one before."""
    if previous is None or previous[1].role not in ("instalment", "principal-part") or not money.certain:
        return None
    last, fact = previous
    if not _NEXT_STAGE.match(context.text[last.span.end : money.span.start]):
        return None
    stage = stage_at(context.text, last.span.end, money.span.start)
    return replace(_fact(money, fact, money.span), timing=stage) if stage else None


def _read(money: Money, context: Context, payees: Payees) -> Fact | None:
    name = _name_of(money, context)
    if name is None or _is_condition(money, context):
        return None
    like = _charge(money, name, context, payees) or _amount(money, name, context)
    return _fact(money, like, context.with_name(money.span, name)) if like else None


def _name_of(money: Money, context: Context) -> Cue | None:
    stated = _STATED.match(context.clause_before(money.span) + money.span.of(context.text)) is not None
    name = context.name_of(money.span, NAMES, loose=stated)
    if stated and name is not None and name.kind == "principal" and name.end < money.span.start - _NEXT_TO:
        name = context.name_of(money.span, CHARGES) or name  # 服务费，按贷款本金的3%收取，金额为4,800元
    if name is None or name.kind in NOT_THE_WHOLE:
        return None
    gap = context.text[name.end : money.span.start]
    follows = name.start >= money.span.end
    if follows and name.kind not in CHARGES and context.after(money.span)[:1] not in ("的", "作"):
        return None
    only_counted_from = name.kind == "instalment" and "按" in gap
    a_factor = _FACTOR.match(context.after(money.span)) is not None
    only_a_base = name.kind == "interest" and (gap[:1] in ("率", "的") or a_factor)
    return None if only_counted_from or only_a_base else name


def _charge(money: Money, name: Cue, context: Context, payees: Payees) -> Fact | None:
    word = _charge_word(name, context, money.span)
    if not word:
        return None
    event, period = context.event_of(money.span), context.period_of(money.span, name)
    timing = timing_of(word, event, context.before(money.span), context.after(money.span), period)
    limit = {"max": "上限", "min": "下限", "": ""}[limit_of(money.span, context)]
    payee = payees.payee_of(context.text, context.span, money.span)
    return Fact("fee", word + limit, per=period, timing=timing, payee=payee, span=money.span)


def _amount(money: Money, name: Cue, context: Context) -> Fact | None:
    role = _sum_role(context, money.span) if name.kind == "sum" else ROLE_OF[name.kind]
    if not role or (role in ("principal", "instalment", "received") and limit_of(money.span, context)):
        return None  # the least that may be lent is not what is lent
    stage = stage_at(context.text, context.span.start, money.span.start) if role == "instalment" else ""
    if role == "interest" and _KEPT_FIRST.search(context.before(money.span)):
        stage = "upfront"
    return Fact("amount", role, per=_each(name, context, money.span), timing=stage, span=money.span)


def _each(name: Cue, context: Context, money: Span) -> str:
    """What interest or a part of the principal is paid for: 每期还本400元、利息40元 ("": once, or not said)."""
    if name.kind not in ("share", "interest"):
        return ""
    parts = [cue for cue in context.cues if cue.kind == "share" and cue.start < money.start]
    beside = bool(parts) and name.start - context.floor(money) <= _NEXT_TO
    return "instalment" if name.kind == "share" or beside else context.period_of(money, name)


def _charge_word(name: Cue, context: Context, money: Span) -> str:
    if name.kind in CHARGES:
        return name.word
    before = {cue.kind for cue in context.cues if cue.start < money.start}
    of_fees = "费用" in context.before(money) or not before.isdisjoint(CHARGES)
    return SUM_OF_FEES if name.kind == "sum" and of_fees and before.isdisjoint(_REPAID) else ""


def _sum_role(context: Context, money: Span) -> str:
    """每期还款1,050元，合计12,600元; 归还本金4万元、利息3,200元，共43,200元: what is repaid, else nobody's."""
    if _ALL_INTEREST.search(context.before(money)):
        return "interest"
    kinds = {cue.kind for cue in context.cues if cue.start < money.start}
    both = "interest" in kinds and not kinds.isdisjoint(("principal", "balance", "part")) and kinds.isdisjoint(CHARGES)
    words = context.before(money)
    told = "instalment" in kinds or (both and _GIVEN_BACK.search(words)) or _ALL_INSTALMENTS.search(words)
    return "total" if told else ""


def _is_condition(money: Money, context: Context) -> bool:
    """借款金额超过20万元的: a threshold, not the amount."""
    before = context.clause_before(money.span)
    return bool(_CONDITION_BEFORE.search(before) or _CONDITION_AFTER.match(context.after(money.span)))


def _fact(money: Money, like: Fact, span: Span) -> Fact:
    """A fact with the figure of *money* and everything else from *like*; foreign money is no yuan."""
    if not money.currency:
        return Fact("unclear", like.role, money.value, span=span)
    foreign = money.currency != YUAN
    unit, base = ("", money.currency) if foreign else ("yuan", like.base)
    return Fact(like.kind, like.role, money.value, unit, like.per, base, like.timing, like.payee, span)
