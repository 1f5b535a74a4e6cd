"""Whether the compressed streams of a PDF unpack to an absurd amount: looked at before any engine opens the file.

Drawing instructions are text that packs thirty to one; a bomb reaches a thousand to one, and an engine spends a
hundred bytes of memory on each instruction. Pictures may pack that well honestly, so they are let through when
they are pictures: what calls itself one and reads as text is counted with the instructions.
"""

from __future__ import annotations

import re
import zlib

MAX_DRAWN = 20_000_000  # bytes unpacked, of all streams that pack better than HONEST
HONEST = 200  # unpacked to packed
_HEAD = 2_000  # bytes looked at first
_CHUNK = 1_000_000
_STREAM = re.compile(rb"stream\r?\n(?=[\x08-\x78])")
_DICTIONARY = 600  # bytes before a stream that say what it is
_PICTURE = re.compile(rb"/(?:Subtype\s{0,9}/Image|Width)\b")
_TEXT = re.compile(rb"[\x00\t\n\f\r -~]*\Z")


def is_bomb(data: bytes) -> bool:
    """Whether the streams of the PDF *data* that only a bomb would pack so well unpack to more than MAX_DRAWN."""
    drawn = 0
    for stream in _STREAM.finditer(data):
        if _is_picture(data, stream.start(), stream.end()):
            continue
        packed, unpacked = _sizes(data, stream.end(), MAX_DRAWN - drawn)
        if unpacked > HONEST * packed:
            drawn += unpacked
        if drawn > MAX_DRAWN:
            return True
    return False


def _is_picture(data: bytes, before: int, start: int) -> bool:
    if not _PICTURE.search(data, max(0, before - _DICTIONARY), before):
        return False
    try:
        head = zlib.decompressobj().decompress(data[start : start + _HEAD], _HEAD)
    except zlib.error:
        return True  # JPEG, or damaged
    return not _TEXT.match(head) or not head.strip(b"\0")


def _sizes(data: bytes, start: int, room: int) -> tuple[int, int]:
    """(bytes read, bytes they unpack to) of the deflated stream at *start*, counted until just past *room*.

    What is packed twice is unpacked twice.
    """
    unpacker, read, unpacked = zlib.decompressobj(), 0, 0
    inner: zlib._Decompress | None = None
    pending = data[start : start + _CHUNK]
    try:
        while pending and unpacked <= room and not unpacker.eof:
            part = unpacker.decompress(pending, _CHUNK)
            left = len(unpacker.unconsumed_tail)
            read += len(pending) - left - len(unpacker.unused_data)
            if inner is None and not unpacked and part[:1] == b"\x78":
                inner = zlib.decompressobj()
            unpacked += len(inner.decompress(part, room + 1) if inner else part)
            pending = unpacker.unconsumed_tail or data[start + read : start + read + _CHUNK]
    except zlib.error:
        pass  # not deflated, or damaged further on: counted as far as it goes
    return max(read, 1), unpacked
