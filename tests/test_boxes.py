"""Rectangles around words: one for each line, whichever way the text runs."""

from __future__ import annotations

from array import array
from math import nan

import pytest

from contract_scan.boxes import boxes
from contract_scan.model import Page, Source, Span

Place = tuple[float, float]
#: Where each of six characters of 10 points stands (left, top), and the rectangles that should come of it.
RUNS: dict[str, tuple[list[Place], list[tuple[float, float, float, float]]]] = {
    "left to right": ([(10 * n, 50) for n in range(6)], [(0, 50, 60, 60)]),
    "two lines": (
        [(100, 50), (110, 50), (120, 50), (10, 64), (20, 64), (30, 64)], [(100, 50, 130, 60), (10, 64, 40, 74)],
    ),
    "two lines, one under the other": (
        [(0, 50), (10, 50), (20, 50), (0, 64), (10, 64), (20, 64)], [(0, 50, 30, 60), (0, 64, 30, 74)],
    ),
    "cells of a row": ([(0, 50), (10, 50), (20, 50), (200, 50), (210, 50), (220, 50)], [(0, 50, 230, 60)]),
    "upside down": ([(100 - 10 * n, 50) for n in range(6)], [(50, 50, 110, 60)]),
    "downwards": ([(300, 50 + 10 * n) for n in range(6)], [(300, 50, 310, 110)]),
    "upwards": ([(300, 150 - 10 * n) for n in range(6)], [(300, 100, 310, 160)]),
    "columns": (
        [(300, 700), (300, 710), (300, 720), (280, 50), (280, 60), (280, 70)],
        [(300, 700, 310, 730), (280, 50, 290, 80)],
    ),
}  # fmt: skip


def source(places: list[Place | None], furniture: tuple[Span, ...] = ()) -> Source:
    numbers = array("f")
    for place in places:
        numbers.extend((nan,) * 4 if place is None else (*place, place[0] + 10, place[1] + 10))
    text = "一" * len(places)
    return Source("x", "", "pdf", text, (Page(1, Span(0, len(text)), boxes=numbers),), furniture=furniture)


@pytest.mark.parametrize("run", RUNS)
def test_one_rectangle_for_each_line(run: str) -> None:
    places, expected = RUNS[run]
    found = boxes(source([*places]), Span(0, len(places)))
    assert [(box.x0, box.top, box.x1, box.bottom) for box in found] == expected


def test_inserted_characters_and_page_furniture_have_none() -> None:
    places: list[Place | None] = [(0, 50), None, (20, 50), (0, 5), (10, 5), (0, 64)]
    found = boxes(source(places, (Span(3, 5),)), Span(0, 6))
    assert [(box.x0, box.top) for box in found] == [(0, 50), (0, 64)]


def test_a_format_without_positions_has_none() -> None:
    assert boxes(Source("x", "", "text", "甲方"), Span(0, 2)) == ()
