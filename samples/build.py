"""Builds the contract files of this folder from their source texts.

    python samples/build.py [SLUG …]        without a name: all of them

Same source in, same bytes out. Needs python-docx and reportlab (extra "test"). Contracts without a
``source.txt`` are plain UTF-8 and are edited directly. Markup of a source, one block a line:

    @header words     the running header (PDF, DOCX)      = title           # heading
    @pagebreak        a new page (PDF)                    | cell | cell |   - numbered item (DOCX)
    {-old-}{+new+}    a tracked deletion and insertion (DOCX)

In a DOCX headings and items are numbered by Word, so their numbers stand in no text run.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Table

HERE = Path(__file__).resolve().parent
MARKS = {"= ": "title", "# ": "heading", "- ": "item"}
CHANGE = re.compile(r"\{([+-])(.*?)\1\}")
CHANGED_ON = "2026-08-19T09:00:00Z"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a source: kind is title, heading, item, row, page or text; only rows have several cells."""

    kind: str
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\t".join(self.cells)


@dataclass(frozen=True, slots=True)
class Level:
    """How Word numbers one list level: number format, pattern, whether outer numbers are shown in Arabic."""

    style: str
    pattern: str
    legal: bool = False


def header_of(source: str) -> str:
    return next((line.removeprefix("@header ") for line in source.splitlines() if line.startswith("@header ")), "")


def parse(source: str) -> tuple[Block, ...]:
    """The blocks of a source, without the running header."""
    lines = (line for line in source.splitlines() if line.strip() and not line.startswith("@header "))
    return tuple(map(block_of, lines))


def block_of(line: str) -> Block:
    if line == "@pagebreak":
        return Block("page")
    if line.startswith("|"):
        return Block("row", tuple(cell.strip() for cell in line.strip("|").split("|")))
    kind = MARKS.get(line[:2], "text")
    return Block(kind, (line if kind == "text" else line[2:],))


def accepted(text: str) -> str:
    """The text with every tracked change accepted."""
    return CHANGE.sub(lambda change: change[2] if change[1] == "+" else "", text)


def plain_text(source: str) -> str:
    """What a reader of the contract reads: no markup, no running header, changes accepted."""
    return "\n".join(accepted(block.text) for block in parse(source) if block.kind != "page")


def groups(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Neighbouring rows together, every other block alone."""
    rows: list[Block] = []
    for block in blocks:
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            yield tuple(rows)
            rows = []
        yield (block,)
    if rows:
        yield tuple(rows)


# --- text


def build_text(source: str, encoding: str, newline: str = "\n") -> bytes:
    return source.replace("\n", newline).encode(encoding)


# --- PDF

WIDTHS = {2: (1, 3), 4: (3, 2, 4, 3), 6: (2, 4, 3, 3, 3, 3)}
PAGE_WIDTH = 451  # A4 less two margins of 72 points


def build_pdf(source: str) -> bytes:
    """A PDF with a text layer; the second pass knows how many pages there are."""
    _, pages = render_pdf(source, total=0)
    return render_pdf(source, total=pages)[0]


def render_pdf(source: str, total: int) -> tuple[bytes, int]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    blocks = parse(source)
    title = next(block.text for block in blocks if block.kind == "title")

    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, 800, header_of(source))
        canvas.line(72, 794, 72 + PAGE_WIDTH, 794)
        canvas.drawCentredString(72 + PAGE_WIDTH / 2, 40, f"第 {template.page} 页　共 {total} 页")

    buffer = io.BytesIO()
    template = SimpleDocTemplate(buffer, title=title, author="contract-scan", lang="zh-CN", invariant=1)
    template.build(pdf_story(blocks), onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue(), template.page


def pdf_styles() -> dict[str, ParagraphStyle]:
    from reportlab.lib.styles import ParagraphStyle

    body = ParagraphStyle("text", fontName="STSong-Light", fontSize=11.5, leading=20, wordWrap="CJK", spaceAfter=3)
    return {
        "text": body,
        "title": ParagraphStyle("title", body, fontSize=17, leading=30, alignment=1, spaceAfter=12),
        "heading": ParagraphStyle("heading", body, fontSize=13, spaceBefore=8, keepWithNext=1),
        "cell": ParagraphStyle("cell", body, fontSize=10, leading=15, spaceAfter=0),
    }


def pdf_story(blocks: tuple[Block, ...]) -> list[Flowable]:
    from reportlab.platypus import PageBreak, Paragraph, Spacer

    styles, story = pdf_styles(), []
    for group in groups(blocks):
        first = group[0]
        if first.kind == "row":
            story += [pdf_table(group, styles["cell"]), Spacer(1, 10)]
        else:
            story.append(PageBreak() if first.kind == "page" else Paragraph(first.text, styles[first.kind]))
    return story


def pdf_table(rows: tuple[Block, ...], style: ParagraphStyle) -> Table:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    shares = WIDTHS[len(rows[0].cells)]
    widths = [PAGE_WIDTH * share / sum(shares) for share in shares]
    cells = [[Paragraph(cell, style) for cell in row.cells] for row in rows]
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.grey)
    return Table(cells, colWidths=widths, repeatRows=1, style=[grid, ("VALIGN", (0, 0), (-1, -1), "TOP")])


# --- DOCX

NUMBERING = 90


def build_docx(source: str, levels: tuple[Level, Level]) -> bytes:
    from docx import Document as new_document
    from docx.oxml.ns import qn

    document = new_document()
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.sections[0].header.paragraphs[0].text = header_of(source)
    add_numbering(document, levels)
    for group in groups(parse(source)):
        if group[0].kind == "row":
            add_table(document, group)
        else:
            add_paragraph(document, group[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return timeless(buffer.getvalue())


def add_numbering(document: Document, levels: tuple[Level, Level]) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    inner = "".join(level_xml(index, level) for index, level in enumerate(levels))
    definition = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}">'
    definition += f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
    instance = f'<w:num {nsdecls("w")} w:numId="{NUMBERING}"><w:abstractNumId w:val="{NUMBERING}"/></w:num>'
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(definition))  # the schema wants definitions before instances
    numbering.append(parse_xml(instance))


def level_xml(index: int, level: Level) -> str:
    legal = "<w:isLgl/>" if level.legal else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{level.style}"/>{legal}'
        f'<w:suff w:val="space"/><w:lvlText w:val="{level.pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def add_table(document: Document, rows: tuple[Block, ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0].cells), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.cells, strict=True):
            cell.text = text


def add_paragraph(document: Document, block: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    if block.kind in ("heading", "item"):
        number(paragraph, level=0 if block.kind == "heading" else 1)
    if block.kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    bold = True if block.kind in ("title", "heading") else None
    end = 0
    for change in CHANGE.finditer(block.text):
        if change.start() > end:
            paragraph.add_run(block.text[end : change.start()])
        track(paragraph, change[1], change[2])
        end = change.end()
    paragraph.add_run(block.text[end:]).bold = bold


def number(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = NUMBERING


def track(paragraph: Paragraph, sign: str, text: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    tag, content = ("ins", "t") if sign == "+" else ("del", "delText")
    xml = f'<w:{tag} {nsdecls("w")} w:id="{len(paragraph._p) + 1}" w:author="经办人" w:date="{CHANGED_ON}">'
    paragraph._p.append(parse_xml(f"{xml}<w:r><w:{content}>{text}</w:{content}></w:r></w:{tag}>"))


def timeless(data: bytes) -> bytes:
    """The same package with fixed file times, so that building twice gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2026, 11, 25, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


# --- which contract is built how

ARTICLES = (Level("chineseCountingThousand", "第%1条"), Level("chineseCountingThousand", "（%2）"))
COMMAS = (Level("japaneseCounting", "%1、"), Level("decimal", "%2."))
LEGAL = (Level("chineseCountingThousand", "第%1条"), Level("decimal", "%1.%2", legal=True))

BUILDERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "bank-personal-loan": ("contract.pdf", build_pdf),
    "fair-bank-loan": ("contract.pdf", build_pdf),
    "microloan-shop": ("contract.pdf", build_pdf),
    "consumer-course-instalment": ("contract.docx", partial(build_docx, levels=ARTICLES)),
    "auto-finance": ("contract.docx", partial(build_docx, levels=COMMAS)),
    "guarantee-company": ("contract.docx", partial(build_docx, levels=LEGAL)),
    "private-note": ("contract.txt", partial(build_text, encoding="gb18030", newline="\r\n")),
    "platform-service": ("contract.txt", partial(build_text, encoding="utf-16", newline="\r\n")),
    "taiwan-note": ("contract.txt", partial(build_text, encoding="big5", newline="\r\n")),
}


def main(slugs: list[str]) -> None:
    for slug in slugs or BUILDERS:
        name, build = BUILDERS[slug]
        data = build((HERE / slug / "source.txt").read_text("utf-8"))
        (HERE / slug / name).write_bytes(data)
        print(f"{slug}/{name}: {len(data)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
