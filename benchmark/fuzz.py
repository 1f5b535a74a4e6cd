"""Feeds damaged samples to every reading step and reports what was neither read nor refused in a clear sentence.

    python benchmark/fuzz.py [TARGET …] [--seconds 60] [--seed 1]

Targets: pdf, docx, text (whole files through extraction), normalise, outline, numerals, facts, rules (the rule
reader), pipeline (text to report). Each runs in a process of its own, so that a crash of a library is told and not
suffered; an input that takes longer than 20 seconds is a hang. What fails is kept in ``out/fuzz``.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from contract_scan import Options, load_engine
from contract_scan.errors import ContractScanError
from contract_scan.extract import Readers, extract_bytes
from contract_scan.facts.numerals import read_cardinal, read_number
from contract_scan.model import Source
from contract_scan.normalise import normalise
from contract_scan.pipeline import read_contract, scan_text
from contract_scan.rulebook import load_rulebook

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "out" / "fuzz"
SLOW = 20  # seconds for one input
DIGITS = "零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟两半点分厘毛角元整几多"
DIGITS += "0123456789０１９.,，．%％‰ 又廿卅"
PIECES = [
    "\u200b", "\u202e", "\x00", "\ud800", "（", "）", "第", "条", "；", "\n\n", "|", "【", "】", "＿＿", "¥", "％",
    "(cid:12)", "甲方", "乙方", "以下简称", "日万分之五", "壹拾万元整", "2026年13月45日", "LPR+", "第九百九十九条",
    "<b>", "=1+1", "9" * 70,
]  # fmt: skip
Target = Callable[[random.Random], None]


def damaged(data: bytes, draw: random.Random) -> bytes:
    """A file with some bytes turned, cut, doubled or swapped."""
    body = bytearray(data)
    for _ in range(draw.choice([1, 1, 2, 4, 16, 64])):
        at, way = draw.randrange(len(body) or 1), draw.randrange(5)
        if way == 0 and body:
            body[at] = draw.randrange(256)
        elif way == 1:
            del body[at : at + draw.choice([1, 4, 100, 5000])]
        elif way == 2:
            body[at:at] = body[at : at + draw.choice([1, 10, 300])] * draw.choice([1, 2, 20])
        elif way == 3:
            body[at:at] = draw.choice(
                [b"0", b"-1", b"99999999", b"<<", b">>", b"endobj", b"stream", b"</w:p>", b"\x00" * 9]
            )
        else:
            other = draw.randrange(len(body) or 1)
            body[at : at + 50], body[other : other + 50] = body[other : other + 50], body[at : at + 50]
    return bytes(body)


def garbled(text: str, draw: random.Random) -> str:
    """A text with pieces inserted, cut, doubled or moved."""
    for _ in range(draw.choice([1, 3, 10, 40])):
        at, way = draw.randrange(len(text) + 1), draw.randrange(4)
        length = draw.choice([1, 3, 20, 200])
        if way == 0:
            text = text[:at] + draw.choice(PIECES) * draw.choice([1, 1, 1, 50]) + text[at:]
        elif way == 1:
            text = text[:at] + text[at + length :]
        elif way == 2:
            text = text[:at] + text[at : at + length] * draw.choice([2, 2, 30]) + text[at + length :]
        else:
            other = draw.randrange(len(text) + 1)
            text = text[:at] + text[other : other + length] + text[at:]
    return text[:200_000]


def source(text: str) -> Source:
    """A text as if it had been read from a file."""
    return Source("试", "0" * 64, "text", text)


def targets() -> dict[str, Target]:
    """What is fed, by name; each raises only what a reader may raise."""
    engine, options = load_engine(), Options(as_of=date(2026, 9, 1))
    samples = {
        kind: [f.read_bytes() for f in sorted((ROOT / "samples").glob(f"*/*.{kind}"))]
        for kind in ("pdf", "docx", "txt")
    }
    texts = [extract_bytes(data, "x.txt").text for data in samples["txt"]]
    rules = [file.read_text("utf-8") for file in sorted((ROOT / "rules").glob("*/*.yaml")) if "/law/" not in str(file)]

    def file(kind: str) -> Target:
        return lambda draw: _allowed(
            lambda: extract_bytes(damaged(draw.choice(samples[kind]), draw), f"x.{kind}", Readers("never"))
        )

    def text(work: Callable[[str], object]) -> Target:
        return lambda draw: _allowed(lambda: work(garbled(draw.choice(texts), draw)))

    def numeral(draw: random.Random) -> None:
        words = "".join(draw.choice(DIGITS) for _ in range(draw.randint(1, 30)))
        read_number(words)
        read_cardinal(words)

    def rule(draw: random.Random) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "hidden-fees" / "some-rule.yaml"
            place.parent.mkdir()
            place.write_text(garbled(draw.choice(rules), draw), "utf-8", errors="replace")
            _allowed(lambda: load_rulebook(Path(folder)))

    return {
        "pdf": file("pdf"), "docx": file("docx"), "text": file("txt"), "numerals": numeral, "rules": rule,
        "normalise": text(lambda t: normalise(source(t))),
        "facts": text(lambda t: read_contract(source(t), engine.rulebook, options)),
        "pipeline": text(lambda t: scan_text(t, engine, options)),
    }  # fmt: skip


def _allowed(work: Callable[[], object]) -> None:
    with contextlib.suppress(ContractScanError, yaml.YAMLError):  # refused in a sentence of ours
        work()


def run(name: str, seconds: float, seed: int, told: multiprocessing.Queue[tuple[str, object]]) -> None:
    """Feed one target until the time is up; tell each seed before it runs, so that a crash has a name."""

    def too_slow(*_: object) -> None:
        raise TimeoutError

    target, end = targets()[name], time.monotonic() + seconds
    signal.signal(signal.SIGALRM, too_slow)
    while time.monotonic() < end:
        told.put(("seed", seed))
        signal.alarm(SLOW)
        try:
            target(random.Random(f"{name} {seed}"))
        except Exception as problem:
            told.put(("failed", f"{name} seed {seed}: {type(problem).__name__}: {str(problem)[:200]}"))
        signal.alarm(0)
        seed += 1


def main() -> int:
    """Print executions and failures of each target; exit 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ("pdf", "docx", "text", "normalise", "numerals", "facts", "rules", "pipeline")
    parser.add_argument("target", nargs="*", choices=[*names, []], default=[])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    failed = 0
    for name in arguments.target or names:
        told: multiprocessing.Queue[tuple[str, object]] = multiprocessing.Queue()
        child = multiprocessing.Process(target=run, args=(name, arguments.seconds, arguments.seed, told))
        child.start()
        last, failures = arguments.seed, []
        while child.is_alive() or not told.empty():
            try:
                kind, what = told.get(timeout=1)
            except Exception:
                continue
            if kind == "seed":
                last = int(str(what))
            else:
                failures.append(str(what))
        child.join()
        if child.exitcode:
            failures.append(f"{name} seed {last}: the process ended with {child.exitcode}")
        print(f"{name:10s} {last - arguments.seed + 1} inputs, {len(failures)} failures")
        for failure in failures[:20]:
            print("   ", failure)
        failed += len(failures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
