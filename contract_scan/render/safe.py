"""Text from outside, made harmless to look at: nothing hidden, nothing reordered, no terminal commands.

Every renderer but JSON passes every string through here; JSON keeps quotations exactly as written.
"""

from __future__ import annotations

import re

#: Characters that reorder what is read.
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
#: Characters without a shape: left out.
INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_ODD = re.compile(f"\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{BIDI}{INVISIBLE}]")
_STACKED = re.compile("([\u0300-\u036f\u20d0-\u20ff]{2})[\u0300-\u036f\u20d0-\u20ff]+")
_TERMINAL = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # colours, cursor, clearing
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,400}(?:\x07|\x1b\\\\|\x9c)"  # titles, links
    "|\x1b[ -/]{0,3}[0-~]"
)
_UNIT = re.compile("(?<=[0-9]) (?=[处项条页元期天年月字个%])|(?<=[日月年期次]) (?=[0-9])")
_JOIN = re.compile("[ \t]*[\r\n\x0b\x0c\x85\u2028\u2029]+[ \t\u3000]*")


def visible(text: str) -> str:
    """Control and direction characters as [U+001B] and [U+202E], shapeless characters left out."""
    if _ODD.search(text):
        text = _ODD.sub(lambda match: _shape(match.group()), text)
    return _STACKED.sub(r"\1", text)


def plain(text: str) -> str:
    """One harmless line for a terminal, a letter or a Markdown file: no escape sequences, no line ends."""
    return " ".join(visible(flow(_TERMINAL.sub("", text))).split())


def flow(text: str) -> str:
    """A quotation without the line ends of its page: joined directly between Chinese characters."""
    return _JOIN.sub(_joint, text)


def shorten(text: str, limit: int) -> str:
    """At most *limit* characters, the cut shown by ……."""
    return text if len(text) <= limit else text[: limit - 2] + "……"


def tied(text: str) -> str:
    """Our own words with a no-break space between a number and its unit, so that they never part."""
    return _UNIT.sub("\u00a0", text)


def invisible_count(text: str) -> int:
    """How many shapeless characters a text holds."""
    return len(_INVISIBLE.findall(text))


def encode(text: str) -> bytes:
    """UTF-8 for a file; lone surrogates, which no encoding has, become U+FFFD one for one."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text).encode("utf-8")


def _shape(char: str) -> str:
    if char in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"):
        return "\n"
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    return "" if _INVISIBLE.match(char) else f"[U+{code:04X}]"


def _joint(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    if start == 0 or end == len(text):
        return ""
    before, after = text[start - 1], text[end]
    return " " if (before.isascii() and after.isascii()) or before in "。；！？：" else ""
