"""What a PDF bears beside its pages: files embedded in it, and notes stuck onto them."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import create_string_buffer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped]

MOST_ATTACHMENTS = 100
MOST_NOTES = 2_000  # annotations of a page that are looked at
LONGEST = 20_000  # bytes of one note


def attachment_names(document: pdfium.PdfDocument) -> list[str]:
    """The names of embedded files."""
    import pypdfium2

    names = []
    for index in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
        try:
            names.append(_mended(str(document.get_attachment(index).get_name())))
        except pypdfium2.PdfiumError:
            names.append("（名称读不出）")
    return names


def _mended(name: str) -> str:
    """A name whose UTF-16 was taken for bytes of its own by the program that embedded the file."""
    if not name.startswith("þÿ"):
        return name
    return name[2:].encode("latin-1", "replace").decode("utf-16-be", "replace")


def comments_on(page: pdfium.PdfPage) -> Iterator[str]:
    """What the notes on a page say: comments, highlights, strike-outs; not what is printed onto the page itself."""
    import pypdfium2.raw as raw

    kinds = (
        raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE,
    )  # fmt: skip
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) in kinds and (said := _contents(annotation)):
            yield said
        raw.FPDFPage_CloseAnnot(annotation)


def _contents(annotation: pdfium_raw.FPDF_ANNOTATION) -> str:
    import pypdfium2.raw as raw

    size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if not 2 < size <= LONGEST:
        return ""
    buffer = create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", raw.cast(buffer, raw.POINTER(raw.FPDF_WCHAR)), size)
    return " ".join(buffer.raw[:-2].decode("utf-16-le", "replace").split())
