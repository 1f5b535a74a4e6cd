"""Is this text, or bytes read with the wrong key? Shared by the text decoder and the PDF reader."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

#: Characters that make up at least a quarter of any Chinese contract, simplified and traditional.
COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以时要就出会可也你对生能而子那得于自之年发后作里用所行事成方多经去法学如同现当动面定分还进好部其些主样理心本前开但因只从想实日者意无力它长把机民第公此已使情明性知全三关点正业外将两高间由问重并应战向政相见被利什二等产或新己制身果加月合回特代内信表化老给位次度门任先海通提及比解水真论处走各入几口认条系题数安少报结反受目量再接必件计期管市直资命山金指克许统区保至形社便空决治规共确传观清今切让识带导争运"
    "借款贷还息率额费权义务违约担抵押质签订协议合同书甲乙丙丁逾罚付账户银支偿限按每届满双陆柒捌玖拾佰仟万元整角分四五六七八九十百千零〇"
    "這個們來國時會對發後裡種經學當動進樣還開從實無與長機條問題業將兩間產體見給係報變數總結務場計統區貸約償應權義費額書貳壹參擔質簽訂協議違罰戶銀滿雙為於僅須連帶保證據歸屬認"
    "，。、；：（）《》“”"
)
BAD_SHARE = 0.15  # of unreadable characters that a page may have (check boxes from symbol fonts are such)
COMMON_SHARE = 0.12  # of Chinese characters that must be everyday ones
ENOUGH = 60  # Chinese characters before COMMON_SHARE says anything
LATIN1_SHARE = 0.3  # of 「½è¿îºÏÍ¬」 characters that ordinary text never has


def bad_share(text: str) -> float:
    """Share of characters that say nothing: replacement, private use, control, unassigned; 1.0 for no text."""
    seen = _counted(text)
    return _share(seen, _is_bad) if seen else 1.0


def common_share(text: str) -> float:
    """Share of everyday characters among the Chinese ones and Chinese punctuation; 0.0 when there are none."""
    wide = {char: count for char, count in Counter(text).items() if is_wide(char)}
    return _share(wide, COMMON.__contains__)


def is_garbled(text: str) -> bool:
    """Whether most of this cannot be what the author wrote."""
    seen = _counted(text)
    if not seen or _share(seen, _is_bad) > BAD_SHARE:
        return True
    if sum(count for char, count in seen.items() if is_wide(char)) >= ENOUGH and common_share(text) < COMMON_SHARE:
        return True
    return _share(seen, lambda char: "\u00a1" <= char <= "\u02ff") > LATIN1_SHARE


def is_wide(char: str) -> bool:
    """Everything from the CJK radicals on, so that misread Hangul, Yi or rare Chinese counts against a guess."""
    return char >= "\u2e80" or char in "“”"


def _counted(text: str) -> dict[str, int]:
    return {char: count for char, count in Counter(text).items() if not char.isspace()}


def _share(counts: dict[str, int], test: Callable[[str], bool]) -> float:
    return sum(count for char, count in counts.items() if test(char)) / max(sum(counts.values()), 1)


def _is_bad(char: str) -> bool:
    if " " < char < "\x7f" or "\u4e00" <= char <= "\u9fff":
        return False
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")
