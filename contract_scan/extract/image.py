"""Image files → Source: each picture is a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contract_scan.errors import Unreadable
from contract_scan.extract.assembly import ReadPage, assemble
from contract_scan.extract.ocr import Readers
from contract_scan.extract.pictures import LONG_SIDE, count_pictures, load_pictures, pixels_of
from contract_scan.extract.recognised import recognised_page
from contract_scan.model import Source

if TYPE_CHECKING:
    from contract_scan.extract.ocr.engine import Pixels

NOTHING = "没有从图片里识别出文字：请平放、对焦、光线均匀地重拍，或向对方要 PDF、Word 版。"


def read_image(data: bytes, name: str, readers: Readers) -> Source:
    """The pictures of one file, read; MissingExtra without the extra, Unreadable when nothing can be read."""
    readers.check()
    total = count_pictures(data)
    sizes: list[tuple[float, float]] = []

    def drawn() -> Iterator[tuple[Pixels, float]]:
        for picture in load_pictures(data):
            pixels = pixels_of(picture)
            scale = LONG_SIDE / max(pixels.shape[:2])
            sizes.append((pixels.shape[1] * scale, pixels.shape[0] * scale))
            yield pixels, scale

    pages: list[ReadPage] = []
    for read in readers.read(drawn(), total):
        pages.append(recognised_page(read, sizes[len(pages)]))
    if all(page.fault for page in pages):
        raise Unreadable(NOTHING)
    return assemble(pages, name, "image", data)
