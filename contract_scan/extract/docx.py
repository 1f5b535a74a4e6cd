"""DOCX → Source: paragraphs and table rows in order, numbering written out, changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from xml.etree.ElementTree import Element

from contract_scan.errors import Unreadable
from contract_scan.extract.docx_body import Body, P
from contract_scan.extract.docx_numbering import Numbering, Styles
from contract_scan.extract.docx_package import DAMAGED, Package, R, W
from contract_scan.model import Source, Span

EMPTY = "这个 Word 文件里没有文字（可能只有图片），暂不支持图片识别：请向对方要文字版，或先用扫描软件识别成文字。"
NESTED = "这个 Word 文件的结构嵌套过深，无法读取：请把内容粘贴到一个新文件里再检查。"


def read_docx(data: bytes, name: str) -> Source:
    """Text of a Word file, then its notes, then headers and footers (as furniture) that say something else."""
    package = Package(data)
    related = package.related(package.main())
    parts = dict(related.values())  # kind → part; headers and footers, which repeat, are looked up by id
    document, body = open_body(package)
    headers = [related[id_][1] for id_ in _header_ids(document) if id_ in related]
    try:
        lines = body.read(document)
        for kind, label in (("footnote", "脚注"), ("endnote", "尾注")):
            lines += _notes_at_end(package.part(parts.get(f"{kind}s", "")), body, kind, label)
        repeated = list(_only_there([body.read(part) for part in _roots(package, headers)], lines))
    except RecursionError:
        raise Unreadable(NESTED) from None
    if not lines:
        raise Unreadable(EMPTY)
    comments = package.part(parts.get("comments", ""))
    notes = _notes(body, 0 if comments is None else len(comments.findall(f"{W}comment")))
    text = "\n".join(lines)
    whole = "\n".join([text, *repeated])
    furniture = (Span(len(text) + 1, len(whole)),) if repeated else ()
    return Source(name, sha256(data).hexdigest(), "docx", whole, notes=tuple(notes), furniture=furniture)


def open_body(package: Package) -> tuple[Element, Body]:
    """The root of the main part, and a reader for it; Unreadable where there is no body."""
    main = package.main()
    document = package.part(main)
    if document is None or document.find(f"{W}body") is None:
        raise Unreadable(DAMAGED)
    parts = dict(package.related(main).values())
    styles = Styles(package.part(parts.get("styles", "")))
    return document, Body(Numbering(package.part(parts.get("numbering", "")), styles), styles)


def _header_ids(document: Element) -> list[str]:
    """Relationship ids of the headers and footers that sections use, each once, in order."""
    used = (e for e in document.iter() if e.tag in (f"{W}headerReference", f"{W}footerReference"))
    return list(dict.fromkeys(reference.get(f"{R}id", "") for reference in used))


def _roots(package: Package, names: list[str]) -> Iterator[Element]:
    for name in dict.fromkeys(names):
        root = package.part(name)
        if root is not None:
            yield root


def _only_there(headers: list[list[str]], lines: list[str]) -> Iterator[str]:
    """Header and footer lines whose words are not in the body, each once."""
    body = re.sub(r"\s", "", "".join(lines))
    seen: set[str] = set()
    for line in (line for header in headers for line in header):
        plain = re.sub(r"\s", "", line)
        if plain and plain not in seen and plain not in body:
            seen.add(plain)
            yield line


def _notes_at_end(root: Element | None, body: Body, kind: str, label: str) -> Iterator[str]:
    """The notes that the text refers to, numbered in the order in which they stand."""
    number = 0
    for note in () if root is None else root:
        if (kind, note.get(f"{W}id", "")) in body.referred and note.find(P) is not None:
            number += 1
            if lines := body.read(note):
                yield f"{label}{number}：{lines[0].strip()}"
                yield from lines[1:]


def _notes(body: Body, comments: int) -> Iterator[str]:
    seen: Mapping[str, int] = body.seen
    if seen["inserted"] or seen["deleted"]:
        yield (
            f"文件里有修订：插入 {seen['inserted']} 处（已读入）、删除 {seen['deleted']} 处（未读入）。"
            "请先问清对方以哪一版为准。"
        )
    if seen["hidden"]:
        yield f"文件里有 {seen['hidden']} 处隐藏文字，没有读入：请在 Word 里显示隐藏文字后核对。"
    if comments:
        yield f"文件里有 {comments} 条批注，批注不是合同正文，没有读入。"
    if seen["pictures"]:
        yield f"文件里有 {seen['pictures']} 张图片，图片里的文字没有读入。"
    if seen["foreign"]:
        yield f"文件里嵌入了 {seen['foreign']} 段其他格式的内容，没有读入：请在 Word 里打开后另存一份再检查。"
