"""Facts → the figures a loan is computed from; what is missing becomes a question, what contradicts a remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contract_scan.cost.annualise import periodic_rate
from contract_scan.cost.cashflow import MONTHLY, ZERO, Method, Terms, Timing, instalment, schedule
from contract_scan.cost.fees import Read, is_regular, read_fees
from contract_scan.cost.notes import Notes, numbers, settled, yuan
from contract_scan.cost.plan import Plan, dues_of, pace, read_parts, read_plan
from contract_scan.cost.rates import MOST, read_basis, read_rates
from contract_scan.cost.solve import solve
from contract_scan.cost.steps import read_method_steps, read_rate_steps, read_repaid
from contract_scan.cost.term import Term, read_term
from contract_scan.model import Fact

METHODS = {method.value: method for method in Method}
REVOLVING = "随借随还"
#: When nothing says how the loan is repaid, these bound what is usual.
USUAL = (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.INTEREST_ONLY, Method.BULLET, Method.FLAT)
#: How equal parts of the principal come back: with interest on what is left, or on the whole.
EVEN = (Method.EQUAL_PRINCIPAL, Method.FLAT)
LARGEST = Decimal(10) ** 10
_CLOSE = Decimal(1)
_ROUNDED = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figures:
    """What decides: ``rates`` and ``methods`` hold more than one where the contract does not settle them."""

    principal: Decimal
    term: Term
    rates: tuple[Decimal, ...]
    methods: tuple[Method, ...]
    fees: tuple[Read, ...]
    received: Decimal | None
    stated_instalment: Decimal | None
    stated_total: Decimal | None
    stated_interest: Decimal | None
    basis: Decimal
    implied: bool = False
    plan: Plan | None = None
    rate_steps: tuple[Decimal, ...] = ()
    method_steps: tuple[Method, ...] = ()
    advance: bool = False
    repaid: tuple[Decimal, ...] = ()


def read_figures(facts: Sequence[Fact], notes: Notes, lpr: Decimal | None) -> Figures | None:
    """The figures, or None with the questions in ``notes.needed``. Raises NoRate where a plan has no rate."""
    basis, _ = read_basis(facts)
    plan = read_plan(facts)
    methods = _methods(facts, notes)
    principal = _principal(facts, notes, plan)
    term = read_term(facts, methods, basis, notes) if plan is None else _planned_term(facts, plan, basis, notes)
    rate_steps, method_steps = read_rate_steps(facts, term, basis), read_method_steps(facts, term)
    rates = _rates(facts, rate_steps, term, notes, lpr=lpr)
    stated = _stated(facts, principal, notes)
    implied = None
    repaid: tuple[Decimal, ...] = ()
    if not rates and principal and term:
        plan = plan or _parts(facts, principal, term)
        implied = _implied_by(plan, principal, term) if plan else _implied(principal, term, methods, stated)
    if not rates and implied is None:
        notes.needed.append("年利率是多少（没有读到明确的数字）")
    if notes.needed or principal is None or term is None:
        return None
    if implied is not None:
        rates, methods = (implied[0],), (implied[1],)
        told = f"利息按{implied[2]}倒推" if implied[0] else "也没有写利息，按没有利息、只有费用计算"
        notes.assumptions.append(f"合同没有写利率，{told}。")
    elif repaid := read_repaid(facts, principal, term):
        methods = (Method.INTEREST_ONLY,)
    elif method_steps:
        methods = method_steps[-1:]
    else:
        flat = Terms(principal, rates[0], term.periods, Method.FLAT, per_year=term.per_year)
        parted = read_parts(facts, principal, term) is not None
        methods = _settle_methods(methods or (EVEN if parted else ()), flat, stated, notes)
    fees = read_fees(facts, principal, term, notes)
    if implied and implied[1] is Method.FLAT and stated["instalment"]:
        rates = _with_or_without(rates[0], fees, principal, term, notes, disclosed=_disclosed(facts))
    return Figures(
        principal=principal,
        term=term,
        rates=rates,
        methods=methods,
        fees=fees,
        received=stated["received"],
        stated_instalment=stated["instalment"],
        stated_total=stated["total"],
        stated_interest=stated["interest"],
        basis=basis,
        implied=implied is not None,
        plan=plan,
        rate_steps=rate_steps,
        method_steps=method_steps,
        repaid=repaid,
        advance=bool(numbers(facts, "term", "first-due")),
    )


def _rates(
    facts: Sequence[Fact], steps: Sequence[Decimal], term: Term | None, notes: Notes, *, lpr: Decimal | None
) -> tuple[Decimal, ...]:
    """The yearly rates the contract may mean, the highest first; of rates that change on the way, the highest."""
    if steps:
        notes.use(*(fact for fact, _ in numbers(facts, "rate", "contract")))
        return (max(steps),)
    rates = read_rates(facts, notes, per_year=term.per_year if term else MONTHLY, lpr=lpr)
    if len(rates) > MOST:
        notes.needed.append("年利率到底是哪一个（合同里写了好几个）")
    return rates


def _stated(facts: Sequence[Fact], principal: Decimal | None, notes: Notes) -> dict[str, Decimal | None]:
    """The amounts besides the principal that the contract settles; interest kept back makes what is received."""
    stated = {role: _single(facts, role, notes) for role in ("received", "instalment", "total", "interest")}
    ahead = [(fact, value) for fact, value in numbers(facts, "amount", "interest") if fact.timing == "upfront"]
    if principal and stated["received"] is None and len(ahead) == 1 and ahead[0][1] < principal:
        stated["received"] = principal - ahead[0][1]
        notes.use(ahead[0][0])
    return stated


def _parts(facts: Sequence[Fact], principal: Decimal, term: Term) -> Plan | None:
    """The plan of the parts of each instalment; without interest and without charges something is missing."""
    plan = read_parts(facts, principal, term)
    return plan if plan and (any(due.interest for due in plan.dues) or any(map(is_regular, facts))) else None


def _planned_term(facts: Sequence[Fact], plan: Plan, basis: Decimal, notes: Notes) -> Term:
    """The stated term where it has as many instalments as the plan, else the plan's own; a difference is named."""
    own, asked = pace(plan), Notes()
    stated = read_term(facts, (Method.EQUAL_INSTALMENT,), basis, asked)
    if stated is not None and stated.periods == own.periods:
        notes.use(*asked.used)
        notes.assumptions += asked.assumptions
        notes.conflicts += asked.conflicts
        return own if plan.days else stated
    if stated is not None:
        notes.conflicts.append(
            f"期限写的是{stated.words}，{plan.words}却有 {own.periods} 期；这里按它的 {own.periods} 期计算。"
        )
    return own


def _implied_by(plan: Plan, principal: Decimal, term: Term) -> tuple[Decimal, Method, str]:
    """The yearly rate that the plan's interest comes to. Raises NoRate."""
    flows = [principal, *(-(due.principal + due.interest) for due in dues_of(plan, principal))]
    rate = periodic_rate(flows) * term.per_year * 100 if sum(flows) else ZERO
    return rate, Method.EQUAL_INSTALMENT, plan.words


def _principal(facts: Sequence[Fact], notes: Notes, plan: Plan | None) -> Decimal | None:
    found = [
        (fact, value) for fact, value in numbers(facts, "amount", "principal") if fact.unit == "yuan" and value > 0
    ]
    principal, others = settled(value for _, value in found)
    notes.use(*(fact for fact, value in found if value == principal))
    if principal is None and plan is not None and plan.split and not others:
        return sum((due.principal for due in plan.dues), ZERO)
    if principal is None:
        shown = "、".join(yuan(value) for value in others)
        notes.needed.append(f"借款金额到底是哪一个（合同里写了 {shown}）" if others else "借款金额是多少（没有读到）")
    elif principal > LARGEST:
        notes.needed.append("借款金额是多少（合同里写的数大得不合常理，请核对）")
    elif others:
        shown = "、".join(yuan(value) for value in others)
        notes.conflicts.append(f"借款金额多处写 {yuan(principal)}，也写了 {shown}；这里按 {yuan(principal)}计算。")
    return principal


def _single(facts: Sequence[Fact], role: str, notes: Notes) -> Decimal | None:
    """The amount of a role, where it is settled."""
    found = [
        (fact, value)
        for fact, value in numbers(facts, "amount", role)
        if fact.unit == "yuan" and 0 < value < LARGEST and not fact.per and not (role == "instalment" and fact.timing)
    ]
    value, _ = settled(value for _, value in found)
    if role in ("received", "instalment"):
        notes.use(*(fact for fact, number in found if number == value))
    return value


def _methods(facts: Sequence[Fact], notes: Notes) -> tuple[Method, ...]:
    """The methods named, each once; empty where none is."""
    found = [fact for fact in facts if fact.kind == "repayment-method" and fact.value in METHODS]
    notes.use(*found)
    return tuple(dict.fromkeys(METHODS[str(fact.value)] for fact in found))


def is_revolving(facts: Sequence[Fact]) -> bool:
    """Whether the borrower draws and repays at will, so that there is no schedule to compute."""
    named = {fact.value for fact in facts if fact.kind == "repayment-method" and fact.value is not None}
    return named == {REVOLVING}


def _settle_methods(
    methods: tuple[Method, ...], flat: Terms, stated: dict[str, Decimal | None], notes: Notes
) -> tuple[Method, ...]:
    """The named method; where none or several are, those that give the stated sums, else the usual ones."""
    if flat.periods == 1:
        return (Method.BULLET,)
    if len(methods) == 1:
        return methods
    each = stated["instalment"]
    for method in (Method.EQUAL_INSTALMENT, Method.FLAT):  # the others ask for another sum in each period
        if methods and method not in methods:
            continue
        if each is not None and abs(_level(flat, method) - each) <= _CLOSE:
            notes.assumptions.append(f"没有写清还款方式；每期还款 {yuan(each)}与{method.value}相符，按它计算。")
            return (method,)
    fitting = _fitting(methods or USUAL, flat, stated)
    if len(fitting) == 1:
        notes.assumptions.append(f"没有写清还款方式；写明的利息总额与{fitting[0].value}相符，按它计算。")
        return fitting
    why = "合同写了不止一种还款方式" if methods and methods != EVEN else "合同没有写还款方式"
    some = fitting or methods
    first = (some or USUAL)[0]
    shown = "、".join(one.value for one in some) if some else "几种常见方式"
    notes.assumptions.append(f"{why}：明细按{first.value}计算，年化给出{shown}的范围。")
    return some or USUAL


def _fitting(methods: Sequence[Method], flat: Terms, stated: dict[str, Decimal | None]) -> tuple[Method, ...]:
    """Those of the methods whose interest is the sum that the contract states."""
    total, interest = stated["total"], stated["interest"]
    sums = [one for one in (interest, total - flat.principal if total else None) if one]
    own = {way: sum((row.interest for row in schedule(replace(flat, method=way))), ZERO) for way in methods}
    return tuple(way for way in methods if any(abs(own[way] - one) <= max(_CLOSE, one / 1000) for one in sums))


def _level(flat: Terms, method: Method) -> Decimal:
    if method is Method.EQUAL_INSTALMENT:
        return instalment(flat)
    return flat.principal / flat.periods + flat.principal * flat.rate / 100 / flat.per_year


def _flat(rate: Decimal, fees: Sequence[Read], principal: Decimal, term: Term) -> Terms:
    charges = tuple(read.fee for read in fees)
    return Terms(principal, rate, term.periods, Method.FLAT, charges, per_year=term.per_year)


def _disclosed(facts: Sequence[Fact]) -> list[Decimal]:
    """The yearly rates that the contract says everything comes to."""
    return [value for fact, value in numbers(facts, "rate", "disclosed") if fact.per == "year"]


def _with_or_without(
    rate: Decimal, fees: Sequence[Read], principal: Decimal, term: Term, notes: Notes, *, disclosed: Sequence[Decimal]
) -> tuple[Decimal, ...]:
    """The rates that a stated instalment may mean: the charges of each instalment come on top, or are part of it.

    The one with which the true rate is what the contract discloses, if there is such; else both, the higher first.
    """
    each = sum((read.fee.amount for read in fees if read.fee.timing is Timing.PERIODIC), ZERO)
    within = rate - each / principal * term.per_year * 100
    if not each or within < 0:
        return (rate,)
    for one in (rate, within):
        true = solve(_flat(one, fees, principal, term))
        if any(abs(value - told) <= _ROUNDED for value in (true.simple, true.compound) for told in disclosed):
            return (one,)
    notes.assumptions.append("看不出每期还款里是不是已经含了每期收的费用：明细按另外再收计算，年化给出两种算法的范围。")
    return rate, within


def _implied(
    principal: Decimal, term: Term, methods: tuple[Method, ...], stated: dict[str, Decimal | None]
) -> tuple[Decimal, Method, str] | None:
    """(yearly rate, method, from what) where the contract states what is paid instead of a rate."""
    at_once = term.periods == 1 or methods == (Method.BULLET,)
    each, total, interest = stated["instalment"], stated["total"], stated["interest"]
    if each and not at_once:
        whole, source = each * term.periods - principal, f"每期还款 {yuan(each)}"
    elif total or (each and at_once):
        total = total or each or principal
        whole, source = total - principal, f"还款总额 {yuan(total)}"
    elif interest and at_once:
        whole, source = interest, f"利息 {yuan(interest)}"
    else:
        return None
    if whole < 0:
        return None
    rate = whole / principal / term.periods * term.per_year * 100
    return rate, Method.BULLET if at_once else Method.FLAT, source
