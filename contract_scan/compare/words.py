"""Numbers as the comparisons tell them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def plain(value: Decimal) -> str:
    """A number without trailing zeros, never in exponent form."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Decimal) -> str:
    """7.20%."""
    return f"{value.quantize(_CENT, ROUND_HALF_UP):.2f}%"


def points(value: Decimal) -> str:
    """5.93 个百分点."""
    return f"{value.quantize(_CENT, ROUND_HALF_UP):.2f} 个百分点"


def yuan(value: Decimal) -> str:
    """1,886.67 元."""
    return f"{value:,.2f} 元"


def spread(values: list[Decimal], told: str = " 元") -> str:
    """The only value, or the least to the most."""
    least, most = min(values), max(values)
    return f"{least:,.2f}{told}" if least == most else f"{least:,.2f} 到 {most:,.2f}{told}"
