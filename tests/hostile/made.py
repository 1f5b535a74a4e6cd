"""Hostile files, made here: PDF by hand (no library would write them), DOCX from its parts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_KID = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
MEGABYTES = 1_000_000
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def deflated(data: bytes, entries: bytes = b"", *, times: int = 1) -> bytes:
    """A compressed stream object, packed *times* times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, entries + b"/Filter[" + b"/FlateDecode" * times + b"]")


def one_page(content: bytes, page: bytes = PAGE, *more: bytes) -> bytes:
    """A PDF of one page with this content stream."""
    return pdf(CATALOG, ONE_KID, page, content, *more)


def acting(action: bytes) -> bytes:
    """A PDF that asks its reader to do something when it is opened."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<<" + action + b">>>>", ONE_KID, PAGE, stream(b""))


def docx(body: str, *, doctype: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A DOCX with this body and further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS.format("word/document.xml"))
        text = f'<?xml version="1.0"?>{doctype}<w:document {W}><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", text)
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    return out.getvalue()


def paragraphs(lines: Sequence[str]) -> str:
    """The lines as Word paragraphs."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


def nested_tables(depth: int, inside: str) -> str:
    """A paragraph in a table in a table …"""
    body = paragraphs([inside])
    for _ in range(depth):
        body = f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"
    return body


#: Each entity is ten of the one before.
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)
)
PASSWD = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
CIRCLE = {"word/_rels/document.xml.rels": _RELATIONS.format("document.xml")}
