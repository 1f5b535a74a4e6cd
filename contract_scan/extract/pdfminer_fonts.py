"""Fonts for pdfminer whose tables are no longer than a font can be: a range up to 99,999,999 in a file of a few
kilobytes would otherwise be written out code by code until the memory is gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfminer.pdfinterp import PDFResourceManager

MOST = 0x10000  # codes in one range; a CID has two bytes
MOST_RANGES = 20_000  # in one map from codes to characters
_SECTION = re.compile(rb"begin(?:bf|cid|notdef)range(.*?)(?:end(?:bf|cid|notdef)range|\Z)", re.DOTALL)
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,16})\s*>\s*<\s*([0-9A-Fa-f]{1,16})\s*>\s*(?:<[^>]{0,999}>|\[|\d)")


def bounded_fonts() -> PDFResourceManager:
    """pdfminer's maker of fonts, which leaves out width tables and character maps that run past what can be."""
    from pdfminer.pdffont import PDFFont
    from pdfminer.pdfinterp import PDFResourceManager

    class BoundedFonts(PDFResourceManager):
        def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
            return super().get_font(objid, {key: part for key, part in spec.items() if not is_endless(key, part)})

    return BoundedFonts()


def is_endless(key: str, part: object) -> bool:
    """Whether an entry of a font dictionary would be written out longer than a font can be."""
    from pdfminer.pdftypes import PDFStream, resolve1

    part = resolve1(part)
    if key in ("W", "W2") and isinstance(part, list):
        numbers = [number if isinstance(number := resolve1(item), (int, float)) else 0 for item in part]
        return any(later - earlier > MOST for earlier, later in pairwise(numbers))
    if key in ("ToUnicode", "Encoding") and isinstance(part, PDFStream):
        return _maps_too_much(part.get_data())
    return False


def _maps_too_much(mapping: bytes) -> bool:
    sections = _SECTION.findall(mapping)
    ranges = [(int(low, 16), int(high, 16)) for section in sections for low, high in _RANGE.findall(section)]
    return len(ranges) > MOST_RANGES or any(high - low > MOST for low, high in ranges)
