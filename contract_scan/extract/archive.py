"""ZIP → Source: the papers of one deal (contract, guarantee, service agreement, plan), opened with suspicion."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from contract_scan.errors import Encrypted, TooLarge, Unreadable
from contract_scan.extract.ocr import Readers
from contract_scan.extract.together import File, Read, natural, read_together
from contract_scan.model import Source

MAX_FILES = 200
MAX_MEMBER = 200_000_000  # bytes, unpacked
MAX_ALL = 500_000_000
DAMAGED = "这个压缩包已损坏或没有下载完整：请重新下载，或解压后直接检查里面的合同。"


def read_archive(data: bytes, name: str, readers: Readers, read: Read) -> Source:
    """Every file of the archive in one source, in natural order; *read* reads one of them."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = sorted(_members(archive), key=lambda file: natural(file.name))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error) as error:
        raise Unreadable(DAMAGED) from error
    if not files:
        raise Unreadable("这个压缩包里没有文件：请检查是否下载完整。")
    return read_together(files, name, readers, read)


def _members(archive: zipfile.ZipFile) -> Iterator[File]:
    named = [member for member in archive.infolist() if member.filename]  # without a name, zipfile cannot tell a folder
    members = [member for member in named if not member.is_dir() and not _is_clutter(member.filename)]
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_ALL:
        raise TooLarge(f"压缩包里的文件太多或太大（最多 {MAX_FILES} 个、{MAX_ALL // 1_000_000} MB）：请只留合同文件。")
    for member in members:
        if member.flag_bits & 1:
            raise Encrypted("这个压缩包有密码：请先解压，再检查里面的合同文件。")
        if member.file_size > MAX_MEMBER:
            raise TooLarge(f"压缩包里的 {_name(member)} 太大：请只留合同文件。")
        with archive.open(member) as file:
            yield File(_name(member), file.read(MAX_MEMBER))


def _is_clutter(name: str) -> bool:
    last = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or last.startswith(".") or last in ("Thumbs.db", "desktop.ini")


def _name(member: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: archives made by Chinese Windows hold GBK."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return member.filename
