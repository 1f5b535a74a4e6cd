"""Times against floors measured in the same run; medians of interleaved rounds, ratios are what counts.

python benchmark/speed.py [--rounds 5] [--json OUT]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from contract_scan.checks.index import elements_of
from contract_scan.rulebook.regex import read_regex
from contract_scan.rulebook.schema import Check, Pattern, PhraseCheck, Rule

FLOOR = "import spacy, jieba, pdfplumber; jieba.initialize()"
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def clause_text(characters: int) -> str:
    """A contract of about so many characters, from our own samples, with running clause numbers."""
    pieces = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("platform-three-party/contract.txt"))]
    out, size, number = [], 0, 0
    while size < characters:
        for piece in pieces:
            number += 1
            out.append(f"第{number}章 附加约定\n{piece}")
            size += len(out[-1])
    return "\n".join(out)[:characters]


def make_pdf(path: Path, pages: int) -> None:
    """A text PDF of our own sample text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4)
    lines = [
        line[i : i + 42] for line in clause_text(pages * 1200).split("\n") for i in range(0, max(len(line), 1), 42)
    ]
    for page in range(pages):
        canvas.setFont("STSong-Light", 10.5)
        for row, line in enumerate(lines[page * 40 : page * 40 + 40]):
            canvas.drawString(60, 780 - row * 18, line)
        canvas.showPage()
    canvas.save()


def interleaved(cases: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median of each case's seconds, one round of all cases after another."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            start = time.perf_counter()
            case()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def cold(rounds: int) -> dict[str, float]:
    """Whole processes: --help, a scan of ten pages, and the imports it cannot avoid."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "ten.pdf"
        make_pdf(pdf, 10)
        command = [sys.executable, "-m", "contract_scan"]
        output = str(Path(folder) / "out.html")

        def run(*arguments: str) -> None:
            subprocess.run(arguments, check=True, capture_output=True)

        cases: dict[str, Callable[[], object]] = {
            "floor: import spacy, jieba, pdfplumber; jieba.initialize()": lambda: run(sys.executable, "-c", FLOOR),
            "cold --help": lambda: run(*command, "--help"),
            "cold scan, 10-page PDF": lambda: run(*command, "scan", str(pdf), "-o", output),
        }
        return interleaved(cases, rounds)


def warm(rounds: int) -> dict[str, float]:
    """In one process: jieba on 30,000 characters, the whole pipeline on 10k, 30k, 100k, and 50 to 1000 rules."""
    import jieba

    from contract_scan import load_engine
    from contract_scan.checks import Engine, judge
    from contract_scan.model import Options, Source
    from contract_scan.pipeline import read_contract, scan_text

    jieba.setLogLevel(60)
    engine = load_engine()
    options = Options(date(2026, 11, 25))
    texts = {size: clause_text(size) for size in (10_000, 30_000, 100_000)}
    cases: dict[str, Callable[[], object]] = {"floor: jieba.lcut, 30k characters": lambda: jieba.lcut(texts[30_000])}
    for size, text in texts.items():
        cases[f"warm pipeline, {size // 1000}k characters"] = lambda text=text: scan_text(text, engine, options)
    contract = read_contract(Source("x", "0" * 64, "text", texts[30_000]), engine.rulebook, options)
    for count in (50, 100, 300, 1000):
        bigger = Engine.of(replace(engine.rulebook, rules=grown(engine.rulebook.rules, count)))
        cases[f"matching, {count} rules, 30k"] = lambda bigger=bigger: list(judge(contract, bigger))
    return interleaved(cases, rounds)


def grown(rules: Sequence[Rule], count: int) -> tuple[Rule, ...]:
    """A rulebook of *count* rules as it grows: after the first fifty, three in four speak of what is not in the text.

    A big rulebook is for many kinds of contract, and most of it does not hit one of them (the measurements behind
    the target were made so, too). Every fourth is a copy of a rule of ours that finds all that the rule finds.
    """
    many = (replace(rules[i % len(rules)], id=f"{rules[i % len(rules)].id}-{i}") for i in range(count))
    return tuple(rule if i < 50 or i % 4 == 0 else foreign(rule) for i, rule in enumerate(many))


def foreign(rule: Rule) -> Rule:
    """The same rule with other words for its concepts and expressions: it finds nothing in a contract."""
    concepts = {concept for element in elements_of(rule) for concept in element.concepts}
    terms = {concept: (f"辰巳{concept}", f"午未{concept}") for concept in concepts}
    return replace(rule, terms=terms, checks=tuple(_foreign_check(check) for check in rule.checks))


def _foreign_check(check: Check) -> Check:
    if not isinstance(check, PhraseCheck):
        return check
    return replace(check, any=tuple(map(_foreign_pattern, check.any)))


def _foreign_pattern(pattern: Pattern) -> Pattern:
    return replace(pattern, regex=read_regex(f"辰巳(?:{pattern.regex.source})", "speed")) if pattern.regex else pattern


def main() -> int:
    """Print the table; write it as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    times = {**cold(arguments.rounds), **warm(arguments.rounds)}
    floors = {
        "cold": next(v for k, v in times.items() if "import" in k),
        "warm": next(v for k, v in times.items() if "lcut" in k),
    }
    for name, seconds in times.items():
        floor = floors["cold"] if name.startswith("cold") else floors["warm"]
        print(f"{name:60s} {seconds * 1000:9.1f} ms  {seconds / floor:6.2f} × floor")
    if arguments.json:
        arguments.json.write_text(json.dumps(times, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
