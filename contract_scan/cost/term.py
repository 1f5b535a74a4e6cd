"""How long the loan runs: the number of periods and how many of them make a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contract_scan.cost.cashflow import MONTHLY, Method
from contract_scan.cost.notes import Notes, numbers, settled
from contract_scan.model import Fact

LONGEST = 600
#: Up to so many days a loan whose method is not stated is taken to be paid back at once.
SHORT = 60


@dataclass(frozen=True, slots=True)
class Term:
    """``periods`` periods, of which ``per_year`` make a year; ``words`` tell it."""

    periods: int
    per_year: Decimal
    words: str


def read_term(facts: Sequence[Fact], methods: Sequence[Method], basis: Decimal, notes: Notes) -> Term | None:
    """The term, or None with the question to ask in ``notes.needed``."""
    by_unit = {unit: _whole(facts, unit) for unit in ("month", "instalment", "day")}
    months, other_months = settled(value for _, value in by_unit["month"])
    parts, _ = settled(value for _, value in by_unit["instalment"])
    days, _ = settled(value for _, value in by_unit["day"])
    start, end = _day(facts, "start"), _day(facts, "end")
    notes.use(*(fact for unit in by_unit.values() for fact, value in unit if value in (months, parts, days)))
    if months is None and len(other_months) > 1:
        shown = "、".join(f"{value:f} 个月" for value in other_months)
        notes.needed.append(f"期限到底是几个月（合同里写了 {shown}）")
        return None
    if start and end:
        months, days = _against_dates(start, end, months, days if parts is None else None, notes)
    if months is not None:
        return _in_months(int(months), parts, notes)
    if days is not None:
        return _in_days(int(days), parts, methods, basis, notes=notes)
    if parts is not None:
        notes.assumptions.append(f"合同写了 {parts:f} 期，没有写每期多长，这里按每月一期计算。")
        return Term(int(parts), MONTHLY, f"{parts:f} 期，每月一期")
    notes.needed.append("借款期限是几个月（没有读到）")
    return None


def _whole(facts: Sequence[Fact], unit: str) -> list[tuple[Fact, Decimal]]:
    found = [(fact, value) for fact, value in numbers(facts, "term", "loan") if fact.unit == unit]
    return [(fact, value) for fact, value in found if 0 < value <= LONGEST * 10 and value == int(value)]


def _day(facts: Sequence[Fact], role: str) -> date | None:
    """The day of a role, where the contract states exactly one."""
    days = {fact.value for fact in facts if fact.kind == "date" and fact.role == role and type(fact.value) is date}
    return days.pop() if len(days) == 1 else None


def _against_dates(
    start: date, end: date, months: Decimal | None, days: Decimal | None, notes: Notes
) -> tuple[Decimal | None, Decimal | None]:
    """The term (months, days), read from the dates where it is not stated; a difference is named."""
    between, length = months_between(start, end), Decimal((end - start).days)
    if months is not None:
        nearest = round(length * 12 / Decimal("365.25"))
        if abs(nearest - months) >= 1 and between != months:
            told = f"{start} 到 {end} 是 {between or nearest} 个月" + ("" if between else "左右")
            notes.conflicts.append(f"期限写 {months:f} 个月，但 {told}；这里按 {months:f} 个月计算。")
        return months, None
    if days is not None:
        if abs(days - length) > 1:
            notes.conflicts.append(
                f"期限写 {days:f} 天，但 {start} 到 {end} 是 {length:f} 天；这里按 {days:f} 天计算。"
            )
        return None, days
    if between:
        return Decimal(between), None
    return (None, length) if length > 0 else (None, None)


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another (the last day may be one short), else 0."""
    for last in (end, end + timedelta(days=1)):
        whole = (last.year - start.year) * 12 + last.month - start.month
        month_end = (last + timedelta(days=1)).day == 1
        if whole > 0 and (last.day == start.day or (month_end and start.day > last.day)):
            return whole
    return 0


def _in_months(months: int, parts: Decimal | None, notes: Notes) -> Term | None:
    if months > LONGEST:
        notes.needed.append(f"借款期限是几个月（合同里写的是 {months} 个月，太长了，请核对）")
        return None
    count = int(parts or months)
    if count != months and (months % count and count % months):
        notes.conflicts.append(f"期限 {months} 个月，却写分 {count} 期；这里按每月一期、{months} 期计算。")
        count = months
    if count == months:
        return Term(months, MONTHLY, f"{months} 个月，每月一期")
    return Term(count, MONTHLY * count / months, f"{months} 个月，分 {count} 期")


def _in_days(
    days: int, parts: Decimal | None, methods: Sequence[Method], basis: Decimal, *, notes: Notes
) -> Term | None:
    if parts is not None and parts > 1:
        return Term(int(parts), basis * parts / days, f"{days} 天，分 {parts:f} 期")
    at_once = list(methods) == [Method.BULLET] or (days <= SHORT and not methods) or days <= 31
    if at_once:
        if not methods:
            notes.assumptions.append(f"没有写还款方式，按 {days} 天后一次还清计算。")
        return Term(1, basis / days, f"{days} 天，一次还清（一年按 {basis:f} 天）")
    if days % 30 == 0:
        notes.assumptions.append(f"期限写的是 {days} 天，这里按每月 30 天、{days // 30} 个月计算。")
        return Term(days // 30, MONTHLY, f"{days} 天，按 {days // 30} 个月、每月一期")
    notes.needed.append(f"{days} 天里分几期还、每期隔多少天（没有读到）")
    return None
