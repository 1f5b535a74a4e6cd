"""Width tables and character maps that run past what a font can hold are left out; all others stay."""

from __future__ import annotations

import pytest
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from contract_scan.extract.pdfminer_fonts import bounded_fonts

FONT = {
    "Type": LIT("Font"), "Subtype": LIT("CIDFontType2"), "BaseFont": LIT("Song"),
    "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0}, "FontDescriptor": {},
}  # fmt: skip


def mapping(lines: str) -> PDFStream:
    start = "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    stream = PDFStream({}, b"")
    stream.data = (start + lines).encode()
    return stream


@pytest.mark.parametrize(
    ("widths", "kept"),
    [
        ([1, 3, 500], {1, 2, 3}),
        ([20, [500, 600], 40, 41, 700], {20, 21, 40, 41}),
        ([1, 99_999_999, 500], set()),
    ],
)
def test_widths(widths: list[object], kept: set[int]) -> None:
    font = bounded_fonts().get_font(None, {**FONT, "W": widths})
    assert set(font.widths) == kept


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("1 beginbfchar <0005> <00660069> endbfchar", "fi"),
        ("1 beginbfrange <0001> <0009> <4E00> endbfrange", "\u4e04"),
        ("1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange", None),
    ],
)
def test_character_maps(lines: str, text: str | None) -> None:
    font = bounded_fonts().get_font(None, {**FONT, "ToUnicode": mapping(lines)})
    assert (font.unicode_map.get_unichr(5) if font.unicode_map else None) == text
