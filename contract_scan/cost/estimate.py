"""Facts → cost card: which figures decide, which are missing, which had to be assumed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contract_scan.cost.annualise import NoRate, annual
from contract_scan.cost.cashflow import Fee, Method, Terms, Timing, flows, schedule
from contract_scan.model import CostCard, CostRow, Fact

PER_YEAR = {"year": Decimal(1), "month": Decimal(12)}
METHODS = {method.value: method for method in Method}
#: When nothing says how the loan is repaid, these bound what is usual.
USUAL = (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.INTEREST_ONLY, Method.BULLET, Method.FLAT)
#: Fees that only arise when something goes wrong, or that the borrower may avoid, are no cost of normal performance.
AVOIDABLE = ("at-default", "on-prepayment", "other")
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the facts say: decisive numbers (None where they do not), fees, and remarks for the reader."""

    principal: Decimal | None
    rate: Decimal | None
    months: int | None
    methods: tuple[Method, ...]
    fees: tuple[Fee, ...]
    needed: tuple[str, ...]
    assumptions: tuple[str, ...]


def estimate(facts: Sequence[Fact]) -> CostCard:
    """The cost card of a contract without the lines in law; ``needed`` says what to ask where it cannot be computed."""
    read = _read(facts)
    if read.needed or read.principal is None or read.rate is None or read.months is None:
        return CostCard(needed=read.needed, assumptions=read.assumptions, stated=read.rate)
    terms = Terms(read.principal, read.rate, read.months, read.methods[0], read.fees)
    try:
        cards = [_computed(replace(terms, method=method)) for method in read.methods]
    except NoRate as error:
        return CostCard(needed=(str(error),), assumptions=read.assumptions, stated=read.rate)
    rates = [card.simple for card in cards if card.simple is not None]
    card = replace(cards[0], assumptions=read.assumptions, inputs=_inputs(terms), stated=read.rate)
    return replace(card, low=min(rates), high=max(rates)) if len(cards) > 1 else card


def _computed(terms: Terms) -> CostCard:
    rows = schedule(terms)
    movements = flows(terms, rows)
    rate = annual(movements)
    return CostCard(
        received=movements[0],
        total_paid=-sum(movements[1:], Decimal(0)),
        simple=rate.simple,
        compound=rate.compound,
        rows=tuple(CostRow(row.period, row.principal, row.interest, row.fees, row.balance) for row in rows),
        shares=_shares(terms, rate.simple),
    )


def _shares(terms: Terms, whole: Decimal) -> tuple[tuple[str, Decimal], ...]:
    """How many points of the whole rate go away when one charge is left out."""
    out = [("利息", whole - _simple(replace(terms, rate=Decimal(0))))] if terms.rate else []
    for fee in terms.fees:
        rest = tuple(other for other in terms.fees if other is not fee)
        out.append((fee.name, whole - _simple(replace(terms, fees=rest))))
    return tuple(out)


def _simple(terms: Terms) -> Decimal:
    movements = flows(terms, schedule(terms))
    return Decimal(0) if not sum(movements) else annual(movements).simple


def _inputs(terms: Terms) -> tuple[tuple[str, str], ...]:
    """Everything the numbers were computed from, as the reader may type it into a calculator."""
    rows = [
        ("合同金额", f"{terms.principal:,.2f} 元"),
        ("年利率（按合同折算，单利）", f"{terms.rate.normalize():f}%"),
        ("期数", f"{terms.months} 个月，每月一期"),
        ("还款方式", terms.method.value),
    ]
    when = {Timing.UPFRONT: "放款时", Timing.FIRST: "随第一期", Timing.MONTHLY: "每期", Timing.LAST: "最后一期"}
    return (*rows, *((fee.name, f"{when[fee.timing]} {fee.amount:,.2f} 元") for fee in terms.fees))


def _read(facts: Sequence[Fact]) -> _Read:
    notes: list[str] = []
    principal, why_principal = _principal(facts)
    rate, why_rate = _rate(facts, notes)
    months, why_months = _months(facts, notes)
    needed = [why for why in (why_principal, why_rate, why_months) if why]
    fees = _fees(facts, principal or Decimal(0), needed, notes)
    return _Read(principal, rate, months, _methods(facts, notes), fees, tuple(needed), tuple(notes))


def _values(facts: Iterable[Fact], kind: str, role: str) -> list[Fact]:
    return [f for f in facts if f.kind == kind and f.role == role and isinstance(f.value, Decimal)]


def _principal(facts: Sequence[Fact]) -> tuple[Decimal | None, str]:
    amounts = {f.value for f in _values(facts, "amount", "principal") if isinstance(f.value, Decimal) and f.value > 0}
    if len(amounts) == 1:
        return amounts.pop(), ""
    if not amounts:
        return None, "借款金额是多少（合同里没有填写）"
    shown = "、".join(f"{amount:,.2f} 元" for amount in sorted(amounts))
    return None, f"借款金额到底是哪一个（合同里写了 {shown}）"


def _rate(facts: Sequence[Fact], notes: list[str]) -> tuple[Decimal | None, str]:
    """The stated rate in per cent per year, simple; day rates by the contract's basis, else 365."""
    basis = next((f.value for f in facts if f.kind == "day-count" and isinstance(f.value, Decimal)), None)
    yearly: dict[Decimal, Fact] = {}
    for fact in _values(facts, "rate", "contract"):
        if fact.unit != "percent" or not isinstance(fact.value, Decimal):
            continue
        factor = (basis or Decimal(365)) if fact.per == "day" else PER_YEAR.get(fact.per)
        if factor:
            yearly.setdefault((fact.value * factor).normalize(), fact)
    if len(yearly) == 1:
        rate, fact = next(iter(yearly.items()))
        if fact.per == "day" and basis is None:
            notes.append("合同只写了日利率，没有写一年按 360 天还是 365 天，这里按 365 天折算。")
        return rate, ""
    if not yearly:
        return None, "年利率是多少（合同里没有写明确的数字）"
    return None, "年利率到底是哪一个（合同里写了 " + "、".join(f"{rate:f}%" for rate in sorted(yearly)) + "）"


def _months(facts: Sequence[Fact], notes: list[str]) -> tuple[int | None, str]:
    found: set[int] = set()
    for fact in _values(facts, "term", "loan"):
        if isinstance(fact.value, Decimal) and fact.value == int(fact.value) and fact.value > 0:
            if fact.unit in ("month", "instalment"):
                found.add(int(fact.value))
            elif fact.unit == "year":
                found.add(int(fact.value) * 12)
            elif fact.unit == "day" and fact.value % 30 == 0:
                found.add(int(fact.value) // 30)
                notes.append(f"期限写的是 {fact.value} 天，这里按每月 30 天、{fact.value // 30} 个月计算。")
    if len(found) == 1:
        return found.pop(), ""
    if not found:
        return None, "借款期限是几个月（合同里没有写明，或不是整月）"
    return None, "期限到底是几个月（合同里写了 " + "、".join(map(str, sorted(found))) + "）"


def _methods(facts: Sequence[Fact], notes: list[str]) -> tuple[Method, ...]:
    named = {METHODS[str(f.value)] for f in facts if f.kind == "repayment-method" and f.value in METHODS}
    if len(named) == 1:
        return tuple(named)
    why = "合同没有写还款方式" if not named else "合同写了不止一种还款方式"
    notes.append(f"{why}，下面的明细按等额本息计算，年化给出几种常见方式的范围。")
    return USUAL if not named else tuple(sorted(named))


def _fees(facts: Sequence[Fact], principal: Decimal, needed: list[str], notes: list[str]) -> tuple[Fee, ...]:
    """Charges of normal performance; a charge without a number is asked for, not guessed."""
    out: list[Fee] = []
    for fact in facts:
        if fact.kind != "fee" or fact.timing in AVOIDABLE:
            continue
        if not isinstance(fact.value, Decimal):
            notes.append(f"{fact.role}没有写明金额，没有算进去，实际成本会更高。")
            continue
        if fact.unit not in ("percent", "yuan"):
            continue
        amount = principal * fact.value / _PERCENT if fact.unit == "percent" else fact.value
        timing = _timing(fact, notes)
        fee = Fee(fact.role or "费用", amount, timing)
        if fee not in out:
            out.append(fee)
    return tuple(out)


def _timing(fact: Fact, notes: list[str]) -> Timing:
    if fact.timing == "upfront":
        return Timing.UPFRONT
    if fact.timing == "monthly" or fact.per in ("month", "instalment"):
        return Timing.MONTHLY
    if fact.timing != "once":
        notes.append(f"没有写明{fact.role}什么时候付，这里按随第一期一起付计算。")
    return Timing.FIRST
