"""Whether words are turned into their opposite: 甲方不得预先扣除利息 is no deduction.

The negators are data (lexicon concepts ``negator-far``, ``negator-near`` and ``negator-void``); this module knows
only how far each reaches.
"""

from __future__ import annotations

import re

from contract_scan.checks.index import Hit, TextIndex
from contract_scan.checks.match import Match

FAR = 10
NEAR = 1
_HALF = re.compile("[，：；。\n]")


def is_negated(index: TextIndex, match: Match) -> bool:
    """Whether a negator that is not itself part of the match governs one of its words."""
    own = match.own
    return any(_governed(index, hit, match.hits) for hit in own)


def _governed(index: TextIndex, hit: Hit, parts: tuple[Hit, ...]) -> bool:
    window = hit.start - FAR - 6
    for negator in index.within(("negator-far", "negator-near"), max(window, 0), hit.start):
        if any(part.start < negator.end and negator.start < part.end for part in parts):
            continue
        reach = FAR if negator in index.hits_of("negator-far") else NEAR
        between = index.text[negator.end : hit.start]
        if len(between) > reach or _HALF.search(between):
            continue
        if any(part.start >= negator.end and part.end <= hit.start for part in parts):
            continue  # it governs the nearer word, which is judged by itself
        if not index.within(("negator-void",), negator.start, negator.end + 4):
            return True
    return False
