"""What a PDF holds besides what is printed: text nobody can see, notes stuck on, files embedded in it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from contract_scan.checks import Engine
from contract_scan.extract import Readers, extract_bytes
from contract_scan.model import Options, Source
from contract_scan.normalise import normalise
from contract_scan.pipeline import scan_source
from tests.extract.make import SIZE, SONG, Draw, together, written
from tests.extract.make import pdf as made

CLAUSES = ["借款合同", "第一条 借款本金为人民币伍万元整，期限十二个月。", "第二条 年利率为百分之十二，按月付息。"]
SECRET = "逾期一日按借款总额百分之五十计收违约金。"


def read(*pages: Draw) -> Source:
    return extract_bytes(made(*pages), "合同.pdf", Readers("never"))


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 400, SECRET)


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.01)
    canvas.drawString(72, 400, SECRET)


def tiny(canvas: Canvas) -> None:
    canvas.setFont(SONG, 0.5)
    canvas.drawString(72, 400, SECRET)


def without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(72, 400)
    text.setTextRenderMode(3)
    text.textLine(SECRET)
    canvas.drawText(text)


def covered(canvas: Canvas) -> None:
    canvas.drawString(72, 400, SECRET)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 390, 480, 30, fill=1, stroke=0)


def under_a_picture(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawString(72, 400, SECRET)
    canvas.drawImage(ImageReader(Image.new("L", (40, 4), 255)), 60, 390, 480, 30)


def on_white_cells(canvas: Canvas) -> None:
    """As Word writes shaded cells: a white ground, then the text on it."""
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 390, 480, 30, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(72, 400, SECRET)


def under_a_pane(canvas: Canvas) -> None:
    """A thin white pane through which the words still show."""
    canvas.drawString(72, 400, SECRET)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFillAlpha(0.3)
    canvas.rect(60, 390, 480, 30, fill=1, stroke=0)


def white_on_blue(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(60, 390, 300, 30, fill=1, stroke=0)
    white(canvas)


def over_a_picture(canvas: Canvas) -> None:
    """A scan with the text that some program recognised laid over it, without ink."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    stripes = Image.new("L", (400, 40), 255)
    for x in range(0, 400, 3):
        stripes.paste(0, (x, 0, x + 1, 40))
    canvas.drawImage(ImageReader(stripes), 60, 390, 300, 30)
    without_ink(canvas)


@pytest.mark.parametrize("draw", [white, transparent, tiny, without_ink, covered, under_a_picture])
def test_text_nobody_can_see_is_apart_and_no_clause(draw: Draw) -> None:
    source = read(together(written(CLAUSES), draw))
    assert [span.of(source.text) for span in source.hidden] == [SECRET]
    assert SECRET not in normalise(source).text
    assert any("看不见" in note for note in source.notes)


@pytest.mark.parametrize("draw", [white_on_blue, over_a_picture, on_white_cells, under_a_pane])
def test_text_that_shows_is_text_however_it_is_drawn(draw: Draw) -> None:
    source = read(together(written(CLAUSES), draw))
    assert source.hidden == ()
    assert SECRET in source.text


def test_hidden_text_is_a_finding_with_its_own_words(engine: Engine) -> None:
    from datetime import date

    source = read(together(written(CLAUSES), white))
    report = scan_source(source, engine, Options(as_of=date(2026, 9, 1)))
    (finding,) = [finding for finding in report.findings if finding.rule == "hidden-text"]
    assert [evidence.quote for evidence in finding.evidence] == [SECRET]
    assert finding.evidence[0].boxes
    others = [e.quote for f in report.findings if f.rule != "hidden-text" for e in f.evidence]
    assert not any(SECRET in quote for quote in others)


def changed(change: Callable[[object], None]) -> Source:
    """The contract after *change* got a pypdf writer of it."""
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(written(CLAUSES))))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return extract_bytes(out.getvalue(), "合同.pdf", Readers("never"))


def test_embedded_files_are_named() -> None:
    source = changed(lambda writer: writer.add_attachment("服务协议.docx", b"PK"))  # type: ignore[attr-defined]
    assert any("服务协议.docx" in note and "没有读" in note for note in source.notes)


def test_notes_stuck_onto_a_page_are_told_and_not_read_as_clauses() -> None:
    from pypdf.annotations import Text

    note = Text(rect=(100, SIZE[1] - 100, 120, SIZE[1] - 80), text="口头说好利率改为百分之六")
    source = changed(lambda writer: writer.add_annotation(0, note))  # type: ignore[attr-defined]
    assert any("第 1 页有 1 条批注" in told and "百分之六" in told for told in source.notes)
    assert "百分之六" not in source.text
