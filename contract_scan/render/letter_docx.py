"""A letter as a Word file: four small parts in a zip, so that no further library is needed to write plain text."""

from __future__ import annotations

import zipfile
from html import escape
from io import BytesIO

from contract_scan.render import safe

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>'
)
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
LINK = (
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" '
    'w:eastAsia="宋体"/><w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    "</w:styles>"
)
#: A4 with margins of 2.5 cm, in twentieths of a point.
PAPER = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
    'w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
)
#: Every file carries the same time: the same letter gives the same bytes.
TIME = (2026, 1, 1, 0, 0, 0)


def letter_docx(text: str) -> bytes:
    """The text, one paragraph a line; control and direction characters become visible."""
    lines = "".join(map(_paragraph, safe.visible(text).splitlines()))
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS.format(LINK.format("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": RELS.format(LINK.format("styles", "styles.xml")),
        "word/document.xml": f"<w:document {W}><w:body>{lines}{PAPER}</w:body></w:document>",
        "word/styles.xml": STYLES,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            package.writestr(zipfile.ZipInfo(name, TIME), (head + content).encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(line: str) -> str:
    words = escape(line.rstrip(), quote=False)
    return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>' if words else "<w:p/>"
