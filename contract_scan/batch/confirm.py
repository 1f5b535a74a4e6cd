"""An adviser marks problems as looked at and right; only those may stand in a pack about a named lender."""

from __future__ import annotations

from datetime import date

from contract_scan.batch.records import Desk
from contract_scan.batch.store import Store
from contract_scan.errors import ContractScanError


def confirm(desk: Desk, store: Store, *, who: str, on: date, note: str = "") -> int:
    """Mark every counted problem of the desk as confirmed; how many that were. Raises ContractScanError."""
    if not who.strip():
        raise ContractScanError("请写明是谁核实的，如 --confirm 李律师。")
    found = [(case.sha256, problem) for case in desk.cases for problem in case.counted]
    with store.writing():
        for sha256, problem in found:
            store.execute(
                "INSERT OR REPLACE INTO confirmed VALUES (?, ?, ?, ?, ?, ?)",
                (sha256, problem.rule, problem.fingerprint, who.strip(), on.isoformat(), note),
            )
    return len(found)


def unconfirm(desk: Desk, store: Store) -> int:
    """Take the mark from every problem of the desk; how many had one."""
    found = [(case.sha256, one) for case in desk.cases for one in case.problems if one.confirmed]
    with store.writing():
        for sha256, problem in found:
            store.execute(
                "DELETE FROM confirmed WHERE sha256 = ? AND rule = ? AND fingerprint = ?",
                (sha256, problem.rule, problem.fingerprint),
            )
    return len(found)
