"""HTML and MHTML (saved web pages of app agreements) → Source: the text a reader sees, and apart from it the hidden."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from html.parser import HTMLParser

from contract_scan.errors import Unreadable
from contract_scan.extract.text import decode
from contract_scan.model import CELL_SEPARATOR, Source, Span

EMPTY = "这个网页文件里没有文字（内容可能要联网才显示）：请在浏览器里打印成 PDF，或截图后再检查。"
UNSEEN_BLOCKS = {"script", "style", "template", "noscript", "head", "svg", "object", "iframe"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr",
    "ul",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: Styles that keep text from the eye; white on white is told from white on a coloured ground by the latter's being set.
UNSEEN = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0+)?(?:;|$)|font-size:0(?:\.\d+)?(?:px|pt|em|rem|%)?(?:;|$)"
    r"|text-indent:-\d{3,}|left:-\d{4,}"
)
WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgb\(255,255,255\)|transparent)(?:;|$)")
GROUND = re.compile(r"background(?:-color|-image)?:(?!#fff(?:fff)?(?:;|$)|white|transparent|none)")


def read_html(data: bytes, name: str) -> Source:
    """Text of a saved web page, table rows as lines; Unreadable when there is none."""
    reader = _Reader()
    reader.feed(_markup(data))
    reader.close()
    lines = [line for line in reader.finished(hidden=False) if line.strip(" |")]
    hidden = [line for line in reader.finished(hidden=True) if line.strip(" |")]
    if not lines:
        raise Unreadable(EMPTY)
    text = "\n".join([*lines, *hidden])
    spans, at = [], len("\n".join(lines)) + 1
    for line in hidden:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    notes = (f"网页里有 {reader.pictures} 张图片，图片里的文字没有读入。",) if reader.pictures else ()
    return Source(name, sha256(data).hexdigest(), "html", text, notes=notes, hidden=tuple(spans))


def _markup(data: bytes) -> str:
    """The page itself; of an MHTML file its first HTML part."""
    head = data[:2048].lstrip().lower()
    if not head.startswith((b"mime-version:", b"from: <saved by")):
        return decode(data)
    message = message_from_bytes(data, policy=default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return decode(payload if isinstance(payload, bytes) else b"")
    raise Unreadable(EMPTY)


class _Reader(HTMLParser):
    """Collects lines; what lies inside an unseen element goes to lines of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool, bool]] = []  # element, whether skipped, whether unseen
        self._lines: dict[bool, list[str]] = {False: [""], True: [""]}
        self._cells = 0
        self.pictures = 0

    def finished(self, *, hidden: bool) -> list[str]:
        """The lines, spaces evened out."""
        return [re.sub(r"[ \t\r\f\v\u00a0]+", " ", line).strip() for line in self._lines[hidden]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line, a cell after the first a cell; a filled-in field is its value."""
        given = {key: value or "" for key, value in attrs}
        self._begin(tag)
        skipped, unseen = self._state()
        if tag not in VOID:
            self._open.append((tag, skipped or tag in UNSEEN_BLOCKS, unseen or _unseen(given)))
        elif tag == "img":
            self.pictures += not skipped
        elif tag == "input" and not skipped:
            self._add(_field(given), hidden=unseen or given.get("type") == "hidden")

    def handle_endtag(self, tag: str) -> None:
        """Closes the element and whatever was left open inside it."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                break
        if tag in ("tr", "table"):
            self._cells = 0
        if tag in BLOCKS:
            self._line()

    def handle_data(self, data: str) -> None:
        """Line ends of the markup are spaces, except in preformatted text."""
        skipped, unseen = self._state()
        if skipped:
            return
        plain = any(tag in ("pre", "textarea") for tag, _, _ in self._open)
        pieces = data.split("\n") if plain else [re.sub(r"\s*\n\s*", " ", data)]
        for index, piece in enumerate(pieces):
            if index:
                self._line()
            self._add(piece, hidden=unseen)

    def _begin(self, tag: str) -> None:
        if tag in ("td", "th"):
            if self._cells:
                self._add(CELL_SEPARATOR, hidden=self._state()[1])
            self._cells += 1
        elif tag in BLOCKS and not (self._cells and tag in ("p", "div", "br")):
            self._line()
            self._cells = 0

    def _state(self) -> tuple[bool, bool]:
        return self._open[-1][1:] if self._open else (False, False)

    def _add(self, text: str, *, hidden: bool) -> None:
        self._lines[hidden][-1] += text

    def _line(self) -> None:
        if self._cells and any(tag in ("td", "th") for tag, _, _ in self._open):
            self._lines[False][-1] += " "
            return
        for lines in self._lines.values():
            if lines[-1].strip():
                lines.append("")


def _unseen(given: dict[str, str]) -> bool:
    style = re.sub(r"\s", "", given.get("style", "").lower())
    white = WHITE.search(style) is not None and not GROUND.search(style)
    return "hidden" in given or white or UNSEEN.search(style) is not None


def _field(given: dict[str, str]) -> str:
    kind = given.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in given else "□"
    return given.get("value", "") if kind not in ("submit", "button", "image", "reset") else ""
