"""Characters drawn twice: fake bold puts a glyph twice at nearly the same place, some writers double whole headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contract_scan.extract.glyphs import Glyph

CLOSE = 0.3  # of a character's width: nearer than this, two equal ones are one
RUN_PAIRS = 4  # 「借借款款合合同同」: this many doubled characters in a row, at least
TWO_PAIRS = re.compile(r"(.)\1(.)\2", re.DOTALL)
RUN_KINDS = 3  # of which different ones, so that 「□□□□」 and 「————」 stay


def without_overprints(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """A line's characters (in order of position) without second copies and without the 「___」 under filled-in text."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if kept and _same_place(kept[-1], glyph):
            if kept[-1].text == "_":
                kept[-1] = glyph
                continue
            if glyph.text in (kept[-1].text, "_"):
                continue
        kept.append(glyph)
    return kept


def _same_place(one: Glyph, other: Glyph) -> bool:
    across = CLOSE * max(one.x1 - one.x0, other.x1 - other.x0, 0.1)
    if "_" in (one.text, other.text) and one.text != other.text:
        return other.x0 + other.x1 < 2 * one.x1 or one.x0 + one.x1 > 2 * other.x0
    return abs(one.x0 - other.x0) <= across and abs(one.top - other.top) <= CLOSE * max(one.em, 0.1)


def without_doubled_runs(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """「借借款款合合同同」 → 「借款合同」; words that merely repeat a character stay."""
    if not TWO_PAIRS.search("".join([glyph.text for glyph in glyphs])):
        return list(glyphs)
    out: list[Glyph] = []
    at = 0
    while at < len(glyphs):
        end = at
        while end + 1 < len(glyphs) and _is_pair(glyphs[end], glyphs[end + 1]):
            end += 2
        pairs = glyphs[at:end:2]
        if len(pairs) >= RUN_PAIRS and len({glyph.text for glyph in pairs}) >= RUN_KINDS:
            out += [_union(a, b) for a, b in zip(pairs, glyphs[at + 1 : end : 2], strict=True)]
            at = end
        else:
            out.append(glyphs[at])
            at += 1
    return out


def _is_pair(one: Glyph, other: Glyph) -> bool:
    return one.text == other.text and "\u3400" <= one.text <= "\U0003ffff"


def _union(one: Glyph, other: Glyph) -> Glyph:
    return one._replace(x0=min(one.x0, other.x0), x1=max(one.x1, other.x1))
