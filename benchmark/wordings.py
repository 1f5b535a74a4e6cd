"""How many of the wordings beside the project each rule finds, and how many harmless look-alikes it flags.

    python benchmark/wordings.py ../shared/law/wordings [--slips]

The rules were written from these wordings, so the figures say what was covered, not how well the rules generalise.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import yaml

from contract_scan import load_engine
from contract_scan.checks import Engine
from contract_scan.examples import run_example
from contract_scan.model import Verdict
from contract_scan.rulebook.schema import Example, Rule


def main() -> int:
    """Print the shares over all rules, and the rules that miss most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordings", type=Path)
    parser.add_argument("--slips", action="store_true", help="list what is missed and what is wrongly flagged")
    arguments = parser.parse_args()
    engine = load_engine()
    rules = {rule.id: rule for rule in engine.rulebook.rules}
    all_, right = Counter[str](), Counter[str]()
    for file in sorted(arguments.wordings.glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text("utf-8")):
            for kind in ("positives", "near_misses"):
                for words in entry.get(kind) or ():
                    text = words.replace("⟦", "").replace("⟧", "")
                    hit = entry["id"] in rules and is_hit(rules[entry["id"]], text, engine)
                    all_[kind] += 1
                    right[kind] += hit is (kind == "positives")
                    if arguments.slips and hit is not (kind == "positives"):
                        print(f"{'missed ' if kind == 'positives' else 'flagged'} {entry['id']}: {words}")
    print(f"wordings found: {right['positives']}/{all_['positives']} ({right['positives'] / all_['positives']:.1%})")
    flagged = all_["near_misses"] - right["near_misses"]
    print(f"look-alikes flagged: {flagged}/{all_['near_misses']} ({flagged / all_['near_misses']:.1%})")
    return 0


def is_hit(rule: Rule, text: str, engine: Engine) -> bool:
    """Whether the rule fires on a text of one or two sentences, judged like its own examples."""
    example = Example(text=text, marked=(), expect=Verdict.HIT)
    return run_example(rule, example, engine).verdict is Verdict.HIT


if __name__ == "__main__":
    sys.exit(main())
