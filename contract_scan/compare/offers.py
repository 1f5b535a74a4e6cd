"""Two offers side by side: true cost and findings. What is cheaper is said only where the figures settle it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from contract_scan.compare.values import OfferComparison
from contract_scan.model import CostCard, Finding, Report

#: Rows of the cost card's inputs that must agree before totals can be compared.
_SAME = ("借款金额", "期限")
_LEAST = Decimal("0.01")


def compare_offers(left: Report, right: Report) -> OfferComparison:
    """The two reports compared; the findings of each side in the order of its report."""
    difference, reason = _difference(left.cost, right.cost)
    ours = {finding.rule: finding for finding in left.findings}
    theirs = {finding.rule: finding for finding in right.findings}
    return OfferComparison(
        left=left,
        right=right,
        difference=difference,
        reason=reason,
        alike=_alike(left.cost, right.cost),
        caution=tuple(_caution(left, right)),
        both=tuple((finding, theirs[rule]) for rule, finding in ours.items() if rule in theirs),
        only_left=_only(left, theirs),
        only_right=_only(right, ours),
    )


def _only(report: Report, others: dict[str, Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in report.findings if finding.rule not in others)


def bounds(card: CostCard) -> tuple[Decimal, Decimal] | None:
    """The least and the most the true yearly rate can be, None where there is none."""
    if card.simple is None:
        return None
    return (card.simple if card.low is None else card.low, card.simple if card.high is None else card.high)


def _difference(left: CostCard, right: CostCard) -> tuple[Decimal | None, str]:
    ours, theirs = bounds(left), bounds(right)
    if ours is None or theirs is None:
        which = "两份" if ours is None and theirs is None else "左边一份" if ours is None else "右边一份"
        return None, f"{which}的真实年化算不出，不能比较哪份便宜。"
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        return (theirs[0] - ours[0]).quantize(_LEAST), ""
    if ours[1] < theirs[0] or theirs[1] < ours[0]:  # the ranges are apart: at least this much lies between them
        apart = theirs[0] - ours[1] if ours[1] < theirs[0] else theirs[1] - ours[0]
        return apart.quantize(_LEAST), "有一份没有写清还款方式或利率，只知道至少差这么多。"
    return None, "有一份没有写清还款方式或利率，真实年化只有范围，两个范围重叠，不能断定哪份便宜。"


def _alike(left: CostCard, right: CostCard) -> bool:
    ours, theirs = dict(left.inputs), dict(right.inputs)
    same = all(ours.get(name) == theirs.get(name) for name in _SAME)
    return bool(left.inputs) and same and left.received == right.received


def _caution(left: Report, right: Report) -> Iterator[str]:
    if left.cost.simple is not None and right.cost.simple is not None and not _alike(left.cost, right.cost):
        yield "两份的金额、期限或到手的钱不同，总还款和总成本不能直接比，看真实年化。"
    if any(report.coverage.unread or report.source.unread for report in (left, right)):
        yield "有的页没有读出文字，那里可能另有费用和问题。"
    if left.contract.judged_on != right.contract.judged_on:
        yield f"两份按不同日期的法律判断：左边 {left.contract.judged_on}，右边 {right.contract.judged_on}。"
    if left.contract.lender_type is not right.contract.lender_type:
        yield "两份的出借方类型不同，适用的规则不一样多；一份没有报出的问题，不等于那份没有。"
