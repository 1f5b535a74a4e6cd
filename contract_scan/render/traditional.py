"""A page of ours in Traditional characters: our own words are converted, quotations of contract and law are not."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser

#: Elements whose words are not ours, by class and by name.
KEPT_CLASSES = frozenset({"own", "q", "t", "tq", "pl", "fur", "tx", "nm", "hash"})
KEPT_TAGS = frozenset({"q", "mark", "style", "script", "code", "del", "ins"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
#: Quotations and titles inside our own sentences.
QUOTED = re.compile("“[^”]*”|《[^》]*》")
#: OpenCC takes a lone 签 for a label; ours is nearly always the verb.
_LOTS = re.compile("(?<![標書抽])籤")


def traditional(page: str) -> str:
    """The same page, well formed as ours are, with every quotation as it was."""
    converter = _Converter(_convert())
    converter.feed(page)
    converter.close()
    return "".join(converter.out).replace('<html lang="zh-CN">', '<html lang="zh-Hant">', 1)


@cache
def _convert() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("s2tw").convert
    return lambda text: _LOTS.sub("簽", convert(text))


class _Converter(HTMLParser):
    """Copies the page piece by piece; ``_kept`` is the depth from which words are left alone (0: none)."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._convert = convert
        self._depth = 0
        self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if tag not in VOID:
            self._depth += 1
            if not self._kept and _is_kept(tag, attrs):
                self._kept = self._depth
        self.out.append(raw if self._kept else self._ours(raw))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag in VOID:
            return
        if self._depth == self._kept:
            self._kept = 0
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        self.out.append(data if self._kept else self._ours(data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def _ours(self, text: str) -> str:
        parts, position = [], 0
        for match in QUOTED.finditer(text):
            parts += [self._convert(text[position : match.start()]), match.group()]
            position = match.end()
        return "".join((*parts, self._convert(text[position:])))


def _is_kept(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    values = dict(attrs)
    classes = set((values.get("class") or "").split())
    return tag in KEPT_TAGS or bool(classes & KEPT_CLASSES) or (tag != "html" and "lang" in values)
