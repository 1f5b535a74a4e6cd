"""TXT and MD → Source: the decoded file exactly, so that positions are code points of the file."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from contract_scan.errors import TooLarge, Unreadable
from contract_scan.extract.plausible import bad_share, common_share, is_garbled, is_wide
from contract_scan.model import Source

MAX_BYTES = 20_000_000
SAMPLE = 100_000  # characters, or bytes, that a guess is made from
BOMS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
CODECS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
SURE = 0.25  # share of everyday characters among all beyond ASCII that settles a guess
BROKEN = 0.01  # share of characters that may be undecodable in a file that is otherwise sound
JUNK = 0.05  # share of control characters and the like that no text has
UNDECODABLE = "无法识别这个文件的文字编码：请用记事本或 WPS 打开，另存为 UTF-8 编码的 txt 后再检查。"


class Guess(NamedTuple):
    """A reading of the bytes and how much everyday Chinese it has (0 to 1)."""

    score: float
    text: str


def read_text(data: bytes, name: str) -> Source:
    """The decoded file, without a byte order mark and otherwise untouched; Unreadable when no encoding fits."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"文本文件超过 {MAX_BYTES // 1_000_000} MB：请只保留合同部分再检查。")
    text = decode(data)
    broken = text.count("\ufffd")
    notes = (f"有 {broken} 处字节无法解码，显示为 �，可能缺字。",) if broken else ()
    return Source(name, sha256(data).hexdigest(), "text", text, notes=notes)


def decode(data: bytes) -> str:
    """Byte order mark, then strict UTF-8, then the encoding that gives the most everyday Chinese."""
    for mark, codec in BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(codec, "replace"))
    if b"\0" not in data[:SAMPLE]:
        try:
            return _checked(data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    best = max((_guess(data, codec) for codec in CODECS), key=lambda guess: guess.score)
    return _checked(best.text if best.score >= SURE else _normalizer_guess(data))


def _guess(data: bytes, codec: str) -> Guess:
    text = data.decode(codec, "replace")
    sample = text[:SAMPLE]
    beyond = sum(char > "\x7f" or (char < " " and char not in "\t\n\r\f") for char in sample)
    wide = sum(map(is_wide, sample))
    return Guess(common_share(sample) * wide / beyond if beyond else 0.0, text)


def _normalizer_guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise Unreadable(UNDECODABLE)
    return data.decode(best.encoding, "replace")


def _checked(text: str) -> str:
    sample = text[:SAMPLE]
    if not text.strip():
        raise Unreadable("文件里没有文字：请检查是否下载完整，或请对方重新发送。")
    if text.count("\ufffd") > max(3, BROKEN * len(text)) or bad_share(sample) > JUNK or is_garbled(sample):
        raise Unreadable(UNDECODABLE)
    return text
