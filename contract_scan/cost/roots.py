"""The one rate at which cash flows are worth nothing: its uniqueness proven, or the reason why there is none.

One sign change in time means at most one rate (Descartes). With more, the range of rates is cut until each piece
provably holds no rate or exactly one: the value is a difference of two sums that both rise, which bounds it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

#: Rates are searched for between these (per period): −99 % and 1,000 %.
LOWEST, HIGHEST = -0.99, 10.0
_FINEST = 1e-9
_MOST_PIECES = 4000


@dataclass(frozen=True, slots=True, order=True)
class Flow:
    """An amount (CNY) at a time in periods; ``odd`` is a part of a period in which interest is simple (Reg Z)."""

    time: float
    amount: float
    odd: float = 0.0


def only_root(flows: Sequence[Flow]) -> Decimal | str:
    """The rate per period, as a fraction, or a sentence that says why there is not exactly one."""
    ordered = sorted(flows, key=lambda flow: (flow.time + flow.odd, flow.amount))
    changes = sum((one.amount > 0) != (other.amount > 0) for one, other in itertools.pairwise(ordered))
    if not changes:
        return "只有收或只有付，没有利率可算。请补上另一方向的金额。"
    pieces = [(LOWEST, HIGHEST)] if changes == 1 else _pieces(ordered)
    if pieces is None:
        return "这些现金流来回变号，不能确定利率只有一个。请核对金额和日期。"
    found = [piece for piece in pieces if _sign(ordered, piece[0]) != _sign(ordered, piece[1])]
    if not sum(flow.amount for flow in ordered) and changes > 1:
        found.append((0.0, 0.0))
    costs = sum(flow.amount for flow in ordered) * ordered[0].amount < 0
    likely = [piece for piece in found if (piece[1] > 0) == costs]
    if len(likely) == 1:  # what costs more than it brings has a rate above 0: a second one below 0 is none of its own
        found = likely
    if len(found) > 1:
        return f"这些现金流有 {len(found)} 个利率都成立（钱来回变号 {changes} 次），没有唯一的答案。"
    if not found:
        return "在 −99% 到 1000% 每期之间没有一个利率能对上这些现金流，请核对金额和日期。"
    return bisect(lambda rate: _value(ordered, rate), *found[0])


def bisect(value: Callable[[float], float], low: float, high: float) -> Decimal:
    """Where a function changes sign between two points; a hundred halvings cost a millisecond and cannot fail."""
    rising = value(high) > value(low)
    for _ in range(100):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if (value(middle) > 0) is rising:
            high = middle
        else:
            low = middle
    return Decimal(repr((low + high) / 2))


def _value(flows: Sequence[Flow], rate: float) -> float:
    """The value of the flows at time 0, or for negative rates at the last time, where no power overflows."""
    base = flows[-1].time if rate < 0 else 0.0
    return float(sum(flow.amount * (1 + rate) ** (base - flow.time) / (1 + flow.odd * rate) for flow in flows))


def _sign(flows: Sequence[Flow], rate: float) -> bool:
    return _value(flows, rate) > 0


def _pieces(flows: Sequence[Flow]) -> list[tuple[float, float]] | None:
    """Ranges of the rate that each hold one root at most, and together hold all but 0; None if that is unproven.

    For rates ≥ 0 the value is a sum of a·x^t with x = 1 / (1 + rate), below 0 with x = 1 + rate and t counted from
    the end: in both x lies in (0, 1] and every power is ≥ 0.
    """
    if any(flow.odd for flow in flows):
        return None
    last = flows[-1].time
    above = _monotone([(f.time, f.amount) for f in flows], 1 / (1 + HIGHEST))
    below = _monotone([(last - f.time, f.amount) for f in flows], 1 + LOWEST)
    if above is None or below is None:
        return None
    return [(1 / high - 1, 1 / low - 1) for low, high in above] + [(low - 1, high - 1) for low, high in below]


def _monotone(terms: Sequence[tuple[float, float]], lowest: float) -> list[tuple[float, float]] | None:
    """The parts of [lowest, 1] in which the sum of a·x^t may have a root, cut until it rises or falls throughout."""
    todo, done, looked = [(lowest, 1.0)], list[tuple[float, float]](), 0
    while todo:
        low, high = todo.pop()
        looked += 1
        if not _crosses(terms, low, high):
            continue
        if not _crosses([(t, t * a) for t, a in terms], low, high):  # x times the slope keeps its sign
            done.append((low, high))
        elif high - low < _FINEST or looked > _MOST_PIECES:
            return None
        else:
            todo += [(low, (low + high) / 2), ((low + high) / 2, high)]
    return done


def _crosses(terms: Sequence[tuple[float, float]], low: float, high: float) -> bool:
    """Whether the sum of a·x^t (t ≥ 0) may be 0 somewhere in [low, high]."""
    gains = [sum(a * x**t for t, a in terms if a > 0) for x in (low, high)]
    losses = [sum(-a * x**t for t, a in terms if a < 0) for x in (low, high)]
    return bool(gains[0] <= losses[1] and losses[0] <= gains[1])
