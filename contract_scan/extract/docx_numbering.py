"""Automatic numbering: Word stores 第一条 as a list level, not as text; this counts along and writes it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from contract_scan.extract.docx_numerals import written
from contract_scan.extract.docx_package import W

LEVELS = 9
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as ``w:lvl`` defines it; ``restart`` is None for the usual rule (after any higher level)."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""


class Styles:
    """What styles say about numbering and hidden text, through ``basedOn``."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self.default = next((id_ for id_, style in self._styles.items() if _is_default(style)), "")

    def numbering(self, style: str) -> tuple[str, str | None, str]:
        """(numId, ilvl or None, the style that says so); ("", None, "") where there is none."""
        for id_, element in self._chain(style):
            number = element.find(f"{W}pPr/{W}numPr")
            if number is not None and (num_id := value(number, "numId")) is not None:
                return num_id, value(number, "ilvl"), id_
        return "", None, ""

    def hides(self, style: str) -> bool:
        """Whether the style hides its text."""
        for _, element in self._chain(style):
            hidden = element.find(f"{W}rPr/{W}vanish")
            if hidden is not None:
                return is_on(hidden)
        return False

    def _chain(self, style: str) -> Iterator[tuple[str, Element]]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield style, self._styles[style]
            style = value(self._styles[style], "basedOn") or ""


class Numbering:
    """Counts every list of a document; ask for the labels in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, list[Level]] = {}  # by abstract list
        self._lists: dict[str, str] = {}  # numId → abstract list
        self._overrides: dict[tuple[str, int], int] = {}  # (numId, level) → start
        self._own: dict[tuple[str, int], Level] = {}  # (numId, level) → its own definition
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, properties: Element | None) -> str:
        """What Word prints before a paragraph with these ``w:pPr``, with a space where Word leaves one."""
        num_id, level = self._position(properties)
        abstract = self._lists.get(num_id)
        if abstract is None:
            return ""
        counts = self._count(num_id, abstract, level)
        definition = self._level(num_id, abstract, level)
        if definition.style == "bullet":
            return f"{BULLET} "

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            style = "decimal" if definition.legal else self._level(num_id, abstract, index).style
            return written(counts[index] or 0, style)

        text = re.sub(r"%([1-9])", number, definition.text)
        return text if not text or definition.suffix == "nothing" else f"{text} "

    def _position(self, properties: Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: said directly, else by its style."""
        number = None if properties is None else properties.find(f"{W}numPr")
        style = (None if properties is None else value(properties, "pStyle")) or self._styles.default
        own_id = None if number is None else value(number, "numId")
        own_level = None if number is None else value(number, "ilvl")
        if own_id is not None:
            return own_id, _index(own_level)
        num_id, level, source = self._styles.numbering(style)
        if own_level is None and level is None:
            levels = self._levels.get(self._lists.get(num_id, ""), [])
            named = [index for index, one in enumerate(levels) if one.paragraph_style == source]
            return num_id, named[0] if named else 0
        return num_id, _index(own_level if own_level is not None else level)

    def _count(self, num_id: str, abstract: str, level: int) -> list[int | None]:
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        if (num_id, level) not in self._begun and (num_id, level) in self._overrides:
            counts[level] = self._overrides[num_id, level] - 1
        self._begun.add((num_id, level))
        before = counts[level]
        counts[level] = self._level(num_id, abstract, level).start if before is None else before + 1
        for higher in range(level):
            if counts[higher] is None:
                counts[higher] = self._level(num_id, abstract, higher).start
        for deeper in range(level + 1, LEVELS):
            restart = self._level(num_id, abstract, deeper).restart
            if restart is None or level < restart:
                counts[deeper] = None
        return counts

    def _level(self, num_id: str, abstract: str, level: int) -> Level:
        own = self._own.get((num_id, level))
        levels = self._levels[abstract]
        return own or (levels[level] if level < len(levels) else Level())

    def _read(self, root: Element) -> None:
        linked: dict[str, str] = {}  # abstract list → the list style it points to
        for definition in root.findall(f"{W}abstractNum"):
            id_ = definition.get(f"{W}abstractNumId", "")
            self._levels[id_] = _read_levels(definition)
            if (style := value(definition, "numStyleLink")) is not None:
                linked[id_] = style
        for number in root.findall(f"{W}num"):
            self._read_list(number)
        for id_, style in linked.items():
            home = self._lists.get(self._styles.numbering(style)[0], "")
            self._levels[id_] = self._levels.get(home) or self._levels[id_]

    def _read_list(self, number: Element) -> None:
        num_id, abstract = number.get(f"{W}numId", ""), value(number, "abstractNumId") or ""
        if abstract in self._levels and num_id != "0":
            self._lists[num_id] = abstract
        for override in number.findall(f"{W}lvlOverride"):
            level = _index(override.get(f"{W}ilvl"))
            if (start := value(override, "startOverride")) is not None:
                self._overrides[num_id, level] = _number(start, 1)
            if (own := override.find(f"{W}lvl")) is not None:
                self._own[num_id, level] = _read_level(own)


def value(parent: Element, name: str) -> str | None:
    """The ``w:val`` of a child element, or None."""
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def is_on(element: Element) -> bool:
    """Whether an on/off property is on: present, unless it says otherwise."""
    return element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _read_levels(definition: Element) -> list[Level]:
    levels = [Level()] * LEVELS
    for element in definition.findall(f"{W}lvl"):
        levels[_index(element.get(f"{W}ilvl"))] = _read_level(element)
    return levels


def _read_level(element: Element) -> Level:
    legal = element.find(f"{W}isLgl")
    restart = value(element, "lvlRestart")
    return Level(
        start=_number(value(element, "start"), 1),
        style=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        restart=None if restart is None else _number(restart, 0),
        legal=legal is not None and is_on(legal),
        paragraph_style=value(element, "pStyle") or "",
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise


def _index(text: str | None) -> int:
    return min(max(_number(text, 0), 0), LEVELS - 1)
