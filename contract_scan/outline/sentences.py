"""Sentences: what a rule judges at a time, each with its clause path and the lead-in that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_scan.model import Clause, Sentence, Span
from contract_scan.outline.clauses import GOVERNS, pieces

ENDS = re.compile(r"[。！？；](?:[”’）])?|\n")
LONGEST = 600


def read_sentences(text: str, clauses: tuple[Clause, ...]) -> tuple[Sentence, ...]:
    """Every sentence in order (document positions), never crossing a line end; list items stand alone."""
    path = _Paths(clauses)
    return tuple(path.sentence(span, text) for piece in pieces(text) for span in _split(text, *piece))


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """At 。！？； and, in run-on lines, at the last comma before the limit, so that cost stays linear."""
    position = start
    while position < end:
        match = ENDS.search(text, position, end)
        stop = match.end() if match else end
        if stop - position > LONGEST:
            comma = text.rfind("，", position, position + LONGEST)
            stop = comma + 1 if comma > position else position + LONGEST
        if text[position:stop].strip():
            yield Span(position, stop)
        position = stop


class _Paths:
    """Walks the clause tree once, alongside the sentences."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self._flat = list(_flatten(clauses, ""))
        self._at = 0

    def sentence(self, span: Span, text: str) -> Sentence:
        while self._at + 1 < len(self._flat) and self._flat[self._at + 1][0].span.start <= span.start:
            self._at += 1
        if not self._flat:
            return Sentence(span, "")
        clause, label = self._flat[self._at]
        heading = bool(clause.heading) and span.end <= clause.span.start + len(clause.number) + len(clause.heading) + 4
        lead_in = clause.lead_in if clause.lead_in and not clause.lead_in.overlaps(span) else None
        return Sentence(span, label, lead_in, heading and not _says_something(span.of(text)))


def _says_something(sentence: str) -> bool:
    """A line like a heading that ends as a sentence does, or announces what follows: 还款按下列顺序清偿："""
    own = sentence.rstrip()
    return own.endswith(("。", "；")) or (own.endswith("：") and GOVERNS.search(own) is not None)


def _flatten(clauses: tuple[Clause, ...], above: str) -> Iterator[tuple[Clause, str]]:
    for clause in clauses:
        label = f"{above} {clause.number}".strip()
        yield clause, label
        yield from _flatten(clause.children, label)
