"""PDF → Source: pdfium reads each page, pdfminer those that pdfium cannot, and pictures of text are recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from contract_scan.errors import MissingExtra, TooLarge, Unreadable
from contract_scan.extract.assembly import ReadPage, assemble, listed
from contract_scan.extract.compared import compared
from contract_scan.extract.engine_pdfium import PdfiumEngine
from contract_scan.extract.engine_pdfminer import PdfminerEngine
from contract_scan.extract.glyphs import Glyph, PageContent
from contract_scan.extract.inflated import is_bomb
from contract_scan.extract.ocr import Readers, is_installed
from contract_scan.extract.page_layout import lay_out
from contract_scan.extract.plausible import is_garbled
from contract_scan.extract.recognised import recognised_page
from contract_scan.model import Source

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels

MAX_PAGES = 2_000  # that are read, and
MAX_LISTED = 20_000  # that a file may claim to have
MAX_CHARACTERS = 5_000_000  # of the whole file
FEW = 30  # characters on a page that is one big picture: the footer of a scan, not its text
PATIENCE = 5  # pages that the second engine may fail to rescue before it is no longer asked
MISSING = 3  # characters without meaning that make a page worth recognising

SCAN = (
    "这个 PDF 没有可以读取的文字（是扫描件或图片）：请向对方要能复制文字的 PDF 或 Word 版，或去掉 --ocr never 再检查。"
)
GARBLED = "这个 PDF 里的文字是乱码（字体没有给出文字编码），无法检查：请向对方要 Word 版，或去掉 --ocr never 再检查。"
NOTHING = "没有从这个 PDF 的页面里识别出文字：请向对方要能复制文字的 PDF 或 Word 版，或重新扫描后再检查。"

BOMB = "这个 PDF 里的内容解压后大得不正常，为安全起见没有打开：请向对方要一份正常的文件。"


class Engine(Protocol):
    """What both engines offer."""

    def __len__(self) -> int: ...

    def page(self, index: int) -> PageContent:
        """Content of page *index*, from 0; Unreadable when the page is damaged."""

    def close(self) -> None:
        """Free its memory."""


def read_pdf(data: bytes, name: str, readers: Readers) -> Source:
    """Text, character boxes and page furniture of a PDF.

    Encrypted, TooLarge or Unreadable says what is wrong; MissingExtra that no page can be read without the extra.
    """
    if is_bomb(data):
        raise TooLarge(BOMB)
    engine, spare = _open(data)
    try:
        pages = list(_read_all(engine, spare, data))
        pages = _recognised(engine, pages, readers)
        notes = tuple(_notes(engine, pages, data))
    finally:
        engine.close()
    if not any(page.lines and not page.fault for page in pages):
        raise _hopeless(pages, readers)
    source = assemble(pages, name, "pdf", data)
    return replace(source, notes=(*source.notes, *notes))


def _hopeless(pages: Sequence[ReadPage], readers: Readers) -> Exception:
    """Why not one page could be read."""
    if readers.mode != "never" and not is_installed() and any(_wants_eyes(page) for page in pages):
        return MissingExtra("这个 PDF 是扫描件或图片，识别里面的文字", "ocr")
    if any(page.fault == "garbled" for page in pages):
        return Unreadable(GARBLED)
    return Unreadable(NOTHING if any(page.fault == "illegible" for page in pages) else SCAN)


def _wants_eyes(page: ReadPage) -> bool:
    """Whether its text can only be had by looking at it."""
    return page.fault in ("picture", "garbled") or page.missing >= MISSING


def _recognised(engine: Engine, pages: list[ReadPage], readers: Readers) -> list[ReadPage]:
    """The pages again, those recognised whose text layer is of no use."""
    every = readers.mode == "always"
    if every:
        readers.check()
    if readers.mode == "never" or not isinstance(engine, PdfiumEngine) or not is_installed():
        return pages
    wanted = [index for index, page in enumerate(pages) if _wants_eyes(page) or (every and page.lines)]
    drawn: Iterator[tuple[Pixels, float]] = (engine.picture(index) for index in wanted)
    for index, read in zip(wanted, readers.read(drawn, len(wanted)), strict=True):
        layer, seen = pages[index], recognised_page(read, pages[index].size)
        pages[index] = _chosen(layer, seen) if _wants_eyes(layer) else compared(layer, seen)
    return pages


def _chosen(layer: ReadPage, seen: ReadPage) -> ReadPage:
    """The text layer or what was recognised."""
    if seen.fault:
        return layer if layer.lines and not layer.fault else replace(seen, size=layer.size)
    flaws = {"garbled": ("文字层是乱码，改用识别",)}.get(layer.fault, ())
    if not layer.fault and layer.missing:
        flaws = (f"文字层有 {layer.missing} 个字读不出，改用识别",)
    return replace(seen, flaws=(*flaws, *seen.flaws), hidden=layer.hidden, comments=layer.comments)


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
    size = (content.width, content.height)
    hidden = lay_out(PageContent(*size, list(content.hidden), [])) if content.hidden else []
    missing = text.count("\ufffd")
    return ReadPage(
        lines, size, fault, max(doubled, 0), missing=missing, hidden=tuple(hidden), comments=content.comments
    )


def _count(glyphs: Sequence[Glyph]) -> int:
    """Characters printed on the page, other than lines to write on."""
    return len([1 for glyph in glyphs if glyph.x0 == glyph.x0 and glyph.text != "_"])


def _read_all(engine: Engine, spare: Engine | None, data: bytes) -> Iterator[ReadPage]:
    """Every page as its text layer has it; the second engine helps where the first cannot."""
    if not len(engine):
        raise Unreadable("这个 PDF 里一页也没有：请重新下载，或请对方重新发送。")
    if len(engine) > MAX_LISTED:
        raise TooLarge(f"这个 PDF 有 {len(engine)} 页：请只保留合同部分再检查。")
    room, misses = MAX_CHARACTERS, 0
    try:
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
        if spare and spare is not engine:
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


def _notes(engine: Engine, pages: Sequence[ReadPage], data: bytes) -> Iterator[str]:
    blind = [index + 1 for index, page in enumerate(pages) if page.fault in ("picture", "garbled")]
    if blind and not is_installed():
        yield f"要识别第 {listed(blind)} 页的文字，请运行：pip install 'contract-scan[ocr]'，再检查一次。"
    if isinstance(engine, PdfiumEngine) and (names := engine.attachments()):
        shown = "、".join(name[:60] for name in names[:10])
        yield f"这个 PDF 里还嵌着 {len(names)} 个文件（{shown}），没有读：请在阅读器里另存出来，和合同一起检查。"
    if b"%%EOF" not in data[-2048:]:
        yield "文件结尾不完整，可能没有下载完：后面的页可能缺失。"
