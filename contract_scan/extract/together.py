"""Several files as one source: photos that make one contract, the papers of one deal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from contract_scan.errors import Encrypted, ExtractError, Unreadable
from contract_scan.extract.assembly import listed
from contract_scan.extract.kind import is_picture
from contract_scan.extract.ocr import Readers
from contract_scan.model import Page, Part, Source, Span

Read = Callable[[bytes, str, Readers], Source]


class File(NamedTuple):
    """A file in memory."""

    name: str
    data: bytes


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key by which 2.jpg comes before 10.jpg."""
    return [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in re.findall(r"[0-9]+|[^0-9]+", name)]


def read_together(files: Sequence[File], name: str, readers: Readers, read: Read) -> Source:
    """All files as one source, those that cannot be read named in its notes; pictures that follow each other are one
    contract. Raises what the first file raises when not one can be read, and MissingExtra at once."""
    sources: list[Source] = []
    failed: list[tuple[str, ExtractError]] = []
    for pictures, group in groupby(files, key=lambda file: is_picture(file.data)):
        members = list(group)
        for several in [members] if pictures else [[member] for member in members]:
            try:
                sources.append(
                    _read_pictures(several, readers) if pictures else read(several[0].data, several[0].name, readers)
                )
            except (Unreadable, Encrypted) as error:
                failed.append((several[0].name, error))
    if not sources:
        raise failed[0][1]
    digest = sha256("".join(sha256(file.data).hexdigest() for file in files).encode()).hexdigest()
    notes = [f"{name}没有读：{error}" for name, error in failed]
    return _combined(sources, name, digest, notes)


def _read_pictures(files: Sequence[File], readers: Readers) -> Source:
    from contract_scan.extract.image import read_images

    return read_images([(file.name, file.data) for file in files], readers)


def _combined(sources: Sequence[Source], name: str, digest: str, notes: Sequence[str]) -> Source:
    if len(sources) == 1 and not notes:
        return replace(sources[0], name=name, sha256=digest)
    pages: list[Page] = []
    parts: list[Part] = []
    starts: list[int] = []
    at = 0
    for source in sources:
        starts.append(at)
        own = source.pages or (Page(1, Span(0, len(source.text))),)
        pages += [
            replace(page, number=len(pages) + index + 1, span=_moved(page.span, at), part=len(parts) + page.part)
            for index, page in enumerate(own)
        ]
        named = source.parts or (Part(source.name, source.sha256, source.format, Span(0, len(source.text))),)
        parts += [replace(part, span=_moved(part.span, at)) for part in named]
        at += len(source.text) + 1
    pairs = list(zip(sources, starts, strict=True))
    return Source(
        name=name,
        sha256=digest,
        format="bundle",
        text="\n".join(source.text for source in sources),
        pages=tuple(pages),
        unread=tuple(page.number for page in pages if page.read_by == "none"),
        notes=(*_contents(sources), *notes, *(f"{s.name}：{note}" for s in sources for note in s.notes)),
        furniture=tuple(_moved(span, start) for source, start in pairs for span in source.furniture),
        parts=tuple(parts),
        doubtful=tuple(_moved(span, start) for source, start in pairs for span in source.doubtful),
        hidden=tuple(_moved(span, start) for source, start in pairs for span in source.hidden),
    )


def _contents(sources: Sequence[Source]) -> list[str]:
    """Which pages of the whole are which file."""
    first, told = 1, []
    for source in sources:
        count = max(len(source.pages), 1)
        told.append(f"第 {listed(range(first, first + count))} 页是 {source.name}")
        first += count
    return [f"几个文件放在一起判断：{'；'.join(told)}。"]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
