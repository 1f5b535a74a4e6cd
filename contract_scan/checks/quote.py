"""How much to quote: the comma-to-comma parts that carry the words, no heading, no half a book."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contract_scan.checks.match import Match
from contract_scan.model import Span

LONGEST = 120
_HALF = re.compile("[，：；。！？\n]")
_LABEL = re.compile(
    r"(?:[\s，。；：、！？]|（[一二三四五六七八九十0-9]{1,2}）|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[、.）](?![0-9])"
    r"|第[一二三四五六七八九十百0-9]{1,4}条)+"
)
_TRIM = " \n，。；：、！？"


def quote(text: str, match: Match, size: str) -> Span:
    """The span to quote for a match; ``size`` is match, half or sentence."""
    span = match.span
    if size == "match":
        return span
    unit = match.unit.span
    wide = trimmed(text, unit if size == "sentence" else halves(text, span, unit))
    if len(wide) <= LONGEST:
        return wide
    narrow = trimmed(text, halves(text, span, unit))
    if len(narrow) <= LONGEST:
        return narrow
    own = sorted(match.own)
    late = Span(own[1].start, max(hit.end for hit in own)) if len(own) > 1 and span.end - span.start > LONGEST else span
    late = trimmed(text, halves(text, late, unit))
    return late if len(late) <= LONGEST else Span(span.start, min(span.end, span.start + LONGEST))


def halves(text: str, span: Span, unit: Span) -> Span:
    """The comma-to-comma parts of *unit* that hold *span*."""
    start = unit.start
    for mark in _HALF.finditer(text, unit.start, span.start):
        start = mark.end()
    stop = _HALF.search(text, span.end, unit.end)
    return Span(start, stop.start() if stop else unit.end)


def trimmed(text: str, span: Span) -> Span:
    """Without blanks, marks and labels such as （1） at the edges."""
    start, end = span.start, span.end
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    label = _LABEL.match(text, start, end)
    if label and label.end() < end:
        start = label.end()
    return Span(start, end)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, overlapping ones joined (unless the union grows past the limit: then the later is dropped)."""
    out: list[Span] = []
    for span in sorted(set(spans)):
        if out and span.start < out[-1].end:
            union = Span(out[-1].start, max(out[-1].end, span.end))
            if len(union) <= LONGEST:
                out[-1] = union
        else:
            out.append(span)
    return tuple(out)
