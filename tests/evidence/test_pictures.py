"""Pictures of pages: which, how large, and that the boxes drawn on them hold the words."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from contract_scan.checks import Engine
from contract_scan.cli.showing import WHICH as OFFERED
from contract_scan.errors import ContractScanError
from contract_scan.evidence import WHICH, files_of, page_pictures
from contract_scan.model import Page, Part, Report, Source, Span

from ..extract.make import SIZE, pdf, written
from .made import LINES, contract_pdf, report_on, turned, word


def bundle(engine: Engine, *, pages: int = 2) -> tuple[bytes, Report]:
    data = pdf(written(LINES), *(written([f"附页 {number}"]) for number in range(1, pages)))
    return data, report_on(data, "合同.pdf", engine)


@pytest.mark.parametrize(("which", "numbers"), [("all", [1, 2, 3]), ("findings", [1]), ("none", [])])
def test_which_pages_are_pictured(engine: Engine, which: str, numbers: list[int]) -> None:
    data, report = bundle(engine, pages=3)
    found = page_pictures(report, {report.source.sha256: data}, which=which)
    assert [picture.number for picture in found] == numbers


def test_the_command_offers_what_there_is() -> None:
    assert OFFERED == WHICH


def test_an_unknown_choice_is_refused(engine: Engine) -> None:
    data, report = bundle(engine)
    with pytest.raises(ContractScanError, match="all、findings、none"):
        page_pictures(report, {report.source.sha256: data}, which="some")


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_picture_is_small_and_has_ink_where_the_words_are(engine: Engine, degrees: int) -> None:
    data = turned(contract_pdf(), degrees)
    report = report_on(data, "合同.pdf", engine)
    (picture,) = page_pictures(report, {report.source.sha256: data})
    assert len(picture.data) < 80_000
    image = Image.open(io.BytesIO(picture.data)).convert("L")
    assert (picture.width, picture.height) == (SIZE if degrees % 180 == 0 else SIZE[::-1])
    scale = image.width / picture.width
    boxes = [box for finding in report.findings for evidence in finding.evidence for box in evidence.boxes]
    assert 3 <= len(boxes) <= 6  # one for each line, however it is turned
    for box in boxes:
        corners = [round(scale * corner) for corner in (box.x0, box.top, box.x1, box.bottom)]
        histogram = image.crop((corners[0], corners[1], corners[2], corners[3])).histogram()
        assert sum(histogram[:100]) > 0.03 * sum(histogram)


def test_word_and_text_have_no_pages(engine: Engine) -> None:
    data = word()
    report = report_on(data, "合同.docx", engine)
    assert page_pictures(report, {report.source.sha256: data}, which="all") == ()


def photo(colour: str, turn: int = 1) -> bytes:
    """A picture of 400 × 200 pixels, turned by its EXIF."""
    image, out = Image.new("RGB", (400, 200), colour), io.BytesIO()
    exif = image.getexif()
    exif[0x0112] = turn
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_photos_are_pages_of_their_own_files(engine: Engine) -> None:
    """A source of two photos, as the recogniser hands it over: the second lies on its side."""
    parts = (Part("1.jpg", "a", "image", Span(0, 1)), Part("2.jpg", "b", "image", Span(2, 3)))
    pages = tuple(
        Page(n + 1, Span(2 * n, 2 * n + 1), "ocr", Decimal("0.9"), size=size, part=n)
        for n, size in enumerate([(842.0, 421.0), (421.0, 842.0)])
    )
    source = Source("1.jpg 等", "ab", "bundle", "甲\n乙", pages=pages, parts=parts)
    report = report_on("甲\n乙".encode(), "文本", engine)
    document = replace(report.contract.document, source=source)
    report = replace(report, contract=replace(report.contract, document=document))
    first, second = page_pictures(report, {"a": photo("red"), "b": photo("blue", turn=6)}, which="all")
    assert (first.width, first.height) == (842.0, 421.0)
    assert (second.width, second.height) == (421.0, 842.0)
    assert Image.open(io.BytesIO(second.data)).size == (200, 400)
    broken = page_pictures(report, {"a": b"no picture", "b": photo("blue")}, which="all")
    assert [picture.number for picture in broken] == [2]


def test_a_file_that_changed_since_is_refused(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes(contract_pdf())
    report = report_on(path.read_bytes(), path.name, engine)
    assert list(files_of(report, [path])) == [report.source.sha256]
    path.write_bytes(contract_pdf(2))
    with pytest.raises(ContractScanError, match="在检查之后变了"):
        files_of(report, [path])
