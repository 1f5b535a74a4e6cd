"""How well real documents are read: text layers against the plain texts, and scans and photos of them against that.

    python benchmark/reading.py ../shared/corpus [--looks clean,scanned,photographed] [--long 200] [--json OUT]

Prints for each original the character accuracy of its text layer; for five of them, rendered as pictures by
``tests/extract/looks.py``, the accuracy of characters and of digits, how many wrong figures were marked as doubtful,
and how many findings agree; then pages per minute and memory over a long scan.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from contract_scan import Options, load_engine
from contract_scan.extract import Readers, extract, extract_bytes
from contract_scan.model import Source
from contract_scan.pipeline import scan_source
from tests.extract import looks

FIVE = ("034", "060", "113", "163", "164")
LOOKS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda picture: picture,
    "scanned": looks.scanned,
    "photographed": looks.photographed,
}
FIGURE = re.compile(r"[0-9][0-9.,%‰]*[0-9%‰]|[0-9]")  # 1/8 and 1 / 8 are the same two


def main() -> int:
    """Print the figures, and write them as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--looks", default=",".join(LOOKS))
    parser.add_argument("--files", default=",".join(FIVE), help="numbers of the originals to render")
    parser.add_argument("--long", type=int, default=200, help="pages of the long scan (0: none)")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    results: dict[str, object] = {"layers": measure_layers(arguments.corpus)}
    readers = Readers()
    for look in arguments.looks.split(","):
        results[look] = measure_look(arguments.corpus, arguments.files.split(","), look, readers)
    if arguments.long:
        results["long"] = measure_long(arguments.corpus, arguments.long)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")
    return 0


def measure_layers(corpus: Path) -> float:
    """Character accuracy of every original that has a plain text beside it; the median."""
    scores = []
    for original in sorted((corpus / "originals").iterdir()):
        plain = next((corpus / "text").glob(f"{original.name[:3]}-*"), None)
        source = extract(original)
        how = "".join(sorted({page.read_by for page in source.pages}))
        if plain is None:
            print(
                f"{original.name[:3]} {how or source.format:5s} {len(source.text)} characters, no plain text to compare"
            )
            continue
        scores.append(alike(squashed(plain.read_text("utf-8")), squashed(source.text)))
        print(f"{original.name[:3]} {how or source.format:5s} {scores[-1]:.4f}")
    print(f"text layers: median {statistics.median(scores):.4f} of {len(scores)}")
    return statistics.median(scores)


def measure_look(corpus: Path, numbers: Sequence[str], look: str, readers: Readers) -> dict[str, float]:
    """Characters, digits, doubtful figures and findings of some originals when only pictures of them are there."""
    engine, options = load_engine(), Options(as_of=date(2026, 9, 1))
    right = total = digits_right = digits = wrong = caught = sure = alarms = shared = wanted = extra = pages = 0
    seconds = 0.0
    for number in numbers:
        (original,) = (corpus / "originals").glob(f"{number}-*.pdf")
        layer = extract(original)
        pictures = [LOOKS[look](picture) for picture in looks.pages(original.read_bytes())]
        data = looks.as_pdf(pictures)
        start = time.perf_counter()
        read = extract_bytes(data, original.name, readers)
        seconds += time.perf_counter() - start
        pages += len(pictures)
        for expected, found in zip(page_texts(layer), page_texts(read), strict=True):
            same = matching(expected, found)
            right, total = right + len(same), total + max(len(expected), len(found))
            digits_right += sum(expected[at].isdigit() for at in same)
            digits += sum(char.isdigit() for char in expected)
        w, c, s, a = doubts(layer, read)
        wrong, caught, sure, alarms = wrong + w, caught + c, sure + s, alarms + a
        one, other = (found_rules(scan_source(source, engine, options)) for source in (layer, read))
        shared, wanted, extra = shared + len(one & other), wanted + len(one), extra + len(other - one)
        print(f"  {number} {look}: findings {len(one & other)}/{len(one)}, missed {sorted(one - other)}, "
              f"more {sorted(other - one)}", flush=True)  # fmt: skip
    figures = {
        "characters": right / total, "digits": digits_right / max(digits, 1), "figures wrong": wrong,
        "of them marked": caught, "figures right": sure, "of them marked too": alarms,
        "findings equal": shared / max(wanted + extra, 1), "findings": wanted, "pages a minute": 60 * pages / seconds,
    }  # fmt: skip
    print(f"{look}: " + ", ".join(f"{name} {value:.4g}" for name, value in figures.items()), flush=True)
    return figures


def measure_long(corpus: Path, count: int) -> dict[str, float]:
    """Pages a minute over a long scan, and whether memory grows."""
    (original,) = (corpus / "originals").glob(f"{FIVE[1]}-*.pdf")
    pictures = [looks.scanned(picture).convert("L") for picture in looks.pages(original.read_bytes(), 150)]
    data = looks.as_pdf((pictures * (count // len(pictures) + 1))[:count], 150)
    peaks: list[float] = []
    readers = Readers(progress=lambda message: peaks.append(memory()))
    start = time.perf_counter()
    extract_bytes(data, "long.pdf", readers)
    minutes = (time.perf_counter() - start) / 60
    early, late = peaks[len(peaks) // 4], peaks[-1]
    print(f"{count} pages: {count / minutes:.1f} pages a minute, {early:.0f} then {late:.0f} MB at the end, "
          f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # fmt: skip
    return {"pages a minute": count / minutes, "MB after a quarter": early, "MB at the end": late}


def memory() -> float:
    """What this process holds now, in MB."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def found_rules(report: object) -> set[str]:
    """The rules that were hit."""
    return {finding.rule for finding in report.findings}  # type: ignore[attr-defined]


def squashed(text: str) -> str:
    """Without spaces, blanks and cell separators: plain texts do not agree on them."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s_|＿\ue000-\uf8ff]", "", plain)


def page_texts(source: Source) -> Iterator[str]:
    """Each page, squashed."""
    yield from (squashed(page.span.of(source.text)) for page in source.pages)


def alike(expected: str, found: str) -> float:
    """2 × characters in common, in order, for the characters of both."""
    return SequenceMatcher(None, expected, found, autojunk=False).ratio()


def matching(expected: str, found: str) -> list[int]:
    """The positions of *expected* that *found* has, in order."""
    blocks = SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return [block.a + step for block in blocks for step in range(block.size)]


def doubts(layer: Source, read: Source) -> tuple[int, int, int, int]:
    """Figures read that the page does not have, how many of them were marked; right ones, how many were marked."""
    wrong = caught = right = alarms = 0
    for one, other in zip(layer.pages, read.pages, strict=True):
        there = Counter(m.group() for m in FIGURE.finditer(unicodedata.normalize("NFKC", one.span.of(layer.text))))
        for match in FIGURE.finditer(other.span.of(read.text)):
            start, end = other.span.start + match.start(), other.span.start + match.end()
            marked = any(span.start < end and start < span.end for span in read.doubtful)
            if there[match.group()] > 0:
                there[match.group()] -= 1
                right, alarms = right + 1, alarms + marked
            else:
                wrong, caught = wrong + 1, caught + marked
    return wrong, caught, right, alarms


if __name__ == "__main__":
    sys.exit(main())
