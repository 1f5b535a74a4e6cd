"""The repayment plan of a contract as cash flows, and how it compares with what rate and method give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contract_scan.cost.annualise import NoRate, periodic_rate
from contract_scan.cost.cashflow import ZERO, Due, fen
from contract_scan.cost.notes import numbers
from contract_scan.cost.term import LONGEST, Term, pace_of
from contract_scan.model import Fact

_EACH = "写明的每期还款"
PARTS = ("principal", "interest", "paid", "balance", "due")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due in each instalment (CNY). ``split`` is false where the plan only tells totals.

    ``with_fees``: its sums hold charges besides interest. ``days`` are empty where they are not all told. ``words``:
    what told it.
    """

    dues: tuple[Due, ...]
    split: bool
    with_fees: bool
    days: tuple[date, ...]
    facts: tuple[Fact, ...]
    words: str = "还款计划表"

    @property
    def total(self) -> Decimal:
        """Everything the plan asks for (CNY)."""
        return sum((due.principal + due.interest + due.fees for due in self.dues), ZERO)


def read_plan(facts: Sequence[Fact]) -> Plan | None:
    """The plan that the contract holds, None where it holds none or more than one."""
    cells = [fact for fact in facts if fact.kind == "schedule" and not fact.role.startswith("repaid")]
    if not cells:
        return _in_stages(facts)
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


def _in_stages(facts: Sequence[Fact]) -> Plan | None:
    """The plan of stages (第1期至第35期每期还款2,500元，第36期还款60,000元), if they tell every instalment once."""
    told = [
        (fact, value) for fact, value in numbers(facts, "amount", "instalment") if fact.unit == "yuan" and value > 0
    ]
    count = _count(facts, [fact for fact, _ in told])
    if not any(fact.timing for fact, _ in told) or not 2 <= count <= LONGEST:
        return None
    usual = {value for fact, value in told if not fact.timing}
    each = [{v for f, v in told if number in f.instalments(count)} or usual for number in range(1, count + 1)]
    if any(len(values) != 1 for values in each):
        return None
    dues = tuple(Due(next(iter(values)), ZERO, ZERO) for values in each)
    return Plan(dues, split=False, with_fees=False, days=(), facts=tuple(fact for fact, _ in told), words=_EACH)


def read_parts(facts: Sequence[Fact], principal: Decimal, term: Term) -> Plan | None:
    """The plan of 每期还本400元、利息40元, where these parts add up to the principal; None where they do not."""
    parts = numbers(facts, "amount", "principal-part")
    interest = [(f, value) for f, value in numbers(facts, "amount", "interest") if f.per in ("instalment", "month")]
    each, most = {value for _, value in parts}, {value for _, value in interest}
    if len(each) != 1 or len(most) > 1 or abs(sum(each) * term.periods - principal) > term.periods:
        return None
    part, rest = each.pop(), most.pop() if most else ZERO
    last = principal - part * (term.periods - 1)
    dues = tuple(Due(last if at == term.periods else part, rest) for at in range(1, term.periods + 1))
    return Plan(dues, split=True, with_fees=False, days=(), facts=tuple(f for f, _ in (*parts, *interest)), words=_EACH)


def _count(facts: Sequence[Fact], told: Sequence[Fact]) -> int:
    """How many instalments there are: as the term says, else the last one named (0: not known)."""
    terms = {value for fact, value in numbers(facts, "term", "loan") if fact.unit in ("month", "instalment")}
    if terms:
        return int(terms.pop()) if len(terms) == 1 else 0
    named = [fact.timing.partition("-")[2] or fact.timing for fact in told]
    ends = [int(end) for end in named if end.isdigit()]
    return max(ends, default=0) + any(end == "last" for end in named)


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
    found = pace_of(usual)
    return Term(count, found.per_year, f"{count} 期，{found.words}一期（还款计划表）")


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
