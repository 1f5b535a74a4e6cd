"""Where the marks of the two cost charts stand: the scale with the lines in law, and what each instalment pays for.

All positions across are in per cent, so that type keeps its size at any width; heights are in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract_scan.model import CostCard, CostRow
from contract_scan.render.cost import SHORT, money, percent, rate_words

#: Labels closer than this (per cent of the width of a phone) stand in two rows: two short lines, one long line.
APART, FAR_APART = Decimal(24), Decimal(80)
#: Height in which the bars of the instalments are drawn, and where their foot stands (px).
TALL, FOOT = Decimal(130), Decimal(168)
#: More instalments than this are told year by year.
MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the scale: its place and label, the row of its label (0 or 1), how the label is anchored."""

    x: str
    label: str
    value: str
    row: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of yearly rates: ``top`` is its right end (per cent a year)."""

    top: int
    above: tuple[Tick, ...]
    below: tuple[Tick, ...]
    upto: str
    over: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: left edge and width, (top, height) of principal, interest and fees, label ("" if left out)."""

    x: str
    middle: str
    width: str
    boxes: tuple[tuple[str, str, str], ...]
    label: str


@dataclass(frozen=True, slots=True)
class Stack:
    """The chart of the instalments."""

    bars: tuple[Bar, ...]
    grid: tuple[tuple[str, str], ...]
    title: str
    spoken: str


def scale(card: CostCard) -> Scale | None:
    """The scale of a computed card, else None. Never holds the compound rate."""
    if card.simple is None:
        return None
    low, high = (card.simple if end is None else end for end in (card.low, card.high))
    stated = card.stated if card.stated is not None and card.stated != card.simple else None
    values = [high, *(line.value for line in card.lines), *([stated] if stated is not None else [])]
    top = 40
    while max(values) > top - 2:
        top += 20
    grouped: dict[Decimal, list[str]] = {}
    for line in card.lines:
        grouped.setdefault(line.value, []).append(SHORT.get(line.id, line.title[:8]))
    above = _ticks([(value, names[0], percent(value)) for value, names in sorted(grouped.items())], top, APART)
    own = [(stated, "按合同利率", percent(stated))] if stated is not None else []
    own += [(high, "这份合同", rate_words(card))]
    lines = "，".join(f"{'、'.join(names)} {percent(value)}" for value, names in sorted(grouped.items()))
    spoken = f"0 到 {top}% 的横向标尺：这份合同 {rate_words(card)}" + (f"；{lines}" if lines else "") + "。"
    return Scale(top, above, _ticks(own, top, FAR_APART), _share(low, top), _share(high - low, top), spoken)


def _ticks(marks: Sequence[tuple[Decimal, str, str]], top: int, apart: Decimal) -> tuple[Tick, ...]:
    """Labels that would touch move up and down in turn; those at the ends are anchored inwards."""
    out: list[Tick] = []
    last = {0: Decimal(-100), 1: Decimal(-100)}
    for value, label, shown in sorted(marks):
        x = value * 100 / top
        row = 0 if x - last[0] >= apart else 1
        last[row] = x
        anchor = "start" if x < 20 else "end" if x > 80 else "middle"
        out.append(Tick(f"{x:.2f}%", label, shown, row, anchor))
    return tuple(out)


def _share(value: Decimal, top: int) -> str:
    return f"{value * 100 / top:.2f}%"


def stack(card: CostCard) -> Stack | None:
    """What each instalment pays for; None for a loan that is paid back at once, or that was not computed."""
    if len(card.rows) < 3:
        return None
    rows = _years(card.rows) if len(card.rows) > MOST_BARS else [(_label(row), row) for row in card.rows]
    highest = max(row.paid for _, row in rows) or Decimal(1)
    step = Decimal(100 - 9) / len(rows)
    every = max(1, -(-len(rows) // 13))
    bars = tuple(
        _bar(row, label if at % every == 0 else "", left=9 + step * at, step=step, highest=highest)
        for at, (label, row) in enumerate(rows)
    )
    title = "每年的钱付给了什么" if len(card.rows) > MOST_BARS else "每一期的钱付给了什么"
    return Stack(bars, tuple(_grid(highest)), title, _spoken(card))


def _years(rows: Sequence[CostRow]) -> list[tuple[str, CostRow]]:
    out = [("放款", rows[0])]
    for start in range(1, len(rows), 12):
        year = rows[start : start + 12]
        principal = sum((row.principal for row in year), Decimal(0))
        interest = sum((row.interest for row in year), Decimal(0))
        fees = sum((row.fees for row in year), Decimal(0))
        number = start // 12 + 1
        out.append((str(number), CostRow(number, principal, interest, fees, Decimal(0))))
    return out


def _label(row: CostRow) -> str:
    return str(row.period) if row.period else "放款"


def _bar(row: CostRow, label: str, *, left: Decimal, step: Decimal, highest: Decimal) -> Bar:
    foot, boxes = FOOT, []
    for kind, amount in (("fp", row.principal), ("fi", row.interest), ("ff", row.fees)):
        height = max(amount, Decimal(0)) * TALL / highest
        foot -= height
        if height:
            boxes.append((kind, f"{foot:.1f}", f"{height:.1f}"))
    width = step * Decimal("0.7")
    return Bar(f"{left:.2f}%", f"{left + width / 2:.2f}%", f"{width:.2f}%", tuple(boxes), label)


def _grid(highest: Decimal) -> list[tuple[str, str]]:
    """(height, label) of three or four round lines."""
    raw = highest / 4
    unit = Decimal(10) ** raw.adjusted()
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= raw)
    count = int(highest / step)
    return [(f"{FOOT - step * at * TALL / highest:.1f}", f"{step * at:,.0f}") for at in range(count + 1)]


def _spoken(card: CostCard) -> str:
    first, last, kept = card.rows[1], card.rows[-1], card.rows[0].paid
    told = f"放款日扣 {money(kept)} 元；" if kept else ""
    for row in (first, last):
        told += (
            f"第 {row.period} 期 {money(row.paid)} 元，其中本金 {money(row.principal)}、"
            f"利息 {money(row.interest)}、费用 {money(row.fees)}；"
        )
    return told + "每一期的数字见逐期明细。"
