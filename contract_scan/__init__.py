"""Reads Chinese loan contracts and says what to settle before signing.

>>> from datetime import date
>>> from contract_scan import Options, load_engine, scan
>>> report = scan(Path("借款合同.pdf"), load_engine(), Options(as_of=date.today()))  # doctest: +SKIP

Everything else in the package may change; importing it reads no file and loads nothing heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from contract_scan._version import VERSION as __version__
from contract_scan.errors import ContractScanError
from contract_scan.model import Finding, Options, Report, Severity

if TYPE_CHECKING:
    from contract_scan.batch import Scanned
    from contract_scan.checks import Engine

__all__ = [
    "ContractScanError",
    "Finding",
    "Options",
    "Report",
    "Severity",
    "__version__",
    "load_engine",
    "render",
    "scan",
    "scan_many",
    "scan_text",
]


def load_engine(rules: Path | None = None) -> Engine:
    """The rules (and those in the folder *rules*) made ready for many contracts. Raises RuleError."""
    from contract_scan.checks import Engine
    from contract_scan.rulebook import load_rulebook

    return Engine.of(load_rulebook(rules))


def scan(path: Path, engine: Engine, options: Options) -> Report:
    """The report on one file. Raises ExtractError when it cannot be read."""
    from contract_scan import pipeline

    return pipeline.scan(path, engine, options)


def scan_text(text: str, engine: Engine, options: Options) -> Report:
    """The report on a text that is already at hand."""
    from contract_scan import pipeline

    return pipeline.scan_text(text, engine, options)


def scan_many(
    paths: Iterable[str | Path], options: Options, *, executor: Executor | None = None, rules: Path | None = None
) -> Iterator[Scanned]:
    """Every contract among files, folders, globs and zips, each with its JSON report or why it has none.

    Contracts are read in child processes, on this machine or wherever *executor* runs. Raises ContractScanError.
    """
    from contract_scan.batch import Settings, find_inputs, scan_many

    return scan_many(find_inputs(map(str, paths)), Settings(options, rules=rules), executor=executor)


def render(report: Report, format: str) -> str:
    """The report as html, json, text or md."""
    from contract_scan.render import render as render_report

    return render_report(report, format)
