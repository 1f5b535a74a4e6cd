"""The table of colours: every pair that carries text or meaning is readable in light and in dark."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import product

import pytest

CSS = files("contract_scan.render").joinpath("templates/report.css").read_text("utf-8")
TEXT = ("ink", "soft", "link", "c", "h", "m", "l", "ok")
GROUND = ("paper", "wash")
SEVERITY = ("c", "h", "m", "l")


def tokens(scheme: str) -> dict[str, str]:
    """The colour tokens of a scheme; dark overrides light."""
    light, dark = re.findall(r":root\{(.*?)\}", CSS, re.S)
    found = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})", dark))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert round(contrast("#fff", "#000000")) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_on_every_ground(scheme: str) -> None:
    colour = tokens(scheme)
    pairs = [*product(TEXT, GROUND), *((text, f"{s}-bg") for s in SEVERITY for text in ("ink", "link", s))]
    pairs += [("paper", s) for s in (*SEVERITY, "ink")]  # numbers in their filled circles, the filled level
    low = {pair: round(contrast(*map(colour.get, pair)), 2) for pair in pairs if contrast(*map(colour.get, pair)) < 4.5}  # type: ignore[arg-type]
    assert low == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_that_carry_meaning_can_be_seen(scheme: str) -> None:
    colour = tokens(scheme)
    lines = [
        ("edge", "paper"),
        ("int", "paper"),
        ("fee", "paper"),
        *((s, "paper") for s in SEVERITY),
        *((s, f"{s}-bg") for s in SEVERITY),
    ]
    assert [pair for pair in lines if contrast(colour[pair[0]], colour[pair[1]]) < 3] == []
