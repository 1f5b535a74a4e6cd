"""What goes in and out of an isolated scan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from contract_scan.errors import ContractScanError, Encrypted, MissingExtra, RuleError, TooLarge
from contract_scan.model import Options


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds by the clock, MB of address space (engine included), MB in a file it writes."""

    seconds: float = 120.0
    memory_mb: int = 2048
    file_mb: int = 256

    def __post_init__(self) -> None:
        if min(self.seconds, self.memory_mb, self.file_mb) <= 0:
            raise ValueError(f"limits must be positive: {self}")


class FailureKind(StrEnum):
    """Why a file has no report."""

    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    MISSING_EXTRA = "missing-extra"
    RULES = "rules"
    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    INTERNAL = "internal"

    @classmethod
    def of(cls, error: ContractScanError) -> Self:
        """The kind of an error of ours; one that is not in the list means that the file could not be read."""
        known = (
            (Encrypted, cls.ENCRYPTED),
            (TooLarge, cls.TOO_LARGE),
            (MissingExtra, cls.MISSING_EXTRA),
            (RuleError, cls.RULES),
        )
        return next((kind for type_, kind in known if isinstance(error, type_)), cls.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file without a report: the kind, and a Chinese sentence that says what to do next."""

    kind: FailureKind
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """One contract: a path, or bytes with the name to show; and which outputs are wanted.

    ``outputs`` are formats of :func:`contract_scan.render.render`, or ``source`` (the text that was read), ``words``
    (its words separated by spaces, for a full-text index), ``sketch`` (see :mod:`contract_scan.sketch`), ``title``.
    ``masked`` covers personal particulars in all of them.
    """

    content: Path | bytes
    name: str
    options: Options
    outputs: tuple[str, ...] = ("json",)
    masked: bool = False
