"""PDF → Source: pdfium reads each page, pdfminer those that pdfium cannot."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import nan
from typing import Protocol

from contract_scan.errors import TooLarge, Unreadable
from contract_scan.extract.engine_pdfium import PdfiumEngine
from contract_scan.extract.engine_pdfminer import PdfminerEngine
from contract_scan.extract.furniture import find_furniture
from contract_scan.extract.glyphs import Glyph, Line, PageContent
from contract_scan.extract.page_layout import lay_out
from contract_scan.extract.plausible import is_garbled
from contract_scan.model import Page, Source, Span

MAX_PAGES = 2_000  # that are read, and
MAX_LISTED = 20_000  # that a file may claim to have
MAX_CHARACTERS = 5_000_000  # of the whole file
FEW = 30  # characters on a page that is one big picture: the footer of a scan, not its text
PATIENCE = 5  # pages that the second engine may fail to rescue before it is no longer asked

SCAN = (
    "这个 PDF 没有可以读取的文字（是扫描件或图片），暂不支持图片识别："
    "请向对方要能复制文字的 PDF 或 Word 版，或先用扫描软件识别成文字再检查。"
)
GARBLED = (
    "这个 PDF 里的文字是乱码（字体没有给出文字编码），无法检查："
    "请向对方要 Word 版，或者打印成 PDF 后用扫描软件识别成文字再检查。"
)
FAULTS = {
    "picture": "没有可读的文字（扫描件、图片或图形），没有检查。",
    "garbled": "的文字是乱码，没有检查。",
    "damaged": "已损坏，没有检查。",
    "skipped": "超出一次能读的篇幅，没有检查：请拆成几个文件。",
}
NO_BOX = (nan, nan, nan, nan)


class Engine(Protocol):
    """What both engines offer."""

    def __len__(self) -> int: ...

    def page(self, index: int) -> PageContent:
        """Content of page *index*, from 0; Unreadable when the page is damaged."""

    def close(self) -> None:
        """Free its memory."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Lines of a page; ``fault`` says why they are of no use: picture, garbled, damaged, skipped or nothing."""

    lines: list[Line]
    height: float = 0.0
    fault: str = ""
    doubled: int = 0

    @property
    def length(self) -> int:
        """Code points of its lines."""
        return sum(len(line.glyphs) for line in self.lines)


def read_pdf(data: bytes, name: str) -> Source:
    """Text, character boxes and page furniture of a PDF; Encrypted, TooLarge or Unreadable says what is wrong."""
    pages = list(_read_all(data))
    if not any(page.lines and not page.fault for page in pages):
        raise Unreadable(GARBLED if any(page.fault == "garbled" for page in pages) else SCAN)
    return _assemble(pages, name, data)


def read_page(engine: Engine, index: int) -> ReadPage:
    """One page (from 0) in reading order, as one engine sees it."""
    try:
        content = engine.page(index)
    except Unreadable:
        return ReadPage([], fault="damaged")
    lines = lay_out(content)
    text = "".join(line.text for line in lines)
    doubled = _count(content.glyphs) - _count([glyph for line in lines for glyph in line.glyphs])
    fault = ""
    if (content.pictured and len(text) < FEW) or (content.drawn and not text):
        fault = "picture"
    elif text and is_garbled(text):
        fault, lines = "garbled", []
    return ReadPage(lines, content.height, fault, max(doubled, 0))


def _count(glyphs: Sequence[Glyph]) -> int:
    """Characters printed on the page, other than lines to write on."""
    return len([1 for glyph in glyphs if glyph.x0 == glyph.x0 and glyph.text != "_"])


def _read_all(data: bytes) -> Iterator[ReadPage]:
    engine, spare = _open(data)
    try:
        if not len(engine):
            raise Unreadable("这个 PDF 里一页也没有：请重新下载，或请对方重新发送。")
        if len(engine) > MAX_LISTED:
            raise TooLarge(f"这个 PDF 有 {len(engine)} 页：请只保留合同部分再检查。")
        room, misses = MAX_CHARACTERS, 0
        for index in range(len(engine)):
            if index >= MAX_PAGES or room <= 0:
                yield ReadPage([], fault="skipped")
                continue
            page = read_page(engine, index)
            if page.fault in ("garbled", "damaged") and misses < PATIENCE:
                spare = spare or _spare(data)
                better = read_page(spare, index) if spare and index < len(spare) else page
                page, misses = (page, misses + 1) if better.fault else (better, misses)
            room -= page.length
            yield page
    finally:
        engine.close()
        if spare:
            spare.close()


def _open(data: bytes) -> tuple[Engine, Engine | None]:
    """The first engine that opens the file; a needed password or a second failure is raised."""
    try:
        return PdfiumEngine(data), None
    except Unreadable:
        engine = PdfminerEngine(data)
        return engine, engine


def _spare(data: bytes) -> Engine | None:
    try:
        return PdfminerEngine(data)
    except Unreadable:
        return None


def _assemble(pages: Sequence[ReadPage], name: str, data: bytes) -> Source:
    furniture = find_furniture([page.lines for page in pages], [page.height for page in pages])
    texts: list[str] = []
    results: list[Page] = []
    repeated: list[Span] = []
    at = 0
    for number, page in enumerate(pages):
        text, boxes, spans = _page_text(page.lines)
        read_by = "none" if page.fault else "text"
        results.append(Page(number + 1, Span(at, at + len(text)), read_by, boxes=boxes))
        for index, span in enumerate(spans):
            if (number, index) in furniture:
                repeated.append(Span(at + span.start, at + span.end))
        texts.append(text)
        at += len(text) + 1
    whole = "\n".join(texts)
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        format="pdf",
        text=whole,
        pages=tuple(results),
        unread=tuple(page.number for page in results if page.read_by == "none"),
        notes=tuple(_notes(pages, data)),
        furniture=tuple(Span(span.start, min(span.end, len(whole))) for span in repeated),
    )


def _page_text(lines: Sequence[Line]) -> tuple[str, array[float], list[Span]]:
    """Text of a page, four numbers for each code point, and where each line stands (with its line end)."""
    boxes = array("f")
    spans: list[Span] = []
    at = 0
    for line in lines:
        boxes.extend(NO_BOX if at else ())
        for glyph in line.glyphs:
            boxes.extend(glyph[1:5])
        spans.append(Span(at, at + len(line.glyphs) + 1))
        at += len(line.glyphs) + 1
    return "\n".join(line.text for line in lines), boxes, spans


def _notes(pages: Sequence[ReadPage], data: bytes) -> Iterator[str]:
    for fault, what in FAULTS.items():
        if numbers := [index + 1 for index, page in enumerate(pages) if page.fault == fault]:
            yield f"第 {_listed(numbers)} 页{what}"
    if doubled := sum(page.doubled for page in pages):
        yield f"有 {doubled} 个字在文件里画了两遍（仿粗体），已合并成一个。"
    if b"%%EOF" not in data[-2048:]:
        yield "文件结尾不完整，可能没有下载完：后面的页可能缺失。"


def _listed(numbers: Sequence[int]) -> str:
    """1、2、5–9"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)
