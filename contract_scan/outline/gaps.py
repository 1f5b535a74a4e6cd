"""What is not in the file although it should be: pages that the page numbers promise, clauses, annexes.

Where something may stand on what is absent, nothing can be called missing from the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contract_scan.model import Document, Gap, Page, Source

_OF = re.compile(
    r"第\s*(\d{1,3})\s*[页頁]\W{0,4}共\s*(\d{1,3})\s*[页頁]|(?<![\d/])(\d{1,3})\s*[/／]\s*(\d{1,3})(?![\d/])"
)
_TOTAL_FIRST = re.compile(r"共\s*(\d{1,3})\s*[页頁]\W{0,4}第\s*(\d{1,3})\s*[页頁]")
_ALONE = re.compile(r"第\s*(\d{1,3})\s*[页頁]|[-–—]\s*(\d{1,3})\s*[-–—]|(\d{1,3})")
_CLAUSE = re.compile(r"(?:^|\n|(?<=[。；）]))\s*第([一二三四五六七八九十百零〇]{1,5}|[0-9]{1,3})条")
_ANNEX = re.compile(
    r"附件\s?(?:([一二三四五六七八九十]{1,3}|[0-9]{1,2})(?![0-9]*[、份页]))?\s?[：:]?\s?(?:《([^》\n]{2,30})》)?"
)
_ANNEX_LINE = re.compile(r"\s*(?:《?附件|附表)")
#: What an annex of this name cannot hold: amounts, rates, terms, fees.
_ELSEWHERE = re.compile("授权|身份|证件|证书|执照|声明|承诺|照片|产权|登记|委托|收据|回执|送达|通知|抵押物|质物|担保物")
CONTENT = 120  # characters below the heading of an annex that is there, rather than listed
LEGIBLE = 0.85  # mean confidence of a recognised page below which a clause may well have been misread
MOST = 6  # annexes named one by one
_UNITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def find_gaps(document: Document) -> tuple[Gap, ...]:
    """Everything that seems to be absent, each as a sentence for the reader."""
    return (*_page_gaps(document.source), *_clause_gaps(document.text), *_annex_gaps(document.text))


def _page_gaps(source: Source) -> Iterator[Gap]:
    for pages in _by_paper(source):
        yield from _numbering(source, pages)
    blurred = [page.number for page in source.pages if page.confidence is not None and page.confidence < LEGIBLE]
    if blurred:
        yield Gap("legibility", f"第 {_listed(blurred)} 页字迹不清，可能有条款没有认出来。")


def _by_paper(source: Source) -> list[list[Page]]:
    """The pages of each paper; photos are pages of one."""
    photos = all(part.format == "image" for part in source.parts)
    groups: dict[int, list[Page]] = {}
    for page in source.pages:
        groups.setdefault(0 if photos else page.part, []).append(page)
    return list(groups.values())


def _numbering(source: Source, pages: Sequence[Page]) -> Iterator[Gap]:
    """What the printed page numbers say about pages that are not there, or out of order."""
    printed = [(page, *found) for page in pages if (found := _printed(source, page))]
    if len(printed) < 2 and not (printed and printed[0][2]):
        return
    numbers = [number for _, number, _ in printed]
    totals = {total for _, _, total in printed if total}
    total = totals.pop() if len(totals) == 1 else 0
    if total and (max(numbers) > total or total > 400):
        return
    unprinted = len(pages) - len(printed)
    first, last = (1, total) if total else (min(numbers), max(numbers))
    absent = sorted(set(range(first, last + 1)) - set(numbers))
    if absent and len(absent) > unprinted and (total or len(set(numbers)) == len(numbers)):
        promised = f"页码写着共 {total} 页" if total else f"页码到第 {last} 页"
        yield Gap("pages", f"{promised}，这里没有第 {_listed(absent)} 页：请补齐后再检查。")
    if numbers != sorted(numbers) and len(set(numbers)) == len(numbers):
        order = "、".join(map(str, numbers[:12]))
        yield Gap("order", f"各页的页码依次是 {order}：顺序可能不对，跨页的条款可能读错。", hides=False)


def _printed(source: Source, page: Page) -> tuple[int, int] | None:
    """The number printed on a page and the total it names (0 for none): from its header or footer."""
    edges = [span.of(source.text).strip() for span in source.furniture if page.span.contains(span) or
             (span.start >= page.span.start and span.end == page.span.end + 1)]  # fmt: skip
    for line in edges:
        if match := _TOTAL_FIRST.search(line):
            return int(match[2]), int(match[1])
        if match := _OF.search(line):
            return int(match[1] or match[3]), int(match[2] or match[4])
    for line in edges:
        if match := _ALONE.fullmatch(line):
            return int(next(group for group in match.groups() if group)), 0
    return None


def _clause_gaps(text: str) -> Iterator[Gap]:
    """Numbers that no clause of the document has although its neighbours are there."""
    seen = {number for match in _CLAUSE.finditer(text) if (number := _value(match[1]))}
    last = max((number for number in seen if number - 1 in seen), default=0)
    absent = [number for number in range(1, last) if number not in seen]
    if absent and len(absent) * 3 <= last:
        yield Gap("clauses", f"条款编号里没有第 {_listed(absent)} 条：可能缺页，也可能是编号写错，请核对。")


def _value(numeral: str) -> int:
    """十二 → 12, 一百零三 → 103, 12 → 12; 0 for what is not a number."""
    if numeral.isascii():
        return int(numeral)
    total = unit = 0
    for char in numeral:
        if char in "十百":
            total += (unit or 1) * (10 if char == "十" else 100)
            unit = 0
        else:
            unit = _UNITS[char]
    return total + unit


def _annex_gaps(text: str) -> Iterator[Gap]:
    """Annexes that the contract speaks of and that are not in the document."""
    spoken: dict[str, str] = {}  # number or title → title
    for match in _ANNEX.finditer(text):
        number, title = match[1] or "", match[2] or ""
        if number or title:
            key = number or title
            spoken[key] = spoken.get(key) or title
    absent = [(key, title) for key, title in spoken.items() if not _is_there(text, key, title)]
    for key, title in absent[:MOST]:
        name = title if key == title else f"附件{key}" + (f"《{title}》" if title else "")
        shown = f"附件《{title}》" if key == title else name
        yield Gap("annex", f"合同提到{shown}，这份文件里没有：请向对方要来一起看。", hides=not _ELSEWHERE.search(title))


def _is_there(text: str, key: str, title: str) -> bool:
    """Whether a line is the heading of the annex and something stands below it."""
    names = [rf"附件\s?{re.escape(key)}(?![0-9一二三四五六七八九十])"] if key != title else []
    names += [rf"《?{re.escape(title)}》?\s*(?:\n|$)"] if title else []
    for name in names:
        for match in re.finditer(rf"(?:^|\n)[ 《]*{name}", text):
            end = text.find("\n", match.end())
            below = text[end : end + CONTENT * 2] if end >= 0 else ""
            own = re.split(r"\n(?=\s*(?:《?附件|附表))", below)[0]
            if len(own.strip()) >= CONTENT:
                return True
    return False


def _listed(numbers: Sequence[int]) -> str:
    """1、2、5–9"""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)
