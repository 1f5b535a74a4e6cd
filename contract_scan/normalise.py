"""Source → Document: one spelling for every character, each of which remembers its home.

Works code point by code point; not NFKC, which would read ``①100元`` as ``1100元`` and turn ``，`` into ``,``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator

from contract_scan.model import CELL_SEPARATOR, Document, Source, Span

#: CJK Radicals Supplement forms that fonts put in place of the ordinary character (NFKC leaves most of them).
RADICAL_SUPPLEMENT = dict(
    zip(
        "⺁⺃⺄⺅⺆⺇⺈⺉⺋⺌⺍⺎⺏⺐⺑⺒⺓⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺶⺷⺸⺹⺺⺻⺼⺽⺾⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乚乙亻冂几刀刂㔾小小兀尣尢尢巳幺彐忄心扌攵旡日月歺母民氵水灬爫爪犭王疋目示礻竹糸纟罓罒羊羊羊耂聿聿肉臼艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门𨸏阝雨青韦页风飞食食饣饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟亀龟",
        strict=True,
    )
)
DROPPED = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
ASCII_MARKS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
FULL_WIDTH_KEPT = set("，；：（）！？")
ALIASES = {
    "％": "%",
    "￥": "¥",
    "〇": "〇",
    "﹪": "%",
    "—": "—",
    "﹣": "-",
    "〈": "《",
    "〉": "》",
    "︰": "：",
    "。": "。",
    "｡": "。",
}
LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇0-9]{1,5}[章节条款部]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[)）]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[、.．\s）)]|[①-⑳]|[甲乙丙丁]方|附件|签)"
)
#: No number and no blank line is this long; what goes on is dropped, so that no expression can be led to search it.
_ENDLESS = re.compile(
    r"[0-9.,，]{65,}|[零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{65,}|(.)\1{255,}", re.DOTALL
)
_ENOUGH = 64
#: Stands for each character that nobody can see: no rule reads it as words, yet it can be quoted.
UNSEEN = "\ufffc"
TERMINAL = "。；：！？.;:!?|\t"
TRADITIONAL = re.compile("[貸還權業費於與應為當對員條約據償債壹協議書金額利息]")
ONLY_TRADITIONAL = re.compile("[貸還權業費與應為當對員條約據償債協議書額]")


def normalise(source: Source) -> Document:
    """Fold widths, radicals, spaces, traditional characters and soft line ends; skip page furniture."""
    kept = list(_kept(source))
    if source.hidden:
        kept = _masked(kept, source.hidden)
    chars = _fold([char for _, char in kept])
    chars = _simplify(chars)
    skipped = {*_soft_breaks(chars, paged=bool(source.pages)), *_endless(chars)}
    text: list[str] = []
    homes = array("l")
    for index, char in enumerate(chars):
        if index in skipped or _idle_space(chars, index):
            continue
        text.append(char)
        homes.append(kept[index][0])
    return Document(source, "".join(text), homes)


def fold(char: str) -> str:
    """The ordinary spelling of one character, seen alone."""
    code = ord(char)
    if char in ALIASES:
        return ALIASES[char]
    if 0x2F00 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", char)
    if 0x2E80 <= code <= 0x2EF3:
        return RADICAL_SUPPLEMENT.get(char, char)
    if 0xFF01 <= code <= 0xFF5E and char not in FULL_WIDTH_KEPT:
        return chr(code - 0xFEE0)
    if char in "\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    return " " if char == "\t" or unicodedata.category(char) == "Zs" else char


def _kept(source: Source) -> Iterator[tuple[int, str]]:
    furniture = iter(source.furniture)
    current = next(furniture, None)
    for index, char in enumerate(source.text):
        while current is not None and index >= current.end:
            current = next(furniture, None)
        if current is not None and current.start <= index:
            continue
        if char == "\r" and source.text[index + 1 : index + 2] == "\n":
            continue
        if (char < " " and char not in "\t\n\r\x0b\x0c") or "\x7f" <= char <= "\x84" or DROPPED.match(char):
            continue
        if "\u0300" <= char <= "\u036f" or "\ud800" <= char <= "\udfff":
            continue  # combining marks and lone surrogates carry no Chinese text
        yield index, char


def _masked(kept: list[tuple[int, str]], hidden: tuple[Span, ...]) -> list[tuple[int, str]]:
    positions = {position for span in hidden for position in range(span.start, span.end)}
    return [(index, UNSEEN if index in positions and char != "\n" else char) for index, char in kept]


def _fold(chars: list[str]) -> list[str]:
    table = {char: fold(char) for char in set(chars)}
    folded = [table[char] for char in chars]
    for index, char in enumerate(folded):
        if char in ASCII_MARKS and _is_chinese_mark(folded, index):
            folded[index] = ASCII_MARKS[char]
    return folded


def _is_chinese_mark(chars: list[str], index: int) -> bool:
    """A comma between digits or a colon in a URL or a time stays as it is."""
    before = chars[index - 1] if index else " "
    after = chars[index + 1] if index + 1 < len(chars) else " "
    if chars[index] in ",:" and before.isascii() and before.isdigit() and after.isascii() and after.isdigit():
        return False
    return not (chars[index] == ":" and after == "/")


def _simplify(chars: list[str]) -> list[str]:
    """Traditional → simplified, one character for one character; needs OpenCC only for such texts."""
    if not ONLY_TRADITIONAL.search("".join(chars)):
        return chars
    import opencc

    convert = opencc.OpenCC("t2s").convert
    table = {char: convert(char) for char in set(chars) if "\u3400" <= char <= "\U0002ffff"}
    return [new if len(new := table.get(char, char)) == 1 else char for char in chars]


def _idle_space(chars: list[str], index: int) -> bool:
    """A space inside Chinese text: 甲 方, or next to a line end."""
    if chars[index] != " ":
        return False
    before = chars[index - 1] if index else "\n"
    after = chars[index + 1] if index + 1 < len(chars) else "\n"
    if before in " \n" or after == "\n":
        return True
    if before in "甲乙丙丁戊" and "".join(chars[index : index + 8]).lstrip().startswith("方"):
        return True  # 甲　　方, spaced out to look even
    return _is_han(before) and _is_han(after)


def _endless(chars: list[str]) -> Iterator[int]:
    """Positions of what only goes on: the tail of a run of digits, or of one character."""
    for run in _ENDLESS.finditer("".join(chars)):
        yield from range(run.start() + _ENOUGH, run.end())


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "，。；：、（）《》“”"


def _soft_breaks(chars: list[str], *, paged: bool) -> Iterator[int]:
    """Positions of line ends that stand inside a sentence."""
    lines = "".join(chars).split("\n")
    widths = [sum(2 if char > "\u2e7f" else 1 for char in line) for line in lines]
    full = _wrap_width(widths, paged=paged)
    position = -1
    for line, following, width in zip(lines, lines[1:], widths, strict=False):
        position += len(line) + 1
        if _is_soft(line.rstrip(), following, long=full is not None and width >= 0.82 * full):
            yield position


def _is_soft(line: str, following: str, *, long: bool) -> bool:
    if not line or not following.strip() or LABEL.match(following) or UNSEEN in (line[-1], following.strip()[0]):
        return False
    if CELL_SEPARATOR in line or CELL_SEPARATOR in following:
        return False
    return line[-1] in "，、" or (long and line[-1] not in TERMINAL)


def _wrap_width(widths: list[int], *, paged: bool) -> int | None:
    """The width at which lines were broken, or None where each line is a paragraph."""
    filled = sorted(width for width in widths if width > 20)
    if len(filled) < 5:
        return None
    full = filled[int(len(filled) * 0.9)]
    share = sum(abs(width - full) <= 6 for width in filled) / len(filled)
    return full if full <= 140 and (paged or share >= 0.35) else None
