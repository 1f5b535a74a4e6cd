"""What kind of file this is, by its first bytes and never by its suffix."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from contract_scan.errors import Encrypted, Unreadable

IMAGES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*",
)  # fmt: skip
#: The light libraries that read it bundle LGPL and GPL code.
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A member that gives an office package away, and what to say about it.
PACKAGES = {
    "xl/workbook.xml": "这是 Excel 表格",
    "ppt/presentation.xml": "这是 PPT 演示文稿",
    "OFD.xml": "这是 OFD 版式文件",
    "content.xml": "这是 OpenDocument 文件",
}


def kind_of(data: bytes) -> str:
    """pdf, docx, doc, html, image, zip or text; Unreadable or Encrypted says what to do with anything else."""
    if not data.strip():
        raise Unreadable("文件是空的：请检查是否下载完整，或请对方重新发送。")
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    if head.startswith(OLE):
        return _old_office(data)
    if _is_image(head):
        return "image"
    if head[4:12] in HEIC:
        raise Unreadable("这是 HEIC 格式的照片，读不了：请在手机相册里导出为 JPEG（或截图）后再检查。")
    if head.startswith(ARCHIVES):
        raise Unreadable("这是压缩包：请先解压，再检查里面的合同文件。")
    return _markup(head)


def is_picture(data: bytes) -> bool:
    """Whether this is an image file (of a kind that can be read)."""
    return _is_image(data[:1024])


def _is_image(head: bytes) -> bool:
    if head.startswith(b"BM"):
        return b"\0" in head[:64]
    return head.startswith(IMAGES) or head[8:12] in (b"WEBP",) or head[4:12] == b"ftypavif"


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except Exception:  # zipfile raises almost anything on damaged bytes
        raise Unreadable("这个文件已损坏或没有下载完整：请重新下载，或请对方重新发送。") from None
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    for member, what in PACKAGES.items():
        if member in names:
            raise Unreadable(f"{what}：请另存为 PDF 或 Word（docx）后再检查。")
    return "zip"


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Encrypted("这个 Word 文件有打开密码：请用 Word 或 WPS 打开，去掉密码后另存为 docx。")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise Unreadable("这是旧版 Office 文件：请用 Word 或 WPS 打开，另存为 .docx 或 PDF 后再检查。")


def _markup(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"{\\rtf"):
        raise Unreadable("这是 RTF 文件：请用 Word 或 WPS 打开，另存为 .docx 后再检查。")
    if start.startswith((b"<!doctype html", b"<html", b"mime-version:", b"from: <saved by")):
        return "html"
    if start.startswith(b"<?xml") and re.search(rb"mso-application|wordprocessingml|<html", start):
        raise Unreadable("这是 XML 格式的文件：请用 Word 或 WPS 打开，另存为 .docx 后再检查。")
    return "text"
