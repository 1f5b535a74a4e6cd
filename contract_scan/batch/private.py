"""Files that only their owner can read, never half written, and never committed by accident."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from contract_scan.errors import ContractScanError

PART = ".part"


def private_folder(folder: Path) -> None:
    """Make a folder that is the owner's alone, with a ``.gitignore``; an existing one is closed to others.

    Raises ContractScanError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        write_private(folder / ".gitignore", b"*\n")
    except OSError as error:
        raise ContractScanError(f"写不了文件夹 {folder}（{error.strerror}）：请用 -o 换一个能写的位置。") from error


def write_private(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file whole or not at all; the name of the unfinished file is fixed, so a killed run leaves one at most.

    *content* may come in pieces. Raises ContractScanError.
    """
    part = path.with_name(f".{path.name}{PART}")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise ContractScanError(f"写不了 {path.name}（{error.strerror}）：请检查磁盘空间和权限再试。") from error


def remove_unfinished(folder: Path) -> None:
    """Delete what a killed run left half written."""
    for part in folder.rglob(f".*{PART}"):
        part.unlink(missing_ok=True)
