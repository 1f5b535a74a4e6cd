"""One batch from inputs to a finished folder: nothing is done twice, nothing is half there."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contract_scan.batch.inputs import Input
from contract_scan.batch.private import write_private
from contract_scan.batch.runner import Hall, Runner, Scanned, rules_of
from contract_scan.batch.store import Store
from contract_scan.batch.task import Settings
from contract_scan.errors import ContractScanError
from contract_scan.render.safe import encode

#: What a batch keeps of each contract.
OUTPUTS = ("json", "html", "source", "words", "sketch", "title")
REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: files done in all, of them failed and taken over from before; what is being checked now."""

    total: int
    done: int = 0
    failed: int = 0
    reused: int = 0
    current: tuple[str, ...] = ()
    latest: Scanned | None = None


def report_path(key: str) -> str:
    """Where the HTML report of a result lies, relative to the folder of results."""
    return f"{REPORTS}/{key[:20]}.html"


def as_of(store: Store, asked: date | None, today: date) -> date:
    """The day undated contracts are judged on: what is asked for, else the day this folder of results began.

    So a second run does not do everything again because a day has passed.
    """
    day = asked or date.fromisoformat(store.recall("as_of") or today.isoformat())
    with store.writing():
        store.remember("as_of", day.isoformat())
    return day


def keep_apart(store: Store, *, masked: bool) -> None:
    """Masked results never share a folder with plain ones, where the names would still be.

    Raises ContractScanError when the folder has results of the other sort.
    """
    wanted = "yes" if masked else "no"
    found = store.recall("masked")
    if found not in (None, wanted):
        sort = "没有遮盖的" if masked else "遮盖过的"
        raise ContractScanError(f"{store.folder} 里已有{sort}结果：请换一个 -o 文件夹，遮盖的和没遮盖的不放在一起。")
    with store.writing():
        store.remember("masked", wanted)


def run_batch(
    inputs: Sequence[Input], store: Store, settings: Settings, *, hall: Hall
) -> Generator[Progress, None, None]:
    """Check what is new or changed and keep it; yields after each file.

    Whenever it is left (an error, Ctrl-C, SIGKILL), what was yielded is kept; close it to end its
    workers. Raises ContractScanError.
    """
    settings = replace(settings, outputs=OUTPUTS)
    try:
        runner = Runner(hall, settings, rules_of(hall, settings))
        store.begin()
        progress = Progress(len(inputs))
        for scanned in runner.run(inputs, lambda key: _known(store, key)):
            _keep(scanned, store)
            progress = _advanced(progress, scanned, runner, failed=bool(scanned.failure) or store.failed(scanned.key))
            yield progress
        store.finish()
    finally:
        hall.dismiss(settings)


def _known(store: Store, key: str) -> bool:
    if not store.known(key):
        return False
    return store.failed(key) or (store.folder / report_path(key)).exists()


def _keep(scanned: Scanned, store: Store) -> None:
    """First the page, then the row: a row without its page cannot be."""
    if "html" in scanned.outputs:
        write_private(store.folder / report_path(scanned.key), encode(scanned.outputs["html"]))
    store.put(scanned)


def _advanced(before: Progress, scanned: Scanned, runner: Runner, *, failed: bool) -> Progress:
    current = [asked.name for future, asked in runner.busy.items() if not future.done()]
    return Progress(
        before.total,
        before.done + 1,
        before.failed + failed,
        before.reused + scanned.reused,
        tuple(current[: runner.hall.places]),
        scanned,
    )
