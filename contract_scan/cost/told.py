"""A solved loan told in words: inputs, formula, assumptions with their effect, contradictions, the contract's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from contract_scan.cost.annualise import NoRate
from contract_scan.cost.cashflow import MONTHLY, ZERO, Fee, Terms, Timing
from contract_scan.cost.figures import Figures
from contract_scan.cost.notes import numbers, percent, yuan
from contract_scan.cost.rates import written_rate
from contract_scan.cost.solve import Solved, at_the_end, solve
from contract_scan.cost.steps import told_methods, told_rates, told_stage
from contract_scan.model import Fact

_MOST = 6  # charges at the start whose combinations are tried
VISIBLE = Decimal("0.01")
_WHEN = {
    Timing.UPFRONT: "放款时", Timing.FIRST: "随第一期", Timing.PERIODIC: "每期", Timing.LAST: "最后一期",
    Timing.DEPOSIT: "放款时扣下、还清时退还",
}  # fmt: skip


def formula(solved: Solved) -> str:
    """How the two rates follow from the flows, with their numbers."""
    each, count = solved.periodic * 100, solved.terms.per_year
    times = f"{count:.4f}".rstrip("0").rstrip(".")
    if solved.terms.periods == 1:
        cost = -sum(solved.moved, ZERO)
        return (
            f"总成本 {yuan(cost)} ÷ 到手 {yuan(solved.moved[0])} = {each:.4f}%，一年合 {times} 个这样的期间，"
            f"× {times} 得单利口径 {solved.simple:.2f}%；"
            f"(1 + {each:.4f}%)^{times} − 1 得复利口径 {solved.compound:.2f}%。"
        )
    if at_the_end(solved.terms, solved.moved):
        return (
            f"利息到期才付，按单利算（利息不再生息）：每期 {each:.4f}% 时最后正好还清，"
            f"× {times} 得单利口径 {solved.simple:.2f}%；"
            f"按复利算的口径是 {solved.compound:.2f}%。"
        )
    return (
        f"按到手金额与每期实付求每期的内部收益率 {each:.4f}%，× {times} 得单利口径 {solved.simple:.2f}%；"
        f"(1 + {each:.4f}%)^{times} − 1 得复利口径 {solved.compound:.2f}%。"
    )


def how(fee: Fee) -> str:
    """When a fee is taken and how much each time."""
    if fee.of_balance:
        return f"每期按未还本金的 {percent(fee.of_balance)}"
    return f"{_WHEN[fee.timing]} {yuan(fee.amount)}"


def inputs(terms: Terms, figures: Figures) -> tuple[tuple[str, str], ...]:
    """Everything the numbers were computed from, as the reader may type it into a calculator."""
    rows = [
        ("借款金额", yuan(terms.principal)),
        ("年利率（单利）", told_rates(terms)),
        ("期限", figures.term.words),
        ("还款方式", f"按{figures.plan.words}" if terms.plan and figures.plan else told_methods(terms)),
    ]
    rows += [("第一期", "放款当天收取")] if terms.advance else []
    rows += [(fee.name, how(fee)) for fee in terms.fees]
    if terms.withheld:
        rows.append((f"先扣的 {terms.prepaid} 期利息" if terms.prepaid else "放款时少到账", yuan(terms.withheld)))
    return tuple(rows)


def alternatives(solved: Solved, figures: Figures) -> Iterator[str]:
    """The assumptions behind a case, each with what the rate would be otherwise."""
    terms = solved.terms
    for read in figures.fees:
        fee = read.fee
        if read.assumed:
            other = replace(terms, fees=_with(terms.fees, fee, Timing.UPFRONT))
            yield f"{fee.name}按随第一期付计算{_effect(other, solved, '如果放款时就扣')}。"
        if fee.timing is Timing.DEPOSIT:
            other = replace(terms, fees=_with(terms.fees, fee, Timing.UPFRONT))
            yield f"{fee.name}按还清时全部退还计算{_effect(other, solved, '如果不退')}。"
    if terms.prepaid:
        other = replace(terms, prepaid=0)
        told = _effect(other, solved, "如果以后还要再付")
        yield f"到账少了 {yuan(terms.withheld)}，正好是 {terms.prepaid} 期利息，按预扣、以后不再收计算{told}。"
    stated, whole = figures.stated_interest, sum((row.interest for row in solved.rows), ZERO)
    if stated and figures.received is None and stated < min(whole, terms.principal) - 1:
        other = replace(terms, withheld=terms.withheld + stated, prepaid=round(stated / (whole / terms.periods)))
        told = _effect(other, solved, "如果是放款时先扣的")
        yield f"合同另写了利息 {yuan(stated)}，看不出是不是放款时先扣，没有按先扣计算{told}。"
    if at_the_end(terms, ()):
        yield f"按 {figures.term.words.split('，')[0]}后一次还清、不提前也不逾期计算。"
    elif figures.term.per_year == MONTHLY:
        yield "每期按间隔一个月、每次都按时还计算。"
    else:
        yield "每期按间隔相同、每次都按时还计算。"


def _with(fees: Sequence[Fee], old: Fee, timing: Timing) -> tuple[Fee, ...]:
    return tuple(replace(fee, timing=timing) if fee == old else fee for fee in fees)


def _effect(other: Terms, solved: Solved, if_so: str) -> str:
    """；如果放款时就扣，真实年化是 13.40% — nothing where it makes no visible difference."""
    try:
        rate = solve(other).simple
    except NoRate:
        return ""
    return f"；{if_so}，真实年化是 {rate:.2f}%" if abs(rate - solved.simple) >= VISIBLE else ""


def contradictions(solved: Solved, figures: Figures) -> Iterator[str]:
    """Stated sums that the stated terms do not give."""
    first, total = solved.rows[1], -sum(solved.moved[1:], ZERO)
    bare = first.principal + first.interest
    stated = figures.stated_instalment
    changing = figures.implied or solved.terms.rates or solved.terms.methods
    if stated and not changing and not any(abs(stated - own) <= 1 for own in (first.paid, bare)):
        told = yuan(first.paid) if first.paid == bare else f"{yuan(bare)}（加上费用 {yuan(first.paid)}）"
        yield f"合同写每期还 {yuan(stated)}，按写明的利率和方式算，第一期应是 {told}；这里按利率计算。"
    interest = sum((row.interest for row in solved.rows), ZERO)
    sums = (total, solved.terms.principal + interest)
    stated = figures.stated_total
    if stated and not figures.implied and not any(abs(stated - own) <= max(Decimal(1), own / 1000) for own in sums):
        yield f"合同写还款总额 {yuan(stated)}，按写明的利率、方式和费用算是 {yuan(total)}；这里按利率计算。"
    expected = solved.terms.principal - solved.rows[0].paid
    if figures.received not in (None, figures.principal) and not _explained(figures.received, solved):
        yield f"合同写实际到账 {yuan(figures.received)}，按写明的扣款应到账 {yuan(expected)}；这里按扣款计算。"


def _explained(received: Decimal | None, solved: Solved) -> bool:
    """Whether what arrives is the principal less some of what is paid at the start (the rest is paid beside it)."""
    upfront = [fee.amount for fee in solved.terms.fees if fee.timing in (Timing.UPFRONT, Timing.DEPOSIT)][:_MOST]
    kept = [solved.rows[0].paid, *(sum(some) for count in range(1, _MOST) for some in combinations(upfront, count))]
    short = solved.terms.principal - (received or ZERO)
    return any(abs(short - one) <= 1 for one in kept)


def written(facts: Sequence[Fact]) -> tuple[tuple[str, str], ...]:
    """The contract's own figures, by row of the card; rows it says nothing about are absent."""

    def amounts(*roles: str) -> str:
        return "、".join(
            dict.fromkeys(
                f"{told_stage(f)} {yuan(v)}".strip()
                for f, v in numbers(facts, "amount", *roles)
                if f.unit == "yuan" and 0 < v < 10**12 and not f.per
            )
        )

    ends = dict.fromkeys(str(fact.value) for fact in facts if fact.kind == "date" and fact.role == "end" and fact.value)
    principal, received = amounts("principal"), amounts("received")
    rows = {
        "借到手": principal + (f"，实际到账 {received}" if received else ""),
        "每期还款": amounts("instalment") or _parts(facts),
        "总还款": amounts("total"),
        "总成本": (f"利息 {amounts('interest')}" if amounts("interest") else ""),
        "年化": written_rate(facts),
        "最晚还清": "、".join(ends),
    }
    return tuple((name, value) for name, value in rows.items() if value)


def _parts(facts: Sequence[Fact]) -> str:
    """本金 400.00 元、利息 40.00 元, where the contract tells the parts of each instalment."""
    names = {"principal-part": "本金", "interest": "利息"}
    own = [f"{names[f.role]} {yuan(value)}" for f, value in numbers(facts, "amount", *names) if f.per]
    return "、".join(dict.fromkeys(own))
