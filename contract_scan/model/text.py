"""Spans, pages, the source and its normalised document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

#: Stands between the cells of a table row, which is one line of text whatever the file it came from.
CELL_SEPARATOR = " | "


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one position."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether *other* lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters of *text* in this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the source.

    ``span`` is its text in ``Source.text`` (source positions). ``boxes`` holds x0, top, x1, bottom for
    every code point of the span, four floats each (NaN where a character was inserted, such as a line
    end); empty when the format has no positions. Boxes lie in the page or picture as a viewer displays it
    (after /Rotate or the EXIF turn, however the text stands in it); ``size`` is its width and height in the same
    points, so that a rendering *w* pixels wide has *w* / size[0] pixels for a point. A picture's longer side is 842.
    ``confidence`` is the recogniser's mean (0 to 1) where ``read_by`` is ocr; ``flaws`` are Chinese words on what
    makes the page hard to read. ``index`` counts from 0 within its file, which is ``Source.parts[part]`` where the
    source has parts.
    """

    number: int
    span: Span
    read_by: str = "text"  # text | ocr | none
    confidence: Decimal | None = None
    boxes: Sequence[float] = field(default=(), repr=False, compare=False)
    size: tuple[float, float] = (0.0, 0.0)
    flaws: tuple[str, ...] = ()
    index: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One file of several that make one source: a photo, a member of a bundle; ``span`` is its text."""

    name: str
    sha256: str
    format: str
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """A file turned into text; nothing after this touches the disk.

    ``format`` is pdf, docx, text, image, doc, html, or bundle for several files told by ``parts``.
    ``unread`` lists the page numbers without usable text. ``notes`` are Chinese sentences about how well the file
    was read. ``furniture`` are spans of repeated page headers, footers and page numbers: kept in the text, skipped
    by normalisation. ``doubtful`` are spans of figures that the recogniser is not sure of, ``hidden`` spans of text
    that a reader of the page cannot see.
    """

    name: str
    sha256: str
    format: str
    text: str
    pages: tuple[Page, ...] = ()
    unread: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    furniture: tuple[Span, ...] = ()
    parts: tuple[Part, ...] = ()
    doubtful: tuple[Span, ...] = ()
    hidden: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        end = 0
        for page in self.pages:
            if page.span.start < end or page.span.end > len(self.text):
                raise ValueError(f"page {page.number} is out of order or outside the text")
            end = page.span.end

    def page_at(self, position: int) -> Page | None:
        """The page that holds a source position, or None where the format has no pages."""
        starts = [page.span.start for page in self.pages]
        index = bisect_right(starts, position) - 1
        return self.pages[index] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Document:
    """The normalised text; ``homes[i]`` is the source position that character ``i`` came from."""

    source: Source
    text: str
    homes: Sequence[int] = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.homes) != len(self.text):
            raise ValueError("every normalised character needs exactly one home")

    def to_source(self, span: Span) -> Span:
        """The source span that a document span came from; an empty span maps to an empty span."""
        if span.start == span.end:
            home = self.homes[span.start] if span.start < len(self.homes) else len(self.source.text)
            return Span(home, home)
        return Span(self.homes[span.start], self.homes[span.end - 1] + 1)

    def quote(self, span: Span) -> str:
        """The contract's own words for a document span, exactly as written."""
        return self.to_source(span).of(self.source.text)
