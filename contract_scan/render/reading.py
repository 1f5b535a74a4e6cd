"""How well the file was read: said before any conclusion, because nothing is concluded from what was not read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from contract_scan.model import Report
from contract_scan.render.view import page_ranges

DEGREES = re.compile(r" [0-9]+°$")
MOST = 4  # doubtful figures named


def reading_line(report: Report) -> str:
    """One sentence for the document: how many pages by which way, and how many not at all."""
    pages = report.source.pages
    if not pages:
        return f"文字直接从文件里取得，{report.coverage.characters:,} 字。"
    counts = {way: sum(page.read_by == way for page in pages) for way in ("text", "ocr", "none")}
    ways = {"text": "有文字层", "ocr": "是图片，文字是识别出来的", "none": "没有读出"}
    if counts["text"] == len(pages):
        return f"{len(pages)} 页都有文字层，全部读出。"
    told = "，".join(f"{counts[way]} 页{ways[way]}" for way in ways if counts[way])
    mixed = "（混合）" if counts["text"] and counts["ocr"] else ""
    return f"共 {len(pages)} 页{mixed}：{told}。"


def reading_problems(report: Report) -> tuple[str, ...]:
    """What makes the reading incomplete or uncertain, each a sentence; the gravest first."""
    return tuple(_problems(report))


def _problems(report: Report) -> Iterator[str]:
    if report.coverage.unread:
        yield f"第 {page_ranges(report.coverage.unread)} 页没有读出，上面写了什么不知道。"
    gaps = report.contract.gaps
    yield from (gap.sentence for gap in sorted(gaps, key=lambda gap: not gap.hides))
    by_flaw: dict[str, list[int]] = defaultdict(list)
    for page in report.source.pages:
        for flaw in page.flaws:
            by_flaw[DEGREES.sub("", flaw)].append(page.number)
    yield from (f"第 {page_ranges(numbers)} 页{flaw}。" for flaw, numbers in by_flaw.items())
    figures = dict.fromkeys(report.contract.document.quote(span).strip()[:20] for span in report.contract.doubtful)
    if figures:
        named = "、".join(f"“{figure}”" for figure in list(figures)[:MOST])
        more = f"等 {len(figures)} 处" if len(figures) > MOST else ""
        yield f"{named}{more}看不太清：请对照原件，靠它们才能下的结论写成了无法判断。"
    if any(gap.hides for gap in gaps) or report.coverage.unread:
        yield "所以“合同里没有写”这一类问题，一律写成了无法判断。"
