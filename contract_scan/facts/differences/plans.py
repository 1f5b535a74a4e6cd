"""What the instalments come to and what the contract says they come to, within one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract_scan.facts.figures import Numbers
from contract_scan.facts.money import Money
from contract_scan.facts.numerals import HAN, read_number
from contract_scan.model import Fact, Span

#: What stands before the amount of one instalment: 每期应还.
EACH = re.compile(
    r"(?:每[期月周季次年日行]|每[两2二]周|每双周|[月日周季期](?:付|供|还)(?:款)?(?:额)?|各期)"
    r"(?:应|需|须|约|均|共)?(?:[还付缴交]|偿还|归还|支付|还款|付款|应还|扣款|扣收)?(?:款项|款|本息|金额|额)?(?:均)?(?:为|是|：|:)?\s?$"
)
_EACH_PRINCIPAL = re.compile(r"每[期行月]应?[还付]?(?:归还)?本金(?:均)?(?:为|：)?\s?$")
_COUNT = re.compile(
    rf"(?P<number>[0-9]{{1,3}}|[{HAN}]{{1,3}})\s?(?:个)?(?:期|次|行|个月|天|日)(?![息利供费率内前后以至起])"
)
_COUNTED = re.compile(r"(?:共|分|连付|供|供满|满|计|期数为|为期|，|、|。|^|偿还|连续)\s?$")
_TOTAL = re.compile(
    r"(?:总额|合计|共计|总计|总价|总共|一共|总还款额|全部还款额|总金额|总和)(?:[应需][要]?[还付]|归还|偿还|还款|支付|还|金额|本息|为|是|：|:|人民币|计|需要)*\s?$"
)
_SPECIAL = re.compile(
    r"(?:首[期月次]|末期|最后一[期次])[^，。；\n]{0,10}[0-9,]{2,}(?:\.[0-9]+)?元|其余|第[0-9一二三四五六七八九十]{1,3}(?:期|至|-)"
    r"|另计|不含|除外|提前|逾期|优惠|减免|剩余|手续费另"
)
_LIST_GAP = re.compile(r"\s?[、，,]\s?(?:和|及)?$")
_CLEARED = re.compile(r"[，、]?[^。；\n]{0,6}本金[^。；\n]{0,4}(?:还清|结清|全部归还|清偿)")
PART_NAMES = (
    ("principal", re.compile("本金|借款金额|贷款金额")),
    ("interest", re.compile("利息")),
    ("fee", re.compile("费|保险")),
)


def plan_differences(text: str, line: Span, numbers: Numbers) -> Iterator[Fact]:
    """Instalments × number ≠ total, 本金＋利息＋费用 ≠ 合计, a list of amounts ≠ its sum; in yuan."""
    amounts = [money for money in numbers.amounts if money.value is not None]
    if len(amounts) < 2:
        return
    special = _SPECIAL.search(text, line.start, line.end) is not None
    for apart, used in (
        *(() if special else (_times(text, line, amounts), _principal_rows(text, line, amounts))),
        _parts(text, line, amounts),
        _listed(text, line, amounts),
    ):
        if apart:
            yield _fact(apart, used)


Finding = tuple[Decimal, Sequence[Money]]
NOTHING: Finding = (Decimal(0), ())


def _times(text: str, line: Span, amounts: Sequence[Money]) -> Finding:
    """共12期，每期3,250元；应还总额为37,800元."""
    each = [money for money in amounts if _before(EACH, text, line, money)]
    totals = [money for money in amounts if _before(_TOTAL, text, line, money)]
    count = instalments(text, line)
    if len(each) != 1 or len(totals) != 1 or not count or each == totals:
        return NOTHING
    apart = _apart(_value(each[0]) * count, _value(totals[0]), max(Decimal(1), count / 100))
    return apart, (*each, *totals)


def _principal_rows(text: str, line: Span, amounts: Sequence[Money]) -> Finding:
    """本金120,000元……共24行，每行应还本金均为5,200元."""
    each = [money for money in amounts if _before(_EACH_PRINCIPAL, text, line, money)]
    whole = [money for money in amounts if money not in each and _named(text, line, money) == "principal"]
    count = instalments(text, line)
    if len(each) != 1 or len(whole) != 1 or not count:
        return NOTHING
    return _apart(_value(each[0]) * count, _value(whole[0]), count), (*each, *whole)


def _parts(text: str, line: Span, amounts: Sequence[Money]) -> Finding:
    """本金50,000元，利息3,000元，服务费1,500元，以上三项总计56,000元."""
    totals = [money for money in amounts if _before(_TOTAL, text, line, money) and _is_sum(text, line, money)]
    if len(totals) != 1:
        return NOTHING
    parts = [money for money in amounts if money.span.end <= totals[0].span.start]
    names = [_named(text, line, money) for money in parts]
    if "" in names or names.count("principal") != 1 or "interest" not in names or len(parts) > 6:
        return NOTHING
    if "本息" in text[max(line.start, totals[0].span.start - 12) : totals[0].span.start]:
        parts = [money for money, name in zip(parts, names, strict=True) if name != "fee"]
    return _apart(sum(map(_value, parts), Decimal(0)), _value(totals[0]), Decimal(1)), (*parts, *totals)


def _listed(text: str, line: Span, amounts: Sequence[Money]) -> Finding:
    """依次为25,800元、25,600元、25,400元，总额76,900元; 三次还本：10,000元、12,000元、10,000元，本金即告还清."""
    run = _run(text, amounts)
    if len(run) < 3:
        return NOTHING
    listed = sum(map(_value, run), Decimal(0))
    after = [money for money in amounts if money.span.start > run[-1].span.end]
    if after and after[0].span.start - run[-1].span.end <= 14 and _before(_TOTAL, text, line, after[0]):
        return _apart(listed, _value(after[0]), Decimal(1)), (*run, after[0])
    before = [money for money in amounts if money.span.end < run[0].span.start]
    if len(before) == 1 and _CLEARED.match(text, run[-1].span.end, line.end):
        return _apart(listed, _value(before[0]), Decimal(1)), (*before, *run)
    return NOTHING


def _run(text: str, amounts: Sequence[Money]) -> list[Money]:
    """The longest run of amounts that only a mark such as 、 separates."""
    best: list[Money] = []
    run: list[Money] = []
    for money in amounts:
        joined = run and _LIST_GAP.match(text[run[-1].span.end : money.span.start])
        run = [*run, money] if joined else [money]
        best = max(best, run, key=len)
    return best


def instalments(text: str, line: Span) -> Decimal:
    """How many instalments the line speaks of, if it names one number only (else 0)."""
    found = set()
    for match in _COUNT.finditer(text, line.start, line.end):
        if _COUNTED.search(text[max(line.start, match.start() - 6) : match.start()]):
            found.add(read_number(match["number"]))
    number = found.pop() if len(found) == 1 else None
    return number or Decimal(0)


def _before(pattern: re.Pattern[str], text: str, line: Span, money: Money) -> bool:
    return pattern.search(text[max(line.start, money.span.start - 20) : money.span.start]) is not None


def _is_sum(text: str, line: Span, money: Money) -> bool:
    words = text[max(line.start, money.span.start - 14) : money.span.start]
    return re.search("本息|项|以上|总计|总额|应还|全部", words) is not None


def _named(text: str, line: Span, money: Money) -> str:
    """principal, interest, fee or "": what the words just before an amount call it."""
    words = re.split("[，。；、\n]", text[max(line.start, money.span.start - 14) : money.span.start])[-1]
    return next((name for name, pattern in PART_NAMES if pattern.search(words)), "")


def _value(money: Money) -> Decimal:
    assert money.value is not None
    return money.value


def _apart(one: Decimal, other: Decimal, slack: Decimal) -> Decimal:
    """How far apart two sums are; 0 within the slack."""
    return abs(one - other) if abs(one - other) > slack else Decimal(0)


def _fact(apart: Decimal, used: Sequence[Money]) -> Fact:
    span = Span(min(money.span.start for money in used), max(money.span.end for money in used))
    return Fact("difference", "plan-total", apart, "yuan", span=span)
