"""DOC → Source through a program that is installed: LibreOffice, antiword or catdoc."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from contract_scan.errors import ExtractError, Unreadable
from contract_scan.model import CELL_SEPARATOR, Source

PATIENCE = 90  # seconds for a program
MAX_OUTPUT = 50_000_000  # bytes
ABSENT = (
    "读旧版 Word 文件（.doc）需要另装一个程序，请运行：sudo apt install antiword"
    "（macOS：brew install antiword；Windows：装 LibreOffice），或用 Word、WPS 打开后另存为 .docx 再检查。"
)
FAILED = "这个旧版 Word 文件读不出来，可能已损坏或有密码：请用 Word 或 WPS 打开，另存为 .docx 后再检查。"
TEXT_PROGRAMS: tuple[tuple[str, ...], ...] = (
    ("antiword", "-m", "UTF-8.txt", "-w", "0", "-"),
    ("catdoc", "-d", "utf-8", "-w"),
)
ROW = re.compile(r"^\|.*\|\s*$")


def read_doc(data: bytes, name: str) -> Source:
    """Text of an old Word file; Unreadable with the line that installs a reader where there is none."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    found = [command for command in TEXT_PROGRAMS if shutil.which(command[0])]
    if not office and not found:
        raise Unreadable(ABSENT)
    source = _by_office(office, data, name) if office else None
    for command in found if source is None else ():
        if text := _output(command, data):
            text = "\n".join(_rows(text.split("\n")))
            notes = (f"旧版 Word 文件由 {command[0]} 转成文字：页眉、批注和自动编号可能没有读到。",)
            return Source(name, sha256(data).hexdigest(), "doc", text, notes=notes)
    if source is None:
        raise Unreadable(FAILED)
    return source


def _by_office(program: str, data: bytes, name: str) -> Source | None:
    """As LibreOffice converts it; None where it does not."""
    from contract_scan.extract.docx import read_docx

    with tempfile.TemporaryDirectory(prefix="contract-scan-") as folder:
        original = Path(folder) / "in.doc"
        original.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = (program, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(original))
        _output(command, b"")
        converted = Path(folder) / "in.docx"
        if not converted.is_file() or converted.stat().st_size > MAX_OUTPUT:
            return None
        try:
            source = read_docx(converted.read_bytes(), name)
        except ExtractError:
            return None
    return replace(source, sha256=sha256(data).hexdigest(), format="doc")


def _output(command: Sequence[str], data: bytes) -> str:
    """What the program prints; nothing when it fails or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 (a program of ours by its full command, the file on its standard input)
            command, input=data, capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    text = done.stdout[:MAX_OUTPUT].decode("utf-8", "replace")
    return text if done.returncode == 0 and text.strip() else ""


def _rows(lines: Sequence[str]) -> list[str]:
    """antiword's 「|期数 |金额 |」 as table rows are written everywhere else."""
    return [
        CELL_SEPARATOR.join(cell.strip() for cell in line.strip().strip("|").split("|")) if ROW.match(line) else line
        for line in lines
    ]
