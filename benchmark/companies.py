"""Accuracy on real contracts, by company: those the rules were written with, and the third kept closed.

    python benchmark/companies.py ../shared/corpus [--closed]

The closed companies are in ``benchmark/closed-companies.txt``, drawn before the first rule was written. Their
figures are printed only with ``--closed``, so that nobody tunes on them by accident.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import yaml

from contract_scan import Options, load_engine, scan
from contract_scan.evaluate import Score, add, read_label

HERE = Path(__file__).parent


def main() -> int:
    """Print a line per company and the totals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--closed", action="store_true", help="the closed third instead of the others")
    arguments = parser.parse_args()
    closed = {line for line in (HERE / "closed-companies.txt").read_text("utf-8").split("\n") if line.startswith("c")}
    company = {
        doc: entry["company"]
        for entry in yaml.safe_load((arguments.corpus / "companies.yaml").read_text("utf-8"))
        for doc in entry["documents"]
    }
    engine = load_engine()
    total, each = Score(), defaultdict(Score)
    for file in sorted((arguments.corpus / "labels").glob("*.yaml")):
        name = company[file.stem]
        if (name in closed) is arguments.closed:
            report = scan(arguments.corpus / "text" / f"{file.stem}.txt", engine, Options(as_of=date.today()))
            labelled = read_label(yaml.safe_load(file.read_text("utf-8")), report.source.text)
            for score in (total, each[name]):
                add(score, labelled, report)
    for name, score in [*sorted(each.items()), ("all", total)]:
        precision, recall, f1 = score.problems.scores()
        print(f"{name:5s} documents {score.documents:3d}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"macro F1 {total.macro_f1:.3f}; near misses flagged {total.near_misses_flagged}/{total.near_misses}")
    for confidence, (right, wrong) in sorted(total.confidence.items()):
        print(f"confidence {confidence}: {right}/{right + wrong} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
