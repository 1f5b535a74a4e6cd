"""Deletes every text and page of a batch and keeps the figures."""

from __future__ import annotations

import shutil
from pathlib import Path

from contract_scan.batch.run import REPORTS
from contract_scan.batch.store import Store
from contract_scan.errors import ContractScanError

#: What quotes the contracts: reports, exports, packs. The overview is written anew.
FILES = ("*.xlsx", "*.csv", "*.jsonl", "*.sarif", "*.md", "*.html")
#: File names often hold a borrower's name; a lender's name is a figure here.
STATEMENTS = (
    "UPDATE scan SET report = NULL, source = NULL, sketch = '', name = substr(sha256, 1, 12), title = ''",
    "UPDATE place SET quote = NULL",
    "UPDATE fact SET quote = NULL",
    "UPDATE fact SET value = NULL, role = '' WHERE unit = '' AND kind NOT IN ('date', 'repayment-method')",
    "UPDATE file SET path = CASE key WHEN '' THEN '文件' ELSE substr(key, 1, 12) END || '-' || "
    "(SELECT count(*) FROM file AS f WHERE f.path <= file.path)",
    "DELETE FROM words",
)


def purge(store: Store) -> None:
    """Empty the store of texts, and delete from OUT whatever holds them. Raises ContractScanError.

    A person who lends is named nowhere afterwards; companies are.
    """
    with store.writing():
        for statement in STATEMENTS:
            store.execute(statement)
        store.execute("UPDATE scan SET lender = '' WHERE lender_type = 'private'")
        store.remember("suppressions", "[]")
    store.shrink()
    try:
        shutil.rmtree(store.folder / REPORTS, ignore_errors=False) if (store.folder / REPORTS).exists() else None
        for pattern in FILES:
            for path in store.folder.glob(pattern):
                path.unlink()
    except OSError as error:
        raise ContractScanError(
            f"有的文件删不了（{error.strerror}）：请关闭打开着的报告，再运行一次 --purge。"
        ) from error


def purged(folder: Path) -> bool:
    """Whether a folder of results has no reports any more."""
    return not (folder / REPORTS).exists()
