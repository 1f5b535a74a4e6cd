"""The annotated PDF: the words under each highlight, comments that can be read, the original as it was."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from contract_scan.checks import Engine
from contract_scan.errors import ContractScanError, MissingExtra
from contract_scan.evidence import annotate_pdf, annotated
from contract_scan.evidence.column import WIDTH
from contract_scan.evidence.comment import comments, opening

from ..extract.make import pdf, written
from ..render import factory
from .made import LINES, contract_pdf, cropped, report_on, turned, word

SHAPES: dict[str, Callable[[bytes], bytes]] = {
    "upright": lambda data: data,
    "quarter": lambda data: turned(data, 90),
    "half": lambda data: turned(data, 180),
    "three quarters": lambda data: turned(data, 270),
    "cropped": cropped,
    "cropped and turned": lambda data: turned(cropped(data), 90),
}


def highlighted(data: bytes) -> list[str]:
    """The words whose middle lies under each highlight, page by page."""
    document, found = pypdfium2.PdfDocument(data), []
    for index, page in enumerate(PdfReader(io.BytesIO(data)).pages):
        text = document[index].get_textpage()
        boxes = [text.get_charbox(at, loose=True) for at in range(text.count_chars())]
        for mark in page.annotations or ():
            if mark["/Subtype"] == "/Highlight":
                quads = [mark["/QuadPoints"][at : at + 8] for at in range(0, len(mark["/QuadPoints"]), 8)]
                inside = [at for at, box in enumerate(boxes) if any(_holds(quad, box) for quad in quads)]
                found.append("".join(text.get_text_range(at, 1) for at in inside))
    return found


def _holds(quad: list[float], box: tuple[float, float, float, float]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return min(quad[::2]) < x < max(quad[::2]) and min(quad[1::2]) < y < max(quad[1::2])


def boxes_of(data: bytes) -> list[list[float]]:
    document = pypdfium2.PdfDocument(data)
    return [list(map(round, document[index].get_size())) for index in range(len(document))]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_highlight_lies_on_the_words_quoted(engine: Engine, shape: str) -> None:
    data = SHAPES[shape](contract_pdf(2))
    report = report_on(data, "合同.pdf", engine)
    quotes = [comment.evidence.quote for comment in comments(report)]
    assert len(quotes) >= 3
    assert highlighted(annotate_pdf(report, data)) == quotes


def test_the_comments_are_drawn_in_chinese_beside_the_page(engine: Engine) -> None:
    data = contract_pdf()
    report = report_on(data, "合同.pdf", engine)
    copy = annotate_pdf(report, data)
    texts = [
        str(mark["/Contents"])
        for mark in PdfReader(io.BytesIO(copy)).pages[0].annotations or ()
        if mark["/Subtype"] == "/FreeText"
    ]
    assert texts == ["\n".join(opening(report)), *(comment.text for comment in comments(report))]
    (before, height), (after, same) = boxes_of(data)[0], boxes_of(copy)[0]
    assert (after - before, same) == (WIDTH, height)
    column = pypdfium2.PdfDocument(copy)[0].render(crop=(before, 0, 0, 0)).to_pil().convert("L")
    assert sum(column.histogram()[:128]) > 1_000  # ink, where the page had nothing


def test_highlights_have_no_text_of_their_own(engine: Engine) -> None:
    """Chromium would show it in a pop-up whose type has no Chinese."""
    data = contract_pdf()
    marks = PdfReader(io.BytesIO(annotate_pdf(report_on(data, "合同.pdf", engine), data))).pages[0].annotations or ()
    assert all("/Contents" not in mark and "/T" not in mark for mark in marks if mark["/Subtype"] == "/Highlight")


def test_what_cannot_be_marked_is_told_at_the_top() -> None:
    report = factory.report()
    absent = [finding.title for finding in report.findings if not finding.evidence]
    told = "".join(opening(report))
    assert absent
    assert all(title in told for title in absent)
    assert "第 4 页没有读出文字" in told
    assert f"{len(report.undetermined)} 条规则没能判断" in told
    assert "不等于没有问题" in told


def test_same_file_same_bytes(engine: Engine) -> None:
    data = contract_pdf()
    report = report_on(data, "合同.pdf", engine)
    assert annotate_pdf(report, data) == annotate_pdf(report, data)


def test_a_page_crowded_with_comments_keeps_them_all_on_the_page(engine: Engine) -> None:
    data = pdf(written([*LINES, *(LINES[4:7] * 9)], leading=14))
    report = report_on(data, "合同.pdf", engine)
    page = PdfReader(io.BytesIO(annotate_pdf(report, data))).pages[0]
    rects = [mark["/Rect"] for mark in page.annotations or () if mark["/Subtype"] == "/FreeText"]
    assert len(rects) > 20
    assert all(0 <= rect[1] < rect[3] <= page.mediabox.top for rect in rects)


def test_qpdf_finds_no_fault(engine: Engine, tmp_path: Path) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    for name, change in SHAPES.items():
        data = change(contract_pdf(2))
        path = tmp_path / "批注.pdf"
        path.write_bytes(annotate_pdf(report_on(data, "合同.pdf", engine), data))
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
        assert checked.returncode == 0, (name, checked.stderr)


def test_a_locked_file_is_not_rewritten(engine: Engine) -> None:
    data = pdf(written(LINES), owner="geheim")
    with pytest.raises(ContractScanError, match="权限保护"):
        annotate_pdf(report_on(data, "合同.pdf", engine), data)


def test_damaged_bytes_are_one_sentence(engine: Engine) -> None:
    data = contract_pdf()
    report = report_on(data, "合同.pdf", engine)
    with pytest.raises(ContractScanError, match="写不出批注版"):
        annotate_pdf(report, data[: len(data) // 3])


@pytest.mark.parametrize(("suffix", "reason"), [(".docx", "PDF 只能写成 PDF"), (".txt", "只能写"), ("", "没有后缀")])
def test_a_copy_has_the_kind_of_its_original(engine: Engine, suffix: str, reason: str) -> None:
    data = contract_pdf()
    with pytest.raises(ContractScanError, match=reason):
        annotated(report_on(data, "合同.pdf", engine), data, suffix)


def test_text_has_no_annotated_copy(engine: Engine) -> None:
    data = "\n".join(LINES).encode()
    with pytest.raises(ContractScanError, match="原文件是文本文件"):
        annotated(report_on(data, "合同.txt", engine), data, ".pdf")


@pytest.mark.parametrize(("module", "suffix"), [("pypdf", ".pdf"), ("docx", ".docx")])
def test_without_the_extra_the_message_says_what_to_install(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, module: str, suffix: str
) -> None:
    data = contract_pdf() if suffix == ".pdf" else word()
    report = report_on(data, "合同", engine)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=r"pip install 'contract-scan\[annotate\]'"):
        annotated(report, data, suffix)
