"""DOCX → Source: paragraphs and table rows in order, numbering written out, changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from xml.etree.ElementTree import Element

from contract_scan.errors import Unreadable
from contract_scan.extract.docx_body import Body
from contract_scan.extract.docx_numbering import Numbering, Styles
from contract_scan.extract.docx_package import DAMAGED, Package, R, W
from contract_scan.model import Source, Span

FEW = 200  # characters beside pictures: the contract is probably in the pictures


def read_docx(data: bytes, name: str) -> Source:
    """Text of a Word file, then its notes, then headers and footers (as furniture) that say something else."""
    package = Package(data)
    main = package.main()
    document = package.part(main)
    if document is None or document.find(f"{W}body") is None:
        raise Unreadable(DAMAGED)
    related = package.related(main)
    parts = {kind: target for kind, target in related.values()}
    styles = Styles(package.part(parts.get("styles", "")))
    body = Body(Numbering(package.part(parts.get("numbering", "")), styles), styles)
    try:
        lines = body.read(document)
        for kind, label in (("footnotes", "脚注"), ("endnotes", "尾注")):
            lines += _notes_at_end(package.part(parts.get(kind, "")), body, label)
        repeated = _headers(package, document, related, body)
    except RecursionError:
        raise Unreadable("这个 Word 文件的结构嵌套过深，无法读取：请把内容粘贴到一个新文件里再检查。") from None
'''
''' if False else None
