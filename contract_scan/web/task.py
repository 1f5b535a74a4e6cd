"""What the server asks of a child process, and how the child answers: HTML, built where the file was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from contract_scan.errors import TooLarge
from contract_scan.isolate import Answer, Job
from contract_scan.model import Options, Report, Source
from contract_scan.render.live import Live

if TYPE_CHECKING:
    from contract_scan.checks import Engine
    from contract_scan.extract import Readers

MOST_PAGES = 300


class Task(StrEnum):
    """What is wanted: the report as a page, as a file to keep, a comparison, or an advertisement checked."""

    REPORT = "report"
    FILE = "file"
    OFFERS = "offers"
    VERSIONS = "versions"
    LIKELIER = "likelier"
    ADVERT = "advert"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: bytes, and the name that the browser gave (only ever shown)."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Job):
    """One job for a child. ``files`` are the parts of one contract, ``second`` those of the one to compare it with.

    ``live`` is what the page needs to know about its server (None for a file to keep).
    """

    task: Task
    files: tuple[Upload, ...]
    second: tuple[Upload, ...] = ()
    live: Live | None = None


def request_of(
    task: Task,
    files: tuple[Upload, ...],
    *,
    options: Options,
    second: tuple[Upload, ...] = (),
    live: Live | None = None,
) -> Request:
    """A request; the part of it that the isolating process knows stays empty."""
    return Request(content=b"", name="", options=options, outputs=(), task=task, files=files, second=second, live=live)


def load(rules: Path | None) -> tuple[dict[str, str], Answer]:
    """The engine, once; then the answer to each request. Raises RuleError."""
    from contract_scan import load_engine
    from contract_scan._version import VERSION
    from contract_scan.extract import Readers

    engine, readers = load_engine(rules), Readers()

    def answer(job: Job) -> dict[str, str]:
        assert isinstance(job, Request), "our own parent sends nothing else"
        return {"html": _page(job, lambda files: _scanned(files, job, engine, readers))}

    return {"tool": VERSION, "rules": VERSION, "rules_sha256": engine.rulebook.sha256}, answer


def _page(request: Request, scanned: Callable[[tuple[Upload, ...]], Report]) -> str:
    from contract_scan.render.html import render_html

    first = scanned(request.files)
    if request.task in (Task.REPORT, Task.FILE):
        return render_html(first, request.live)
    return _compared(first, scanned(request.second), request)


def _scanned(files: tuple[Upload, ...], request: Request, engine: Engine, readers: Readers) -> Report:
    from contract_scan.pipeline import scan_source

    source = _source(files, readers)
    if len(source.pages) > MOST_PAGES:
        raise TooLarge(f"这份文件有 {len(source.pages)} 页，这里最多读 {MOST_PAGES} 页：请只保留合同和附件的部分再试。")
    return scan_source(source, engine, request.options)


def _source(files: tuple[Upload, ...], readers: Readers) -> Source:
    """One file, or several that are one contract: the photos of its pages. Raises ExtractError."""
    from contract_scan.extract import extract_bytes, extract_bytes_together

    if len(files) == 1:
        return extract_bytes(files[0].data, files[0].name, readers)
    return extract_bytes_together([(file.name, file.data) for file in files], readers)


def _compared(first: Report, second: Report, request: Request) -> str:
    from contract_scan.compare import compare_advert, compare_offers, compare_versions, similarity
    from contract_scan.compare.versions import VERSIONS_FROM
    from contract_scan.render.compare_html import render_compare_html

    if request.task is Task.ADVERT:
        return render_compare_html(compare_advert(first, second), request.live)
    versions = request.task is Task.VERSIONS
    if request.task is Task.LIKELIER:
        versions = similarity(first, second) >= VERSIONS_FROM
    comparison = compare_versions(first, second) if versions else compare_offers(first, second)
    return render_compare_html(comparison, request.live)


def to_keep(request: Request) -> Request:
    """The same contract as a file that needs no server."""
    return replace(request, task=Task.FILE, live=None)
