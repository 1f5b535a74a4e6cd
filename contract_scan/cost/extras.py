"""What it costs to be late, to leave early, and what the instalments mean for an income."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract_scan.cost.cashflow import Row, Terms, fen
from contract_scan.cost.notes import numbers, percent, yuan
from contract_scan.model import Fact, Role

LATE_DAYS = 30
_WHOLE = re.compile("总额|全部|合同金额|借款金额|贷款金额|初始|全额")
_BALANCE = re.compile("剩余|未[偿归]?还本金|未清偿|余额|欠款总")
_FOR_LATENESS = re.compile("逾期|迟延|违约金|違約金|滞纳|罚")


def read_extras(
    facts: Sequence[Fact], terms: Terms, rows: Sequence[Row], *, lpr: Decimal | None, basis: Decimal
) -> tuple[tuple[str, str], ...]:
    """(name, what it costs and how that was computed), in a fixed order; what the contract does not say is absent."""
    facts = [fact for fact in facts if fact.payee != Role.BORROWER]
    out = [("提前还清", text) for text in _prepayment(facts, rows)]
    daily = list(_daily(facts, terms, rows, lpr=lpr, basis=basis))
    for name, days in (("晚还一天", 1), (f"晚还 {LATE_DAYS} 天", LATE_DAYS)):
        if text := _late(daily, days):
            out.append((name, text))
    if once := "；".join(dict.fromkeys(_once(facts))):
        out.append(("逾期另收", once))
    return tuple(out)


def burden(rows: Sequence[Row], income: Decimal | None) -> tuple[str, ...]:
    """What the instalments mean for a monthly income, in words; empty where no income is given."""
    if income is None or income <= 0:
        return ()
    highest = max(row.paid for row in rows[1:])
    share = highest / income
    told = f"还款最多的一期 {yuan(highest)}，是月收入 {yuan(income)}的 {share * 100:.0f}%"
    if share > 1:
        word = "，超过一个月的收入：只靠收入还不上这一期。"
    elif share > Decimal("0.5"):
        word = f"，超过一半：余下 {yuan(income - highest)}要管全部生活，收入一有变动就可能逾期。"
    elif share > Decimal("0.3"):
        word = f"，三成以上：余下 {yuan(income - highest)}，请先算清每月的固定开支。"
    else:
        word = f"，余下 {yuan(income - highest)}。"
    return told + word, "其他借款、信用卡、房租每月要还多少，也要加在一起算。"


def _prepayment(facts: Sequence[Fact], rows: Sequence[Row]) -> Iterator[str]:
    """Each charge for paying early, with an example at half the time."""
    half = rows[len(rows) // 2] if len(rows) > 2 else rows[0]
    when = f"例如还完第 {half.period} 期后提前还清，剩余本金 {yuan(half.balance)}" if half.period else "例如全部提前还"
    for fact, value in numbers(facts, "fee"):
        if fact.timing != "on-prepayment" or not 0 < value < 10**9:
            continue
        if fact.unit == "yuan":
            yield f"{fact.role}：{yuan(value)}"
        elif fact.unit == "percent" and fact.per in ("", "once"):
            base = rows[0].balance if _WHOLE.search(fact.base) else half.balance
            told = fact.base[:20] or "提前还的本金"
            yield f"{fact.role}：{told}的 {percent(value)}；{when}，要付 {yuan(fen(base * value / 100))}"


def _daily(
    facts: Sequence[Fact], terms: Terms, rows: Sequence[Row], *, lpr: Decimal | None, basis: Decimal
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(how it is told, what it is taken of in CNY, per cent a day) of each charge that runs by the day."""
    seen: list[tuple[Decimal, Decimal, Fact]] = []
    found = [*numbers(facts, "rate", "overdue"), *_by_the_day(facts)]
    for fact, value in found:
        told, rate = _rate_a_day(fact, value, terms.rate_in(1), lpr, basis=basis)
        base, of = _base(fact, rows)
        again = any(
            base == other and told_by.role == fact.role and _same_rate(rate, known, told_by.per == fact.per)
            for other, known, told_by in seen
        )
        if rate > 0 and not again:
            seen.append((base, rate, fact))
            yield f"{of} {yuan(base)} × {told}", base, rate


def _same_rate(one: Decimal, other: Decimal, same_period: bool) -> bool:
    """Whether two rates a day are one, told again: 年11.76%（日万分之三点三）, rounded, or of 360 days."""
    return abs(one - other) <= (Decimal("0.00005") if same_period else other * Decimal("0.03"))


def _by_the_day(facts: Sequence[Fact]) -> list[tuple[Fact, Decimal]]:
    return [
        (f, v) for f, v in numbers(facts, "fee") if f.timing == "at-default" and f.per == "day" and f.unit == "percent"
    ]


def _rate_a_day(
    fact: Fact, value: Decimal, rate: Decimal, lpr: Decimal | None, *, basis: Decimal
) -> tuple[str, Decimal]:
    """(the rate in words, per cent a day); 0 where it cannot be told."""
    if not 0 < value < 10**4 or fact.unit != "percent":
        return "", Decimal(0)
    if fact.base == "合同利率":
        yearly = rate * (1 + value / 100)
        return f"年 {percent(yearly)}（合同利率加收 {percent(value)}）÷ {basis:f}", yearly / basis
    if fact.base == "LPR":
        return (f"年 {percent(value * lpr / 100)} ÷ {basis:f}", value * lpr / 100 / basis) if lpr else ("", Decimal(0))
    if fact.base.endswith("利率"):
        return "", Decimal(0)
    if fact.per == "year":
        return f"年 {percent(value)} ÷ {basis:f}", value / basis
    if fact.per == "month":
        return f"月 {percent(value)} ÷ 30", value / 30
    return (f"每天 {percent(value)}", value) if fact.per == "day" else ("", Decimal(0))


def _base(fact: Fact, rows: Sequence[Row]) -> tuple[Decimal, str]:
    """What a charge for lateness is taken of when the first instalment is late."""
    if fact.base != "合同利率" and _WHOLE.search(fact.base):
        return rows[0].balance, "借款总额"
    if fact.base != "合同利率" and _BALANCE.search(fact.base):
        return rows[0].balance, "剩余本金"
    first = next((row for row in rows[1:] if row.paid > 0), rows[-1])
    return first.paid, "到期应还的" if first is rows[-1] else f"逾期的第 {first.period} 期"


def _late(daily: Sequence[tuple[str, Decimal, Decimal]], days: int) -> str:
    """What so many days cost: one sum, or each charge where the contract has several."""
    parts = [(f"{how} × {days} 天" if days > 1 else how, fen(base * rate / 100 * days)) for how, base, rate in daily]
    if not parts:
        return ""
    if len(parts) == 1:
        return f"{yuan(parts[0][1])}：{parts[0][0]}"
    each = "；".join(f"{how} = {yuan(cost)}" for how, cost in parts)
    return f"{each}；同时收是 {yuan(sum((cost for _, cost in parts), Decimal(0)))}"


def _once(facts: Sequence[Fact]) -> Iterator[str]:
    """Charges for lateness that do not run by the day."""
    for fact, value in numbers(facts, "fee"):
        if fact.timing != "at-default" or (fact.per == "day" and fact.unit == "percent") or not 0 < value < 10**9:
            continue
        told = percent(value) if fact.unit == "percent" else yuan(value)
        of = f"{fact.base[:20]}的 " if fact.unit == "percent" and fact.base else ""
        per = {"day": "每天 ", "month": "每月 ", "instalment": "每期 "}.get(fact.per, "")
        yield f"{fact.role} {of}{per}{told}"
