"""What is said while figures are read: what is missing, what contradicts, what was assumed, which facts were used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from contract_scan.model import Fact


@dataclass(slots=True)
class Notes:
    """Collects sentences for the reader, each once, in the order they arise; ``checks`` are (what, result)."""

    needed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    used: list[Fact] = field(default_factory=list)
    checks: list[tuple[str, str]] = field(default_factory=list)

    def use(self, *facts: Fact) -> None:
        """Remember facts that a number rests on."""
        self.used += [fact for fact in facts if fact not in self.used]


def numbers(facts: Iterable[Fact], kind: str, *roles: str) -> list[tuple[Fact, Decimal]]:
    """The facts of a kind (and of one of the roles) that carry a number, with it."""
    return [
        (fact, fact.value)
        for fact in facts
        if fact.kind == kind and (not roles or fact.role in roles) and isinstance(fact.value, Decimal)
    ]


def readable(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that the contract states, without numbers that no loan has (NaN, 1E+99)."""
    return tuple(fact for fact in facts if fact.span is not None and not _absurd(fact.value))


def _absurd(value: object) -> bool:
    return isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > 15)


def settled(values: Iterable[Decimal]) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    """(the value that is written, the others): one that stands at least twice outweighs those that stand once.

    The first is None where nothing settles it.
    """
    counted = Counter(values).most_common()
    if not counted:
        return None, ()
    if len(counted) == 1 or (counted[0][1] > 1 and counted[1][1] == 1):
        return counted[0][0], tuple(sorted(value for value, _ in counted[1:]))
    return None, tuple(sorted(value for value, _ in counted))


def yuan(amount: Decimal) -> str:
    """1,886.67 元."""
    return f"{amount:,.2f} 元"


def percent(value: Decimal) -> str:
    """As short as the number is: 18%, 0.05%."""
    shown = f"{value.quantize(Decimal('0.0001')):f}".rstrip("0").rstrip(".")
    return f"{shown}%"
