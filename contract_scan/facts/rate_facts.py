"""Percentages of a sentence → facts: interest rates and charges in percent, with ranges, caps and floors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from contract_scan.facts.context import Context
from contract_scan.facts.cues import Cue
from contract_scan.facts.fees import Payees, timing_of
from contract_scan.facts.rates import Percentage, product
from contract_scan.facts.relative_facts import CONDITION, read_relative
from contract_scan.facts.stages import next_stage, stage_at, when_before
from contract_scan.model import Fact, Role, Span

INTEREST = ("interest", "overdue", "compound", "disclosed")
CHARGES = ("charge", "penalty")
_TELLING = ("overdue", "compound", "disclosed", *CHARGES)

_AS_BASE = re.compile(r"(?:的|之|总额|\s?[×*])")
_SPLIT = re.compile(r"\s?[/÷]\s?(?!(?:12|36[05])(?![0-9]))[0-9]")
_CAP = re.compile(
    r"(?:[不未](?:得|应|能)?(?:超过|高于|大于|多于)|(?:最高|上限|封顶|至多)(?:不超过|为|：|是|达)?)[^，。；\n0-9]{0,28}\Z"
)
_AS_CAP = re.compile(r"(?:的)?\s?(?:为|作为?)?(?:限(?![于制内额期])|上限|封顶|最高限)")
_FLOOR = re.compile(r"(?:不(?:得|应)?(?:低于|少于|小于)|(?:最低|下限|至少)(?:为|：|是)?)[^，。；\n0-9]{0,16}\Z")
_RANGE_GAP = re.compile(r"\s?(?:[-—–－~～]{1,2}|至|到|以上[，、])\s?[年月日]?\Z")
#: LPR（3.00%）, 报价利率四倍（12%）: a rate set by others, not what is charged here.
_OF_THE_LPR = re.compile(
    r"(?:LPR|报价利率)[^，。；\n0-9+加减上下]{0,12}?[（(为是：即]{0,3}\s?(?:年利率)?\Z|LPR\s?\Z|报价利率\s?\Z"
    r"|报价利率的?[四4]倍[^。；\n0-9]{0,6}\Z|LPR的?\s?[四4]倍[^。；\n0-9]{0,6}\Z"
)
_TIMES_GAP = re.compile(r"\s?[×*xX]\s?\Z")
_SUM = re.compile(r"(?:共计|合计|总计)(?:为|：)?\s?\Z")
_ANNUAL_NAME = re.compile("APR|年")
#: 息费两项合计年化15%: what several charges come to, not the interest.
_OF_SEVERAL = re.compile(
    r"(?:[两二三四]项|息费|费息|利息[和与及、加][^，。；\n]{0,8}费[^，。；\n]{0,3})(?:合计|共计|总计|相加|之和)[^，。；\n0-9]{0,8}\Z"
)
_TAKEN = re.compile(
    r"(?:收取?|加收|付|支付|交|缴)(?:提前|剩余|未|所|早)?[^，。；\n0-9]{0,6}(?:本金|金额|部分|款项|余额)的?\s?\Z"
    r"|按[^，。；\n0-9]{0,10}(?:本金|金额|部分|款项|余额)的?\s?\Z"
)
_THAT_IS = re.compile(r"\s?(?:也?即|亦即|相当于|折合|合|等于|[（(]即?)(?!同)")
PREPAYMENT = "提前还款费用"
SUM_OF_FEES = "费用合计"


def read_rates(numbers: Sequence[Percentage], context: Context, payees: Payees) -> Iterator[Fact]:
    """The facts that the percentages of one sentence state, in order."""
    lower: tuple[Percentage, Fact] | None = None
    last: Fact | None = None
    for number, end in _ranges(_products(numbers, context.text), context.text):
        fact = _upper_end(number, lower) if end == "max" and lower else None
        fact = fact or _going_on(number, last, context) or _read(number, context, payees)
        last = fact or last
        lower = (number, fact) if fact is not None and end == "min" else None
        if fact is not None:
            yield _ended(fact, end or limit_of(number.span, context))


def _going_on(number: Percentage, last: Fact | None, context: Context) -> Fact | None:
    """What goes on from the rate before: 上浮50%，即年利率23.1%, told again; 前三期0.5%，其后1.5%, for others."""
    if last is None or last.kind != "rate" or number.value is None or number.unit != "percent":
        return None
    clause = context.clause_before(number.span)
    period = number.period or context.period_of(number.span)
    if last.role in ("overdue", "misuse", "compound") and last.base and period and _THAT_IS.match(clause):
        return Fact("rate", last.role, number.value, "percent", period, span=number.span)
    stage = next_stage(context.text, context.span.start, clause, number.span.start) if last.timing else ""
    return replace(last, value=number.value, per=period or last.per, timing=stage, span=number.span) if stage else None


def _upper_end(number: Percentage, lower: tuple[Percentage, Fact]) -> Fact:
    """加收20%至50%的罚息: the upper end means what the lower one does."""
    low, fact = lower
    if number.value is None or low.value is None or not isinstance(fact.value, Decimal):
        return replace(fact, value=None, span=number.span)
    return replace(fact, value=fact.value + number.value - low.value, span=number.span)


def limit_of(number: Span, context: Context) -> str:
    """max, min or "": whether the words before a number make it a cap or a floor."""
    clause = context.clause_before(number)
    capped = _CAP.search(clause) or _AS_CAP.match(context.after(number))
    return "max" if capped else "min" if _FLOOR.search(clause) else ""


def _products(numbers: Sequence[Percentage], text: str) -> list[Percentage]:
    """Read 0.8%×20% as one percentage."""
    merged: list[Percentage] = []
    for number in numbers:
        if merged and _TIMES_GAP.match(text[merged[-1].span.end : number.span.start]):
            merged[-1] = product(merged[-1], number)
        else:
            merged.append(number)
    return merged


def _ranges(numbers: Sequence[Percentage], text: str) -> Iterator[tuple[Percentage, str]]:
    """Mark the ends of 15%至24% as min and max."""
    upper = {index + 1 for index, (low, high) in enumerate(pairwise(numbers)) if _is_range(low, high, text)}
    for index, number in enumerate(numbers):
        yield number, "max" if index in upper else "min" if index + 1 in upper else ""


def _is_range(low: Percentage, high: Percentage, text: str) -> bool:
    """15%至24%, 年8%至年20%; but 上浮30%至年12.48% tells a result."""
    gap = text[low.span.end : high.span.start]
    period = gap.strip()[-1:]
    return bool(_RANGE_GAP.match(gap)) and (period not in {"年", "月", "日"} or text[low.span.start - 1] == period)


def _ended(fact: Fact, end: str) -> Fact:
    if not end or fact.kind not in ("rate", "fee"):
        return fact
    suffix = {"max": "上限", "min": "下限"}[end] if fact.kind == "fee" else f"-{end}"
    return replace(fact, role=fact.role + suffix)


def _read(number: Percentage, context: Context, payees: Payees) -> Fact | None:
    fact = read_relative(number, context, payees)
    if fact is None and _SPLIT.match(context.text, number.span.end):  # 6%/11: not a rate as it stands
        return _read_split(number, context)
    if fact or number.unit in ("bp", "times") or CONDITION.search(context.clause_before(number.span)):
        return fact
    name = _name_of(number, context)
    if _OF_SEVERAL.search(context.clause_before(number.span)):
        return _read_interest(number, context.name_of(number.span, INTEREST), context)
    if number.interest or (name is not None and name.kind in INTEREST):
        return _read_interest(number, name, context)
    if name is not None:
        return _read_charge(number, name, context, payees)
    return _read_nameless(number, context)


def _read_split(number: Percentage, context: Context) -> Fact | None:
    name = _name_of(number, context)
    return (
        Fact("unclear", name.word, number.value, "percent", span=context.with_name(number.span, name)) if name else None
    )


def _name_of(number: Percentage, context: Context) -> Cue | None:
    loose = number.value is not None
    name = context.name_of(number.span, INTEREST + CHARGES, loose=loose)
    if name is None or name.kind != "interest" or name.end > number.span.start:
        return name
    if _AS_BASE.match(context.text, name.end, number.span.start):
        return context.name_of(number.span, CHARGES, loose=loose)  # 利息总额的10%: interest is only the base
    apart = context.name_of(Span(name.start, name.start), _TELLING, loose=False)
    return apart if apart is not None and apart.end <= name.start else name  # 担保费为年化1.2%, 罚息利率为年化21.6%


def _read_interest(number: Percentage, name: Cue | None, context: Context) -> Fact | None:
    role = _interest_role(number, name, context)
    period = number.period or context.period_of(number.span, name)
    if not period and name is not None:
        period = "day" if _is_daily(name, context) else "year" if _ANNUAL_NAME.search(name.word) else ""
    span = context.with_name(number.span, name)
    if number.value is not None and (not period or number.unit in ("li", "")):
        leads = name is None or context.name_of(number.span, (name.kind,), loose=False)
        unit = "percent" if number.unit == "percent" else ""
        return Fact("unclear", role, number.value, unit, span=span) if leads else None
    stage = stage_at(context.text, context.span.start, number.span.start) if role == "contract" else ""
    return Fact("rate", role, number.value, "percent", period, timing=stage, span=span)


def _interest_role(number: Percentage, name: Cue | None, context: Context) -> str:
    if _OF_THE_LPR.search(context.before(number.span)):
        return "reference"
    if name is not None and name.kind in ("compound", "disclosed"):
        return name.kind
    if _OF_SEVERAL.search(context.clause_before(number.span)):
        return "disclosed"
    event = context.event_of(number.span)
    if event == "misuse":
        return "misuse"
    if (name is not None and name.kind == "overdue") or event == "default":
        return "overdue"
    if limit_of(number.span, context) and any(cue.kind in ("penalty", "overdue") for cue in context.cues):
        return "overdue"  # 违约金按日…计算，累计不超过年利率…
    floor = context.floor(number.span)
    disclosed = any(cue.kind == "disclosed" and floor <= cue.start < number.span.start for cue in context.cues)
    return "disclosed" if disclosed else "contract"


def _read_charge(number: Percentage, name: Cue, context: Context, payees: Payees) -> Fact | None:
    span = number.span
    period = number.period or context.period_of(span, name) or ("day" if _is_daily(name, context) else "")
    event = context.event_of(span)
    payee = payees.payee_of(context.text, context.span, span)
    base = context.base_of(span, name)
    covered = context.with_name(span, name)
    capped = limit_of(span, context)
    if name.kind == "penalty" and period in ("day", "month", "year") and payee != Role.BORROWER and not capped:
        role = "misuse" if event == "misuse" else "overdue"
        return Fact("rate", role, number.value, "percent", period, base, payee=payee, span=covered)
    word = SUM_OF_FEES if _SUM.search(context.clause_before(span)) else name.word
    timing = timing_of(word, event, context.before(span), context.after(span), period)
    if timing == "on-prepayment" and (when := when_before(context.text, context.span.start, span.start)):
        word += f"（{when}）"
    return Fact("fee", word, number.value, "percent", period, base, timing, payee, covered)


def _read_nameless(number: Percentage, context: Context) -> Fact | None:
    """逾期的，每日按未还金额的0.1%支付: no name, but plainly what lateness costs."""
    event = context.event_of(number.span)
    period = number.period or context.period_of(number.span)
    base = context.base_of(number.span)
    if (
        number.value is not None
        and event == "prepay"
        and not period
        and _TAKEN.search(context.clause_before(number.span))
    ):
        return Fact("fee", PREPAYMENT, number.value, "percent", base=base, timing="on-prepayment", span=number.span)
    if number.value is None or event not in ("default", "misuse") or period not in ("day", "month", "year"):
        return None
    role = "misuse" if event == "misuse" else "overdue"
    return Fact("rate", role, number.value, "percent", period, base, span=number.span)


def _is_daily(name: Cue, context: Context) -> bool:
    """Whether a formula elsewhere in the contract multiplies this rate by a number of days."""
    stem = name.word.removesuffix("率").removesuffix("利").removesuffix("费")
    return any(rate.startswith(stem) for rate in context.daily)
