"""What comes in with a form: files and fields, counted while they arrive."""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from contract_scan.errors import ContractScanError, TooLarge
from contract_scan.model import LenderType, Options
from contract_scan.web.task import Upload

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

MOST_BYTES = 50_000_000
MOST_FILES = 40
MOST_TEXT = 400_000
#: Seconds for the next piece to arrive, and for a whole upload.
PIECE_SECONDS, WHOLE_SECONDS = 30.0, 300.0
LONGEST_NAME = 120


class Refused(ContractScanError):
    """A form that is not ours, not complete or too large; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields and files of a form that carried our token."""

    fields: dict[str, str]
    files: dict[str, tuple[Upload, ...]]

    def text(self, name: str) -> str:
        """A field, "" where there is none."""
        return self.fields.get(name, "").strip()

    def uploads(self, *names: str) -> tuple[Upload, ...]:
        """The files of these fields, in the order in which they were chosen."""
        return tuple(file for name in names for file in self.files.get(name, ()))


async def read_form(request: Request, token: str) -> Form:
    """The form. Raises Refused, TooLarge."""
    from python_multipart.exceptions import FormParserError
    from starlette.formparsers import MultiPartException

    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > MOST_BYTES + MOST_TEXT:
        await _drain(request.stream())
        raise _too_large(int(declared))
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            parsed = await _parse(request)
            form = await _taken(parsed)
            await parsed.close()
    except (FormParserError, MultiPartException, KeyError) as error:
        raise Refused("表单没有完整收到，或者文件太多：请重新选择文件再试。") from error
    except TimeoutError as error:
        raise Refused("文件传得太慢，没有收完：请再试一次。") from error
    if not hmac.compare_digest(form.text("token").encode(), token.encode()):
        raise Refused("这个页面是程序上一次启动时打开的：请刷新页面，再选一次文件。")
    return form


async def _parse(request: Request) -> FormData:
    """Files stay in memory: the limit on the whole is lower than the limit of the spool."""
    from starlette.formparsers import FormParser, MultiPartParser

    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await FormParser(request.headers, _counted(request), max_fields=40, max_part_size=4 * MOST_TEXT).parse()
    parser = MultiPartParser(
        request.headers, _counted(request), max_files=MOST_FILES, max_fields=40, max_part_size=4 * MOST_TEXT
    )
    parser.spool_max_size = MOST_BYTES + MOST_TEXT + 1
    return await parser.parse()


def options_of(form: Form, today: date) -> Options:
    """What the reader knows about the contract; what makes no sense is as good as not said."""
    lender, signed = form.text("lender"), form.text("signed")
    known = lender in {one.value for one in LenderType}
    dated = re.fullmatch(r"\d{4}-\d\d-\d\d", signed)
    try:
        day = date.fromisoformat(signed) if dated else None
    except ValueError:
        day = None
    return Options(as_of=today, lender_type=LenderType(lender) if known else None, signed_on=day)


def pasted(text: str) -> tuple[Upload, ...]:
    """Pasted text as if it were a file; nothing where there is no text. Raises TooLarge."""
    if not text.strip():
        return ()
    if len(text) > MOST_TEXT:
        raise TooLarge(f"粘贴的文字超过 {MOST_TEXT // 10_000} 万字：请只粘合同部分，或者存成 txt 文件再选。")
    return (Upload("粘贴的文字", text.encode("utf-8", "replace")),)


async def _taken(parsed: FormData) -> Form:
    from starlette.datastructures import UploadFile

    fields: dict[str, str] = {}
    files: dict[str, tuple[Upload, ...]] = {}
    for name, value in parsed.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            if value.filename or data:
                files[name] = (*files.get(name, ()), Upload(_base_name(value.filename or ""), data))
        else:
            fields[name] = value
    return Form(fields, files)


def _base_name(name: str) -> str:
    """The last part of a name, whatever a hostile client puts into it; it is shown and never opened."""
    last = re.split(r"[/\\]", name)[-1].strip()
    return last[:LONGEST_NAME] or "文件"


async def _counted(request: Request) -> AsyncGenerator[bytes, None]:
    """The body as it arrives, neither too slow nor too long."""
    stream, seen = request.stream(), 0
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), PIECE_SECONDS)
        except StopAsyncIteration:
            return
        seen += len(piece)
        if seen > MOST_BYTES + MOST_TEXT:
            await _drain(stream)
            raise _too_large(seen)
        yield piece


async def _drain(stream: AsyncGenerator[bytes, None]) -> None:
    """Let a browser finish sending what will not be kept, or it shows an error of its own instead of ours."""
    seen = 0
    async for piece in stream:
        seen += len(piece)
        if seen > 10 * MOST_BYTES:
            return


def _too_large(size: int) -> TooLarge:
    most = f"文件有 {size // 1_000_000} MB，这里最多读 {MOST_BYTES // 1_000_000} MB"
    return TooLarge(f"{most}：请只保留合同和附件的部分，或者把照片拍小一点。")
