"""Where paragraphs, headings, pages and quotations begin and end, in source positions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contract_scan.model import Clause, Document, Page, Report
from contract_scan.render import safe
from contract_scan.render.view import Item, Place


@dataclass(frozen=True, slots=True)
class Opening:
    """What begins with a clause: where its label ends, and the heading level of its first line (0: none)."""

    label_end: int
    level: int


@dataclass(frozen=True, slots=True)
class _Node:
    """A clause in reading order; ``depth`` is its indentation, ``outer`` that of the clause around it."""

    clause: Clause
    depth: int
    outer: int
    level: int


class Layout:
    """Every position where something begins or ends; ``stops`` has them all, ascending.

    ``cuts`` begin a paragraph, ``outline`` says which of them begin a clause, ``starts`` and ``ends`` are the
    quotations, ``pages`` the page boundaries (a bare number is a page that has no text at all).
    """

    def __init__(self, report: Report, items: tuple[Item, ...], anchors: Mapping[int, str]) -> None:
        self.size = len(report.source.text)
        self.anchors = anchors
        self._furniture = report.source.furniture
        self._furniture_starts = [span.start for span in self._furniture]
        self.cuts = {0, *self._lines(report)}
        self.outline: dict[int, Opening] = {}
        self._depths: list[tuple[int, int]] = []
        self._read_clauses(report)
        self.pages = _pages(report)
        self.cuts.update(self.pages)
        self.starts: dict[int, list[Place]] = defaultdict(list)
        self.ends: dict[int, list[Place]] = defaultdict(list)
        for place in (place for item in items for place in item.places):
            start = min(place.evidence.span.start, max(self.size - 1, 0))
            self.starts[start].append(place)
            self.ends[min(max(place.evidence.span.end, start + 1), self.size)].append(place)
        self.stops = self._stops()

    def depth(self, position: int) -> int:
        """How far the paragraph at a position is indented."""
        index = bisect_right(self._depths, position, key=lambda change: change[0]) - 1
        return self._depths[index][1] if index >= 0 else 0

    def is_furniture(self, position: int) -> bool:
        """Whether a position lies in a page header, footer or page number."""
        index = bisect_right(self._furniture_starts, position) - 1
        return index >= 0 and position < self._furniture[index].end

    def _stops(self) -> list[int]:
        labels = (opening.label_end for opening in self.outline.values())
        edges = {edge for span in self._furniture for edge in (span.start, span.end)}
        inner = edges.union(self.cuts, self.starts, self.ends, self.anchors, labels)
        return sorted({0, self.size, *(stop for stop in inner if stop < self.size)})

    def _lines(self, report: Report) -> Iterator[int]:
        """Line ends that stand for something: those the document kept, and those around page furniture."""
        homes = report.contract.document.homes
        edges = {edge for span in self._furniture for edge in (span.start, span.end)}
        for match in safe.LINE_ENDS.finditer(report.source.text):
            last = match.end() - 1
            index = bisect_left(homes, last)
            kept = index < len(homes) and homes[index] == last
            if kept or match.start() in edges or match.end() in edges or self.is_furniture(last):
                yield match.end()

    def _read_clauses(self, report: Report) -> None:
        document = report.contract.document
        changes: list[tuple[int, int, int, int]] = []
        for node in _flatten(report.contract.clauses, document.text):
            home = document.to_source(node.clause.span)
            self.outline[home.start] = _opening(node, document)
            changes.append((home.start, 1, node.depth, node.depth))
            changes.append((home.end, 0, -node.depth, node.outer))  # at one position the innermost ends first
        changes.sort()
        self._depths = [(change[0], change[3]) for change in changes]
        self.cuts.update(change[0] for change in changes)


def _opening(node: _Node, document: Document) -> Opening:
    start, number = node.clause.span.start, node.clause.number
    label_end = start + len(number) if number and document.text.startswith(number, start) else start
    end = document.homes[label_end - 1] + 1 if label_end > start else document.to_source(node.clause.span).start
    return Opening(end, node.level if _has_heading(node.clause, document.text) else 0)


def _flatten(clauses: tuple[Clause, ...], text: str) -> Iterator[_Node]:
    """Parents before children, without recursion: a hostile outline may be deep."""
    stack = [_Node(clause, 0, 0, 3) for clause in reversed(clauses)]
    while stack:
        node = stack.pop()
        yield node
        heading = _has_heading(node.clause, text)
        level = min(node.level + heading, 6)
        depth = node.depth + (bool(node.clause.number) and not heading)
        stack.extend(_Node(child, depth, node.depth, level) for child in reversed(node.clause.children))


def _has_heading(clause: Clause, text: str) -> bool:
    """A title is a heading only if something stands under it; a bare list item is not."""
    if not clause.heading:
        return False
    line_end = text.find("\n", clause.span.start, clause.span.end)
    return bool(clause.children) or (line_end >= 0 and not text[line_end : clause.span.end].isspace())


def _pages(report: Report) -> dict[int, list[Page | int]]:
    """Pages by the position where they begin; an unread page without text stands before the next one."""
    known = {page.number: page for page in report.source.pages}
    pages: dict[int, list[Page | int]] = defaultdict(list)
    position = 0
    for number in sorted({*known, *report.source.unread}) if known else ():
        page = known.get(number)
        position = page.span.start if page else position
        pages[position].append(page or number)
        position = page.span.end if page else position
    return pages
