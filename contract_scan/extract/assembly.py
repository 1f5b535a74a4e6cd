"""Pages as read → Source: text with boxes, page furniture, doubtful figures, and what is said about each page."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from math import nan

from contract_scan.extract.doubt import doubtful_spans
from contract_scan.extract.furniture import find_furniture
from contract_scan.extract.glyphs import Glyph, Line, Marks
from contract_scan.model import Page, Source, Span

NO_BOX = (nan, nan, nan, nan)
UNSURE = 0.9  # mean confidence of a recognised page below which it counts as hard to read
UNSEEN = 4  # characters on a line that nobody can see, from which it is told
SHOWN, MOST_COMMENTS = 60, 5  # characters of a comment, comments of a page, that a note quotes
#: Why the lines of a page are of no use.
FAULTS = {
    "picture": "没有可读的文字（扫描件、图片或图形），没有检查。",
    "garbled": "的文字是乱码，没有检查。",
    "damaged": "已损坏，没有检查。",
    "skipped": "超出一次能读的篇幅，没有检查：请拆成几个文件。",
    "illegible": "是图片，没有识别出文字，没有检查：如果不是空白页，请平放、对焦后重拍或重扫。",
}


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Lines of a page; ``fault`` says why they are of no use (a key of FAULTS, or nothing).

    ``marks`` holds what was recognised, by the (x0, top) of the character in its line; ``hidden`` are lines that
    nobody can see, ``comments`` what notes stuck onto the page say; ``missing`` characters of the text layer have no
    meaning; ``flaws`` are Chinese words on what makes the page hard to read.
    """

    lines: list[Line]
    size: tuple[float, float] = (0.0, 0.0)
    fault: str = ""
    doubled: int = 0
    missing: int = 0
    marks: Marks = field(default_factory=dict)
    hidden: tuple[Line, ...] = ()
    flaws: tuple[str, ...] = ()
    recognised: bool = False
    comments: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """Code points of its lines."""
        return sum(len(line.glyphs) for line in self.lines)

    @property
    def conceals(self) -> bool:
        """Whether it bears text worth telling that nobody can see."""
        return any(len(line.glyphs) >= UNSEEN for line in self.hidden)

    @property
    def confidence(self) -> float:
        """The mean over what was recognised, 1.0 for nothing."""
        return sum(mark.confidence for mark in self.marks.values()) / len(self.marks) if self.marks else 1.0


def assemble(pages: Sequence[ReadPage], name: str, format_: str, data: bytes) -> Source:
    """One source of all pages, in order."""
    furniture = find_furniture([page.lines for page in pages], [page.size[1] for page in pages])
    texts: list[str] = []
    results: list[Page] = []
    repeated: list[Span] = []
    doubtful: list[Span] = []
    hidden: list[Span] = []
    at = 0
    for number, page in enumerate(pages):
        text, boxes, spans = _page_text(page)
        results.append(_page(page, number, Span(at, at + len(text)), boxes))
        repeated += [_moved(span, at) for index, span in enumerate(spans) if (number, index) in furniture]
        hidden += [_moved(Span(span.start, span.end - 1), at) for span in spans[len(page.lines) :]]
        doubtful += [_moved(span, at) for span in doubtful_spans(text, _confidences(page))]
        texts.append(text)
        at += len(text) + 1
    whole = "\n".join(texts)
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        format=format_,
        text=whole,
        pages=tuple(results),
        unread=tuple(page.number for page in results if page.read_by == "none"),
        notes=tuple(_notes(pages)),
        furniture=tuple(Span(span.start, min(span.end, len(whole))) for span in repeated),
        doubtful=tuple(doubtful),
        hidden=tuple(hidden),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _page(page: ReadPage, number: int, span: Span, boxes: Sequence[float]) -> Page:
    read_by = "none" if page.fault else "ocr" if page.recognised else "text"
    flaws = list(page.flaws)
    if page.recognised and page.confidence < UNSURE:
        flaws.append("字迹不清")
    if page.doubled:
        flaws.append("有的字画了两遍")
    sure = Decimal(f"{page.confidence:.3f}") if page.recognised and page.marks else None
    return Page(number + 1, span, read_by, sure, boxes, page.size, tuple(flaws), number)


def _page_text(page: ReadPage) -> tuple[str, array[float], list[Span]]:
    """Text of a page (hidden lines last), four numbers for each code point, and where each line stands with its end."""
    boxes = array("f")
    spans: list[Span] = []
    lines = [*page.lines, *page.hidden]
    at = 0
    for line in lines:
        boxes.extend(NO_BOX if at else ())
        for glyph in line.glyphs:
            mark = page.marks.get((glyph.x0, glyph.top))
            boxes.extend(mark.box if mark else glyph[1:5])
        spans.append(Span(at, at + len(line.glyphs) + 1))
        at += len(line.glyphs) + 1
    return "\n".join(line.text for line in lines), boxes, spans


def _confidences(page: ReadPage) -> list[float]:
    """For each code point of the page's text how sure it is; 1.0 where nothing was recognised."""
    if not page.marks:
        return []
    out: list[float] = []
    for line in page.lines:
        out += [_confidence(page, glyph) for glyph in line.glyphs]
        out.append(1.0)
    return out


def _confidence(page: ReadPage, glyph: Glyph) -> float:
    mark = page.marks.get((glyph.x0, glyph.top))
    return mark.confidence if mark else 1.0


def _notes(pages: Sequence[ReadPage]) -> Iterator[str]:
    for fault, what in FAULTS.items():
        if numbers := [index + 1 for index, page in enumerate(pages) if page.fault == fault]:
            yield f"第 {listed(numbers)} 页{what}"
    if doubled := sum(page.doubled for page in pages):
        yield f"有 {doubled} 个字在文件里画了两遍（仿粗体），已合并成一个。"
    if numbers := [index + 1 for index, page in enumerate(pages) if page.recognised and not page.fault]:
        yield f"第 {listed(numbers)} 页是图片，文字是识别出来的，可能有错字：金额、利率、日期请对照原件。"
    for index, page in enumerate(pages):
        if page.comments:
            said = "；".join(f"“{comment[:SHOWN]}”" for comment in page.comments[:MOST_COMMENTS])
            yield f"第 {index + 1} 页有 {len(page.comments)} 条批注，没有当作合同条款：{said}"
    if numbers := [index + 1 for index, page in enumerate(pages) if page.conceals]:
        yield f"第 {listed(numbers)} 页有人眼看不见的文字，没有当作合同条款，另作一条问题列出。"
    if numbers := [index + 1 for index, page in enumerate(pages) if page.recognised and page.confidence < UNSURE]:
        yield f"第 {listed(numbers)} 页字迹不清，错字会多：请平放、光线均匀地重拍，或扫描后再检查。"


def listed(numbers: Sequence[int]) -> str:
    """1、2、5–9"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)
