"""How many instalments there are, said twice: 分24期偿还……第1期至第36期; 总期数24期，已还8期，尚余20期."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.facts.numerals import HAN, read_number
from contract_scan.model import Fact, Span

_N = rf"(?P<number>[0-9]{{1,3}}|[{HAN}]{{1,3}})"
_MENTION = re.compile(
    rf"(?P<before>[^，。；：:\n0-9]{{0,10}}?)[：:“”\"\s]{{0,3}}{_N}\s?(?:个)?(?P<unit>期|次|个月|周)(?![间限中息利费率内])"
)
_LABELLED = re.compile(rf"(?:分期数|期数|分期期数|还款期数)[：:“”\"\s为是]{{0,3}}{_N}(?![0-9个月期%])")
_KINDS = (
    ("index", re.compile(r"第\s?$")),
    ("paid", re.compile(r"已[经]?(?:偿?还|归还|付|缴)\s?$")),
    ("left", re.compile(r"(?:尚余|尚有|剩余|还剩|剩|未还)\s?$")),
    ("first", re.compile(r"(?<!提)前\s?$")),
    ("then", re.compile(r"(?:其后|此后|之后|后)\s?$")),
    (
        "total",
        re.compile(
            r"(?:共|分|总|总期数|期数|分期数|合计|总计|贷款|共计|还满|扣款|生成|约定|列至|偿还|分期|周期|选择|载明|免息)(?:为|是|计)?\s?$"
        ),
    ),
    ("skip", re.compile(r"(?:每|任何|任意|连续(?!扣)|累计|逾期|超过|达到?|满|首|上|下|当|本|各|期限|每隔|一)\s?$")),
)
_UNSETTLED = re.compile("展期|提前|调整为|变更|延长|可选|任选|可分|或|缩短|延期|增加|减少|若|如")
_MONTHLY = re.compile("按月|每月一期|每月还|逐月|每个月")
_WEEKLY = re.compile("每周(?:还|一期)|按周")
_EVERY_MONTH = re.compile("每月|按月|月供|逐月")
_OTHER_PACE = re.compile("每周|双周|每两周|按季|每季|每半年|按年|每日还|每[两二三四五六2-6]个月")
_REPAID = re.compile("扣款|还款|偿还|归还|月供")
_LINE = re.compile(r"[^\n]+")
_LONGEST = 300
SLACK = 1


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: str
    unit: str
    number: int
    span: Span


def count_differences(text: str, line: Span) -> Iterator[Fact]:
    """Contradictory numbers of instalments within one line; the value is how many apart."""
    if _UNSETTLED.search(text, line.start, line.end):
        return
    found = [*_labelled(text, line), *_mentions(text, line)]
    if len(found) < 2:
        return
    for one in (
        _added(found, "paid", "left"),
        _added(found, "first", "then"),
        _beyond(found),
        _twice(text, found),
        _paced(text, line, found),
    ):
        if one is not None:
            yield one
            return


def term_count_differences(text: str, facts: Sequence[Fact]) -> Iterator[Fact]:
    """贷款期限36个月，每月还款 in one place, 连续扣款48期 in another."""
    months = {fact.value for fact in facts if fact.kind == "term" and fact.role == "loan" and fact.unit == "month"}
    term = months.pop() if len(months) == 1 else None
    if not isinstance(term, Decimal) or not _EVERY_MONTH.search(text) or _OTHER_PACE.search(text):
        return
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        if len(line) > _LONGEST or _UNSETTLED.search(text, *match.span()) or not _REPAID.search(text, *match.span()):
            continue
        total = _only([mention for mention in _mentions(text, line) if mention.unit == "期"], "total")
        if total is not None and abs(total.number - term) > SLACK and f"{term:f}个月" not in match.group():
            apart = abs(total.number - term)
            yield Fact("difference", "instalment-count", apart, "instalment", span=total.span)


def _mentions(text: str, line: Span) -> Iterator[_Mention]:
    for match in _MENTION.finditer(text, line.start, line.end):
        number = read_number(match["number"])
        before = text[max(line.start, match.start("number") - 8) : match.start("number")]
        kind = next((name for name, pattern in _KINDS if pattern.search(before.rstrip('：:“”" '))), "")
        if number is not None and number == int(number) and 1 <= number <= 480 and kind != "skip":
            yield _Mention(kind, match["unit"], int(number), Span(match.start("number"), match.end()))


def _labelled(text: str, line: Span) -> Iterator[_Mention]:
    """期数：12, without a unit."""
    for match in _LABELLED.finditer(text, line.start, line.end):
        number = read_number(match["number"])
        if number is not None and number == int(number) and 1 <= number <= 480:
            yield _Mention("total", "期", int(number), Span(match.start("number"), match.end("number")))


def _only(found: Sequence[_Mention], kind: str, units: str = "期次") -> _Mention | None:
    chosen = [mention for mention in found if mention.kind == kind and mention.unit in units]
    return chosen[0] if len({mention.number for mention in chosen}) == 1 else None


def _added(found: Sequence[_Mention], one: str, other: str) -> Fact | None:
    """总期数24期，已还8期，尚余20期."""
    first, second, total = _only(found, one), _only(found, other), _only(found, "total")
    if first is None or second is None or total is None:
        return None
    return _fact(abs(first.number + second.number - total.number), (first, second, total))


def _beyond(found: Sequence[_Mention]) -> Fact | None:
    """分24期……第36期."""
    total = _only(found, "total") or _only(found, "total", "个月")
    indices = [mention for mention in found if mention.kind == "index" and mention.unit in "期次"]
    if total is None or not indices:
        return None
    last = max(indices, key=lambda mention: mention.number)
    return _fact(max(last.number - total.number, 0), (total, last))


def _twice(text: str, found: Sequence[_Mention]) -> Fact | None:
    """首页6期。确认短信：共9期: two totals in two sentences."""
    totals = [mention for mention in found if mention.kind == "total" and mention.unit in "期次"]
    if len(totals) != 2 or not re.search("[。；：，]", text[totals[0].span.end : totals[1].span.start]):
        return None
    if "、" in text[totals[0].span.end : totals[1].span.end]:
        return None
    return _fact(abs(totals[0].number - totals[1].number), totals)


def _paced(text: str, line: Span, found: Sequence[_Mention]) -> Fact | None:
    """借期六个月，按月还款……八期账单."""
    weekly = _WEEKLY.search(text, line.start, line.end)
    if not weekly and not _MONTHLY.search(text, line.start, line.end):
        return None
    total = _only(found, "total") or _only(found, "")
    lengths = [mention for mention in found if mention.unit == ("周" if weekly else "个月")]
    if total is None or len(lengths) != 1 or total is lengths[0]:
        return None
    apart = abs(total.number - lengths[0].number)
    return _fact(apart if apart > SLACK else 0, (lengths[0], total))


def _fact(apart: int, used: Sequence[_Mention]) -> Fact | None:
    if not apart:
        return None
    span = Span(min(mention.span.start for mention in used), max(mention.span.end for mention in used))
    return Fact("difference", "instalment-count", Decimal(apart), "instalment", span=span)
