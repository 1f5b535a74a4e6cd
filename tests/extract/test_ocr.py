"""Pictures of text: photos, scans and PDF pages without a usable text layer are read, and said to be."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from contract_scan.checks import Engine
from contract_scan.errors import MissingExtra, Unreadable
from contract_scan.extract import Readers, extract_bytes, extract_together, ocr
from contract_scan.extract.ocr import readers as ocr_readers
from contract_scan.model import Options, Source
from contract_scan.normalise import normalise
from contract_scan.pipeline import scan_source
from tests.extract import looks
from tests.extract.make import Draw, ruled, together, written
from tests.extract.make import pdf as made

pytestmark = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")

LINES = [
    "借款合同",
    "出借人（甲方）：沈望",
    "借款人（乙方）：何青",
    "第一条 借款本金为人民币伍万元整，期限十二个月。",
    "第二条 年利率为 14.6%，按月付息，到期还本。",
    "第三条 放款时一次性扣除服务费 3,000 元。",
    "第四条 逾期的，按日利率千分之一计收罚息。",
]
Look = Callable[[Image.Image], Image.Image]


@pytest.fixture(scope="module")
def readers() -> Readers:
    return Readers()


def photo(*draws: Draw, look: Look = lambda picture: picture) -> Image.Image:
    """A page as a picture."""
    (picture,) = looks.pages(made(together(*draws)))
    return look(picture)


def squashed(text: str) -> str:
    return "".join(text.split()).replace("(", "（").replace(")", "）").replace(":", "：").replace(",", "，")


def turned(degrees: int) -> Look:
    return lambda picture: picture.rotate(degrees, expand=True, fillcolor="white")


@pytest.mark.parametrize(
    ("look", "flaw"),
    [
        (lambda picture: picture, ""),
        (looks.scanned, ""),
        (looks.photographed, "歪斜"),
        (turned(6), "歪斜 6°"),
        (turned(90), "横着"),
        (turned(180), "倒着"),
        (turned(-90), "横着"),
    ],
)
def test_a_picture_is_read_however_it_lies(look: Look, flaw: str, readers: Readers) -> None:
    source = extract_bytes(looks.as_file(photo(written(LINES), look=look)), "照片.png", readers)
    assert squashed(source.text) == squashed("".join(LINES))
    (page,) = source.pages
    assert page.read_by == "ocr"
    assert flaw in "".join(page.flaws)
    assert page.confidence is not None
    assert page.confidence > 0.9


def test_a_picture_turned_by_its_exif_is_upright(readers: Readers) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright, the sensor lay on its side
    photo(written(LINES), look=turned(90)).save(out, "JPEG", quality=90, exif=exif)
    source = extract_bytes(out.getvalue(), "照片.jpg", readers)
    assert squashed(source.text) == squashed("".join(LINES))
    assert source.pages[0].flaws == ()
    assert source.pages[0].size[1] > source.pages[0].size[0]


def stamped(picture: Image.Image) -> Image.Image:
    """A red seal over the terms, as ink lies over print."""
    ink = Image.new("RGB", picture.size, "white")
    pen, (x, y) = ImageDraw.Draw(ink), (520, 330)
    red = (226, 60, 50)
    pen.ellipse((x - 170, y - 170, x + 170, y + 170), outline=red, width=9)
    pen.regular_polygon((x, y, 60), 5, rotation=0, fill=red)
    for step in range(-150, 150, 36):
        pen.line((x + step, y + 60, x + step + 20, y + 110), fill=red, width=7)
    return ImageChops.multiply(picture, ink)


def test_print_under_a_red_seal_is_read(readers: Readers) -> None:
    source = extract_bytes(looks.as_file(photo(written(LINES), look=stamped)), "盖章.png", readers)
    assert squashed(source.text) == squashed("".join(LINES))


def test_print_in_red_is_print(readers: Readers) -> None:
    def red(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.85, 0.1, 0.1)
        written(LINES)(canvas)

    source = extract_bytes(looks.as_file(photo(red)), "红字.png", readers)
    assert squashed(source.text) == squashed("".join(LINES))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_formats_of_pictures(kind: str, readers: Readers) -> None:
    source = extract_bytes(looks.as_file(photo(written(LINES)), kind), "照片", readers)
    assert squashed(LINES[3]) in squashed(source.text)


def test_a_tiff_has_several_pages(readers: Readers) -> None:
    first, second = photo(written(LINES[:3])), photo(written(LINES[3:]))
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=[second])
    source = extract_bytes(out.getvalue(), "传真.tiff", readers)
    assert [page.index for page in source.pages] == [0, 1]
    assert squashed(source.text) == squashed("".join(LINES))


def test_tables_are_read_row_by_row(readers: Readers) -> None:
    rows = [["期数", "本金", "利息"], ["1", "4,166.67", "608.33"], ["2", "4,166.67", "557.64"]]
    source = extract_bytes(looks.as_file(photo(written(LINES[:2]), ruled(rows))), "x.png", readers)
    assert [line for line in source.text.split("\n") if "|" in line] == [" | ".join(row) for row in rows]


def test_columns_are_read_one_after_the_other(readers: Readers) -> None:
    left = [f"左栏第{n}行是合同条款的文字内容" for n in "一二三四五六"]
    right = [f"右栏第{n}行也是合同条款的文字" for n in "一二三四五六"]
    source = extract_bytes(looks.as_file(photo(written(left, x=60), written(right, x=320))), "x.png", readers)
    assert squashed(source.text) == squashed("".join(left + right))


@pytest.mark.parametrize(
    ("turn", "seen"),
    [
        (0, lambda x, y: (x, y)),
        (90, lambda x, y: (y, 595 - x)),
        (180, lambda x, y: (595 - x, 842 - y)),
        (-90, lambda x, y: (842 - y, x)),
    ],
)
def test_every_character_has_a_box_where_it_is_seen(
    turn: int, seen: Callable[[float, float], tuple[float, float]], readers: Readers
) -> None:
    source = extract_bytes(looks.as_file(photo(written(LINES), look=turned(turn))), "x.png", readers)
    page, at = source.pages[0], source.text.index("沈")
    x0, top, x1, bottom = page.boxes[4 * at : 4 * at + 4]
    x, y = seen(72 + 8.5 * 10.5, 72 + 18 - 4)  # the ninth character of the second line
    assert abs((x0 + x1) / 2 - x) < 6
    assert abs((top + bottom) / 2 - y) < 6


def test_photos_are_one_contract_in_natural_order(tmp_path: Path, readers: Readers) -> None:
    for number, part in ((10, LINES[5:]), (2, LINES[2:5]), (1, LINES[:2])):
        (tmp_path / f"{number}.png").write_bytes(looks.as_file(photo(written(part))))
    source = extract_together(sorted(tmp_path.iterdir()), readers)
    assert [part.name for part in source.parts] == ["1.png", "2.png", "10.png"]
    assert squashed(source.text) == squashed("".join(LINES))


def mixed(readers: Readers) -> Source:
    """A PDF whose second page is a scan and whose third is a text layer without meaning."""
    nonsense = "".join(chr(0xE000 + n) for n in range(40))

    def scan(canvas: object) -> None:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(photo(written(LINES[3:5]))), 0, 0, 595, 842)  # type: ignore[attr-defined]

    def garbled(canvas: object) -> None:
        scan(canvas)
        written([nonsense])(canvas)  # type: ignore[arg-type]

    return extract_bytes(made(written(LINES[:3]), scan, garbled), "合同.pdf", readers)


def test_pages_without_a_usable_text_layer_are_recognised(readers: Readers) -> None:
    source = mixed(readers)
    assert [page.read_by for page in source.pages] == ["text", "ocr", "ocr"]
    assert "乱码" in "".join(source.pages[2].flaws)
    assert squashed(LINES[4]) in squashed(source.pages[1].span.of(source.text))
    assert any("第 2–3 页是图片" in note or "识别" in note for note in source.notes)


def test_without_recognition_the_same_pages_are_unread() -> None:
    assert mixed(Readers("never")).unread == (2, 3)


def test_a_picture_says_the_same_as_the_text(engine: Engine, readers: Readers) -> None:
    options = Options(as_of=date(2026, 9, 1))
    pdf = made(written(LINES))
    (picture,) = looks.pages(pdf)
    rules = [
        {finding.rule for finding in scan_source(extract_bytes(data, "合同", readers), engine, options).findings}
        for data in (pdf, looks.as_file(looks.photographed(picture)))
    ]
    assert rules[0]
    assert rules[0] == rules[1]


def test_a_blank_picture_is_no_contract(readers: Readers) -> None:
    with pytest.raises(Unreadable, match="重拍"):
        extract_bytes(looks.as_file(Image.new("RGB", (800, 1100), "white")), "x.png", readers)


def test_a_word_file_of_photos_is_what_they_show(readers: Readers) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for part in (LINES[:3], LINES[3:]):
        document.add_picture(io.BytesIO(looks.as_file(photo(written(part)))))
    out = io.BytesIO()
    document.save(out)
    source = extract_bytes(out.getvalue(), "照片.docx", readers)
    assert squashed(source.text) == squashed("".join(LINES))
    assert [page.read_by for page in source.pages] == ["ocr", "ocr"]
    with pytest.raises(Unreadable, match="只有图片"):
        extract_bytes(out.getvalue(), "照片.docx", Readers("never"))


def layered(layer: list[str], seen: list[str]) -> bytes:
    """A page that shows a picture and says something else to whoever copies its text."""

    def draw(canvas: object) -> None:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(photo(written(seen))), 0, 0, 595, 842)  # type: ignore[attr-defined]
        text = canvas.beginText(72, 770)  # type: ignore[attr-defined]
        text.setTextRenderMode(3)
        for line in layer:
            text.textLine(line)
        canvas.drawText(text)  # type: ignore[attr-defined]

    return made(draw)


def test_what_is_seen_wins_over_another_text_layer() -> None:
    other = ["服务须知", *["本页是关于客户服务热线和营业时间的说明，请妥善保管。"] * 6]
    source = extract_bytes(layered(other, LINES), "合同.pdf", Readers("always"))
    assert squashed(LINES[3]) in squashed(source.text)
    assert "营业时间" not in normalise(source).text
    assert "以看到的为准" in "".join(source.pages[0].flaws)


def test_a_figure_that_is_seen_otherwise_is_doubtful() -> None:
    shown = [line.replace("14.6", "24.6") for line in LINES]
    source = extract_bytes(layered(LINES, shown), "合同.pdf", Readers("always"))
    assert ["14.6%" in span.of(source.text) or span.of(source.text) in "14.6%" for span in source.doubtful] == [True]
    assert "和看到的不一样" in "".join(source.pages[0].flaws)


def test_a_layer_that_agrees_stays() -> None:
    source = extract_bytes(made(written(LINES)), "合同.pdf", Readers("always"))
    assert [page.read_by for page in source.pages] == ["text"]
    assert source.pages[0].flaws == ()
    assert source.doubtful == ()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the extra."""
    import contract_scan.extract.pdf

    monkeypatch.setattr(ocr_readers, "is_installed", lambda: False)
    monkeypatch.setattr(contract_scan.extract.pdf, "is_installed", lambda: False)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("make", [looks.as_file, lambda picture: looks.as_pdf([picture])])
def test_without_the_extra_the_message_is_the_line_that_installs_it(make: Callable[[Image.Image], bytes]) -> None:
    with pytest.raises(MissingExtra) as raised:
        extract_bytes(make(photo(written(LINES))), "照片.png", Readers())
    assert "pip install 'contract-scan[ocr]'" in str(raised.value)


@pytest.mark.usefixtures("bare")
def test_without_the_extra_other_files_are_unaffected(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from contract_scan.cli import main

    (tmp_path / "照片.png").write_bytes(looks.as_file(photo(written(LINES))))
    (tmp_path / "合同.txt").write_text("\n".join(LINES), "utf-8")
    files = [str(tmp_path / name) for name in ("照片.png", "合同.txt")]
    result = CliRunner().invoke(main, ["scan", *files, "-f", "json"])
    assert result.exit_code == 2
    assert "pip install 'contract-scan[ocr]'" in result.output
    assert '"name": "合同.txt"' in result.output


@pytest.mark.usefixtures("bare")
def test_without_the_extra_a_scanned_page_among_others_says_how_to_read_it() -> None:
    source = mixed(Readers())
    assert source.unread == (2, 3)
    assert any("pip install 'contract-scan[ocr]'" in note for note in source.notes)
