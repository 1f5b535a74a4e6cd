"""The annotated Word file: comments at the exact words, everything else as it was."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from contract_scan.checks import Engine
from contract_scan.errors import ContractScanError
from contract_scan.evidence import annotate_docx
from contract_scan.evidence.comment import comments
from contract_scan.extract.docx_homes import text_homes

from .made import LINES, report_on, word


def between(data: bytes) -> dict[int, str]:
    """Comment → the words between its marks."""
    found: dict[int, str] = {}
    running: set[int] = set()
    for element in docx.Document(io.BytesIO(data)).element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            running.add(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:commentRangeEnd"):
            running.remove(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:t"):
            for mark in running:
                found[mark] = found.get(mark, "") + (element.text or "")
    assert not running
    return found


def chopped(document: Document) -> None:
    """Every two characters a run of its own, every third run bold, tabs and breaks between texts of one run."""
    for line in LINES:
        paragraph = document.add_paragraph()
        for at in range(0, len(line), 2):
            paragraph.add_run(line[at : at + 2]).bold = at % 6 == 0 or None


def one_run(document: Document) -> None:
    """All lines of the contract in one run, with breaks."""
    run = document.add_paragraph().add_run(LINES[0])
    for line in LINES[1:]:
        run.add_break()
        run.add_text(line)


def in_a_table(document: Document) -> None:
    table = document.add_table(rows=0, cols=2)
    for line in LINES:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = line[:4], line[4:]


def linked_and_tracked(document: Document) -> None:
    """The words inside a hyperlink, an insertion and a content control; a deletion in between."""
    for line in LINES:
        inner = "".join(f"<w:r><w:t xml:space='preserve'>{part}</w:t></w:r>" for part in (line[:5], line[5:9]))
        gone = "<w:del w:id='1' w:author='x'><w:r><w:delText>删去的话</w:delText></w:r></w:del>"
        rest = f"<w:r><w:t xml:space='preserve'>{line[9:]}</w:t></w:r>"
        xml = (
            f"<w:p {nsdecls('w')}><w:hyperlink w:anchor='a'>{inner}</w:hyperlink>{gone}"
            f"<w:sdt><w:sdtContent><w:ins w:id='2' w:author='x'>{rest}</w:ins></w:sdtContent></w:sdt></w:p>"
        )
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


SHAPES = {"plain": None, "chopped": chopped, "one run": one_run, "table": in_a_table, "linked": linked_and_tracked}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_comment_stands_at_the_words_quoted(engine: Engine, shape: str) -> None:
    data = word(SHAPES[shape])
    report = report_on(data, "合同.docx", engine)
    expected = [comment.evidence.quote.replace(" | ", "").strip("| ") for comment in comments(report)]
    assert len(expected) >= 3
    copy = annotate_docx(report, data)
    texts = {each.comment_id: each.text for each in docx.Document(io.BytesIO(copy)).comments}
    marked = between(copy)
    assert [marked[mark] for mark in sorted(marked)[1:]] == expected  # the first is about the whole
    assert [texts[mark] for mark in sorted(texts)[1:]] == [comment.text for comment in comments(report)]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_text_and_its_format_stay(engine: Engine, shape: str) -> None:
    data = word(SHAPES[shape])
    report = report_on(data, "合同.docx", engine)
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(annotate_docx(report, data)))
    assert formatted(after) == formatted(before)
    again = report_on(annotate_docx(report, data), "合同.docx", engine)
    assert again.source.text == report.source.text
    assert [f.fingerprint for f in again.findings] == [f.fingerprint for f in report.findings]


def formatted(document: Document) -> list[tuple[str, bool]]:
    """Every character with its being bold."""
    bold = qn("w:b")
    return [
        (char, run.find(f".//{bold}") is not None)
        for run in document.element.body.iter(qn("w:r"))
        for text in run.iter(qn("w:t"))
        for char in text.text or ""
    ]


def test_comments_that_were_there_stay(engine: Engine) -> None:
    def fill(document: Document) -> None:
        for line in LINES:
            document.add_paragraph(line)
        document.add_comment(document.paragraphs[1].runs, text="银行的批注", author="银行")

    data = word(fill)
    copy = docx.Document(io.BytesIO(annotate_docx(report_on(data, "合同.docx", engine), data)))
    authors = [comment.author for comment in copy.comments]
    assert authors.count("银行") == 1
    assert authors.count("contract-scan") >= 4


def test_words_in_a_text_box_are_named_where_they_cannot_be_marked(engine: Engine) -> None:
    def fill(document: Document) -> None:
        for line in LINES[:5]:
            document.add_paragraph(line)
        box = f"<w:txbxContent><w:p><w:r><w:t>{LINES[5]}</w:t></w:r></w:p></w:txbxContent>"
        shape = "xmlns:v='urn:schemas-microsoft-com:vml'"
        xml = f"<w:r {nsdecls('w')}><w:pict><v:shape {shape}><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
        document.paragraphs[-1]._p.append(parse_xml(xml))

    data = word(fill)
    report = report_on(data, "合同.docx", engine)
    boxed = [c for c in comments(report) if c.evidence.quote in LINES[5]]
    assert boxed
    copy = annotate_docx(report, data)
    first = min(docx.Document(io.BytesIO(copy)).comments, key=lambda comment: comment.comment_id)
    assert f"文本框或页眉页脚里，Word 不能在那里加批注：{boxed[0].number}" in first.text
    assert boxed[0].evidence.quote not in between(copy).values()


def test_same_file_same_bytes(engine: Engine) -> None:
    data = word()
    report = report_on(data, "合同.docx", engine)
    copy = annotate_docx(report, data)
    assert copy == annotate_docx(report, data)
    assert zipfile.ZipFile(io.BytesIO(copy)).testzip() is None


def test_another_file_than_the_one_checked_is_refused(engine: Engine) -> None:
    report = report_on(word(), "合同.docx", engine)
    with pytest.raises(ContractScanError, match="写不出批注版"):
        annotate_docx(report, word(lambda document: document.add_paragraph("别的文件") and None))


def test_the_reader_tells_where_each_character_stands() -> None:
    text, homes = text_homes(word(chopped))
    assert text == "\n".join(LINES)
    assert [home is None for home in homes] == [char.isspace() for char in text]
    known = [home for home in homes if home is not None]
    assert known == sorted(set(known))


def test_libreoffice_keeps_every_comment(engine: Engine, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    data = word(chopped)
    copy = annotate_docx(report_on(data, "合同.docx", engine), data)
    (tmp_path / "批注.docx").write_bytes(copy)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", "out", "批注.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    again = (tmp_path / "out" / "批注.docx").read_bytes()
    assert told(again) == told(copy)


def told(data: bytes) -> list[tuple[str, str]]:
    """What each comment marks and says, whatever the order of those at one place."""
    marked = between(data)
    return sorted((marked[one.comment_id], one.text) for one in docx.Document(io.BytesIO(data)).comments)
