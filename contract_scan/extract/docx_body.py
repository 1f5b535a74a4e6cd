"""Walks the XML of a Word file: paragraphs, runs, tables, text boxes; tracked changes as if accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from contract_scan.extract.cells import is_prose
from contract_scan.extract.docx_numbering import Numbering, Styles, is_on, value
from contract_scan.extract.docx_package import W
from contract_scan.model import CELL_SEPARATOR

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P, R, T, TBL, BOX = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}txbxContent"
#: Removed by a tracked change, or not text at all.
SKIPPED = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "sectPr", "rt")}
TINY = 3  # half points; smaller type is no reading matter
WHITISH = re.compile("[EF][0-9A-F][EF][0-9A-F][EF][0-9A-F]")  # hexadecimal red, green, blue
INSERTED = {f"{W}ins", f"{W}moveTo"}
PICTURES = {f"{A}blip", "{urn:schemas-microsoft-com:vml}imagedata"}
SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
#: Check boxes and ticks of the symbol fonts, by the low byte of the code.
SYMBOLS = {
    "Wingdings": {0xA8: "□", 0x6F: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "√", 0xFB: "×", 0x6C: "●", 0x6E: "■"},
    "Wingdings 2": {0xA3: "□", 0x30: "□", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x50: "√", 0x4F: "×"},
}


class Body:
    """Reads parts of one document in order; ``seen`` counts what is noted, ``hidden`` is what nobody sees."""

    def __init__(self, numbering: Numbering, styles: Styles) -> None:
        self._numbering = numbering
        self._styles = styles
        self._fields: list[bool] = []  # of the open fields, inside out: whether its result has begun
        self._carried = ""  # text of a paragraph whose end was deleted
        self._boxes: list[Element] = []
        self._unseen = ""  # hidden text of the paragraph
        self._grounds = 0  # of the open cells, paragraphs and boxes, how many may have a colour behind the text
        self.hidden: list[str] = []
        self.seen: Counter[str] = Counter()
        self.referred: set[tuple[str, str]] = set()  # (footnote or endnote, id)

    def read(self, part: Element) -> list[str]:
        """The lines of a part: one for each paragraph or table row that has text."""
        resolve_alternatives(part)
        lines = list(self._blocks(part))
        if self._carried:
            lines.append(self._carried)
            self._carried = ""
        return lines

    def _blocks(self, parent: Element) -> Iterator[str]:
        for child in parent:
            if child.tag == P:
                yield from self._paragraph(child)
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag == f"{W}altChunk":
                self.seen["foreign"] += 1
            elif child.tag not in SKIPPED:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        """The paragraph with its number, then the text boxes anchored in it."""
        properties = paragraph.find(f"{W}pPr")
        with self._on_ground(properties is not None and _is_shaded(properties)):
            text = self._carried + self._inline(paragraph)
        boxes, self._boxes = self._boxes, []
        self.hidden += [line.strip() for line in self._unseen.split("\n") if line.strip()]
        self._carried = self._unseen = ""
        self._fields.clear()  # a field that is never ended must not swallow the rest
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = text
            text = ""
        else:
            text = self._numbering.label(properties) + text
        yield from (line.rstrip() for line in text.split("\n") if line.strip())
        for box in boxes:
            with self._on_ground(True):
                lines = list(self._blocks(box))
            yield from lines

    def _table(self, table: Element) -> Iterator[str]:
        styled = table.find(f"{W}tblPr/{W}tblStyle") is not None
        for row in _within(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.seen["deleted"] += 1
                continue
            with self._on_ground(styled):
                lines = list(self._row(row))
            yield from lines

    @contextmanager
    def _on_ground(self, coloured: bool) -> Iterator[None]:
        self._grounds += coloured
        yield
        self._grounds -= coloured

    def _row(self, row: Element) -> Iterator[str]:
        """One line of cells; a cell of running text, or one with a table inside, gets lines of its own."""
        run: list[str] = []
        for cell in _within(row, f"{W}tc"):
            own = cell.find(f"{W}tcPr")
            with self._on_ground(own is not None and _is_shaded(own)):
                lines = list(self._blocks(cell)) if not _is_continued(cell) else []
            nested = any(True for _ in _within(cell, TBL))
            if nested or is_prose(len(lines), sum(map(len, lines))):
                yield from _joined(run)
                yield from lines
                run = []
            else:
                run.append(" ".join(lines))
        yield from _joined(run)

    def _inline(self, parent: Element) -> str:
        parts: list[str] = []
        for child in parent:
            if child.tag == R:
                parts.append(self._run(child))
            elif child.tag == f"{W}del" or child.tag == f"{W}moveFrom":
                self.seen["deleted"] += 1
            elif child.tag not in SKIPPED:
                inner = self._inline(child)
                self.seen["inserted"] += child.tag in INSERTED and bool(inner)
                parts.append(inner)
        return "".join(parts)

    def _run(self, run: Element) -> str:
        properties = run.find(f"{W}rPr")
        text = "".join(map(self._piece, run))
        if properties is None or not text:
            return text
        if self._is_hidden(properties):
            self.seen["hidden"] += bool(text.strip())
            self._unseen += text
            return ""
        line = properties.find(f"{W}u")
        if line is not None and is_on(line) and not text.strip(" \u00a0\u3000\t"):
            return "_" * max(_width(text), 2)  # underlined space is a blank to fill in
        return text

    def _piece(self, piece: Element) -> str:
        if piece.tag == T:
            return (piece.text or "") if all(self._fields[:-1]) else ""  # not inside another field's instruction
        if piece.tag in SIGNS:
            return SIGNS[piece.tag]
        if piece.tag == f"{W}sym":
            return _symbol(piece.get(f"{W}font", ""), piece.get(f"{W}char", ""))
        if piece.tag == f"{W}fldChar":
            return self._field(piece)
        if piece.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self.referred.add((piece.tag[len(W) : -len("Reference")], piece.get(f"{W}id", "")))
            return ""
        if piece.tag == f"{W}ruby":
            return "".join(self._inline(base) for base in piece.iter(f"{W}rubyBase"))
        self.seen["pictures"] += sum(each.tag in PICTURES for each in piece.iter())
        self._boxes += _outermost(piece, BOX)
        return ""

    def _field(self, mark: Element) -> str:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(False)
            box = mark.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                state = next((e for name in ("checked", "default") if (e := box.find(f"{W}{name}")) is not None), None)
                return "☑" if state is not None and is_on(state) else "□"
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
        return ""

    def _is_hidden(self, properties: Element) -> bool:
        if (value(properties, "sz") or "").isdecimal() and int(value(properties, "sz") or "") <= TINY:
            return True
        white = WHITISH.fullmatch((value(properties, "color") or "").upper())
        if white and not self._grounds and not _is_shaded(properties):
            return True
        own = properties.find(f"{W}vanish")
        if own is not None:
            return is_on(own)
        style = value(properties, "rStyle")
        return style is not None and self._styles.hides(style)


def _is_shaded(properties: Element) -> bool:
    """Whether a run, paragraph or cell has a colour of its own behind the text, or a style that may bring one."""
    shade = properties.find(f"{W}shd")
    if shade is not None and not WHITISH.fullmatch((shade.get(f"{W}fill") or "").upper().replace("AUTO", "FFFFFF")):
        return True
    return value(properties, "highlight") not in (None, "none", "white") or value(properties, "pStyle") is not None


def resolve_alternatives(root: Element) -> None:
    """Put the first choice with text in place of each mc:AlternateContent, so that text boxes come once."""
    for parent in reversed(list(root.iter())):
        for index in reversed(range(len(parent))):
            if parent[index].tag == f"{MC}AlternateContent":
                branches = [b for b in parent[index] if b.tag in (f"{MC}Choice", f"{MC}Fallback")]
                chosen = next((b for b in branches if next(b.iter(T), None) is not None), None)
                parent[index : index + 1] = list(chosen if chosen is not None else branches[0] if branches else ())


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also inside content controls and tracked changes."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in SKIPPED and child.tag not in (P, TBL):
            yield from _within(child, tag)


def _outermost(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == tag:
            yield child
        else:
            yield from _outermost(child, tag)


def _is_continued(cell: Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _joined(run: list[str]) -> Iterator[str]:
    if any(text.strip() for text in run):
        yield CELL_SEPARATOR.join(run)


def _width(text: str) -> int:
    """Width in half-width columns; a tab counts as eight."""
    return sum(8 if char == "\t" else 2 if char == "\u3000" else 1 for char in text)


def _symbol(font: str, code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    known = SYMBOLS.get(font, {}).get(point & 0xFF)
    return known or ("" if 0xD800 <= point < 0xE000 or not 0 < point < 0x110000 else chr(point))
