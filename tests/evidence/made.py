"""A small contract as PDF and as Word, and the reports on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
from docx.document import Document

from contract_scan import Options, Report
from contract_scan.checks import Engine
from contract_scan.extract import extract_bytes
from contract_scan.pipeline import scan_source

from ..extract.make import SIZE, pdf, written

LINES = (
    "借款合同",
    "甲方（出借人）：澄渡小额贷款有限公司",
    "乙方（借款人）：祝清和",
    "第一条 甲方借给乙方人民币20,000元，期限12个月，年利率12%。",
    "第二条 甲方放款时从借款本金中预先扣除利息2,000元，借款本金不变。",
    "第三条 甲方转让本合同项下债权无需另行通知乙方。",
    "第四条 乙方逾期的，每天按借款总额的百分之一支付违约金。",
    "签订日期：2026年9月1日",
)


def report_on(data: bytes, name: str, engine: Engine) -> Report:
    return scan_source(extract_bytes(data, name), engine, Options(as_of=date(2026, 9, 1)))


def contract_pdf(pages: int = 1) -> bytes:
    """The contract, its lines shared out over some pages."""
    share = -(-len(LINES) // pages)
    return pdf(*(written(LINES[at : at + share]) for at in range(0, len(LINES), share)))


def turned(data: bytes, degrees: int) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        page.rotate(degrees)
    return packed(writer.write)


def cropped(data: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import RectangleObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        page.cropbox = RectangleObject((40, 60, SIZE[0] - 10, SIZE[1] - 30))
    return packed(writer.write)


def word(fill: Callable[[Document], None] | None = None) -> bytes:
    """The contract as Word writes it, every paragraph one run, or what *fill* puts into an empty document."""
    document = docx.Document()
    if fill:
        fill(document)
    else:
        for line in LINES:
            document.add_paragraph(line)
    return packed(document.save)


def packed(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()
