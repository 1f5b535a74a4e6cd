"""The repayment plan of a contract as cash flows, and how it compares with what rate and method give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contract_scan.cost.annualise import NoRate, periodic_rate
from contract_scan.cost.cashflow import MONTHLY, ZERO, Due, fen
from contract_scan.cost.term import Term
from contract_scan.model import Fact

PARTS = ("principal", "interest", "paid", "balance", "due")
#: Days between two instalments → how many there are a year, and the words for it.
PACES = (
    (6, 8, Decimal(52), "每周"),
    (13, 16, Decimal(26), "每两周"),
    (27, 32, MONTHLY, "每月"),
    (88, 93, Decimal(4), "每季"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due in each instalment (CNY). ``split`` is false where the plan only tells totals.

    ``with_fees``: its sums hold charges besides interest. ``days`` are empty where they are not all told.
    """

    dues: tuple[Due, ...]
    split: bool
    with_fees: bool
    days: tuple[date, ...]
    facts: tuple[Fact, ...]

    @property
    def total(self) -> Decimal:
        """Everything the plan asks for (CNY)."""
        return sum((due.principal + due.interest + due.fees for due in self.dues), ZERO)


def read_plan(facts: Sequence[Fact]) -> Plan | None:
    """The plan that the contract holds, None where it holds none or more than one."""
    cells = [fact for fact in facts if fact.kind == "schedule"]
    rows: dict[str, dict[str, Fact]] = {}
    for cell in cells:
        row = rows.setdefault(cell.base, {})
        if cell.role in row:
            return None  # a second plan, or two charges under one name
        row[cell.role] = cell
    ordered = [rows[str(number)] for number in range(1, len(rows) + 1) if str(number) in rows]
    if len(ordered) < 2 or len(ordered) != len(rows):
        return None
    dues = [_due(row) for row in ordered]
    split = all({"principal", "interest"} <= row.keys() for row in ordered)
    days = tuple(row["due"].value for row in ordered if "due" in row and isinstance(row["due"].value, date))
    return Plan(
        dues=tuple(dues),
        split=split,
        with_fees=any(due.fees > Decimal("0.05") for due in dues),
        days=days if len(days) == len(ordered) else (),
        facts=tuple(cells),
    )


def _due(row: dict[str, Fact]) -> Due:
    """One instalment; what the total holds beyond principal and interest is fees."""
    numbers = {role: fact.value for role, fact in row.items() if isinstance(fact.value, Decimal)}
    fees = sum((value for role, value in numbers.items() if role not in PARTS), ZERO)
    principal, interest, paid = (numbers.get(role) for role in ("principal", "interest", "paid"))
    if principal is None or interest is None:
        return Due(paid or ZERO, ZERO, ZERO)
    if paid is not None:
        fees = max(fees, paid - principal - interest)
    return Due(principal, interest, fees if fees > 0 else ZERO)


def pace(plan: Plan) -> Term:
    """The term that the plan itself tells: its instalments, and how often they come (monthly if it does not say)."""
    count = len(plan.dues)
    gaps = sorted((later - day).days for day, later in zip(plan.days, plan.days[1:], strict=False))
    usual = gaps[len(gaps) // 2] if gaps else 30
    for low, high, per_year, words in PACES:
        if low <= usual <= high:
            return Term(count, per_year, f"{count} 期，{words}一期（还款计划表）")
    return Term(count, Decimal(365) / max(usual, 1), f"{count} 期，每 {usual} 天一期（还款计划表）")


def dues_of(plan: Plan, principal: Decimal) -> tuple[Due, ...]:
    """The instalments with their interest; where only totals are told, at the rate that pays the principal off.

    Raises NoRate where the totals are less than the principal.
    """
    if plan.split:
        return plan.dues
    paid = [due.principal for due in plan.dues]
    if sum(paid) < principal:
        raise NoRate("还款计划表加起来比借款金额还少，请核对金额")
    rate = periodic_rate([principal, *(-amount for amount in paid)]) if sum(paid) > principal else ZERO
    left, out = principal, []
    for at, amount in enumerate(paid):
        interest = fen(left * rate) if at < len(paid) - 1 else amount - left
        out.append(Due(amount - interest, interest, ZERO))
        left -= amount - interest
    return tuple(out)
