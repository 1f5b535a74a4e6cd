"""Pages of the original as compressed pictures for the HTML report: rendered in memory, never written to a disk."""

from __future__ import annotations

import io
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract_scan.errors import ContractScanError
from contract_scan.model import Page, Report
from contract_scan.render import view
from contract_scan.render.page_view import PagePicture, pages_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

#: Of which pages there are pictures: all, those with something quoted, none.
WHICH = ("all", "findings", "none")
WIDE = 1100  # pixels across: small print can still be read
LONGEST = 2_400  # pixels down, for pages of any shape
QUALITY = 35  # of WebP: a page of text is 60 kB
METHOD = 2  # of WebP: half the time of the default for 4 % more bytes
PACKERS = 2
PDF, IMAGE = "pdf", "image"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page as pixels; its size in the units of its boxes."""

    number: int
    width: float
    height: float
    image: Image


def page_pictures(report: Report, files: Mapping[str, bytes], *, which: str = "findings") -> tuple[PagePicture, ...]:
    """Pictures of the report's pages; *files* are the originals by sha256 (several where the source has parts).

    A page that cannot be drawn is left out, as are formats without pages. ContractScanError for an unknown *which*.
    """
    if which not in WHICH:
        raise ContractScanError(f"不认识 --pages {which}。可用的有：{'、'.join(WHICH)}。")
    if which == "none":
        return ()
    quoted = pages_of(view.read_order(report))
    wanted = [page for page in report.source.pages if which == "all" or page.number in quoted]
    by_file: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in wanted:
        by_file[_file_of(report, page)].append(page)
    drawn = (
        page
        for (digest, format_), pages in by_file.items()
        if digest in files
        for page in (_of_pdf if format_ == PDF else _of_image)(files[digest], pages)
    )
    return tuple(_packed(drawn))


def _file_of(report: Report, page: Page) -> tuple[str, str]:
    """The sha256 and the format of the file that a page is in."""
    source = report.source
    if source.parts:
        return source.parts[page.part].sha256, source.parts[page.part].format
    return source.sha256, source.format


def _index(page: Page) -> int:
    """The page in its own file, from 0; a source of one file counts its pages from 1."""
    return page.index or page.number - 1 if page.part == 0 else page.index


def _of_pdf(data: bytes, pages: Sequence[Page]) -> Iterator[_Drawn]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        document.init_forms()
        for page in pages:
            if (drawn := _pdf_page(document, page)) is not None:
                yield drawn
    finally:
        document.close()


def _pdf_page(document: PdfDocument, page: Page) -> _Drawn | None:
    import pypdfium2

    try:
        opened = document[_index(page)]
    except (pypdfium2.PdfiumError, IndexError):
        return None
    try:
        width, height = opened.get_size()
        if width < 1 or height < 1:
            return None
        image = opened.render(scale=min(WIDE / width, LONGEST / height)).to_pil()
    except pypdfium2.PdfiumError:
        return None
    finally:
        opened.close()
    return _Drawn(page.number, width, height, image)


def _of_image(data: bytes, pages: Sequence[Page]) -> Iterator[_Drawn]:
    from PIL import Image, ImageOps

    for page in pages:
        try:
            with Image.open(io.BytesIO(data)) as file:
                file.seek(_index(page) if getattr(file, "n_frames", 1) > 1 else 0)
                image = ImageOps.exif_transpose(file).convert("RGB")
        except Exception:  # noqa: S112 — Pillow raises almost anything on damaged bytes; the page has no picture
            continue
        image.thumbnail((WIDE, LONGEST))
        width, height = page.size if all(page.size) else (float(image.width), float(image.height))
        yield _Drawn(page.number, width, height, image)


def _packed(drawn: Iterable[_Drawn]) -> Iterator[PagePicture]:
    """The pages compressed beside their drawing (the encoder lets other threads run), a few in memory at a time."""
    with ThreadPoolExecutor(PACKERS) as packers:
        waiting: deque[Future[PagePicture]] = deque()
        for page in drawn:
            waiting.append(packers.submit(_packed_page, page))
            if len(waiting) > 2 * PACKERS:
                yield waiting.popleft().result()
        for future in waiting:
            yield future.result()


def _packed_page(page: _Drawn) -> PagePicture:
    out = io.BytesIO()
    page.image.save(out, "WEBP", quality=QUALITY, method=METHOD)
    return PagePicture(page.number, page.width, page.height, "image/webp", out.getvalue())
