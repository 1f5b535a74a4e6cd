"""Files for the tests, made on the spot: no font or fixture that a bare machine lacks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SIZE = (595, 842)  # points, A4
SONG = "STSong-Light"  # in every PDF reader by name, never embedded
VERTICAL = "STSong-Light-downwards"
Draw = Callable[[Canvas], None]

pdfmetrics.registerFont(UnicodeCIDFont(SONG))
_downwards = UnicodeCIDFont(SONG, isVertical=True)
_downwards.name = _downwards.fontName = VERTICAL
pdfmetrics.registerFont(_downwards)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def pdf(*pages: Draw, password: str = "", owner: str = "") -> bytes:
    """A PDF with one drawing function for each page (points from the lower left corner)."""
    out = io.BytesIO()
    locked = StandardEncryption(password, ownerPassword=owner or "o") if password or owner else None
    canvas = Canvas(out, pagesize=SIZE, encrypt=locked, invariant=True)
    for draw in pages:
        canvas.setFont(SONG, 10.5)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(lines: Sequence[str], *, x: float = 72, top: float = 72, leading: float = 18) -> Draw:
    """Draws lines of text from a distance below the upper edge."""

    def draw(canvas: Canvas) -> None:
        for index, line in enumerate(lines):
            canvas.drawString(x, SIZE[1] - top - index * leading, line)

    return draw


def ruled(rows: Sequence[Sequence[str]], *, x: float = 72, top: float = 300, width: float = 100) -> Draw:
    """Draws a table with all its lines."""

    def draw(canvas: Canvas) -> None:
        high, across, down = SIZE[1] - top, len(rows[0]), len(rows)
        for index in range(down + 1):
            canvas.line(x, high - 20 * index, x + width * across, high - 20 * index)
        for index in range(across + 1):
            canvas.line(x + width * index, high, x + width * index, high - 20 * down)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                canvas.drawString(x + width * c + 4, high - 20 * r - 14, cell)

    return draw


def together(*draws: Draw) -> Draw:
    """Draws several things on one page."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def docx(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A Word file: the XML inside w:body, and the XML inside the root of further parts by their kind.

    Kinds: numbering, styles, footnotes, endnotes, comments, header1, footer1 …
    """
    names = dict(parts or {})
    links = "".join(
        f'<Relationship Id="r-{kind}" Type="{R}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>' for kind in names
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{rels}">{links}</Relationships>',
        "word/document.xml": f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for kind, inner in names.items():
        root = roots.get(kind.rstrip("0123456789"), kind)
        files[f"word/{kind}.xml"] = f"{head}<w:{root} {NAMESPACES}>{inner}</w:{root}>"
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A compressed archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inner}{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: Sequence[str]) -> str:
    """A table; each cell is given as the XML inside w:tc."""
    lines = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"
