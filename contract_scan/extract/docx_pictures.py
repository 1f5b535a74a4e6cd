"""A Word file that holds nothing but photos of a contract: its pictures, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from contract_scan.extract.docx_package import Package, R
from contract_scan.extract.image import read_images
from contract_scan.extract.kind import is_picture
from contract_scan.extract.ocr import Readers
from contract_scan.model import Source

MOST = 500
NOTE = "这个 Word 文件里只有图片，文字是从图片里识别出来的。"


def read_pictures(data: bytes, name: str, readers: Readers) -> Source | None:
    """The pictures of a Word file as one contract; None where there are none. MissingExtra without the extra."""
    pictures = list(_pictures(data))[:MOST]
    if not pictures:
        return None
    source = read_images([(f"{name} 的图片 {number}", picture) for number, picture in enumerate(pictures, 1)], readers)
    return replace(source, name=name, sha256=sha256(data).hexdigest(), notes=(NOTE, *source.notes))


def _pictures(data: bytes) -> Iterator[bytes]:
    """Each picture of the main part once; what is no picture (drawings in Windows formats) is left out."""
    package = Package(data)
    main = package.main()
    document, related = package.part(main), package.related(main)
    seen: set[str] = set()
    for element in () if document is None else document.iter():
        kind, part = related.get(element.get(f"{R}embed") or element.get(f"{R}id") or "", ("", ""))
        if kind == "image" and part not in seen:
            seen.add(part)
            picture = package.bytes_of(part)
            if is_picture(picture[:1024]):
                yield picture
