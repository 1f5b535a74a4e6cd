"""The law as data: statutes with dated articles, and the version in force on a given day.

A rule cites ids: ``civil-code/496`` (an article), ``civil-code/496-2`` (its second paragraph),
``microloan-measures-2024/no-upfront-deduction`` (a provision whose number nobody has verified, cited
without one). Several entries with one key are versions of the same rule; their periods never overlap, and
each carries the article number it had then. ``until`` is the last day in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources.abc import Traversable
from itertools import pairwise

from contract_scan.errors import RuleError
from contract_scan.model import Basis, BorrowerType, LenderType
from contract_scan.rulebook.conditions import CONDITIONS, Holds
from contract_scan.rulebook.reading import closed, day, items, mapping, read_yaml, text, yaml_files

KINDS = (
    "law",
    "regulation",
    "judicial-interpretation",
    "judicial-policy",
    "departmental-rule",
    "normative-document",
    "standard",
    "industry-guideline",
)
#: verbatim: read word for word in the source. partial: reported or excerpted. recalled: from memory only.
VERIFIED = ("verbatim", "partial", "recalled")

_SHARED = ("from", "until", "condition", "verified", "source", "checked_on", "note")
_LAW_KEYS = ("id", "title", "issuer", "number", "kind", "binds", "articles", *_SHARED)
_ARTICLE_KEYS = ("key", "article", "number", "quote", *_SHARED)
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Article:
    """One version of a provision; ``label`` is empty where the article number is not verified.

    ``number`` replaces the law's own where the version has another ("2017年9月1日修正").
    """

    key: str
    label: str
    valid_from: date
    valid_until: date | None
    quote: str | None
    verified: str
    source: str
    checked_on: date
    condition: str = "any"
    number: str = ""
    note: str = ""

    def in_force(self, on: date) -> bool:
        """Whether it is law on that day (first and last day included)."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Law:
    """A statute, interpretation, rule or standard, and who it binds."""

    id: str
    title: str
    issuer: str
    number: str
    kind: str
    valid_from: date
    valid_until: date | None
    binds: str
    note: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class LawRegistry:
    """Every provision a rule may cite, by id."""

    laws: tuple[Law, ...]
    _versions: Mapping[str, tuple[tuple[Law, Article], ...]] = field(repr=False, compare=False)

    def ids(self) -> frozenset[str]:
        """All ids that can be cited."""
        return frozenset(self._versions)

    def articles(self) -> Iterator[tuple[Law, Article]]:
        """Every stored version with its law; paragraphs are not listed apart."""
        return ((law, article) for law in self.laws for article in law.articles)

    def cite(self, id: str, on: date) -> Basis | None:
        """The version in force on that day, or None if there was none; RuleError for an unknown id."""
        for law, article in self._known(id):
            if article.in_force(on):
                return _basis(id, law, article)
        return None

    def cite_for(self, id: str, on: date, *, lender: LenderType, borrower: BorrowerType) -> Basis | None:
        """Like :meth:`cite`, but None where it does not apply to them, and no condition where it surely does."""
        for law, article in self._known(id):
            holds = CONDITIONS[article.condition].holds(lender, borrower)
            if article.in_force(on) and holds is not Holds.NO:
                basis = _basis(id, law, article)
                return replace(basis, condition="") if holds is Holds.YES else basis
        return None

    def _known(self, id: str) -> tuple[tuple[Law, Article], ...]:
        if id not in self._versions:
            raise RuleError(f"法律依据 {id} 不在 rules/law/ 里。先在那里加上这一条。")
        return self._versions[id]


def load_law(folder: Traversable) -> LawRegistry:
    """Every ``*.yaml`` of the folder, one law each. Raises RuleError naming file, key and remedy."""
    laws = tuple(_law(file) for file in yaml_files(folder))
    versions: dict[str, tuple[tuple[Law, Article], ...]] = {}
    for law in laws:
        stored = {article.key for article in law.articles}
        derived = (part for article in law.articles for part in _paragraphs(law, article))
        for article in (*law.articles, *(part for part in derived if part.key not in stored)):
            id = f"{law.id}/{article.key}"
            versions[id] = (*versions.get(id, ()), (law, article))
    return LawRegistry(laws, versions)


def _basis(id: str, law: Law, article: Article) -> Basis:
    return Basis(
        id=id,
        title=law.title,
        article=article.label,
        issuer=law.issuer,
        number=article.number or law.number,
        valid_from=article.valid_from,
        valid_until=article.valid_until,
        quote=article.quote,
        source=article.source,
        verified=article.verified,
        checked_on=article.checked_on,
        condition=CONDITIONS[article.condition].text,
    )


def _law(file: Traversable) -> Law:
    where = f"law/{file.name}"
    raw = mapping(read_yaml(file), where)
    closed(raw, _LAW_KEYS, where)
    id = text(raw, "id", where)
    if file.name != f"{id}.yaml":
        raise RuleError(f"{where}：id 是 {id}，文件名就应是 {id}.yaml。")
    begin, end = _period(raw, where)
    law = Law(
        id=id,
        title=text(raw, "title", where),
        issuer=text(raw, "issuer", where),
        number=text(raw, "number", where, default=""),
        kind=_one_of(raw, "kind", KINDS, where),
        valid_from=begin,
        valid_until=end,
        binds=text(raw, "binds", where),
        note=text(raw, "note", where, default=""),
        articles=tuple(_article(item, raw, where) for item in items(raw, "articles", where)),
    )
    _check_periods(law, where)
    return law


def _article(item: object, law: Mapping[str, object], where: str) -> Article:
    own = mapping(item, f"{where} 的 articles")
    key = text(own, "key", f"{where} 的 articles")
    where = f"{where} 的 {key}"
    closed(own, _ARTICLE_KEYS, where)
    raw = {**{name: law[name] for name in _SHARED if name in law and name != "note"}, **own}
    begin, end = _period(raw, where)
    checked = day(raw, "checked_on", where)
    if checked is None:
        raise RuleError(f"{where}：缺少 checked_on。请写核对原文的日期，如 2026-11-23。")
    verified = _one_of(raw, "verified", VERIFIED, where)
    return Article(
        key=key,
        label=text(raw, "article", where, default=""),
        valid_from=begin,
        valid_until=end,
        quote=_quote(raw, verified, where),
        verified=verified,
        source=text(raw, "source", where),
        checked_on=checked,
        condition=_one_of({"condition": "any", **raw}, "condition", tuple(CONDITIONS), where),
        number=text(raw, "number", where, default=""),
        note=text(raw, "note", where, default=""),
    )


def _quote(raw: Mapping[str, object], verified: str, where: str) -> str | None:
    if raw.get("quote") is None:
        return None
    quote = text(raw, "quote", where)
    if not raw.get("source"):
        raise RuleError(f"{where}：有原文 quote 却没有来源 source。请写明抄自哪里，或把 quote 写成 null。")
    if verified == "recalled":
        raise RuleError(f"{where}：凭记忆（recalled）的条文不能有原文。请把 quote 写成 null，或核对后改 verified。")
    return quote


def _period(raw: Mapping[str, object], where: str) -> tuple[date, date | None]:
    begin, end = day(raw, "from", where), day(raw, "until", where)
    if begin is None:
        raise RuleError(f"{where}：缺少 from。请写施行日期，如 2021-01-01。")
    if end is not None and end < begin:
        raise RuleError(f"{where}：until {end} 早于 from {begin}。until 是有效的最后一天。")
    return begin, end


def _one_of(raw: Mapping[str, object], key: str, allowed: tuple[str, ...], where: str) -> str:
    value = text(raw, key, where)
    if value not in allowed:
        raise RuleError(f"{where}：{key} 不能是“{value}”，可用：{'、'.join(allowed)}。")
    return value


def _check_periods(law: Law, where: str) -> None:
    """Versions of one key must not overlap, and none may outlive its law."""
    ordered = sorted(law.articles, key=lambda article: (article.key, article.valid_from))
    for article in ordered:
        if article.valid_from < law.valid_from or (law.valid_until and not article.valid_until):
            raise RuleError(f"{where} 的 {article.key}：有效期超出了整部文件的 from / until。请改其中一个。")
    for one, other in pairwise(ordered):
        if one.key == other.key and other.in_force(one.valid_until or date.max):
            raise RuleError(f"{where} 的 {one.key}：两个版本的有效期重叠（{other.valid_from}）。请给旧版本写 until。")


def _paragraphs(law: Law, article: Article) -> Iterator[Article]:
    """``N-1``, ``N-2`` … of a statute's article quoted in full; list items belong to their paragraph."""
    if law.kind != "law" or not article.quote:
        return
    parts: list[str] = []
    for line in article.quote.splitlines():
        if parts and re.match(r"（[一二三四五六七八九十]+）", line):
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    if len(parts) > 1:
        for number, (numeral, part) in enumerate(zip(_NUMERALS, parts, strict=False), 1):
            yield replace(article, key=f"{article.key}-{number}", label=f"{article.label}第{numeral}款", quote=part)
