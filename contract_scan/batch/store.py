"""The results of a batch in one SQLite file: whatever happens, a result is there whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Self

from contract_scan.batch.runner import Scanned
from contract_scan.errors import ContractScanError
from contract_scan.isolate import FailureKind
from contract_scan.render.safe import encode

SCHEMA = "1"
FILE = "results.sqlite"
TABLES = ("scan", "finding", "place", "fact", "line", "unjudged", "words")
#: Failures of the moment, not of the file: tried again in the next run.
PASSING = (FailureKind.TIME, FailureKind.MEMORY, FailureKind.CRASH, FailureKind.MISSING_EXTRA, FailureKind.RULES)
#: A value in a row; text, number or nothing.
Value = str | int | float | None


class Store:
    """Reads and writes the results in one folder. Not for several threads."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open OUT/results.sqlite, or create it. Raises ContractScanError."""
        self.folder = folder
        path = folder / FILE
        if not create and not path.exists():
            raise ContractScanError(f"{folder} 里没有批量检查的结果：先运行 contract-scan batch 合同文件夹 -o {folder}")
        path.touch(mode=0o600)
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._db.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "cache_size=-16000"):
                self._db.execute(f"PRAGMA {pragma}")
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise ContractScanError(
                f"{path} 打不开（{error}）：它可能不是 contract-scan 的结果，请换一个 -o 文件夹。"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *what: object) -> None:
        self._db.close()

    def _prepare(self) -> None:
        with self.writing():
            if not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'meta'"):
                for statement in statements("schema.sql"):
                    self._db.execute(statement)
                self.remember("schema", SCHEMA)
        if (found := self.recall("schema")) != SCHEMA:
            raise ContractScanError(
                f"{self.folder / FILE} 是第 {found} 版格式，这个版本只认第 {SCHEMA} 版：请升级 contract-scan。"
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def rows(self, query: str, values: Iterable[Value] | dict[str, Value] = ()) -> list[sqlite3.Row]:
        """All rows of a query of ours; what users type goes into *values* only."""
        return self._db.execute(query, values if isinstance(values, dict) else tuple(values)).fetchall()

    def recall(self, name: str) -> str | None:
        """A remembered value."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(found[0]["value"]) if found else None

    def remember(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def known(self, key: str) -> bool:
        """Whether there is a result that a new run would only repeat."""
        found = self.rows("SELECT failure_kind, report FROM scan WHERE key = ?", (key,))
        return bool(found) and (found[0]["report"] or found[0]["failure_kind"] not in ("", *PASSING))

    def failed(self, key: str) -> bool:
        """Whether there is a result, and it is a failure."""
        return bool(self.rows("SELECT 1 FROM scan WHERE key = ? AND failure <> ''", (key,)))

    def begin(self) -> None:
        """A run: its files come again. After one that was finished it is a new one; else the same goes on."""
        with self.writing():
            if self.recall("finished") != "no":
                self.remember("run", str(int(self.recall("run") or 0) + 1))
                self.remember("finished", "no")
            self._db.execute("DELETE FROM file")

    def finish(self) -> None:
        """The run has seen all its files."""
        with self.writing():
            self.remember("finished", "yes")

    @property
    def finished(self) -> bool:
        """Whether the last run has seen all its files."""
        return self.recall("finished") == "yes"

    def put(self, scanned: Scanned) -> None:
        """Keep one result and the file it belongs to."""
        with self.writing():
            if scanned.key and not scanned.reused:
                self._put_scan(scanned)
            failure = scanned.failure.message if scanned.failure and not scanned.key else ""
            self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (scanned.name, scanned.key, failure))

    def _put_scan(self, scanned: Scanned) -> None:
        base = scanned.name.rsplit("/", 1)[-1]
        run = self._forget(scanned.key) or int(self.recall("run") or 0)
        if scanned.failure:
            self._db.execute(
                "INSERT INTO scan (key, sha256, run, failure_kind, failure, name) VALUES (?, ?, ?, ?, ?, ?)",
                (scanned.key, scanned.sha256, run, scanned.failure.kind, scanned.failure.message, base),
            )
            return
        outputs = {name: encode(text).decode() for name, text in scanned.outputs.items()}
        values: dict[str, Value] = {
            "key": scanned.key, "sha256": scanned.sha256, "run": run, "name": base, "title": outputs.get("title", ""),
            "sketch": outputs.get("sketch", ""), "report": outputs["json"], "source": outputs.get("source"),
        }  # fmt: skip
        for statement in statements("put.sql"):
            self._db.execute(statement, values)
        self._db.execute("INSERT INTO words VALUES (?, ?)", (scanned.key, outputs.get("words", "")))

    def _forget(self, key: str) -> int:
        """Delete one result, if it is there; the run that made it, else 0."""
        found = self.rows("SELECT run FROM scan WHERE key = ?", (key,))
        for table in TABLES if found else ():
            self._db.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608 (a name of ours)
        return int(found[0]["run"]) if found else 0

    def execute(self, statement: str, values: Iterable[Value] = ()) -> None:
        """A statement of ours, inside :meth:`writing`."""
        self._db.execute(statement, tuple(values))

    def shrink(self) -> None:
        """Give deleted pages back to the disk, in the log too, so that nothing deleted can be read there."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@cache
def statements(name: str) -> tuple[str, ...]:
    """The statements of one of our SQL files."""
    text = files("contract_scan.batch").joinpath(name).read_text("utf-8")
    bare = "\n".join(line.split("--")[0] for line in text.splitlines())
    return tuple(part.strip() for part in bare.split(";") if part.strip())
