"""The original Word file with a comment at the exact words of every finding.

Runs are split at the words' ends, their format kept; nothing else in the document changes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from contract_scan.errors import ContractScanError, MissingExtra
from contract_scan.evidence.comment import comments, opening
from contract_scan.evidence.docx_runs import Runs
from contract_scan.extract.docx_homes import Home, text_homes
from contract_scan.model import Report, Span

if TYPE_CHECKING:
    from docx.document import Document

AUTHOR, INITIALS = "contract-scan", "CS"
DAMAGED = (
    "这个 Word 文件的结构不合规范，写不出批注版：请用 Word 或 WPS 打开后另存为 docx，再检查一遍；或者看 HTML 报告。"
)
UNMARKED = "这些问题的原话在脚注、文本框或页眉页脚里，Word 不能在那里加批注：{numbers}。"


def annotate_docx(report: Report, data: bytes) -> bytes:
    """The annotated copy of the DOCX *data* that *report* was made of; ContractScanError says why there is none."""
    try:
        import docx
    except ImportError:
        raise MissingExtra("写批注版 Word ", "annotate") from None
    text, homes = text_homes(data)
    if report.source.text[: len(text)] != text:
        raise ContractScanError(DAMAGED)
    try:
        document = docx.Document(io.BytesIO(data))
        _annotate(document, report, homes)
        out = io.BytesIO()
        document.save(out)
    except Exception as error:  # python-docx raises almost anything on a file that bends the rules
        raise ContractScanError(DAMAGED) from error
    return _timeless(out.getvalue())


def _annotate(document: Document, report: Report, homes: Sequence[Home]) -> None:
    from docx.oxml.ns import qn

    runs, day = Runs(document.element), f"{report.contract.as_of.isoformat()}T00:00:00Z"
    placed, missed = [], []
    for comment in comments(report):
        ends = _ends(homes, comment.evidence.span)
        if ends is None or not runs.can_mark(*ends):
            missed.append(comment.number)
        else:
            placed.append((*ends, comment.text))
    first = next((home for home in homes if home is not None and runs.can_mark(home, home)), None)
    if first is not None:
        last = max(home for home in homes if home is not None and home[0] == first[0])
        placed.insert(0, (first, last, "\n".join(_opening(report, missed))))
    runs.split(place for start, end, _ in placed for place in (start, (end[0], end[1] + 1)))
    for start, end, text in placed:
        added = document.add_comment(runs.between(start, end), text=text, author=AUTHOR, initials=INITIALS)
        added._element.set(qn("w:date"), day)  # not the hour it was made: same file in, same bytes out


def _opening(report: Report, missed: Iterable[int]) -> Iterable[str]:
    yield from opening(report)
    if numbers := sorted(set(missed)):
        yield UNMARKED.format(numbers="、".join(map(str, numbers)))


def _ends(homes: Sequence[Home], span: Span) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The homes of the first and the last character of a span, or None where it has none."""
    inside = [home for home in homes[span.start : span.end] if home is not None]
    return (inside[0], inside[-1]) if inside and inside[0] <= inside[-1] else None


def _timeless(data: bytes) -> bytes:
    """The same package without the hour it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in package.namelist():
            again.writestr(zipfile.ZipInfo(name), package.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
