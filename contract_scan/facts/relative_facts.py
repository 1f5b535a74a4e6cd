"""Rates told relative to another rate: LPR+120基点, LPR的4倍, 利率上浮50%, 合同利率的1.5倍, 加收30%的罚息.

A multiple of the contract rate is told as what it adds: 利率上浮50%, 利率的150% and 利率的1.5倍 are all
``value=50, base=合同利率, per=""``. A multiple of the LPR, or of another rate set by others, is told whole:
LPR的4倍 is ``value=400, base=LPR``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from contract_scan.facts.context import Context, last_clause
from contract_scan.facts.fees import Payees
from contract_scan.facts.rates import Percentage
from contract_scan.model import Fact, Role, Span

CONTRACT_RATE = "合同利率"
LPR = "LPR"

_LPR = re.compile(
    r"(?:LPR|报价利率)(?:利率)?[^，。；\n]{0,20}?(?P<how>[+＋加]|[-－减]|上浮|上调|下浮|下调|[的×])[^，。；\n0-9]{0,8}\Z"
)
_POINTS_BELOW = re.compile(r"(?:[-－减]|下浮|下调|低)[^，。；\n0-9]{0,4}\Z")
_SPREAD = re.compile(r"LPR|报价利率|加点|减点|利率")
_UPLIFT = re.compile(
    r"利[率息][^，。；\n]{0,16}?(?:上浮|加收|加计|提高|另加|加付|增加)[^，。；\n0-9]{0,8}\Z"
    r"|利率[^，。；\n]{0,8}?[（(]1\s?[+＋]\s?\Z"
)
_SHARE = re.compile(r"利率(?:水平|标准)?(?:的|之|\s?[×*])[^，。；\n0-9]{0,4}\Z")
#: Rates set by others; a share of them is told whole, not as an addition to the contract rate.
_REFERENCE = re.compile(r"(?:[\u4e00-\u9fff]{0,12}?(?:银行|同期|同类|同档|基准|活期|存款|市场)[\u4e00-\u9fff]{0,10})\Z")
_EXTRA = re.compile(r"加[收计罚](?P<what>[^，。；\n0-9]{0,10})\Z")
#: …上浮50%；挪用的，上浮100%: the rate was named before the comma.
_AGAIN = re.compile(r"^(?:则|再|按|应|均)?(?:上浮|加收)\s?\Z")
_INTEREST_SOON = re.compile(r"[^，。；\n]{0,8}?(?:罚息|利息|加息)")
#: A threshold, not a rate: 超过100个基点的.
CONDITION = re.compile(
    r"(?<!不)(?<!不得)(?:超过|超出|达到?|不足|不满|低于|高于)[^，。；\n0-9按以计收为付]{0,8}\Z|补贴|補貼|贴息"
)


def read_relative(number: Percentage, context: Context, payees: Payees) -> Fact | None:
    """The fact of a percentage, basis-point figure or multiple that is relative to another rate, else None."""
    return _read_lpr(number, context) or _read_multiple(number, context, payees)


def _read_lpr(number: Percentage, context: Context) -> Fact | None:
    clause = last_clause(context.before(number.span))
    lpr = _LPR.search(clause)
    if number.unit == "bp":
        known = _SPREAD.search(context.before(number.span)) and not CONDITION.search(clause)
        return _spread(number, number.value, bool(_POINTS_BELOW.search(clause)), context) if known else None
    if lpr is None:
        return None
    how, value = lpr["how"], number.value
    if clause.endswith(("1+", "1＋", "1 + ")):  # LPR×（1+30%）
        how = "上浮"
    if how in "+＋加-－减" and number.unit == "percent":
        return _spread(number, None if value is None else value * 100, how in "-－减", context)
    if value is None:
        return None
    if number.unit == "times":
        value *= 100
    elif how not in "的×":
        value = 100 + (value if how.startswith("上") else -value)
    role = {"": "contract", "prepay": "contract", "default": "overdue"}.get(context.event_of(number.span), "misuse")
    return Fact("rate", role, value, "percent", base=LPR, span=_from(number.span, clause, lpr.start()))


def _spread(number: Percentage, value: Decimal | None, below: bool, context: Context) -> Fact:
    role = "overdue" if context.event_of(number.span) == "default" else "lpr-spread"
    signed = -value if value is not None and below else value
    return Fact("rate", role, signed, "bp", base=LPR, span=number.span)


def _read_multiple(number: Percentage, context: Context, payees: Payees) -> Fact | None:
    clause = last_clause(context.before(number.span))
    share, uplift = _SHARE.search(clause), _UPLIFT.search(clause)
    if uplift is None and share is None and not _is_extra(number, clause, context):
        return None
    if payees.payee_of(context.text, context.span, number.span) == Role.BORROWER:
        return None
    match = uplift or share
    base = _reference(clause, match) if match is not None else CONTRACT_RATE
    span = number.span if match is None else _from(number.span, clause, match.start())
    value = _multiple(number, share=uplift is None and share is not None, base=base)
    return Fact("rate", _multiple_role(number, context), value, "percent", base=base, span=span)


def _multiple(number: Percentage, *, share: bool, base: str) -> Decimal | None:
    """What is added to the contract rate, or the whole of another rate, in percent of it."""
    if number.value is None:
        return None
    percent = number.value * 100 if number.unit == "times" else number.value
    whole = percent if share else 100 + percent
    return whole if base != CONTRACT_RATE or whole < 100 else whole - 100


def _reference(clause: str, match: re.Match[str]) -> str:
    words = _REFERENCE.search(clause[: match.start()])
    return re.split(r"[按以照的]", words.group())[-1] + "利率" if words else CONTRACT_RATE


def _is_extra(number: Percentage, clause: str, context: Context) -> bool:
    """加收30%的罚息, 加收利息30%: a share of the interest, unless a period says it is a rate of its own."""
    extra = _EXTRA.search(clause)
    if _AGAIN.search(clause) and number.unit == "percent" and "利率" in context.before(number.span):
        return True
    if extra is None or number.unit != "percent" or context.period_of(number.span):
        return False
    return "息" in extra["what"] or _INTEREST_SOON.match(context.after(number.span)) is not None


def _multiple_role(number: Percentage, context: Context) -> str:
    event = context.event_of(number.span)
    if event == "misuse":
        return "misuse"
    overdue = event == "default" or any(cue.kind in ("overdue", "penalty") for cue in context.cues)
    return "overdue" if overdue or _EXTRA.search(context.clause_before(number.span)) else "contract"


def _from(number: Span, clause: str, start: int) -> Span:
    """The number together with the end of the clause before it, from *start* on."""
    return Span(number.start - (len(clause) - start), number.end)
