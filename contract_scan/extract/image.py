"""Image files → Source: each picture is a page; several files are pages of one contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from contract_scan.errors import Unreadable
from contract_scan.extract.assembly import ReadPage, assemble
from contract_scan.extract.ocr import Readers
from contract_scan.extract.pictures import LONG_SIDE, count_pictures, load_pictures, pixels_of
from contract_scan.extract.recognised import recognised_page
from contract_scan.model import Page, Part, Source, Span

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels

NOTHING = "没有从图片里识别出文字：请平放、对焦、光线均匀地重拍，或向对方要 PDF、Word 版。"


def read_images(files: Sequence[tuple[str, bytes]], readers: Readers) -> Source:
    """The pictures of the files (name, bytes) as one contract.

    MissingExtra without the extra; Unreadable when a file is damaged or nothing can be read.
    """
    readers.check()
    counts = [count_pictures(data) for _, data in files]
    sizes: list[tuple[float, float]] = []

    def drawn() -> Iterator[tuple[Pixels, float]]:
        for _, data in files:
            for picture in load_pictures(data):
                pixels = pixels_of(picture)
                scale = LONG_SIDE / max(pixels.shape[:2])
                sizes.append((pixels.shape[1] * scale, pixels.shape[0] * scale))
                yield pixels, scale

    pages: list[ReadPage] = []
    for read in readers.read(drawn(), sum(counts)):
        pages.append(recognised_page(read, sizes[len(pages)]))
    if all(page.fault for page in pages):
        raise Unreadable(NOTHING)
    name, data = files[0]
    source = assemble(pages, name, "image", data)
    return source if len(files) == 1 else _named(source, files, counts)


def _named(source: Source, files: Sequence[tuple[str, bytes]], counts: Sequence[int]) -> Source:
    """The source of several files, with its parts."""
    parts: list[Part] = []
    pages: list[Page] = []
    for number, ((name, data), count) in enumerate(zip(files, counts, strict=True)):
        own = source.pages[len(pages) : len(pages) + count]
        parts.append(Part(name, sha256(data).hexdigest(), "image", Span(own[0].span.start, own[-1].span.end)))
        pages += [replace(page, part=number, index=index) for index, page in enumerate(own)]
    name = f"{files[0][0]} 等 {len(files)} 张图片"
    digest = sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    return replace(source, name=name, sha256=digest, parts=tuple(parts), pages=tuple(pages))
