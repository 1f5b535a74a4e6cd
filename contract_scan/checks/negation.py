"""Whether words are turned into their opposite: 甲方不得预先扣除利息 is no deduction.

The negators are data (lexicon concepts ``negator-far``, ``negator-near``, ``negator-void`` and ``without-leave``);
this module knows only how far each reaches.
"""

from __future__ import annotations

import re

from contract_scan.checks.index import Hit, TextIndex
from contract_scan.checks.match import Match

FAR = 10
NEAR = 1
SUBJECT = 4  # characters between who speaks and what is denied: 甲方承诺不…
_HALF = re.compile("[，：；。\n]")


def is_negated(index: TextIndex, match: Match) -> bool:
    """Whether a negator that is not itself part of the match governs one of its words."""
    own = match.own
    return any(_governed(index, hit, match.hits) for hit in own)


def is_renounced(index: TextIndex, match: Match) -> bool:
    """Whether the lender's side says that it will not: 甲方不扣押乙方的身份证.

    For checks that do without :func:`is_negated` because the problem is itself a prohibition (乙方不得起诉).
    """
    return any(_governed(index, hit, match.hits, by_drafter=True) for hit in match.own)


def _governed(index: TextIndex, hit: Hit, parts: tuple[Hit, ...], *, by_drafter: bool = False) -> bool:
    window = max(hit.start - FAR - 6, 0)
    negators = [(negator, FAR) for negator in index.within(("negator-far",), window, hit.start)]
    negators += [(negator, NEAR) for negator in index.within(("negator-near",), window, hit.start)]
    for negator, reach in negators:
        if any(part.start < negator.end and negator.start < part.end for part in parts):
            continue
        between = index.text[negator.end : hit.start]
        if len(between) > reach or _HALF.search(between):
            continue
        if any(part.start >= negator.end and part.end <= hit.start for part in parts):
            continue  # it governs the nearer word, which is judged by itself
        if by_drafter and not _speaks(index, negator):
            continue
        if not index.within(("negator-void",), negator.start, negator.end + 4):
            return True
    return False


def _speaks(index: TextIndex, negator: Hit) -> bool:
    """Whether the words right before a negator name the lender's side."""
    first = max(negator.start - SUBJECT - 6, 0)
    leave = index.within(("without-leave",), max(first - FAR, 0), negator.start)
    return any(
        not _HALF.search(index.text, who.end, negator.start)
        and negator.start - who.end <= SUBJECT
        and not any(asked.start < who.start and who.end < asked.end for asked in leave)
        for who in index.within(("drafter",), first, negator.start)
    )
