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
#: Days between two instalments → how many there are a year, and the words for it.
PACES = (
    (6, 8, Decimal(52), "每周"),
    (13, 14, Decimal(26), "每两周"),
    (15, 16, Decimal(24), "每半月"),
    (27, 32, MONTHLY, "每月"),
    (88, 93, Decimal(4), "每季"),
)
_MONTHS = {1: "每月", 3: "每季", 6: "每半年", 12: "每年"}
#: Up to so many days a loan whose method is not stated is taken to be paid back at once.
SHORT = 60


@dataclass(frozen=True, slots=True)
class Term:
    """``periods`` periods, of which ``per_year`` make a year; ``words`` tell it."""

    periods: int
    per_year: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How often instalments come: ``per_year`` a year, ``months`` (0: told in days) or ``days`` apart, in words."""

    per_year: Decimal
    words: str
    months: int = 0
    days: int = 0


def pace_of(days: int) -> Pace:
    """The pace of instalments so many days apart; about a month is a month."""
    for low, high, per_year, words in PACES:
        if low <= days <= high:
            return Pace(per_year, words, days=days)
    return Pace(Decimal(365) / max(days, 1), f"每 {days} 天", days=days)


def read_pace(facts: Sequence[Fact], methods: Sequence[Method], notes: Notes) -> Pace | None:
    """How far apart the instalments are, None where the contract does not say or everything is paid at once."""
    found = numbers(facts, "term", "interval")
    told, others = settled(value if fact.unit == "month" else value / 1000 for fact, value in found)
    if told is None and others:
        notes.assumptions.append("合同写了不止一种还款间隔，这里没有按它们计算。")
    if told is None or list(methods) == [Method.BULLET]:
        return None
    notes.use(*(fact for fact, value in found if told in (value, value / 1000)))
    if told < 1:
        return pace_of(int(told * 1000))
    months = int(told)
    return Pace(MONTHLY / months, _MONTHS.get(months, f"每 {months} 个月"), months=months)


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
    pace = read_pace(facts, methods, notes)
    if pace is not None and (spaced := _spaced(pace, months, days, parts, notes)):
        return spaced
    if months is not None:
        return _in_months(int(months), parts, notes)
    if days is not None:
        return _in_days(int(days), parts, methods, basis, notes=notes)
    if parts is not None:
        notes.assumptions.append(f"合同写了 {parts:f} 期，没有写每期多长，这里按每月一期计算。")
        return Term(int(parts), MONTHLY, f"{parts:f} 期，每月一期")
    notes.needed.append("借款期限是几个月（没有读到）")
    return None


def _spaced(
    pace: Pace, months: Decimal | None, days: Decimal | None, parts: Decimal | None, notes: Notes
) -> Term | None:
    """The term with instalments as far apart as the contract says; None where that does not fit it."""
    whole = f"{months:f} 个月" if months is not None else f"{days:f} 天" if days is not None else ""
    length = months if pace.months else days if days is not None else months and months * Decimal(365) / 12
    fit = length / (pace.months or pace.days) if length else parts
    if fit is None or not 0 < fit <= LONGEST:
        return None
    count = int(parts) if parts is not None and abs(fit - parts) < 1 else int(fit)
    if count < 1 or (pace.months and fit != count) or (parts is not None and count != parts):
        notes.conflicts.append(
            f"期限{f' {whole}' if whole else ''}和{pace.words}一期对不上，这里没有按{pace.words}计算。"
        )
        return None
    if parts is None and fit != count:
        notes.assumptions.append(f"期限 {whole}、{pace.words}一期，这里按 {count} 期计算。")
    return Term(count, pace.per_year, "，".join(filter(None, (whole, f"{count} 期", f"{pace.words}一期"))))


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
