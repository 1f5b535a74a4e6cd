"""What is paid when: the schedule of a loan from its terms. Amounts in CNY, rounded to the fen in each period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

FEN = Decimal("0.01")
ZERO = Decimal(0)
MONTHLY = Decimal(12)


class Method(StrEnum):
    """How the principal and the interest come back."""

    EQUAL_INSTALMENT = "等额本息"
    EQUAL_PRINCIPAL = "等额本金"
    INTEREST_ONLY = "先息后本"
    BULLET = "一次性还本付息"
    FLAT = "等本等息"


class Timing(StrEnum):
    """When a fee is paid.

    UPFRONT is withheld (t = 0); FIRST is one-off with the first instalment (t = 1); DEPOSIT is kept back at t = 0
    and given back with the last instalment.
    """

    UPFRONT = "upfront"
    FIRST = "once"
    PERIODIC = "monthly"
    LAST = "last"
    DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True)
class Fee:
    """A charge besides interest: its name, the amount each time (CNY), when, who is paid.

    ``of_balance``: instead of a fixed amount, this per cent of the principal still owed, each period.
    """

    name: str
    amount: Decimal
    timing: Timing
    payee: str = ""
    of_balance: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Due:
    """What a repayment plan asks for in one period (CNY)."""

    principal: Decimal
    interest: Decimal
    fees: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Terms:
    """A loan: principal as written (CNY), yearly rate (per cent, simple), number of periods, method, fees.

    ``per_year``: how many periods a year has (12; for one payment after 90 days of 360: 4). ``withheld`` is what
    did not arrive besides the fees (CNY); ``prepaid``: for how many periods that was the interest, paid in advance.
    ``plan``: what the contract's own plan asks for in each period, instead of what rate and method give.
    ``advance``: the first instalment is taken on the day of lending, each other one a period earlier too.
    ``repaid``: the principal due in each period where the contract sets it day by day; empty where the method does.
    ``rates``, ``methods``: those of each period where they change on the way; empty where they stay.
    """

    principal: Decimal
    rate: Decimal
    periods: int
    method: Method
    fees: tuple[Fee, ...] = ()
    withheld: Decimal = ZERO
    per_year: Decimal = MONTHLY
    prepaid: int = 0
    plan: tuple[Due, ...] = ()
    rates: tuple[Decimal, ...] = ()
    methods: tuple[Method, ...] = ()
    advance: bool = False
    repaid: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        if self.principal <= 0 or self.periods < 1 or self.rate < 0:
            raise ValueError("a loan needs a positive principal, at least one period and no negative rate")
        if self.plan and len(self.plan) != self.periods:
            raise ValueError("a plan tells every period once")
        if any(steps and len(steps) != self.periods for steps in (self.rates, self.methods, self.repaid)):
            raise ValueError("rates and methods that change are told for every period")

    def rate_in(self, period: int) -> Decimal:
        """The yearly rate of a period (per cent)."""
        return self.rates[period - 1] if self.rates else self.rate

    def method_in(self, period: int) -> Method:
        """The method of a period."""
        return self.methods[period - 1] if self.methods else self.method

    def turns_in(self, period: int) -> bool:
        """Whether another rate or method begins with a period, so that the instalment is settled anew."""
        now, before = period, period - 1
        return now == 1 or (self.rate_in(now), self.method_in(now)) != (self.rate_in(before), self.method_in(before))


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the schedule (CNY): 0 is the day the money arrives."""

    period: int
    principal: Decimal
    interest: Decimal
    fees: Decimal
    balance: Decimal

    @property
    def paid(self) -> Decimal:
        """What the borrower pays in this period; in period 0, what is kept back."""
        return self.principal + self.interest + self.fees


def schedule(terms: Terms) -> tuple[Row, ...]:
    """Every period from 0 (disbursement) to the last; the last clears the balance."""
    rows = _rows(terms)
    if not terms.advance or terms.periods == 1:
        return rows
    zero, first = rows[:2]
    paid = Row(0, first.principal, zero.interest + first.interest, zero.fees + first.fees, first.balance)
    return (paid, *(replace(row, period=row.period - 1) for row in rows[2:]))


def _rows(terms: Terms) -> tuple[Row, ...]:
    """Every period, the first instalment a period after the money."""
    kept = ZERO if terms.prepaid else terms.withheld
    rows = [Row(0, ZERO, terms.withheld - kept, _fees(terms, 0, terms.principal) + kept, terms.principal)]
    if terms.plan:
        return (*rows, *_planned(terms))
    balance = terms.principal
    opening, first = balance, 1
    for period in range(1, terms.periods + 1):
        if terms.turns_in(period):
            opening, first = balance, period
        interest = _interest(terms, balance, period)
        level = terms.repaid[period - 1] if terms.repaid else _level(terms, opening, first, interest)
        repaid = balance if period == terms.periods else min(level, balance)
        fees = _fees(terms, period, balance)
        balance -= repaid
        rows.append(Row(period, repaid, interest, fees, balance))
    done = terms.periods if terms.method is Method.BULLET and terms.prepaid else terms.prepaid
    return tuple(replace(row, interest=ZERO) if 1 <= row.period <= done else row for row in rows)


def _planned(terms: Terms) -> Iterator[Row]:
    """The periods of the contract's own plan, with the fees that it does not hold."""
    balance = terms.principal
    for period, due in enumerate(terms.plan, 1):
        fees = due.fees + _fees(terms, period, balance)
        balance -= due.principal
        yield Row(period, due.principal, due.interest, fees, balance)


def flows(terms: Terms, rows: Sequence[Row]) -> tuple[Decimal, ...]:
    """The borrower's flows: + what arrives at t = 0, − what is paid in each period."""
    return (terms.principal - rows[0].paid, *(-row.paid for row in rows[1:]))


def instalment(terms: Terms) -> Decimal:
    """The level payment each period (CNY, to the fen)."""
    return _annuity(terms.principal, terms.rate / 100 / terms.per_year, terms.periods)


def _annuity(principal: Decimal, each: Decimal, count: int) -> Decimal:
    if not each:
        return fen(principal / count)
    return fen(principal * each / (1 - (1 + each) ** -count))


def period_interest(terms: Terms, base: Decimal, rate: Decimal) -> Decimal:
    """Simple interest on *base* for one period at a yearly rate (CNY, to the fen)."""
    return fen(base * rate / 100 / terms.per_year)


def fen(amount: Decimal) -> Decimal:
    """Rounded to the fen, halves up."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def _interest(terms: Terms, balance: Decimal, period: int) -> Decimal:
    method = terms.method_in(period)
    if method is Method.BULLET:
        unpaid = [n for n in range(1, terms.periods + 1) if terms.method_in(n) is Method.BULLET]
        whole = sum((terms.rate_in(n) for n in unpaid), ZERO)
        return period_interest(terms, balance, whole) if period == terms.periods else ZERO
    base = terms.principal if method is Method.FLAT else balance
    return period_interest(terms, base, terms.rate_in(period))


def _level(terms: Terms, opening: Decimal, first: int, interest: Decimal) -> Decimal:
    """The principal due in a period, of what was owed when its rate and method began in period *first*."""
    left = terms.periods - first + 1
    method = terms.method_in(first)
    if method is Method.EQUAL_INSTALMENT:
        return _annuity(opening, terms.rate_in(first) / 100 / terms.per_year, left) - interest
    return fen(opening / left) if method in (Method.EQUAL_PRINCIPAL, Method.FLAT) else ZERO


def _fees(terms: Terms, period: int, balance: Decimal) -> Decimal:
    return sum((_due(fee, terms, period, balance) for fee in terms.fees), ZERO)


def _due(fee: Fee, terms: Terms, period: int, balance: Decimal) -> Decimal:
    """What one fee takes in a period (negative: what it gives back)."""
    if period and fee.of_balance:
        return fen(balance * fee.of_balance / 100)
    last = period == terms.periods
    due = {
        Timing.UPFRONT: not period,
        Timing.FIRST: period == 1,
        Timing.PERIODIC: period > 0,
        Timing.LAST: last,
        Timing.DEPOSIT: not period or last,
    }[fee.timing]
    amount = fee.amount if due else ZERO
    return -amount if period and fee.timing is Timing.DEPOSIT else amount
