"""bytes → Source: turns a file into text with positions; after this nothing touches the disk."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from contract_scan.errors import TooLarge, Unreadable
from contract_scan.extract.kind import is_picture, kind_of
from contract_scan.extract.ocr import Readers
from contract_scan.model import Source

__all__ = ["Readers", "extract", "extract_bytes", "extract_together"]

MAX_BYTES = 200_000_000
LONGEST_NAME = 200


def extract(path: Path, readers: Readers | None = None) -> Source:
    """Read a file; ExtractError (Encrypted, TooLarge, Unreadable, MissingExtra) says in a sentence what to do next.

    *readers* recognise pictures and scanned pages; give the same ones for several files, they take a second to load.
    """
    return extract_bytes(_bytes(path), path.name, readers)


def _bytes(path: Path) -> bytes:
    name = _shown(path.name)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable(f"{name} 是文件夹：请指定里面的合同文件，多份合同用 contract-scan batch。")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(f"{name} 不是普通文件：请指定合同文件。")
        _check_size(found.st_size)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"找不到文件 {name}：请检查路径和文件名。") from None
    except PermissionError:
        raise Unreadable(f"没有权限读取 {name}：请检查文件权限，或把它复制到自己的文件夹里。") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"读取 {name} 时出错：请把它复制到本机的文件夹里再试。") from error


def extract_together(paths: Sequence[Path], readers: Readers | None = None) -> Source:
    """Several files as one contract or one deal: pictures in natural order (2.jpg before 10.jpg), others as given."""
    return extract_bytes_together([(path.name, _bytes(path)) for path in paths], readers)


def extract_bytes_together(named: Sequence[tuple[str, bytes]], readers: Readers | None = None) -> Source:
    """The same for (name, bytes) already in memory."""
    from contract_scan.extract.together import File, natural, read_together

    files = [File(_shown(name), data) for name, data in named]
    if all(is_picture(file.data) for file in files):
        files.sort(key=lambda file: natural(file.name))
    name = f"{files[0].name} 等 {len(files)} 个文件" if len(files) > 1 else files[0].name
    return read_together(files, name, readers or Readers(), _extract)


def extract_bytes(data: bytes, name: str, readers: Readers | None = None) -> Source:
    """The same for bytes already in memory; *name* is only shown, never used to find out the kind."""
    return _extract(data, name, readers or Readers())


def _extract(data: bytes, name: str, readers: Readers) -> Source:
    _check_size(len(data))
    name = _shown(name)
    kind = kind_of(data)
    if kind == "pdf":
        from contract_scan.extract.pdf import read_pdf

        return read_pdf(data, name, readers)
    if kind == "image":
        from contract_scan.extract.image import read_images

        return read_images([(name, data)], readers)
    if kind == "zip":
        from contract_scan.extract.archive import read_archive

        return read_archive(data, name, readers, _member)
    if kind == "docx" and readers.mode != "never":
        return _word(data, name, readers)
    return _plain(kind, data, name)


def _word(data: bytes, name: str, readers: Readers) -> Source:
    """A Word file; of one without text, what its pictures show."""
    from contract_scan.extract.docx import EMPTY, read_docx

    try:
        return read_docx(data, name)
    except Unreadable as error:
        if str(error) != EMPTY:
            raise
        from contract_scan.extract.docx_pictures import read_pictures

        source = read_pictures(data, name, readers)
        if source is None:
            raise
        return source


def _member(data: bytes, name: str, readers: Readers) -> Source:
    """A file of an archive; archives inside archives stay shut."""
    if kind_of(data) == "zip":
        raise Unreadable("压缩包里的压缩包没有打开：请先解压。")
    return _extract(data, name, readers)


def _plain(kind: str, data: bytes, name: str) -> Source:
    """Formats that nothing has to be recognised in."""
    if kind == "docx":
        from contract_scan.extract.docx import read_docx

        return read_docx(data, name)
    if kind == "doc":
        from contract_scan.extract.doc import read_doc

        return read_doc(data, name)
    if kind == "html":
        from contract_scan.extract.html import read_html

        return read_html(data, name)
    from contract_scan.extract.text import read_text

    return read_text(data, name)


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise TooLarge(f"文件有 {size // 1_000_000} MB，超过 {MAX_BYTES // 1_000_000} MB：请只保留合同部分再检查。")


def _shown(name: str) -> str:
    """A file name that can be printed: no control characters, no broken encoding, not endless."""
    clean = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(char if char.isprintable() else "�" for char in clean)[:LONGEST_NAME]
