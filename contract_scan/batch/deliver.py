"""Writes what people open: the overview and the exports, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from contract_scan.batch.export.csv import contracts_csv, problems_csv
from contract_scan.batch.export.jsonl import jsonl
from contract_scan.batch.export.pack import gather, pack_html, pack_md
from contract_scan.batch.export.sarif import sarif
from contract_scan.batch.export.xlsx import xlsx
from contract_scan.batch.overview import write_overview
from contract_scan.batch.private import write_private
from contract_scan.batch.records import Desk, read_desk
from contract_scan.batch.store import Store
from contract_scan.errors import ContractScanError
from contract_scan.render.safe import encode

#: Format → (file name, how) for each file it consists of.
EXPORTS: Mapping[str, tuple[tuple[str, Callable[[Desk, Store], bytes | Iterable[bytes]]], ...]] = {
    "xlsx": (("results.xlsx", xlsx),),
    "csv": (
        ("contracts.csv", lambda desk, store: contracts_csv(desk)),
        ("problems.csv", lambda desk, store: problems_csv(desk)),
    ),
    "jsonl": (("results.jsonl", jsonl),),
    "sarif": (("results.sarif", sarif),),
}


def deliver(store: Store, exports: Iterable[str] = ()) -> Desk:
    """Write OUT/index.html and the exports into OUT; the desk they show. Raises ContractScanError."""
    desk = read_desk(store)
    write_private(store.folder / "index.html", encode(write_overview(desk, store)))
    for name in exports:
        for file, make in EXPORTS[name]:
            write_private(store.folder / file, make(desk, store))
    return desk


def export(desk: Desk, store: Store, path: Path, *, lender: str = "") -> None:
    """Write one file, its format by its suffix: .xlsx .csv (problems) .jsonl .sarif, or a pack: .html .md.

    A pack is about one *lender*. Raises ContractScanError.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in ("html", "md"):
        if not lender:
            raise ContractScanError("情况反映材料只写一个出借人：请加 --lender 出借人全称。")
        pack = gather(desk, store, lender)
        write_private(path, encode(pack_html(pack) if suffix == "html" else pack_md(pack)))
    elif suffix in EXPORTS:
        write_private(path, EXPORTS[suffix][-1][1](desk, store))
    else:
        raise ContractScanError(f"不认识的格式 {path.suffix or path.name}：可以是 .xlsx .csv .jsonl .sarif .html .md。")
