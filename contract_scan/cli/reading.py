"""Options on how files are read: together or apart, with or without recognising pictures."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from contract_scan.extract import Readers

R = TypeVar("R")
MODES = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """``together``: whether several files are one contract; None means: when all of them are pictures."""

    together: bool | None
    ocr: str

    def contracts(self, files: Sequence[Path]) -> list[tuple[Path, ...]]:
        """The files of each contract."""
        joined = all(map(_is_picture, files)) if self.together is None else self.together
        return [tuple(files)] if len(files) > 1 and joined else [(file,) for file in files]

    def readers(self) -> Readers:
        """What recognises pictures; tells its progress on the terminal."""
        from contract_scan.extract import Readers

        return Readers(self.ocr, progress=_show)


def reading_options(command: Callable[..., R]) -> Callable[..., R]:
    """``--together/--apart`` and ``--ocr``; the command gets them as one ``reading``."""

    @functools.wraps(command)
    def run(*args: object, together: bool | None, ocr: str, **others: object) -> R:
        return command(*args, reading=ReadingOptions(together, ocr), **others)

    for option in (
        click.option(
            "--ocr",
            type=click.Choice(MODES),
            default="auto",
            show_default=True,
            help="识别图片里的文字：auto 没有文字层时才识别；always 每页都看，和文字层核对；never 不识别。",
        ),
        click.option(
            "--together/--apart", default=None, help="几个文件是一笔交易，还是各是各的；不写：都是图片就合在一起。"
        ),
    ):
        run = option(run)
    return run


def _is_picture(file: Path) -> bool:
    from contract_scan.extract.kind import is_picture

    try:
        with file.open("rb") as opened:
            return is_picture(opened.read(1024))
    except OSError:
        return False


def _show(message: str) -> None:
    """One line on the terminal, written over by the next; nothing where no one watches."""
    import sys

    if sys.stderr.isatty():
        click.echo(f"\r{message}  ", err=True, nl=False)
