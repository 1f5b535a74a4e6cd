"""Deletes every text and page of a batch and keeps the figures."""

from __future__ import annotations

import shutil

from contract_scan.batch.run import REPORTS
from contract_scan.batch.store import FILE, Store, statements
from contract_scan.errors import ContractScanError

#: What quotes the contracts: reports, exports, packs. The overview is written anew.
FILES = ("index.html", "results.*", "contracts.csv", "problems.csv", "pack-*")
STATEMENTS = (
    "UPDATE scan SET report = NULL, source = NULL, sketch = '', name = substr(sha256, 1, 12), title = ''",
    "UPDATE scan SET lender = '' WHERE lender_type = 'private'",
    "UPDATE place SET quote = NULL",
    "UPDATE fact SET quote = NULL",
    "UPDATE fact SET value = NULL, role = '' WHERE unit = '' AND kind NOT IN ('date', 'repayment-method')",
    # Deleted words would stay in the index until it is merged.
    "DROP TABLE words",
    next(statement for statement in statements("schema.sql") if "VIRTUAL TABLE words" in statement),
)


def purge(store: Store) -> None:
    """Empty the store of texts, and delete from OUT whatever holds them. Raises ContractScanError.

    A person who lends is named nowhere afterwards; companies are. Files lose their names, which often are persons'.
    """
    with store.writing():
        for statement in STATEMENTS:
            store.execute(statement)
        files = store.rows("SELECT * FROM file ORDER BY path")
        store.execute("DELETE FROM file")
        for number, row in enumerate(files, 1):
            store.execute("INSERT INTO file VALUES (?, ?, ?)", (f"文件 {number:04d}", row["key"], row["failure"]))
        store.remember("suppressions", "[]")
    store.shrink()
    try:
        if (store.folder / REPORTS).exists():
            shutil.rmtree(store.folder / REPORTS)
        for path in (path for pattern in FILES for path in store.folder.glob(pattern)):
            if not path.name.startswith(FILE):
                path.unlink()
    except OSError as error:
        why = f"有的文件删不了（{error.strerror}）：请关闭打开着的报告，再运行一次 --purge。"
        raise ContractScanError(why) from error
