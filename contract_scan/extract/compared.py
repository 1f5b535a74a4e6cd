"""The text layer of a page against what is seen on it: they may be two different contracts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from contract_scan.extract.assembly import ReadPage
from contract_scan.extract.glyphs import Glyph, Mark

ALIKE = 0.8  # share of what is seen that the text layer has; below it the layer is of something else
SURE = 0.9  # confidence of a figure that is seen
DIGITS = frozenset("0123456789零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億")
ENOUGH = 20  # characters seen before anything is concluded


def compared(layer: ReadPage, seen: ReadPage) -> ReadPage:
    """The page as its text layer has it, figures marked that are seen otherwise; or as it is seen, where the two are
    different texts."""
    one, other = _characters(layer), _characters(seen)
    if seen.fault or len(other) < ENOUGH:
        return layer
    matcher = SequenceMatcher(None, _text(one), _text(other), autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks()) / len(other)
    if same < ALIKE:
        flaw = f"文字层和看到的不一致（只有 {same:.0%} 相同），以看到的为准"
        return replace(seen, size=layer.size, flaws=(flaw, *seen.flaws), hidden=layer.hidden, comments=layer.comments)
    contested = list(_contested(matcher, one, other, seen))
    if not contested:
        return layer
    marks = {(glyph.x0, glyph.top): Mark((glyph.x0, glyph.top, glyph.x1, glyph.bottom), 0.0) for glyph in contested}
    return replace(layer, marks=marks, flaws=(*layer.flaws, f"有 {len(contested)} 个数字和看到的不一样"))


def _contested(
    matcher: SequenceMatcher[str], one: Sequence[Glyph], other: Sequence[Glyph], seen: ReadPage
) -> Iterator[Glyph]:
    """The digits of the layer in whose place others are seen."""
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "replace":
            continue
        digits = [glyph for glyph in one[a:b] if _plain(glyph.text) in DIGITS]
        shown = [glyph for glyph in other[c:d] if _plain(glyph.text) in DIGITS]
        sure = all(seen.marks[glyph.x0, glyph.top].confidence >= SURE for glyph in shown)
        if digits and shown and sure:
            yield from digits


def _characters(page: ReadPage) -> list[Glyph]:
    return [glyph for line in page.lines for glyph in line.glyphs if not glyph.inserted and glyph.text not in "_＿|"]


def _text(glyphs: Sequence[Glyph]) -> str:
    return "".join(_plain(glyph.text) for glyph in glyphs)


def _plain(char: str) -> str:
    """One spelling for wide and narrow signs, and for radicals that stand for characters."""
    return unicodedata.normalize("NFKC", char)[:1]
