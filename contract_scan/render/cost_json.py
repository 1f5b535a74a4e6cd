"""The cost card as plain values, as ``report.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from contract_scan.model import CostCard, CostRow, CostShare, RateLine


def cost_tree(card: CostCard) -> dict[str, object] | None:
    """Every input, assumption, cash flow and result; None where there is nothing about cost at all."""
    if not (card.reason or card.needed or card.simple is not None):
        return None
    return {
        "reason": card.reason,
        "needed": list(card.needed),
        "conflicts": list(card.conflicts),
        "assumptions": list(card.assumptions),
        "inputs": _named(card.inputs),
        "written": _named(card.written),
        "received": _number(card.received),
        "total_paid": _number(card.total_paid),
        "total_cost": _number(card.total_cost),
        "simple": _number(card.simple),
        "compound": _number(card.compound),
        "stated": _number(card.stated),
        "low": _number(card.low),
        "high": _number(card.high),
        "formula": card.formula,
        "rows": [_row(row) for row in card.rows],
        "shares": [_share(share) for share in card.shares],
        "lines": [_line(line) for line in card.lines],
        "extras": _named(card.extras),
        "burden": list(card.burden),
    }


def _named(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _row(row: CostRow) -> dict[str, object]:
    return {
        "period": row.period,
        "principal": _number(row.principal),
        "interest": _number(row.interest),
        "fees": _number(row.fees),
        "balance": _number(row.balance),
        "owed": f"{round(row.owed, 2) + 0:.2f}",
    }


def _share(share: CostShare) -> dict[str, object]:
    return {
        "name": share.name,
        "how": share.how,
        "amount": _number(share.amount),
        "points": f"{share.points:.6f}",
        "payee": share.payee,
    }


def _line(line: RateLine) -> dict[str, object]:
    return {
        "id": line.id,
        "title": line.title,
        "value": _number(line.value),
        "binds": line.binds,
        "standing": line.standing,
        "note": line.note,
        "source": line.source,
        "since": line.since.isoformat(),
        "stale": line.stale,
    }
