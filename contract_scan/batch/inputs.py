"""IN… → the files to check: files, folders, globs, a list on standard input, zip archives.

Nothing is left out silently. Skipped on purpose: hidden files, Office lock files (``~$…``), folders' own housekeeping,
the folder of results.
"""

from __future__ import annotations

import contextlib
import glob
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from contract_scan.batch.suppress import FILE as SUPPRESSIONS
from contract_scan.errors import ContractScanError, Encrypted, TooLarge, Unreadable
from contract_scan.mask import mask_text

HOUSEKEEPING = {"thumbs.db", "desktop.ini", "__macosx", SUPPRESSIONS}
LARGEST = 200_000_000
MOST_MEMBERS = 100_000


@dataclass(frozen=True, slots=True)
class Input:
    """One file to check: the name to show (unique in a batch), and how its bytes are read.

    ``read`` raises ExtractError when they cannot be.
    """

    name: str
    read: Callable[[], bytes]

    @property
    def base(self) -> str:
        """The last part of the name, which stands in the report."""
        return PurePosixPath(self.name).name


def find_inputs(given: Iterable[str], *, without: Path | None = None, masked: bool = False) -> tuple[Input, ...]:
    """All files of all arguments in a fixed order, each once; *without* is a folder that is never entered.

    *masked* covers personal particulars in the names.

    Raises ContractScanError for an argument that names nothing, so that a slip of the pen is not an empty batch.
    """
    excluded = without.resolve() if without else None
    found: dict[object, Input] = {}
    for argument in given:
        for identity, item in _of(argument, excluded):
            found.setdefault(identity, item)
    items = (Input(mask_text(item.name), item.read) if masked else item for item in found.values())
    return tuple(_renamed(sorted(items, key=lambda item: item.name)))


def _of(argument: str, excluded: Path | None) -> Iterator[tuple[object, Input]]:
    path = Path(argument)
    paths = [path] if path.exists() else [Path(one) for one in sorted(glob.glob(argument, recursive=True))]
    if not paths:
        raise ContractScanError(f"找不到 {argument}：请检查路径；通配符请加引号，如 '合同/**/*.pdf'。")
    for one in paths:
        if one.is_dir():
            yield from _folder(one, excluded)
        elif one.suffix.lower() == ".zip":
            yield from _archive(one)
        else:
            yield one.resolve(), Input(one.name, _reader(one))


def _folder(folder: Path, excluded: Path | None) -> Iterator[tuple[object, Input]]:
    root = folder.resolve()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if any(map(_skipped, inside.parts)) or (excluded and excluded in (path, *path.parents)):
            continue
        if path.suffix.lower() == ".zip":
            yield from _archive(path)
        elif path.is_file():
            yield path, Input((PurePosixPath(root.name) / inside.as_posix()).as_posix(), _reader(path))


def _skipped(part: str) -> bool:
    return part.startswith((".", "~$")) or part.lower() in HOUSEKEEPING


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            raise Unreadable(f"读不了这个文件（{error.strerror}）：请检查权限，或复制到本机的文件夹里再试。") from error
        if len(content) > LARGEST:
            raise TooLarge(f"文件超过 {LARGEST // 1_000_000} MB：请只保留合同部分再检查。")
        return content

    return read


def _archive(path: Path) -> Iterator[tuple[object, Input]]:
    """The members of a zip, read one at a time; a damaged archive is one file that cannot be read."""
    try:
        archive = zipfile.ZipFile(path)  # stays open as long as one of its members may be read
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError, UnicodeDecodeError) as error:
        yield path.resolve(), Input(path.name, _refuser(f"压缩包打不开（{type(error).__name__}）：请重新压缩后再试。"))
        return
    if len(members) > MOST_MEMBERS:
        yield path.resolve(), Input(path.name, _refuser(f"压缩包里超过 {MOST_MEMBERS} 个文件：请分成几个再试。"))
        return
    for member in members:
        name = _member_name(member)
        if not any(map(_skipped, PurePosixPath(name).parts)):
            yield (path.resolve(), member.filename), Input(f"{path.stem}/{name}", _member_reader(archive, member))


def _member_name(member: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so; zipfile then reads them as code page 437."""
    name = member.filename
    if not member.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _member_reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        if member.flag_bits & 1:
            raise Encrypted("压缩包里的这个文件有密码：请先解压到文件夹，再检查那个文件夹。")
        try:
            with archive.open(member) as file:
                content = file.read(LARGEST + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError) as error:
            raise Unreadable(f"压缩包里的这个文件坏了（{type(error).__name__}）：请重新压缩后再试。") from error
        if len(content) > LARGEST:
            raise TooLarge(f"解压后超过 {LARGEST // 1_000_000} MB：请只保留合同部分再检查。")
        return content

    return read


def _refuser(message: str) -> Callable[[], bytes]:
    def read() -> bytes:
        raise Unreadable(message)

    return read


def _renamed(items: Iterable[Input]) -> Iterator[Input]:
    """Two files of one name get numbers; a name is printable and at most 300 characters."""
    seen: dict[str, int] = {}
    for item in items:
        clean = item.name.encode("utf-8", "replace").decode("utf-8")
        name = "".join(char if char.isprintable() else "\ufffd" for char in clean)[-300:]
        seen[name] = seen.get(name, 0) + 1
        yield Input(name if seen[name] == 1 else f"{name} ({seen[name]})", item.read)
