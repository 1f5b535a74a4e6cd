"""The file that a report is about, read once more; refused where it is no longer the same."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from contract_scan.errors import ContractScanError
from contract_scan.model import Report

CHANGED = "{name} 在检查之后变了（内容不同），没有画上去：请重新检查一遍。"
#: Suffix of the annotated file → format of the original it can be made from.
ANNOTATED = {".pdf": "pdf", ".docx": "docx"}
_KINDS = {"pdf": "PDF", "docx": "Word（docx）", "text": "文本文件", "image": "图片", "doc": "旧版 Word（doc）"}


def original_of(report: Report, path: Path) -> bytes:
    """The bytes of the file at *path*, which must be those that the report was made of."""
    data = _read(path)
    if sha256(data).hexdigest() not in _digests(report):
        raise ContractScanError(CHANGED.format(name=path.name))
    return data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContractScanError(f"读不了 {path.name}：{error.strerror}。") from error


def files_of(report: Report, paths: Sequence[Path]) -> dict[str, bytes]:
    """Those of the files at *paths* that the report was made of, by sha256."""
    data = [original_of(report, path) for path in paths] if not report.source.parts else [_read(path) for path in paths]
    known = _digests(report)
    return {digest: each for each in data if (digest := sha256(each).hexdigest()) in known}


def annotated(report: Report, data: bytes, suffix: str) -> bytes:
    """A copy of the original with comments; *suffix* (".pdf", ".docx") must be that of its own format."""
    wanted, source = ANNOTATED.get(suffix.lower()), report.source
    if wanted is None:
        raise ContractScanError(f"--annotate 只能写 .pdf 或 .docx 文件，不能写 {suffix or '没有后缀的文件'}。")
    if source.parts or source.format != wanted:
        kind = "几个文件合成的" if source.parts else _KINDS.get(source.format, source.format)
        raise ContractScanError(
            f"原文件是{kind}，不能写成批注过的 {suffix} 文件：批注写在原文件的副本上，"
            "PDF 只能写成 PDF，docx 只能写成 docx。别的格式请看 HTML 报告，里面有全文和批注。"
        )
    if wanted == "pdf":
        from contract_scan.evidence.pdf import annotate_pdf

        return annotate_pdf(report, data)
    from contract_scan.evidence.docx import annotate_docx

    return annotate_docx(report, data)


def _digests(report: Report) -> tuple[str, ...]:
    return (report.source.sha256, *(part.sha256 for part in report.source.parts))
