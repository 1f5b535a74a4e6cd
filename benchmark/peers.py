"""contract-scan and the open peers that can be installed, on the same labelled contracts.

    python benchmark/peers.py [--peers FOLDER] [--labels DIR --texts DIR]

``--peers`` is the bin folder of an environment with ``pip install redline-buddy contract-lint`` (``bin`` or
``Scripts``); those that are not there are left out and said so. The peers have other problems than our catalogue,
so two things are counted, the first as much in their favour as can be:

* touched: of the places a careful reader marked as a problem, those that a finding quotes at all, whatever it says
  of them; and of the findings that quote something, those that touch a marked place;
* named: the same with the right problem (only contract-scan and the keyword list speak of the catalogue's problems);
* fair: findings on the contracts without any marked problem.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from contract_scan import Options, load_engine, scan
from contract_scan.evaluate import LabelledDocument, read_label
from contract_scan.extract import extract
from contract_scan.model import Span

HERE = Path(__file__).parent
#: (problem or "", where; None where the tool quotes nothing)
Found = tuple[str, Span | None]
Tool = Callable[[Path, str], list[Found]]


@dataclass(slots=True)
class Counts:
    """What one tool found in all contracts."""

    labels: int = 0
    touched: int = 0
    named: int = 0
    findings: int = 0
    unquoted: int = 0
    touching: int = 0
    naming: int = 0
    on_fair: int = 0


def ours() -> Tool:
    """contract-scan."""
    engine = load_engine()

    def tool(path: Path, text: str) -> list[Found]:
        report = scan(path, engine, Options(as_of=date(2026, 11, 26)))
        return [(f.rule, e.span) for f in report.findings for e in f.evidence] + [
            (f.rule, None) for f in report.findings if not f.evidence
        ]

    return tool


def keywords() -> Tool:
    """A plain keyword list: every occurrence is a finding."""
    listed: dict[str, str] = yaml.safe_load((HERE / "keywords.yaml").read_text("utf-8"))

    def tool(path: Path, text: str) -> list[Found]:
        return [(rule, span) for word, rule in listed.items() for span in occurrences(text, word)]

    return tool


def redline(program: Path, *options: str) -> Tool:
    """redline-buddy: its excerpts, looked up in the text."""

    def tool(path: Path, text: str) -> list[Found]:
        out = run(program, "review", "--format", "json", *options, str(path))
        return [placed(text, item["excerpt"]) for item in out["findings"]]

    return tool


def contract_lint(program: Path) -> Tool:
    """contract-lint: its excerpts, looked up in the text."""

    def tool(path: Path, text: str) -> list[Found]:
        return [placed(text, item.get("excerpt", "")) for item in run(program, "lint", "--json", str(path))["findings"]]

    return tool


def run(program: Path, *arguments: str) -> dict[str, list[dict[str, str]]]:
    """What the program prints as JSON, whatever its exit code."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    result: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return result


def placed(text: str, excerpt: str) -> Found:
    """A peer's excerpt and where it stands; no place for an empty one or one that is not in the text."""
    words = excerpt.strip("… .\n")
    return "", next(occurrences(text, words), None) if words else None


def occurrences(text: str, word: str) -> Iterator[Span]:
    """Everywhere a word stands."""
    at = text.find(word)
    while at >= 0:
        yield Span(at, at + len(word))
        at = text.find(word, at + len(word))


def count(counts: Counts, document: LabelledDocument, found: list[Found]) -> None:
    """Add one contract."""
    sure = [label for label in document.labels if label.sure]
    counts.labels += len(sure)
    counts.findings += len(found)
    counts.unquoted += sum(span is None for _, span in found)
    for label in sure:
        over = [rule for rule, span in found if span and span.overlaps(label.span)]
        counts.touched += bool(over)
        counts.named += label.rule in over
    for rule, span in found:
        over = [label.rule for label in document.labels if span and span.overlaps(label.span)]
        counts.touching += bool(over)
        counts.naming += rule in over
    if not document.labels and not document.missing:
        counts.on_fair += len(found)


def tools(folder: Path | None) -> Iterator[tuple[str, Tool]]:
    """Those that can be run here."""
    yield "contract-scan", ours()
    yield "keyword list", keywords()
    programs = {name: folder / name if folder else None for name in ("redline", "contract-lint")}
    for name, program in programs.items():
        if program is None or not program.exists():
            print(f"not installed: {name} (see --peers)", file=sys.stderr)
        elif name == "redline":
            yield "redline-buddy, its own choice of playbook", redline(program)
            yield "redline-buddy, loan-borrower", redline(program, "--playbook", "loan-borrower")
        else:
            yield "contract-lint", contract_lint(program)


def main() -> int:
    """Print one table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--labels", type=Path, default=HERE / "labels")
    parser.add_argument("--texts", type=Path, default=HERE / "contracts")
    arguments = parser.parse_args()
    print("| tool | marked places touched | named rightly | findings | quotes that touch one | and name it | on fair |")
    print("|---|---|---|---|---|---|---|")
    for name, tool in tools(arguments.peers):
        counts = Counts()
        with tempfile.TemporaryDirectory() as folder:
            for file in sorted(arguments.labels.glob("*.yaml")):
                text = extract(arguments.texts / f"{file.stem}.txt").text
                plain = Path(folder) / f"{file.stem}.txt"  # UTF-8 for all: the peers cannot read GBK
                plain.write_text(text, "utf-8", newline="")
                document = read_label(yaml.safe_load(file.read_text("utf-8")), text)
                count(counts, document, tool(plain, text))
        print(line(name, counts))
    return 0


def line(name: str, counts: Counts) -> str:
    """One row of the table."""
    quoting = counts.findings - counts.unquoted
    of_labels = f"{counts.touched / counts.labels:.1%} | {counts.named / counts.labels:.1%}"
    right = f"{counts.touching / quoting:.1%} | {counts.naming / quoting:.1%}" if quoting else "– | –"
    return f"| {name} | {of_labels} | {counts.findings} | {right} | {counts.on_fair} |"


if __name__ == "__main__":
    sys.exit(main())
