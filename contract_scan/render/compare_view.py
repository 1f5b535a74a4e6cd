"""What all formats of a comparison share: the rows side by side, the sentences at the top, names and marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.compare import (
    MOST_PROMISES,
    AdvertComparison,
    Check,
    Fate,
    Match,
    OfferComparison,
    Promise,
    Shift,
    VersionComparison,
)
from contract_scan.model import Effect, Report
from contract_scan.render import cost, view, words

Comparison = OfferComparison | VersionComparison | AdvertComparison

MATCH = {Match.AGREES: "一致", Match.DIFFERS: "不一致", Match.NOT_WRITTEN: "合同未写", Match.CANNOT: "无法比较"}
FATE = {Fate.GAINED: "新增的问题", Fate.SOLVED: "解决的问题", Fate.KEPT: "还在的问题", Fate.OPEN: "不能断定的"}
SHIFT = {Shift.CHANGED: "改了", Shift.ADDED: "新加", Shift.REMOVED: "删去", Shift.MOVED: "换了位置"}
TOPIC = {
    "rate": "利率", "fee": "费用", "amount": "金额", "received": "到手的钱", "term": "期限", "method": "还款方式",
    "instalment": "每期还款", "prepay": "提前还款", "security": "抵押、担保", "credit": "征信", "interest-free": "免息",
}  # fmt: skip
#: What is not read from an advertisement, and what to do about a difference.
ADVERT_NOTE = "广告里认不出的话不在这里；不一致的，先把广告、聊天截图存好，再请对方书面说明或者改合同。"
_SAME = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``less`` is left or right where that side is lower and lower is better, else ""."""

    label: str
    left: str
    right: str
    less: str = ""


def sides(comparison: OfferComparison | VersionComparison) -> tuple[str, str]:
    """What the two columns are called."""
    return ("A", "B") if isinstance(comparison, OfferComparison) else ("旧版", "新版")


def rows(offers: OfferComparison) -> tuple[Row, ...]:
    """The two cost cards and the number of problems, row by row; rows that are empty on both sides are left out."""
    left, right = dict(_card(offers.left)), dict(_card(offers.right))
    labels = [*dict.fromkeys([*left, *right])]
    order = ("真实年化", "合同写的年化", *cost.ROWS, "期限", "还款方式", "费用合计")
    labels.sort(key=lambda label: order.index(label) if label in order else len(order))
    table = [Row(label, left.get(label, ""), right.get(label, ""), _less(offers, label)) for label in labels]
    table.append(Row("发现的问题", problems(offers.left), problems(offers.right)))
    return tuple(row for row in table if row.left or row.right)


def _card(report: Report) -> Iterator[tuple[str, str]]:
    card = report.cost
    yield "真实年化", cost.rate_words(card) if card.simple is not None else "算不出"
    yield "合同写的年化", dict(card.written).get("年化", "")
    if card.simple is None:
        return
    for pair in cost.pairs(card):
        yield pair.label, f"{pair.computed}（{pair.remark}）" if pair.remark else pair.computed
    inputs = dict(card.inputs)
    yield "期限", inputs.get("期限", "")
    yield "还款方式", inputs.get("还款方式", "")
    fees = [share.amount for share in card.shares if share.name != "利息"]
    yield "费用合计", cost.yuan(sum(fees, Decimal(0))) if fees else "没有读到"


def cautions(offers: OfferComparison, names: tuple[str, str]) -> tuple[str, ...]:
    """What to keep in mind, with the names of the columns."""
    return tuple(_with_names(sentence, *names) for sentence in offers.caution)


def _with_names(sentence: str, left: str, right: str) -> str:
    for side, name in (("左边一份", left), ("右边一份", right), ("左边", left), ("右边", right)):
        sentence = sentence.replace(side, f" {name} " if name.isascii() else name)
    return sentence.strip()


def _less(offers: OfferComparison, label: str) -> str:
    """Which side is lower, for the rate always, for the totals where they can be compared."""
    if label == "真实年化" and offers.difference is not None and abs(offers.difference) >= _SAME:
        side = "left" if offers.difference > 0 else "right"
        cheaper = offers.left if side == "left" else offers.right
        return "" if any(finding.effect is Effect.SIGNAL for finding in cheaper.findings) else side
    totals = {"总还款": "total_paid", "总成本": "total_cost"}
    if label in totals and offers.alike and offers.difference is not None:
        ours, theirs = (getattr(report.cost, totals[label]) for report in (offers.left, offers.right))
        if ours is not None and theirs is not None and ours != theirs:
            return "left" if ours < theirs else "right"
    return ""


def problems(report: Report) -> str:
    """严重 1、较重 3, or that there are none."""
    counts = [f"{words.SEVERITY[severity]} {number}" for severity, number in view.tally(report) if number]
    return "、".join(counts) or "没有发现"


def title(comparison: Comparison) -> str:
    """What is compared."""
    if isinstance(comparison, AdvertComparison):
        return "广告说的和合同写的"
    return "两份合同比一比" if isinstance(comparison, OfferComparison) else "新版和旧版改了什么"


def statements(comparison: Comparison) -> tuple[str, ...]:
    """The lines at the top; what cannot be told is said to be so."""
    if isinstance(comparison, AdvertComparison):
        return tuple(_advert(comparison))
    if isinstance(comparison, OfferComparison):
        return (*_stop(comparison, "A", "B"), _cheaper(comparison, "A", "B"), *_problem_lines(comparison))
    return (*_stop(comparison.offers, "旧版", "新版"), *_versions(comparison))


def _stop(offers: OfferComparison, left: str, right: str) -> Iterator[str]:
    """A low rate is no reason to trust a contract with signs of fraud: that is said first."""
    for name, report in ((left, offers.left), (right, offers.right)):
        if signals := [finding for finding in report.findings if finding.effect is Effect.SIGNAL]:
            gap = " " if name.isascii() else ""
            yield f"{name}{gap}有 {len(signals)} 个诈骗常见信号：利率再低，也先停下核实。{words.STOP}"


def _cheaper(offers: OfferComparison, left: str, right: str) -> str:
    if offers.difference is None:
        return _with_names(offers.reason, left, right)
    apart = f"{abs(offers.difference):.2f} 个百分点"
    if abs(offers.difference) < _SAME:
        return f"真实年化差不多（相差 {apart}）。"
    cheap = left if offers.difference > 0 else right
    least = "至少" if offers.reason else ""
    return f"真实年化：{cheap}{' ' if cheap.isascii() else ''}{least}低 {apart}。{offers.reason}"


def _problem_lines(offers: OfferComparison) -> Iterator[str]:
    only = f"只有 A 有的问题 {len(offers.only_left)} 个，只有 B 有的 {len(offers.only_right)} 个"
    yield f"{only}，两份都有的 {len(offers.both)} 个。"


def _versions(comparison: VersionComparison) -> Iterator[str]:
    count = {fate: sum(one.fate is fate for one in comparison.problems) for fate in Fate}
    told = f"问题：新增 {count[Fate.GAINED]} 个，解决 {count[Fate.SOLVED]} 个，还在 {count[Fate.KEPT]} 个"
    yield told + (f"，不能断定 {count[Fate.OPEN]} 个。" if count[Fate.OPEN] else "。")
    shifts = {shift: sum(change.shift is shift for change in comparison.clauses) for shift in Shift}
    if told := "，".join(f"{SHIFT[shift]} {number} 条" for shift, number in shifts.items() if number):
        yield f"条款：{told}，没动 {comparison.unchanged} 条。"
    else:
        yield f"条款一字未改（{comparison.unchanged} 条）。"
    yield _cheaper(comparison.offers, "旧版", "新版")


def _advert(comparison: AdvertComparison) -> Iterator[str]:
    if not comparison.checks:
        yield "没有在广告里认出利率、费用、金额、期限一类的承诺，没有可比的。"
        return
    count = {match: sum(check.match is match for check in comparison.checks) for match in Match}
    order = (Match.DIFFERS, Match.NOT_WRITTEN, Match.CANNOT, Match.AGREES)
    told = "，".join(f"{MATCH[match]} {count[match]} 处" for match in order if count[match])
    cut = "（只比前面这些）" if len(comparison.checks) == MOST_PROMISES else ""
    yield f"广告里认出 {len(comparison.checks)} 处承诺{cut}：{told}。"
    if count[Match.DIFFERS] or count[Match.NOT_WRITTEN]:
        yield "不一致的请对方按广告改合同；没写的请对方写进合同，只说不写的以后说不清。"


def ordered(comparison: AdvertComparison) -> tuple[Check, ...]:
    """The checks for people: what differs first, what agrees last; each group in the order of the advertisement."""
    order = (Match.DIFFERS, Match.NOT_WRITTEN, Match.CANNOT, Match.AGREES)
    return tuple(sorted(comparison.checks, key=lambda check: order.index(check.match)))


def topic(promise: Promise) -> str:
    """利率, 费用 …"""
    return TOPIC[promise.topic]


def how(comparison: Comparison) -> str:
    """How it was decided what kind of comparison this is, and how to ask for the other."""
    if isinstance(comparison, VersionComparison):
        return f"两份文字有 {comparison.similarity:.0%} 相同，按同一份合同的两个版本比；要当作两份合同比，加 --offers。"
    return "按两份不同的合同比；如果是同一份合同的两个版本，加 --versions。"
