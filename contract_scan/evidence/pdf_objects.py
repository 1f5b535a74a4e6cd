"""PDF objects of an annotated page: highlights, comments with their appearance, the type they are set in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract_scan.evidence.column import LEADING, PADDING, Placed, em
from contract_scan.evidence.frame import UPRIGHT, Frame, Rect
from contract_scan.model import Box

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

#: Colour of the mark, colour of the words about it (0 to 1), by the key of the severity; "" is neutral.
COLOURS = {
    "c": ((1.0, 0.75, 0.75), (0.64, 0.09, 0.11)),
    "h": ((1.0, 0.86, 0.62), (0.54, 0.27, 0.0)),
    "m": ((0.78, 0.87, 1.0), (0.24, 0.32, 0.47)),
    "l": ((0.88, 0.88, 0.86), (0.33, 0.36, 0.39)),
    "": ((0.95, 0.95, 0.93), (0.1, 0.11, 0.13)),
}
PRINTED = 4  # annotation flag


@dataclass(frozen=True, slots=True)
class Ink:
    """How a place is marked: colour key, the number before it, where that stands (displayed points), its size."""

    key: str
    number: str
    at: tuple[float, float]
    size: float


def song(writer: PdfWriter) -> IndirectObject:
    """A Chinese font that every reader has or replaces, by name; nothing is embedded."""
    info = {"/Registry": "Adobe", "/Ordering": "GB1", "/Supplement": 4}
    descriptor = {
        "/Type": "/FontDescriptor", "/FontName": "/STSong-Light", "/Flags": 6, "/FontBBox": [-25, -254, 1000, 880],
        "/ItalicAngle": 0, "/Ascent": 880, "/Descent": -120, "/CapHeight": 880, "/StemV": 93,
    }  # fmt: skip
    descendant = {
        "/Type": "/Font", "/Subtype": "/CIDFontType0", "/BaseFont": "/STSong-Light", "/CIDSystemInfo": info,
        "/FontDescriptor": _added(writer, descriptor), "/DW": 1000, "/W": [1, 95, 500, 814, 939, 500],
    }  # fmt: skip
    return _added(
        writer,
        {
            "/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/STSong-Light", "/Encoding": "/UniGB-UCS2-H",
            "/DescendantFonts": [_added(writer, descendant)],
        },
    )  # fmt: skip


def highlight(writer: PdfWriter, frame: Frame, boxes: Sequence[Box], *, ink: Ink) -> DictionaryObject:
    """A highlight of some boxes with a number before it.

    It has no text of its own: what it says stands in the column, and a text would make Chromium open an empty pop-up.
    """
    light, dark = COLOURS[ink.key]
    corners = [(box.x0, box.top, box.x1, box.bottom) for box in boxes]
    badge = (ink.at[0], ink.at[1], ink.at[0] + ink.size, ink.at[1] + ink.size)
    rect = _around([frame.rect(*corner) for corner in [*corners, badge]])
    marks = " ".join(_fill(frame.rect(*corner)) for corner in corners)
    content = f"/Mul gs {_rgb(light)} rg {marks} f /Nor gs {_number(frame, ink, dark)}"
    fonts = {"/Hv": _added(writer, {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica-Bold"})}
    states = {"/Mul": {"/Type": "/ExtGState", "/BM": "/Multiply"}, "/Nor": {"/Type": "/ExtGState", "/BM": "/Normal"}}
    return _dictionary(
        {
            "/Type": "/Annot", "/Subtype": "/Highlight", "/Rect": list(rect), "/C": list(light), "/F": PRINTED,
            "/QuadPoints": [number for box in boxes for number in frame.quad(box)],
            "/AP": {"/N": _form(writer, content, rect, resources={"/ExtGState": states, "/Font": fonts})},
        }
    )  # fmt: skip


def freetext(writer: PdfWriter, frame: Frame, rect: Rect, *, note: Placed, font: IndirectObject) -> DictionaryObject:
    """A comment in the column; *rect* is displayed: x0, top, x1, bottom. Its full text is its contents."""
    light, dark = COLOURS[note.note.key]
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    pale = [1 - (1 - part) * 0.3 for part in light]
    box = f"{_rgb(pale)} rg 0 0 {width:.2f} {height:.2f} re f {_rgb(dark)} rg 0 0 1.5 {height:.2f} re f"
    content = f"{box} {_lines(note, height, dark)}"
    form = _form(
        writer, content, (0.0, 0.0, width, height), resources={"/Font": {"/Song": font}}, matrix=UPRIGHT[frame.turns]
    )
    return _dictionary(
        {
            "/Type": "/Annot", "/Subtype": "/FreeText", "/Rect": list(frame.rect(*rect)), "/F": PRINTED,
            "/DA": f"/Song {note.size:g} Tf 0 g", "/T": "contract-scan", "/Rotate": 0,
            "/Contents": "\n".join(note.note.paragraphs), "/AP": {"/N": form},
        }
    )  # fmt: skip


def _lines(note: Placed, height: float, dark: Sequence[float]) -> str:
    """The lines of a comment; its first paragraph, the head, in its colour."""
    head = len(note.note.paragraphs[0])
    parts = [f"BT /Song {note.size:g} Tf {note.size * LEADING:.2f} TL {_rgb(dark)} rg"]
    parts.append(f"{PADDING + 3:.2f} {height - PADDING - note.size:.2f} Td")
    shown = 0
    for line in note.lines:
        if shown >= head:
            parts.append("0.1 g")
        shown += len(line)
        parts.append(f"<{_ucs2(line)}> Tj T*")
    return " ".join([*parts, "ET"])


def _ucs2(line: str) -> str:
    return "".join(char if ord(char) < 0x10000 else "□" for char in line).encode("utf-16-be", "replace").hex()


def _number(frame: Frame, ink: Ink, dark: Sequence[float]) -> str:
    """The number in white on its colour, upright as displayed."""
    x, y = frame.point(ink.at[0], ink.at[1] + ink.size)
    turn = " ".join(map(str, UPRIGHT[frame.turns]))
    wide = sum(map(em, ink.number))
    size = min(ink.size * 0.8, ink.size * 0.9 / wide)
    start = (ink.size - wide * size * 1.1) / 2
    return (
        f"q {turn} {x:.2f} {y:.2f} cm {_rgb(dark)} rg 0 0 {ink.size:.2f} {ink.size:.2f} re f "
        f"BT /Hv {size:.2f} Tf 1 g {start:.2f} {(ink.size - size * 0.72) / 2:.2f} Td ({ink.number}) Tj ET Q"
    )


def _form(
    writer: PdfWriter, content: str, bounds: Rect, *, resources: dict[str, object], matrix: Sequence[int] = UPRIGHT[0]
) -> IndirectObject:
    from pypdf.generic import StreamObject

    stream = StreamObject()
    stream.set_data(content.encode("ascii"))
    stream.update(
        _dictionary(
            {
                "/Type": "/XObject", "/Subtype": "/Form", "/BBox": list(bounds), "/Matrix": [*matrix, 0, 0],
                "/Resources": resources,
            }
        )
    )  # fmt: skip
    return writer._add_object(stream.flate_encode())


def _added(writer: PdfWriter, value: dict[str, object]) -> IndirectObject:
    return writer._add_object(_dictionary(value))


def _dictionary(value: dict[str, object]) -> DictionaryObject:
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(key): _object(item) for key, item in value.items()})


def _object(value: object) -> PdfObject:
    """Our values as PDF objects: a string with a slash is a name."""
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, PdfObject, TextStringObject

    if isinstance(value, PdfObject):
        return value
    if isinstance(value, dict):
        return _dictionary(value)
    if isinstance(value, list):
        return ArrayObject(map(_object, value))
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, float):
        return FloatObject(f"{value:.3f}")
    text = str(value)
    is_name = text.startswith("/") and text.isascii() and " " not in text
    return NameObject(text) if is_name else TextStringObject(text)


def _around(rects: Iterable[Rect]) -> Rect:
    lefts, lows, rights, highs = zip(*rects, strict=True)
    return min(lefts), min(lows), max(rights), max(highs)


def _fill(rect: Rect) -> str:
    return f"{rect[0]:.2f} {rect[1]:.2f} {rect[2] - rect[0]:.2f} {rect[3] - rect[1]:.2f} re"


def _rgb(colour: Sequence[float]) -> str:
    return " ".join(f"{part:.2f}" for part in colour)
