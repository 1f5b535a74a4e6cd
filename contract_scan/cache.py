"""The per-user folder for what can be made again: jieba's dictionary and the rules as read. Never contract text.

What lies there is loaded with marshal and pickle, which trust it as they trust the program's own files; so it is
used only where nobody else could have written it.
"""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

#: How many files of a kind stay: a few Pythons and rulebooks side by side.
KEPT = {"jieba": 4, "rules": 6}


def read_cache(name: str) -> bytes | None:
    """The content kept under that name; None where there is none, or where others may write to it."""
    file = _folder() / name
    try:
        return file.read_bytes() if _is_ours(file.parent) and _is_ours(file) else None
    except OSError:
        return None


def write_cache(name: str, content: bytes) -> None:
    """Keep it: written under a temporary name and renamed. A read-only home only costs time."""
    folder = _folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(content)
        Path(file.name).replace(folder / name)
        _prune(folder, name)
    except OSError:
        logging.getLogger(__name__).debug("nothing can be kept in %s", folder)


def _prune(folder: Path, name: str) -> None:
    """Of each kind (the word before the first -) keep the newest few; older ones belong to versions of the past."""
    kind = name.partition("-")[0]
    kept = sorted(folder.glob(f"{kind}-*"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[KEPT.get(kind, 60) :]:
        file.unlink(missing_ok=True)


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(base) / "contract-scan"


def _is_ours(path: Path) -> bool:
    """Owned by this user and writable by nobody else (on Windows the profile folder is private already)."""
    if not hasattr(os, "getuid"):
        return True
    status = path.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
