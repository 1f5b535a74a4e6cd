"""The parts of a DOCX, opened with suspicion: limits on what it unpacks to, no DTD, no entities."""

from __future__ import annotations

import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from contract_scan.errors import Encrypted, TooLarge, Unreadable

MAX_MEMBERS = 5_000
MAX_UNPACKED = 500_000_000  # bytes, everything
MAX_XML = 30_000_000  # bytes of one XML part; a 60-page contract has 2 million
MAX_RATIO = 250  # unpacked to packed, of members from LARGE on: text reaches 30, a bomb 1,000
LARGE = 5_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
#: The "strict" dialect differs from the usual one by these names only, as far as we read it.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
DAMAGED = "这个 Word 文件已损坏或没有下载完整：请重新下载，或用 Word/WPS 打开后另存为 docx。"
BOMB = "这个 Word 文件解压后大得不正常，为安全起见没有打开：请向对方要一份正常的文件。"


class Package:
    """A DOCX whose members are within limits and whose XML declares no DTD."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except Exception:  # zipfile raises almost anything on damaged bytes
            raise Unreadable(DAMAGED) from None
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise TooLarge(BOMB)
        for member in members:
            if member.flag_bits & 1:
                raise Encrypted("这个 Word 文件加了密：请去掉密码后另存为 docx。")
            _check_member(member)
        self._names = {member.filename for member in members}
        for name in sorted(self._names):
            if name.endswith((".xml", ".rels")) and _declares_dtd(self._bytes(name)):
                raise Unreadable("这个 Word 文件里有不该有的 XML 声明，为安全起见没有打开：请用 Word/WPS 另存一份。")

    def part(self, name: str) -> ElementTree.Element | None:
        """The root element of an XML part, or None where there is no such part."""
        if name not in self._names:
            return None
        data = self._bytes(name)
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
        try:
            return ElementTree.fromstring(data)  # noqa: S314 - members with a DTD were refused
        except (ElementTree.ParseError, ValueError):
            raise Unreadable(DAMAGED) from None

    def main(self) -> str:
        """The name of the document part, usually word/document.xml."""
        for kind, target in self.related("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, name of the part) of one part; "" for the package."""
        root = self.part(join(dirname(name), "_rels", name.rpartition("/")[2] + ".rels"))
        return {
            link.get("Id", ""): (link.get("Type", "").rpartition("/")[2], _resolve(name, link.get("Target", "")))
            for link in (() if root is None else root)
        }

    def bytes_of(self, name: str) -> bytes:
        """A member as it is; nothing where there is no such member."""
        return self._bytes(name) if name in self._names else b""

    def _bytes(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except Exception:  # as above
            raise Unreadable(DAMAGED) from None


def _check_member(member: zipfile.ZipInfo) -> None:
    is_xml = member.filename.endswith((".xml", ".rels"))
    if is_xml and member.file_size > MAX_XML:
        raise TooLarge(BOMB)
    if member.file_size > LARGE and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise TooLarge(BOMB)


def _declares_dtd(data: bytes) -> bool:
    """In any encoding an XML parser may accept: without the zero bytes all look alike."""
    plain = data.replace(b"\0", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _resolve(base: str, target: str) -> str:
    return target[1:] if target.startswith("/") else normpath(join(dirname(base), target))
