"""Charges of normal performance: which facts are such fees, how much, when. What has no number is asked for.

The one place that says which fees count; :mod:`contract_scan.cost.derived` asks here too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.cost.cashflow import Fee, Timing, fen
from contract_scan.cost.notes import Notes, percent, yuan
from contract_scan.cost.term import Term
from contract_scan.model import Fact, Role

#: Fees that only arise when something goes wrong, or that the borrower may avoid, are no cost of normal performance.
_AVOIDABLE = ("at-default", "on-prepayment", "other")
_CONDITIONAL = re.compile(
    "展期|延期|续[期租借约]|逾期|迟延|违约|違約|滞纳|罚|催收|上门|律师|诉讼|仲裁|保全|执行|追索|拍卖|提前|赔偿|补偿金"
    "|挪用|停车|拖车|处置|挂失|补办|变更|垫付|代偿|解除|退货|损坏"
)
#: Part of the price of what is bought, not of the loan; and what a lender pays out of what it earns.
_NO_COST = re.compile("首付|定金")
_LENDERS_BASE = re.compile("收益|利息|债权|回款")
_DEPOSIT = re.compile("保证[金款]|押金|风险金|保障基金")
_BALANCE = re.compile("剩余|未[偿归]?还|余额|实际占用|尚欠")
_PRINCIPAL = re.compile("本金|借款|贷款|融资|分期|合同金额|放款|总额|借贷|授信|额度|到账|当金")
_INSTALMENT = re.compile("每期|当期|月供|期供|还款额|应还")
_SUM = "费用合计"
_CAP, _FLOOR = "上限", "下限"


@dataclass(frozen=True, slots=True)
class Read:
    """A fee and whether its time was assumed."""

    fee: Fee
    assumed: bool = False


def read_fees(facts: Sequence[Fact], principal: Decimal, term: Term, notes: Notes) -> tuple[Read, ...]:
    """The fees that everybody pays, each once, in the order of the contract."""
    chosen = [fact for fact in facts if is_regular(fact)]
    if any(fact.role != _SUM for fact in chosen):
        chosen = [fact for fact in chosen if fact.role != _SUM]
    out: dict[tuple[str, Timing], Read] = {}
    for fact in chosen:
        read = _read(fact, principal, term, notes)
        if read is not None:
            notes.use(fact)
            key = (read.fee.name, read.fee.timing)
            out[key] = _merged(out[key], read, notes) if key in out else read
    return tuple(out.values())


def is_regular(fact: Fact) -> bool:
    """Whether a fee fact is a cost of paying on time."""
    return (
        fact.kind == "fee"
        and fact.timing not in _AVOIDABLE
        and not _CONDITIONAL.search(fact.role)
        and fact.value != 0
        and not fact.role.endswith(_FLOOR)
        and not _NO_COST.search(fact.role)
        and fact.payee != Role.BORROWER
    )


def is_known_cost(fact: Fact) -> bool:
    """Whether a fee is a cost of paying on time for certain: no deposit, no cap, no sum of others, not the lender's."""
    apart = _DEPOSIT.search(fact.role) or _LENDERS_BASE.search(fact.base)
    return is_regular(fact) and not apart and not fact.role.endswith((_CAP, _SUM))


def _merged(old: Read, new: Read, notes: Notes) -> Read:
    """Two statements of one fee: the same, or the larger one with a word about the other."""
    one, other = old.fee.amount, new.fee.amount
    if abs(one - other) > Decimal("0.5"):
        notes.conflicts.append(
            f"{old.fee.name}写了两个数：{yuan(one)}和{yuan(other)}；这里按 {yuan(max(one, other))}计算。"
        )
    return old if one >= other else new


def _read(fact: Fact, principal: Decimal, term: Term, notes: Notes) -> Read | None:
    name = fact.role or "费用"
    if not isinstance(fact.value, Decimal):
        notes.assumptions.append(f"{name}没有写明金额，没有算进去，实际成本会更高。")
        return None
    if name.endswith(_CAP):
        told = percent(fact.value) if fact.unit == "percent" else yuan(fact.value)
        notes.assumptions.append(f"{name.removesuffix(_CAP)}只写了上限 {told}，没有算进去，实际成本会更高。")
        return None
    if fact.unit not in ("percent", "yuan") or not 0 < fact.value < 10**9:
        return None
    if fact.unit == "percent" and fact.base and not _PRINCIPAL.search(fact.base) and not _BALANCE.search(fact.base):
        notes.assumptions.append(f"{name}按“{fact.base[:20]}”的 {percent(fact.value)} 收，算不出金额，没有算进去。")
        return None
    if fact.base and _INSTALMENT.search(fact.base) and not _BALANCE.search(fact.base):
        notes.assumptions.append(f"{name}按“{fact.base[:20]}”的比例收，没有算进去，实际成本会更高。")
        return None
    if fact.unit == "yuan" and fact.per == "day":
        notes.assumptions.append(f"{name}按天收，不知道收几天，没有算进去。")
        return None
    return _placed(fact, name, principal, term)


def _placed(fact: Fact, name: str, principal: Decimal, term: Term) -> Read:
    """The amount each time and the time."""
    assert isinstance(fact.value, Decimal)
    whole = principal * fact.value / 100 if fact.unit == "percent" else fact.value
    upfront = fact.timing == "upfront"
    if _DEPOSIT.search(name) and (upfront or fact.timing in ("once", "")):
        return Read(Fee(name, fen(whole), Timing.DEPOSIT, fact.payee))
    each_year = {"month": Decimal(12), "instalment": term.per_year, "year": Decimal(1), "day": Decimal(365)}
    times = each_year.get(fact.per) or (term.per_year if fact.timing == "monthly" else None)
    if times is None:
        timing = Timing.UPFRONT if upfront else Timing.FIRST
        return Read(Fee(name, fen(whole), timing, fact.payee), assumed=not upfront)
    each = times / term.per_year
    if upfront or fact.timing == "once":
        timing = Timing.UPFRONT if upfront else Timing.FIRST
        return Read(Fee(name, fen(whole * each * term.periods), timing, fact.payee))
    if fact.unit == "percent" and _BALANCE.search(fact.base):
        return Read(Fee(name, Decimal(0), Timing.PERIODIC, fact.payee, fact.value * each))
    return Read(Fee(name, fen(whole * each), Timing.PERIODIC, fact.payee))
