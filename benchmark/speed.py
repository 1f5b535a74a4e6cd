"""Times against floors measured in the same run; medians of interleaved rounds, ratios are what counts.

python benchmark/speed.py [cold|pdf|stages|rules|memory …] [--rounds 5] [--json OUT]        needs the test extra
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from speed_inputs import contract_text, grown, make_pdf

from contract_scan import load_engine, render
from contract_scan.checks import Engine, judge
from contract_scan.extract import extract, extract_bytes
from contract_scan.model import Contract, Options, Source
from contract_scan.normalise import normalise
from contract_scan.outline import read_clauses, read_sentences
from contract_scan.papers import read_all_facts, read_all_parties
from contract_scan.pipeline import read_contract, scan, scan_source
from contract_scan.rulebook.schema import patterns_of

OPTIONS = Options(date(2026, 11, 25))
IMPORTS = "import spacy, jieba, pdfplumber; jieba.initialize()"
Figures = dict[str, float]
Cases = dict[str, Callable[[], object]]


def interleaved(cases: Cases, rounds: int) -> Figures:
    """The median of each case's seconds, one round of all cases after another."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            start = time.perf_counter()
            case()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def lcut(text: str) -> object:
    """jieba's words: the floor of everything that reads Chinese."""
    import jieba

    jieba.setLogLevel(60)
    return jieba.lcut(text)


def cold(rounds: int, folder: Path) -> Figures:
    """Whole processes: --help, scans of 1, 10 and 60 pages, and the imports they cannot avoid."""
    command = [sys.executable, "-m", "contract_scan"]

    def run(*arguments: str) -> None:
        subprocess.run(arguments, check=True, capture_output=True)

    def scanned(pages: int, *more: str) -> Callable[[], object]:
        pdf = folder / f"{pages}.pdf"
        make_pdf(pdf, pages)
        return lambda: run(*command, "scan", str(pdf), "-o", str(folder / "out"), *more)

    scanned(1)()  # what is kept for later runs (the dictionary, the rules as read) is made here
    own = "import contract_scan.cli, contract_scan.render, contract_scan.evidence, contract_scan.pipeline; " + IMPORTS
    times = interleaved(
        {
            f"{IMPORTS} (floor)": lambda: run(sys.executable, "-c", IMPORTS),
            "the same with the program's own modules": lambda: run(sys.executable, "-c", own),
            "--help": lambda: run(*command, "--help"),
            "scan, 1 page": scanned(1),
            "scan, 10 pages, to JSON": scanned(10, "--format", "json"),
            "scan, 10 pages, to HTML without page pictures": scanned(10, "--pages", "none"),
            "scan, 10 pages, to HTML with page pictures": scanned(10),
            "scan, 60 pages, to JSON": scanned(60, "--format", "json"),
        },
        rounds,
    )
    return against(times)


def pdf(rounds: int, folder: Path) -> Figures:
    """A 10-page PDF in a warm process, against reading it with pdfium and cutting it with jieba."""
    import pypdfium2

    file = folder / "warm.pdf"
    make_pdf(file, 10)
    engine = load_engine()

    def floor() -> None:
        document = pypdfium2.PdfDocument(str(file))
        lcut("\n".join(page.get_textpage().get_text_range() for page in document))
        document.close()

    report = scan(file, engine, OPTIONS)
    times = interleaved(
        {
            "pdfium text and jieba.lcut (floor)": floor,
            "extract": lambda: extract(file),
            "the whole pipeline to JSON": lambda: render(scan(file, engine, OPTIONS), "json"),
            "of which HTML would take": lambda: render(report, "html"),
        },
        rounds,
    )
    return against(times)


def stages(rounds: int, _: Path) -> Figures:
    """Each stage on 10,000, 100,000 and 1,000,000 characters, and how the whole grows."""
    engine = load_engine()
    found: Figures = {}
    totals: dict[int, float] = {}
    for size in (10_000, 100_000, 1_000_000):
        text = contract_text(size)
        times = interleaved(_stages(text, engine), rounds if size < 1_000_000 else 1)
        floor = times.pop("jieba.lcut (floor)")
        totals[size] = sum(times.values())
        found |= {f"{size:,} characters: jieba.lcut (floor), s": floor}
        found |= {f"{size:,} characters: {name}, × floor": seconds / floor for name, seconds in times.items()}
        found[f"{size:,} characters: all stages, × floor"] = totals[size] / floor
    for small, large in ((10_000, 100_000), (100_000, 1_000_000)):
        found[f"exponent from {small:,} to {large:,}"] = math.log10(totals[large] / totals[small])
    return found


def _stages(text: str, engine: Engine) -> Cases:
    source = Source("x", "0" * 64, "text", text)
    document = normalise(source)
    contract = read_contract(source, engine.rulebook, OPTIONS)
    report = scan_source(source, engine, OPTIONS)
    return {
        "jieba.lcut (floor)": lambda: lcut(text),
        "extract": lambda: extract_bytes(text.encode(), "x.txt"),
        "normalise": lambda: normalise(source),
        "outline": lambda: _outline(contract, engine),
        "facts": lambda: read_all_facts(document, contract.sentences, contract.parties),
        "checks": lambda: list(judge(contract, engine)),
        "JSON": lambda: render(report, "json"),
        "HTML": lambda: render(report, "html"),
    }


def _outline(contract: Contract, engine: Engine) -> None:
    clauses = read_clauses(contract.document.text)
    read_sentences(contract.document.text, clauses)
    read_all_parties(contract.document, engine.rulebook.roles)


def rules(rounds: int, _: Path) -> Figures:
    """The checks on 30,000 characters with all our rules, and with 50 to 1000."""
    engine = load_engine()
    text = contract_text(30_000)
    contract = read_contract(Source("x", "0" * 64, "text", text), engine.rulebook, OPTIONS)
    cases: Cases = {"jieba.lcut (floor)": lambda: lcut(text), "our rules": lambda: list(judge(contract, engine))}
    for count in (50, 100, 300, 1000):
        bigger = Engine.of(replace(engine.rulebook, rules=grown(engine.rulebook.rules, count)))
        list(judge(contract, bigger))
        cases[f"{count} rules"] = lambda bigger=bigger: list(judge(contract, bigger))
    patterns = [pattern.regex for rule in engine.rulebook.rules for pattern in patterns_of(rule) if pattern.regex]
    cases[f"a plain loop over our {len(patterns)} regular expressions"] = lambda: [
        list(pattern.compiled.finditer(text)) for pattern in patterns
    ]
    times = interleaved(cases, rounds)
    return against(times) | {"1000 rules against 50": times["1000 rules"] / times["50 rules"]}


def memory(_: int, folder: Path) -> Figures:
    """The peak of a process that scans 50 and 500 pages to JSON, in MB."""
    found: Figures = {}
    for pages in (50, 500):
        make_pdf(folder / f"{pages}.pdf", pages)
        code = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        command = [sys.executable, "-m", "contract_scan", "scan", str(folder / f"{pages}.pdf"), "--format", "json"]
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True)
        found[f"{pages} pages, s"] = time.perf_counter() - start
        found[f"{pages} pages, peak MB"] = int(done.stdout) / 1024
    return found


def against(times: Figures) -> Figures:
    """Milliseconds, and the ratio to the first of them, which is the floor."""
    floor = next(iter(times.values()))
    found: Figures = {}
    for name, seconds in times.items():
        found[f"{name}, ms"] = seconds * 1000
        found[f"{name}, × floor"] = seconds / floor
    return found


PARTS: dict[str, Callable[[int, Path], Figures]] = {part.__name__: part for part in (cold, pdf, stages, rules, memory)}


def main() -> int:
    """Print the tables; write them as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    tables: dict[str, Figures] = {}
    lcut("预热")  # its dictionary is loaded once; the floor is cutting
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for part in arguments.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            tables[part] = PARTS[part](arguments.rounds, Path(folder))
        print(f"\n{part}: {(PARTS[part].__doc__ or '').splitlines()[0]}")
        for name, value in tables[part].items():
            print(f"  {name:72s} {value:10.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(tables, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
