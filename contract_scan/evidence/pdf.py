"""The original PDF with the quoted words highlighted and the comments in a column of their own beside each page.

Comments are drawn, not left to the reader's pop-ups: those of Chromium have no Chinese type. Every page with comments
becomes wider in the copy; nothing that was printed on it is covered or moved.
"""

from __future__ import annotations

import io
import logging
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from contract_scan.errors import ContractScanError, MissingExtra
from contract_scan.evidence import column
from contract_scan.evidence.comment import Comment, comments, opening
from contract_scan.evidence.frame import Frame
from contract_scan.evidence.pdf_objects import Ink, freetext, highlight, song
from contract_scan.model import Box, Report
from contract_scan.render.annotate import LETTER

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import IndirectObject

DAMAGED = (
    "这个 PDF 的结构有问题，写不出批注版：请看 HTML 报告（里面有标出原话的页面图），或者先打印成一份新的 PDF 再检查。"
)
LOCKED = "这个 PDF 加了权限保护，不允许改写，写不出批注版：请看 HTML 报告，里面有标出原话的页面图。"
BADGE = 7.0  # points; the number over the first of the highlighted words


def annotate_pdf(report: Report, data: bytes) -> bytes:
    """The annotated copy of the PDF *data* that *report* was made of; ContractScanError says why there is none."""
    try:
        from pypdf import PdfReader, PdfWriter
    except ImportError:
        raise MissingExtra("写批注版 PDF ", "annotate") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about every odd object
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise ContractScanError(LOCKED)
        writer = PdfWriter(clone_from=reader)
        _annotate(writer, report)
        out = io.BytesIO()
        writer.write(out)
    except ContractScanError:
        raise
    except Exception as error:  # pypdf raises almost anything on damaged bytes
        raise ContractScanError(DAMAGED) from error
    return out.getvalue()


def _annotate(writer: PdfWriter, report: Report) -> None:
    font = song(writer)
    by_page: dict[int, list[Comment]] = defaultdict(list)
    for comment in comments(report):
        for number in dict.fromkeys(box.page for box in comment.evidence.boxes if _is_drawn(box)):
            by_page[number].append(comment)
    first = min((page.number for page in report.source.pages), default=1)
    for number in sorted({first, *by_page}):
        page = writer.pages[number - 1]
        notes = [column.Note(0.0, opening(report), "")] if number == first else []
        _annotate_page(writer, page, by_page[number], notes=notes + _notes(by_page[number], number), font=font)


def _notes(found: Iterable[Comment], page: int) -> list[column.Note]:
    """A note for each comment whose words begin on the page."""
    notes = []
    for comment in found:
        boxes = [box for box in comment.evidence.boxes if _is_drawn(box)]
        if boxes[0].page == page:
            letter = LETTER[comment.finding.severity]
            notes.append(column.Note(boxes[0].top, (comment.head, *comment.body), letter))
    return sorted(notes, key=lambda note: note.at)


def _annotate_page(
    writer: PdfWriter, page: PageObject, found: Sequence[Comment], *, notes: Sequence[column.Note], font: IndirectObject
) -> None:
    from pypdf.generic import RectangleObject

    frame = frame_of(page)
    for annotation in _highlights(writer, frame, found, writer.get_page_number(page) or 0):
        writer.add_annotation(page, annotation)
    for placed in column.place(notes, frame.height):
        x0 = frame.width + column.EDGE
        rect = (x0, placed.top, frame.width + column.WIDTH - column.EDGE, placed.bottom)
        writer.add_annotation(page, freetext(writer, frame, rect, note=placed, font=font))
    if notes:
        wide = RectangleObject(frame.widened(column.WIDTH))
        media = page.mediabox
        page.cropbox = wide
        page.mediabox = RectangleObject(
            (min(media.left, wide.left), min(media.bottom, wide.bottom),
             max(media.right, wide.right), max(media.top, wide.top))
        )  # fmt: skip


def _highlights(writer: PdfWriter, frame: Frame, found: Sequence[Comment], index: int) -> Iterable[dict[str, object]]:
    taken: list[tuple[float, float]] = []
    for comment in found:
        boxes = [box for box in comment.evidence.boxes if box.page == index + 1 and _is_drawn(box)]
        x, y = boxes[0].x0, max(boxes[0].top - 0.85 * BADGE, 0.0)
        while any(abs(x - a) < BADGE and abs(y - b) < BADGE for a, b in taken):
            x += BADGE + 1
        taken.append((x, y))
        ink = Ink(LETTER[comment.finding.severity], str(comment.number), (x, y), BADGE)
        yield highlight(writer, frame, boxes, ink=ink)


def frame_of(page: PageObject) -> Frame:
    """The visible part of a page, as pdfium shows it: the crop box inside the media box."""
    crop, media = page.cropbox, page.mediabox
    left, low = max(crop.left, media.left), max(crop.bottom, media.bottom)
    right, high = min(crop.right, media.right), min(crop.top, media.top)
    if left >= right or low >= high:
        left, low, right, high = media.left, media.bottom, media.right, media.top
    return Frame(float(left), float(low), float(right), float(high), page.rotation // 90 % 4)


def _is_drawn(box: Box) -> bool:
    return all(map(math.isfinite, (box.x0, box.top, box.x1, box.bottom)))
