"""The rulebook as it was read last time, kept in the user's cache: reading 230 YAML files takes a second."""

from __future__ import annotations

import hashlib
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from contract_scan.cache import read_cache, write_cache

if TYPE_CHECKING:
    from contract_scan.rulebook import Rulebook


def kept_rulebook(sha256: str) -> Rulebook | None:
    """The rulebook whose YAML files have that hash, if this very code has read it before."""
    content = read_cache(_name(sha256))
    if content is None:
        return None
    try:
        rulebook: Rulebook = pickle.loads(content)  # noqa: S301 (our own file, see contract_scan.cache)
    except Exception:  # a damaged pickle may raise anything; the YAML files are still there
        return None
    return rulebook


def keep_rulebook(rulebook: Rulebook) -> None:
    """Write it where :func:`kept_rulebook` looks."""
    write_cache(_name(rulebook.sha256), pickle.dumps(rulebook, protocol=5))


def _name(sha256: str) -> str:
    """Changes with the rules, with the code that reads them or the values it makes, and with Python."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(f"{sha256}|{sys.version}".encode())
    for folder in ("model", "rulebook"):
        for file in sorted((package / folder).glob("*.py")):
            digest.update(file.read_bytes())
    return f"rules-{digest.hexdigest()[:16]}.pickle"
