"""Page furniture: headers, footers, page numbers and watermarks that most pages repeat in the same place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from contract_scan.extract.glyphs import Line

ZONE = 4  # lines from the top and from the bottom where headers and footers are looked for
REACH = 0.2  # of the page's height, likewise
SAME_HEIGHT = 4.0  # points
USUAL = 0.45  # share of the pages, so that headers of odd and even pages count
ALWAYS = 0.6  # share of the pages for repeated words in the middle of a page
SAID = (
    r"第\s*\d+\s*[页頁]\W*(?:共\s*\d+\s*[页頁])?|共\s*\d+\s*[页頁]\W*第\s*\d+\s*[页頁]"
    r"|\bPage\s*\d+(?:\s*of\s*\d+)?"
)
SAID_SOMEWHERE = re.compile(SAID, re.IGNORECASE)
PAGE_NUMBER = re.compile(SAID + r"|[-–—]+\s*\d+\s*[-–—]+|\d+\s*[/／]\s*\d+", re.IGNORECASE)


class Place(NamedTuple):
    """A line of a page: page and line index (from 0), and how high it stands."""

    page: int
    line: int
    top: float


def find_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """The lines, as (page, line) indexes from 0, that are page furniture and not part of the contract's text."""
    found: set[tuple[int, int]] = set()
    repeated: dict[tuple[str, str], list[Place]] = {}
    bodies: dict[int, str] = {}  # a second copy of a page is no second page
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        tops = [line.top for line in lines]
        edges = _edge_lines(tops, height)
        if lines:
            body = [line.text for i, line in enumerate(lines) if i not in edges]
            bodies[number] = "".join(body or [line.text for line in lines])
        for index, line in enumerate(lines):
            if line.kind == "row":
                continue
            where = "mark" if line.kind == "mark" else "edge" if index in edges else "body"
            repeated.setdefault((where, _pattern(line.text, where)), []).append(Place(number, index, tops[index]))
            if where == "edge" and PAGE_NUMBER.fullmatch(line.text.strip()):
                found.add((number, index))
    filled = len(set(bodies.values()))
    for (where, _), places in repeated.items():
        least = max(ceil(ALWAYS * filled), 3) if where == "body" else max(ceil(USUAL * filled), 2)
        for group in _level(places):
            if len({bodies[place.page] for place in group}) >= least:
                found.update((place.page, place.line) for place in group)
    return found


def _pattern(text: str, where: str) -> str:
    """The line without its page number; in the rows of an unruled schedule the numbers are what matters."""
    plain = "".join(text.split())
    counted = where == "edge" and (SAID_SOMEWHERE.search(text) or len(re.findall(r"\d+", plain)) == 1)
    return re.sub(r"\d+", "#", plain) if counted else plain


def _edge_lines(tops: Sequence[float], height: float) -> set[int]:
    order = sorted(range(len(tops)), key=lambda index: tops[index])
    high = [index for index in order[:ZONE] if tops[index] < REACH * height]
    low = [index for index in order[-ZONE:] if tops[index] > (1 - REACH) * height]
    return {*high, *low}


def _level(places: list[Place]) -> list[list[Place]]:
    """Places at nearly the same height."""
    ordered = sorted(places, key=lambda place: place.top)
    groups = [ordered[:1]]
    for one, following in pairwise(ordered):
        if following.top - one.top <= SAME_HEIGHT:
            groups[-1].append(following)
        else:
            groups.append([following])
    return groups
