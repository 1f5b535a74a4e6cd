"""The contract's own interest rate, told per year: one, or several that contradict, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from contract_scan.cost.notes import Notes, numbers, percent
from contract_scan.cost.steps import told_stage
from contract_scan.model import Fact

MOST = 3
HIGHEST = Decimal(100_000)
_NAMES = {"year": "年利率", "month": "月利率", "day": "日利率", "instalment": "每期利率"}
_CENT = Decimal("0.011")


def read_basis(facts: Sequence[Fact]) -> tuple[Decimal, bool]:
    """(days of a year, whether the contract says so)."""
    found = {value for _, value in numbers(facts, "day-count")}
    return (found.pop(), True) if len(found) == 1 else (Decimal(365), False)


def read_rates(facts: Sequence[Fact], notes: Notes, *, per_year: Decimal, lpr: Decimal | None) -> tuple[Decimal, ...]:
    """The yearly simple rates the contract may mean (per cent), the highest first; empty where none is stated."""
    stated = [(f, v) for f, v in numbers(facts, "rate", "contract") if f.unit == "percent" and 0 <= v < HIGHEST]
    lpr = _named_lpr(facts) or lpr
    basis, basis_known = read_basis(facts)
    yearly = {v: f for f, v in stated if f.per == "year" and not f.base}
    yearly |= _from_lpr(facts, stated, lpr, notes, known=yearly)
    factors = {"month": (Decimal(12),), "instalment": (per_year,), "day": (Decimal(360), Decimal(365))}
    for fact, value in stated:
        if fact.per in factors and not any(
            _near(value * times, year) for times in factors[fact.per] for year in yearly
        ):
            yearly.setdefault(value * (basis if fact.per == "day" else factors[fact.per][0]), fact)
            if fact.per == "day" and not basis_known:
                notes.assumptions.append(_UNKNOWN_BASIS)
    for rate in _totals(tuple(yearly), facts):
        del yearly[rate]
    notes.use(*yearly.values())
    rates = tuple(sorted({rate.normalize() for rate in yearly}, reverse=True))
    if len(rates) > 1:
        told = "、".join(f"{percent(rate)}（{_told(yearly[rate])}）" for rate in rates if rate in yearly)
        notes.conflicts.append(f"合同里的利率折算成年利率不止一个：{told}；明细按最高的 {percent(rates[0])} 计算。")
    return rates or _bounds(facts, notes)


def _totals(rates: Sequence[Decimal], facts: Sequence[Fact]) -> tuple[Decimal, ...]:
    """Those of the rates that are another one with the contract's charges added (利率3%，综合费12%，合计15%)."""
    times = {"year": Decimal(1), "month": Decimal(12)}
    told = {f.role: v * times[f.per] for f, v in numbers(facts, "fee") if f.unit == "percent" and f.per in times}
    charges = sum(told.values(), Decimal(0))
    return tuple(rate for rate in rates if charges and any(_near(rate - charges, other) for other in rates))


_UNKNOWN_BASIS = "合同只写了日利率，没有写一年按 360 天还是 365 天，这里按 365 天折算；按 360 天会低一点。"


def _named_lpr(facts: Sequence[Fact]) -> Decimal | None:
    """The LPR that the contract itself names (LPR（3.00%）加360个基点)."""
    named = {value for fact, value in numbers(facts, "rate", "reference") if fact.unit == "percent" and 1 < value < 6}
    return named.pop() if len(named) == 1 else None


def _from_lpr(
    facts: Sequence[Fact],
    stated: Iterable[tuple[Fact, Decimal]],
    lpr: Decimal | None,
    notes: Notes,
    *,
    known: dict[Decimal, Fact],
) -> dict[Decimal, Fact]:
    """Rates told as LPR + basis points or a share of the LPR; a stated result is kept, the LPR itself is no rate."""
    spreads = [(fact, value / 100) for fact, value in numbers(facts, "rate", "lpr-spread") if fact.unit == "bp"]
    shares = [(fact, value) for fact, value in stated if fact.base == "LPR"]
    results = {rate for rate in known for other in known for _, spread in spreads if _near(other + spread, rate)}
    if results:
        for rate in [rate for rate in known if rate not in results]:
            del known[rate]
        return {}
    if lpr is None or known:
        return {}
    found = {lpr + spread: fact for fact, spread in spreads} | {lpr * share / 100: fact for fact, share in shares}
    if found:
        notes.assumptions.append(f"利率跟着 LPR 走，这里按 LPR {percent(lpr)} 计算；LPR 变动以后，还款额也会变。")
    return found


def _ends(facts: Sequence[Fact]) -> list[tuple[Fact, Decimal]]:
    """The ends of the yearly rates that are written (8%–24%), each value once, the highest first."""
    ends = {
        value: fact
        for fact, value in numbers(facts, "rate", "contract-min", "contract-max")
        if fact.unit == "percent" and fact.per == "year" and not fact.base
    }
    return [(ends[value], value) for value in sorted(ends, reverse=True)]


def _bounds(facts: Sequence[Fact], notes: Notes) -> tuple[Decimal, ...]:
    """Where only a range is written (8%–24%), its ends."""
    ends = _ends(facts)
    if len(ends) != 2:
        return ()
    notes.use(*(fact for fact, _ in ends))
    (_, high), (_, low) = ends
    told = f"{percent(low)} 到 {percent(high)}"
    notes.assumptions.append(f"合同只写了利率范围 {told}，没有写你的利率是多少；明细按 {percent(high)} 计算。")
    return high, low


def written_rate(facts: Sequence[Fact]) -> str:
    """The contract's rates in words: 年利率 18%、月利率 1.6%；综合成本（年）25.2%."""
    own = dict.fromkeys(
        _told(f) for f, _ in numbers(facts, "rate", "contract") if f.unit == "percent" and f.per in _NAMES
    )
    spread = dict.fromkeys(f"LPR{v:+f} 基点" for f, v in numbers(facts, "rate", "lpr-spread") if f.unit == "bp")
    disclosed = dict.fromkeys(
        f"综合成本（年）{percent(v)}" for f, v in numbers(facts, "rate", "disclosed") if f.per == "year"
    )
    ends = _ends(facts)
    bounds = [f"年利率 {percent(ends[1][1])} 到 {percent(ends[0][1])}"] if len(ends) == 2 and not own else []
    return "、".join([*own, *bounds, *spread, *disclosed][:4])


def _told(fact: Fact) -> str:
    assert isinstance(fact.value, Decimal)
    if fact.base or fact.unit == "bp":
        return "按 LPR 计算"
    return f"{told_stage(fact)}{_NAMES.get(fact.per, '利率')} {percent(fact.value)}"


def _near(one: Decimal, other: Decimal) -> bool:
    """Equal but for rounding: 0.0329 % a day × 365 is 12 % a year."""
    return abs(one - other) <= max(_CENT, other * Decimal("0.004"))
