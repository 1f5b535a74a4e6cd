"""What a rate or a fee is charged for: the day, month, year or instalment that the words around a number name."""

from __future__ import annotations

import re

PERIOD_OF = {"日": "day", "天": "day", "月": "month", "年": "year", "期": "instalment"}

_DIRECTLY_AFTER = re.compile(
    r"[\s）)]?(?:的(?:标准|比例|利率))?\s?(?:[（(]?(?:[/／·]|每|一|按)\s?[个個]?|[（(])(?P<period>[日天月年期])(?![数利息费按以])"
)
_SOON_AFTER = re.compile(
    r"[^。；\n]{0,14}?(?:按(?P<period>[日天月年])(?:计|收|支付|累计|加收|向)|[×*xX]\s?[\u4e00-\u9fff]{0,6}(?P<days>[天日])数)"
)
#: …×13.5%×天数÷365: divided by a year, so the rate is one for a year.
_OVER_A_YEAR = re.compile(r"[^。；\n]{0,20}?[÷/／]\s?(?:36[05]|12)(?![0-9])")
_DIRECTLY_BEFORE = re.compile(r"(?<![0-9一二三四五六七八九十个個每])(?P<period>[日月年])(?:率|为|按)?\s?\Z")
_BEFORE = re.compile(
    r"(?P<day>每[逾迟延拖超晚提][^，。；\n0-9]{0,5}[一1壹]?[日天]|每(?:自然)?[日天]|按[日天]|逐日|[日天](?:利|息|费|罚|综合|化|管理|服务|付|计)"
    r"|(?:逾期|迟延|延迟)[一1][日天]|[日天]数\s?[×*])"
    r"|(?P<month>每[个個]?月|按月|逐月|月(?:利|息|费|率|综合|管理|服务|担保|化|付))"
    r"|(?P<year>每年|按年|逐年|年(?:利|息|费|化|率|百分率|综合|管理|服务|担保))"
    r"|(?P<instalment>每一?期|(?<![过展延续逾分到])期(?:利|息|费))"
)

_ANOTHER = re.compile("以及|及(?!时)|和|与|另")


def period_around(text: str, start: int, end: int, *, floor: int, ceiling: int) -> str:
    """The period a number at *start* to *end* is charged for: day, month, year, instalment or "".

    Looks between *floor* and *ceiling* (the numbers, or sentence ends, next to it). Words that follow directly
    (/日) outweigh the nearest words before (每日, 年利率), and those outweigh words that come later (按日计收).
    Words before count only without a comma between, except those that say *day*.
    """
    after = _DIRECTLY_AFTER.match(text, end, ceiling)
    if after:
        return PERIOD_OF[after["period"]]
    if _OVER_A_YEAR.match(text, end, ceiling):
        return "year"
    before = text[floor:start]
    direct = _DIRECTLY_BEFORE.search(before)
    if direct:
        return PERIOD_OF[direct["period"]]
    named = _named_before(before)
    if named:
        return named
    another = _ANOTHER.search(text, end, ceiling)  # 安装费1,200元以及每月50元的流量费
    later = _SOON_AFTER.match(text, end, another.start() if another else ceiling)
    return PERIOD_OF[later["period"] or later["days"]] if later else ""


def _named_before(before: str) -> str:
    clause = max(before.rfind(mark) for mark in "，；\n") + 1
    named = ""
    for match in _BEFORE.finditer(before):
        if match.start() >= clause or match.lastgroup == "day":
            named = match.lastgroup or ""
    return named
