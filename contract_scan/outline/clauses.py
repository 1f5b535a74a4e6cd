"""The clause tree: which label stands above which, and the sentence that governs each list.

Numbering styles nest in the order they first appear (第X条 above 一、 in one contract, below in the next);
no fixed ranking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from contract_scan.model import CELL_SEPARATOR, Clause, Span

_NUMERAL = "[一二三四五六七八九十百零〇]{1,5}|[0-9]{1,3}"
#: (style, pattern): the first that matches at a line's start names its numbering style.
STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("章", re.compile(rf"第(?:{_NUMERAL})[章节编部][分]?")),
    ("条", re.compile(rf"第(?:{_NUMERAL})条[：、.]?")),
    ("款", re.compile(rf"第(?:{_NUMERAL})款[：、.]?")),
    ("1.1.1.1", re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){3}(?![0-9%‰])[.、]?")),
    ("1.1.1", re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2}(?![0-9%‰])[.、]?")),
    ("1.1", re.compile(r"[0-9]{1,2}\.[0-9]{1,2}(?![0-9%‰万元])[.、]?")),
    ("一、", re.compile(r"[一二三四五六七八九十]{1,3}[、.．：]")),
    ("（一）", re.compile(r"（[一二三四五六七八九十]{1,3}）[、]?")),
    ("（1）", re.compile(r"（[0-9]{1,2}）[、]?")),
    ("1）", re.compile(r"[0-9]{1,2}）")),
    ("1、", re.compile(r"[0-9]{1,2}[、．]|[0-9]{1,2}\.(?![0-9])|[0-9]{1,2}：(?=[\u4e00-\u9fff])")),
    ("①", re.compile(r"[①-⑳]")),
    ("a.", re.compile(r"[a-zA-Z][.、）](?=\s*[\u4e00-\u9fff])")),
    ("（a）", re.compile(r"（[a-zA-Z]）")),
    ("壹、", re.compile(r"[壹贰叁肆伍陆柒捌玖拾]{1,3}[、.]|（[壹贰叁肆伍陆柒捌玖拾]{1,3}）")),
)
#: Labels that also open items inside a line: "甲方有权：（1）调整利率；（2）……"
INLINE = re.compile(r"(?<=[：；。，])\s*(?=（[一二三四五六七八九十0-9]{1,3}）|[①-⑳]|[0-9]{1,2}[）、.](?![0-9]))")
#: A sentence that governs the items after it.
GOVERNS = re.compile(
    r"(?:下列|以下|下述|如下|之一|情形|情况|包括|有权|应当|承诺|保证|同意|授权|条件|方式|约定|顺序)[^。；]{0,40}$"
)

#: The end of a preamble ("…经协商一致，达成如下协议："): it opens the contract and governs no list.
PREAMBLE = re.compile(r"(?:协商|达成|订立|签订|签署|共同遵守|兹就|制定)[^。；]{0,30}[：，]$")


@dataclass(slots=True)
class _Node:
    style: str
    number: str
    start: int
    text_start: int
    end: int
    children: list[_Node] = field(default_factory=list)
    lead: Span | None = None


def read_clauses(text: str) -> tuple[Clause, ...]:
    """The clause tree of a normalised text; spans are document positions, children lie inside their parents."""
    root = _Node("", "", 0, 0, len(text))
    stack = [root]
    announced: Span | None = None  # an unnumbered "甲方有权：" right before a list
    for start, end in pieces(text):
        style, number, width = label_at(text, start, end)
        if not style:
            _close(stack, end)
            if stack[-1] is root:
                root.children.append(_Node("", "", start, start, end))
            row = CELL_SEPARATOR in text[start:end]  # the row of a table announces nothing
            announced = None if row else _last_sentence(text, start, end)
            continue
        while len(stack) > 1 and any(node.style == style for node in stack[1:]):
            stack.pop()
        node = _Node(style, number, start, start + width, end, lead=announced or _siblings_lead(stack[-1], style))
        stack[-1].children.append(node)
        stack.append(node)
        _close(stack, end)
        announced = None
    return tuple(_freeze(text, child, None) for child in root.children)


def pieces(text: str) -> list[tuple[int, int]]:
    """Lines, and inside them the items of lists, as half-open ranges without surrounding blanks."""
    out: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        cuts = [0, *(match.end() for match in INLINE.finditer(line)), len(line)]
        for left, right in pairwise(cuts):
            part = line[left:right]
            if part.strip():
                lead = len(part) - len(part.lstrip())
                out.append((position + left + lead, position + left + len(part.rstrip())))
        position += len(line) + 1
    return out


def label_at(text: str, start: int, end: int) -> tuple[str, str, int]:
    """Style, label and width of the numbering at *start*; ("", "", 0) where there is none."""
    for style, pattern in STYLES:
        match = pattern.match(text, start, end)
        if match:
            return style, match.group().rstrip("、.．：").strip(), match.end() - start
    return "", "", 0


def _siblings_lead(parent: _Node, style: str) -> Span | None:
    """The list goes on: the item before it was announced by the same sentence."""
    before = parent.children[-1] if parent.children else None
    return before.lead if before and before.style == style else None


def _close(stack: list[_Node], end: int) -> None:
    for node in stack[1:]:
        node.end = max(node.end, end)


def _freeze(text: str, node: _Node, inherited: Span | None) -> Clause:
    own_end = node.children[0].start if node.children else node.end
    governed = node.lead or inherited
    lead = _lead_in(text, node, own_end) if node.children else None
    children = tuple(_freeze(text, child, lead or governed) for child in node.children)
    return Clause(node.number, _heading(text, node, own_end), Span(node.start, node.end), children, governed)


def _heading(text: str, node: _Node, own_end: int) -> str:
    if not node.style:
        return ""
    line = text[node.text_start : own_end].split("\n", 1)[0].strip()
    if node.children and line.endswith("："):
        return ""  # it announces the list under it
    line = line.strip("：")
    return line if len(line) <= 20 and not re.search("[。；，]", line) else ""


def _lead_in(text: str, node: _Node, own_end: int) -> Span | None:
    """The last sentence before the first child, where it announces a list."""
    if _heading(text, node, own_end) and not text[node.text_start : own_end].rstrip().endswith(("：", "，")):
        return None
    return _last_sentence(text, node.text_start, own_end)


def _last_sentence(text: str, start: int, end: int) -> Span | None:
    """The last sentence of a stretch if it announces what follows: it ends with ： or speaks of 下列, 有权 …"""
    own = text[start:end].rstrip()
    at = max(own.rfind("。"), own.rfind("；"), own.rfind("\n")) + 1
    sentence = own[at:].strip()
    announces = sentence.endswith(("：", "，")) or GOVERNS.search(sentence)
    if len(sentence) < 4 or not announces or PREAMBLE.search(sentence):
        return None
    at += len(own[at:]) - len(own[at:].lstrip())
    return Span(start + at, start + len(own))
