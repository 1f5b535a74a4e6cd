"""Whether what is boxed on a page is what is quoted: places of findings, read back from inside their boxes.

    python benchmark/evidence.py [../shared/corpus]

For places drawn at random from the real PDFs of the corpus (if it is there), our samples and the benchmark's contracts
printed as PDF, some of these turned or cropped: (1) the boxes of the report, read back by pdfminer, which had no
part in making them; (2) the highlights of the annotated PDF, read back from the written file by pdfium. A place
counts when every character quoted lies inside; ``excess`` is what else lies inside, in characters of the quotation.
For Word files: the words between the marks of each comment, read from the written file.
"""

from __future__ import annotations

import io
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_scan import ContractScanError, Options, Report, load_engine
from contract_scan.checks import Engine
from contract_scan.evidence import annotate_docx, annotate_pdf, page_pictures
from contract_scan.extract import extract_bytes
from contract_scan.model import Box, Evidence
from contract_scan.pipeline import scan_source
from contract_scan.render.html import render_html

HERE = Path(__file__).resolve().parent
SAMPLE, SEED, SLACK = 200, 20261126, 0.75  # places; points that a character's middle may lie outside
LABEL = 8  # characters of an automatic number, which is no text of the document
Inside = tuple[float, float, float, float, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF with its report."""

    name: str
    data: bytes
    report: Report

    def places(self) -> list[Evidence]:
        return [evidence for finding in self.report.findings for evidence in finding.evidence if evidence.boxes]


@dataclass(slots=True)
class Tally:
    """How many places hold their words, and how many characters too many."""

    places: int = 0
    whole: int = 0
    quoted: int = 0
    excess: int = 0

    def add(self, quote: str, inside: str) -> bool:
        wanted, there = Counter(letters(quote)), Counter(letters(inside))
        self.places += 1
        self.quoted += wanted.total()
        self.excess += (there - wanted).total()
        self.whole += not wanted - there
        return not wanted - there

    def __str__(self) -> str:
        share = self.whole / self.places if self.places else 0.0
        return f"{self.whole}/{self.places} ({share:.1%}), excess {self.excess / max(self.quoted, 1):.2%}"


def letters(text: str) -> str:
    """What can be compared between two readers: no spaces, blanks or cell separators, one form for every character."""
    from contract_scan.normalise import fold

    plain = unicodedata.normalize("NFKC", "".join(map(fold, text)))
    return "".join(char for char in plain if not char.isspace() and char not in "_|")


def quoted(report: Report, evidence: Evidence) -> str:
    """The quotation without page headers inside it."""
    furniture = {p for span in report.source.furniture for p in range(span.start, span.end)}
    positions = range(evidence.span.start, evidence.span.end)
    return "".join(report.source.text[position] for position in positions if position not in furniture)


def files(corpus: Path | None) -> Iterator[tuple[str, bytes]]:
    """Names and bytes: real PDFs, sample PDFs, and our contracts printed, every second one turned or cropped."""
    if corpus:
        for path in sorted((corpus / "originals").glob("*.pdf")):
            yield path.name, path.read_bytes()
    sys.path.insert(0, str(HERE.parent))
    from samples.build import build_pdf

    for path in sorted((HERE.parent / "samples").glob("*/contract.pdf")):
        yield path.parent.name, path.read_bytes()
    for index, path in enumerate(sorted((HERE / "contracts").glob("*.txt"))):
        yield path.stem, turned(build_pdf(f"= {path.stem}\n" + path.read_text("utf-8")), index)


def turned(data: bytes, index: int) -> bytes:
    """The PDF as it is, or turned by a quarter, a half, three quarters, or with a smaller visible part."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import RectangleObject

    if index % 2 == 0:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        if index % 8 == 7:
            page.cropbox = RectangleObject((30.0, 40.0, float(page.mediabox.right) - 20, float(page.mediabox.top) - 25))
        else:
            page.rotate(90 * (index // 2 % 4 + 1))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_all(corpus: Path | None, engine: Engine) -> Iterator[Drawn]:
    """Reports on all PDFs that can be read."""
    for name, data in files(corpus):
        try:
            report = scan_source(extract_bytes(data, name), engine, Options(as_of=date(2026, 11, 26)))
        except ContractScanError as error:
            print(f"{name}: {error}")
            continue
        yield Drawn(name, data, report)


def letters_of_page(data: bytes) -> Iterator[list[tuple[str, float, float]]]:
    """For every page its characters with their middles, displayed from the top left corner, as pdfminer reads them."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            left, top = page.cropbox[0], page.cropbox[1]
            yield [
                (char["text"], (char["x0"] + char["x1"]) / 2 - left, (char["top"] + char["bottom"]) / 2 - top)
                for char in page.chars
            ]


def inside(chars: list[tuple[str, float, float]], boxes: list[Inside]) -> str:
    """The characters whose middle lies in one of some boxes (x0, low, x1, high, …)."""
    return "".join(
        text
        for text, x, y in chars
        if any(b[0] - SLACK <= x <= b[2] + SLACK and b[1] - SLACK <= y <= b[3] + SLACK for b in boxes)
    )


def box(each: Box) -> Inside:
    return each.x0, each.top, each.x1, each.bottom, each.page


def measure_boxes(drawn: Drawn, places: list[Evidence], tally: Tally) -> None:
    """(1) The boxes of the report on the original."""
    pages = list(letters_of_page(drawn.data))
    for evidence in places:
        boxes = list(map(box, evidence.boxes))
        text = "".join(inside(pages[page - 1], [b for b in boxes if b[4] == page]) for page in {b[4] for b in boxes})
        if not tally.add(quoted(drawn.report, evidence), text):
            missing = Counter(letters(quoted(drawn.report, evidence))) - Counter(letters(text))
            print(f"  report  {drawn.name} page {boxes[0][4]}: {''.join(missing)!r} not in the boxes")


def measure_highlights(drawn: Drawn, places: list[Evidence], tally: Tally) -> None:
    """(2) The highlights of the annotated copy, read from its bytes; matched by number and order of the comments."""
    from contract_scan.evidence.comment import comments

    copy = annotate_pdf(drawn.report, drawn.data)
    marks = highlights(copy)
    order: Counter[int] = Counter()
    for comment in comments(drawn.report):
        texts = []
        for page in dict.fromkeys(each.page for each in comment.evidence.boxes):
            texts.append(marks[page - 1][order[page]])
            order[page] += 1
        if comment.evidence in places and not tally.add(quoted(drawn.report, comment.evidence), "".join(texts)):
            print(f"  highlight {drawn.name} page {comment.evidence.page}: words missing")


def highlights(data: bytes) -> list[list[str]]:
    """For every page the words under each highlight, in the order of the annotations."""
    import pypdfium2
    from pypdf import PdfReader

    document = pypdfium2.PdfDocument(data)
    found = []
    for index, page in enumerate(PdfReader(io.BytesIO(data)).pages):
        chars = middles(document[index].get_textpage())
        quads = [a["/QuadPoints"] for a in (page.annotations or ()) if a["/Subtype"] == "/Highlight"]
        found.append([inside(chars, rects(list(map(float, quad)))) for quad in quads])
    return found


def middles(text: object) -> list[tuple[str, float, float]]:
    """Characters of a pdfium text page with their middles in user space."""
    chars = []
    for index in range(text.count_chars()):  # type: ignore[attr-defined]
        left, low, right, high = text.get_charbox(index, loose=True)  # type: ignore[attr-defined]
        chars.append((text.get_text_range(index, 1), (left + right) / 2, (low + high) / 2))  # type: ignore[attr-defined]
    return chars


def rects(quad: list[float]) -> list[Inside]:
    parts = [quad[at : at + 8] for at in range(0, len(quad), 8)]
    return [(min(p[::2]), min(p[1::2]), max(p[::2]), max(p[1::2]), 0) for p in parts]


def measure_word(paths: list[Path], engine: Engine) -> None:
    """The words between the marks of every comment in the written Word files."""
    import docx
    from docx.oxml.ns import qn

    right = wrong = 0
    for path in paths:
        data = path.read_bytes()
        report = scan_source(extract_bytes(data, path.name), engine, Options(as_of=date(2026, 11, 26)))
        between: dict[str, str] = {}
        running: set[str] = set()
        for element in docx.Document(io.BytesIO(annotate_docx(report, data))).element.body.iter():
            if element.tag == qn("w:commentRangeStart"):
                running.add(element.get(qn("w:id")))
            elif element.tag == qn("w:commentRangeEnd"):
                running.discard(element.get(qn("w:id")))
            elif element.tag == qn("w:t"):
                between |= {mark: between.get(mark, "") + (element.text or "") for mark in running}
        there = Counter(map(letters, between.values()))
        for finding in report.findings:
            for evidence in finding.evidence:
                quote = letters(evidence.quote)
                held = any(quote.endswith(text) and len(quote) - len(text) <= LABEL for text in there)
                right, wrong = (right + 1, wrong) if held else (right, wrong + 1)
    print(f"Word comments at the quoted words (automatic numbers in front apart): {right}/{right + wrong}")


def main() -> int:
    """Print the figures; 1 when fewer than 99 % of the places hold their words."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    engine = load_engine()
    known = list(read_all(corpus, engine))
    everything = [(index, evidence) for index, drawn in enumerate(known) for evidence in drawn.places()]
    chosen = random.Random(SEED).sample(everything, min(SAMPLE, len(everything)))
    boxes, marks, pictures = Tally(), Tally(), []
    for index in sorted({index for index, _ in chosen}):
        drawn = known[index]
        places = [evidence for at, evidence in chosen if at == index]
        measure_boxes(drawn, places, boxes)
        measure_highlights(drawn, places, marks)
        shots = page_pictures(drawn.report, {drawn.report.source.sha256: drawn.data})
        pictures += [len(shot.data) for shot in shots]
        render_html(drawn.report, shots)
    print(f"{len(everything)} places in {len(known)} PDFs, {len(chosen)} drawn")
    print(f"boxes of the report hold the quoted words: {boxes}")
    print(f"highlights of the annotated PDF hold them: {marks}")
    print(f"page pictures: {len(pictures)}, {sum(pictures) // max(len(pictures), 1) // 1000} kB each")
    words = [*sorted((HERE.parent / "samples").glob("*/*.docx"))]
    measure_word(words + (sorted((corpus / "originals").glob("*.docx")) if corpus else []), engine)
    return 0 if all(tally.whole >= 0.99 * tally.places > 0 for tally in (boxes, marks)) else 1


if __name__ == "__main__":
    sys.exit(main())
