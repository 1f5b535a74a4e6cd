"""Lengths of time and days of a sentence → facts: term, grace, guarantee period; signed, start, end, due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contract_scan.facts.context import Context
from contract_scan.facts.cues import Cue
from contract_scan.facts.dates import Day, DueDay
from contract_scan.facts.terms import Duration
from contract_scan.model import Fact, Span

#: Kind of cue → role of the term. *no-term* keeps an unrelated length of time from taking a wrong name.
TERM_ROLES = {"loan-term": "loan", "grace": "grace", "guarantee-term": "guarantee", "lease-term": ""}
_SIGNATURE = re.compile(r"签[章字名]|盖章|签署页|捺印|立据人|借款人[：:]|出借人[：:]")
TERM_CUES = (*TERM_ROLES, "no-term")
DATE_CUES = ("signed", "start", "end", "due")
ROC = "民国"

_CONDITION_BEFORE = re.compile(r"(?:超过|不足|不满|届满|满|达到?|少于|低于|大于|小于|每|第|提前|延长|后)\s?\Z")
_CONDITION_AFTER = re.compile(r"\s?(?:[（(]含[）)])?(?:[以之]?(?:内|內|前|上|下)|为一期|一期|一次)")
_LENGTH_WORDS = re.compile(r"(?:借款?|借用|用款|周转|分|共计?|合计)(?:为|计|分)?\s?\Z")
_TO = re.compile(r"\s?[起始]?[，、]?\s?(?:[-—–~～]{1,2}|[至到])\s?\Z")
_SIGNED_AFTER = re.compile(
    r"\s?(?:在)?[^，。；\n《]{0,10}?(?:签[订署]|订立)(?![^，。；\n]{0,3}(?:的|之|《|编号|第|了))"
)
_AFTER = (
    ("start", re.compile(r"\s?(?:[（(]|起?)(?:放款|起息|入当|交付|借款起)|\s?起(?:算|计)")),
    ("end", re.compile(r"\s?(?:到期|届满|期满|止)")),
    ("due", re.compile(r"\s?(?:以?前|之前)?[^，。；\n]{0,6}(?:还清|偿还|归还|还款|清偿|付清|还本)")),
)
_OTHER_TERM = re.compile(r"保密|授权|质保|保存|有效|劳动|竞业|诉讼")
_USED = re.compile(r"(?:借[^，。；\n]{0,3}|用款|周转)\Z")
_SPLIT_IN = re.compile(r"[分共][为计]?\s?\Z")
#: 自放款之日起6个月到期
_FROM_LENDING = re.compile(r"(?:放款|起息|借款|出借|到账|提款|签[订署约])[^，。；\n]{0,6}[起后]\s?\Z")
_FALLS_DUE = re.compile(r"\s?后?(?:到期|期满|届满)")
#: 自2026年8月19日起三个月，至11月18日止
_FROM_A_DAY = re.compile(r"日起[算计]?[，、]?\s?(?:为期)?\Z")
_TO_A_DAY = re.compile(r"\s?[，、（(]?\s?(?:即)?[至到]")
#: 借款人民币9万元，24个月，用于装修; 月供2,383元，24期: a length of time that stands alone beside the sum.
_ALONE_BEFORE = re.compile(r"[，、）)]\s?\Z")
_DONE = re.compile(r"\s?(?:扣完|还完|还清|付清)")
_ALONE_AFTER = re.compile(r"\s?(?:[，。；\n]|\Z)")
_OTHER_LENGTHS = frozenset(
    ("no-term", "guarantee-term", "grace", "lease-term", "charge", "penalty", "default", "prepay")
)
#: 课时200节，自2026年9月1日至2027年2月28日: how long something else lasts.
_OF_SOMETHING_ELSE = re.compile(
    "(?:课程|课时|培训|学习期|开课|服务期|会员|保修|工期)(?:(?!借款|贷款|用款|还款)[^；\n])*\\Z"
)
_SUMS = frozenset(("principal", "instalment"))
_FROM_THEN = re.compile(r"(?:之?日起|之?日?[后後]|为|：)\s?\Z")
_DUE_WORDS = re.compile(r"(?<!提前)还款|付息|结息|扣款|还息|还本|偿还|归还|支付|月供|付清|缴|还清|付当月")
_NEAR = 24


def read_terms(durations: Sequence[Duration], days: Sequence[Day], context: Context) -> Iterator[Fact]:
    """The facts that the lengths of time in one sentence state, in order."""
    for duration in durations:
        name = _term_name(duration, days, context)
        if name is None or name.kind == "no-term" or (duration.working and name.kind != "grace"):
            continue
        span = context.with_name(duration.span, name)
        value = None if context.unticked(duration.span) else duration.value
        yield Fact("term", TERM_ROLES[name.kind], value, duration.unit, span=span)


def read_days(days: Sequence[Day], context: Context) -> Iterator[Fact]:
    """The facts that the calendar days of one sentence state, in order."""
    previous_role = ""
    for index, day in enumerate(days):
        following = days[index + 1] if index + 1 < len(days) else None
        role = _day_role(day, following, previous_role, context)
        previous_role = role
        if role:
            yield Fact("date", role, day.value, base=ROC if day.roc else "", span=day.span)


def read_due_days(days: Sequence[DueDay], context: Context) -> Iterator[Fact]:
    """每月15日还款 → a due date with the day of the month as its value."""
    for day in days:
        around = context.text[max(context.span.start, day.span.start - _NEAR) : day.span.end + _NEAR]
        if _DUE_WORDS.search(around):
            yield Fact("date", "due", day.value, "day", "month", span=day.span)


def _term_name(duration: Duration, days: Sequence[Day], context: Context) -> Cue | None:
    span = duration.span
    before = context.before(span)
    if _CONDITION_AFTER.match(context.text, span.end) or _CONDITION_BEFORE.search(before):
        return _guarantee(duration, context)
    name = context.name_of(span, TERM_CUES, loose=False)
    if context.name_of(span, ("charge", "penalty"), loose=False):
        return None  # 服务费分3期收取
    if context.ticked(span):
        return context.name_of(span, TERM_CUES)
    if name is not None and name.word == "期限" and _OTHER_TERM.search(before):
        return None
    if name is not None and name.end <= span.start:
        gap = context.text[name.end : span.start]
        if not any(char.isdigit() for char in gap) and (not duration.plain_month or len(gap) < 4):
            return name
    if not duration.plain_month and _stands_for_the_term(span, before, context):
        return Cue("loan-term", "", span.start, span.start)
    if _LENGTH_WORDS.search(before) and not duration.plain_month:
        return _counted(duration, days, context)
    return _guarantee(duration, context)


def _stands_for_the_term(span: Span, before: str, context: Context) -> bool:
    """Whether the words around a length of time without a name make it the term of the loan."""
    text, end = context.text, span.end
    from_day = _FROM_A_DAY.search(before) and _TO_A_DAY.match(text, end)
    if from_day or (_FROM_LENDING.search(before) and _FALLS_DUE.match(text, end)):
        return True
    summed = any(cue.kind in _SUMS and cue.start < span.start for cue in context.cues)
    others = any(cue.kind in _OTHER_LENGTHS and cue.start < span.start for cue in context.cues)
    alone = _ALONE_BEFORE.search(before) and (_ALONE_AFTER.match(text, end) or _DONE.match(text, end))
    return summed and not others and bool(alone)


def _guarantee(duration: Duration, context: Context) -> Cue | None:
    """保证期间为自主债务履行期限届满之日起三年: the name may stand far ahead of the number."""
    name = context.name_of(duration.span, TERM_CUES)
    if name is None or name.kind != "guarantee-term" or name.end > duration.span.start:
        return None
    return (
        name
        if _FROM_THEN.search(context.before(duration.span)) and duration.unit == "month" and not duration.plain_month
        else None
    )


def _counted(duration: Duration, days: Sequence[Day], context: Context) -> Cue | None:
    """…起至…止，共计12个月; 分24期; 借款半年."""
    name = context.name_of(duration.span, TERM_CUES)
    if name is not None and name.end <= duration.span.start:
        return name
    words = context.before(duration.span)
    earlier = [day for day in days if day.span.end <= duration.span.start]
    if _USED.search(words) or len(earlier) >= 2 or _is_split(duration, words, context):
        return Cue("loan-term", "", duration.span.start, duration.span.start)
    return None


def _is_split(duration: Duration, words: str, context: Context) -> bool:
    """分12期, 共12期; of months only 分12个月, where no charge is spoken of."""
    match = _SPLIT_IN.search(words)
    if duration.unit == "month" and any(
        cue.kind in _OTHER_LENGTHS and cue.end <= duration.span.start for cue in context.cues
    ):
        return False
    return match is not None and (
        duration.unit == "instalment" or (duration.unit == "month" and match.group()[0] == "分")
    )


def _alone_after_signatures(day: Day, context: Context) -> bool:
    """The last lines of a contract: signatures, and under them a day with nothing else on its line."""
    start = context.text.rfind("\n", 0, day.span.start) + 1
    end = context.text.find("\n", day.span.end)
    rest = context.text[start : day.span.start] + context.text[day.span.end : end if end >= 0 else None]
    bare = not rest.replace("中华", "").strip("：: ")
    return bare and bool(_SIGNATURE.search(context.text, max(start - 300, 0), start))


def _day_role(day: Day, following: Day | None, previous_role: str, context: Context) -> str:
    terms = [cue.kind for cue in context.cues if cue.kind in TERM_CUES and cue.start < day.span.start]
    unrelated = bool(terms) and terms[-1] in ("no-term", "guarantee-term", "grace")
    unrelated = unrelated or _OF_SOMETHING_ELSE.search(context.before(day.span)) is not None
    if previous_role == "start" and _TO.search(context.before(day.span)):
        return "end"
    if following is not None and _TO.match(context.text[day.span.end : following.span.start]):
        return "" if unrelated else "start"
    if _SIGNED_AFTER.match(context.text, day.span.end, context.span.end):
        return "signed"
    name = context.name_of(day.span, DATE_CUES, loose=False)
    if name is not None and name.end <= day.span.start:
        return name.kind
    if _alone_after_signatures(day, context):
        return "signed"
    after = context.after(day.span)
    return "" if unrelated else next((role for role, pattern in _AFTER if pattern.match(after)), "")
