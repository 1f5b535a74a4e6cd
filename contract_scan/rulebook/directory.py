"""Who is this lender, how to check it, where to complain: the data of ``rules/directory``.

A name is only a clue. Nothing here says that a licence exists; channels without a source or a date, and phone
numbers known from memory, are kept in the data for a person to verify and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import TypeVar

from contract_scan.errors import RuleError
from contract_scan.model import Channel, LenderCheck, LenderType, VerifyStep
from contract_scan.rulebook.reading import closed, items, mapping, read_yaml, text, texts

VERIFIED = ("verified", "recalled")
_PROFILE_KEYS = ("id", "lender_type", "default", "type_name", "looks", "licence", "hint", "note", "steps", "channels")
_CHANNEL_KEYS = ("id", "body", "phone", "site", "for_what", "not_for", "source", "source_date", "verified")
_STEP_KEYS = ("id", "what", "where", "how", "source", "verified")
_BRACKETS = str.maketrans("（）［］【】", "()()()")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Profile:
    """What we say about one kind of counterparty.

    ``looks`` is what a name of this kind suggests. ``default``: used when a name settles nothing.
    """

    id: str
    lender_type: LenderType
    default: bool
    type_name: str
    looks: str
    licence: str
    hint: str
    note: str
    steps: tuple[VerifyStep, ...]
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """Profiles, the name patterns that lead to them, all channels that may be shown, first aid after a fraud."""

    profiles: Mapping[str, Profile]
    names: tuple[tuple[re.Pattern[str], str], ...]
    channels: Mapping[str, Channel]
    emergency: tuple[str, ...]

    def lender_type_of(self, name: str) -> LenderType | None:
        """The lender type a registered name points to; UNKNOWN for one that is no lender; None: no clue."""
        profile = self._named(name)
        return profile.lender_type if profile else None

    def check(self, lender_type: LenderType, name: str, *, licence_number: str = "") -> LenderCheck:
        """How to verify this lender and where to turn; *licence_number* as the contract states it."""
        named = self._named(name)
        profile = named if named and named.lender_type is lender_type else self._default(lender_type)
        return LenderCheck(
            type_name=profile.type_name,
            hint=_lead(profile, named, name) + profile.hint,
            licence=profile.licence,
            licence_number=licence_number,
            steps=profile.steps,
            channels=profile.channels,
            note=profile.note,
        )

    def _named(self, name: str) -> Profile | None:
        plain = plain_name(name)
        return next((self.profiles[id] for pattern, id in self.names if pattern.search(plain)), None)

    def _default(self, lender_type: LenderType) -> Profile:
        return next(p for p in self.profiles.values() if p.default and p.lender_type is lender_type)


def plain_name(name: str) -> str:
    """A registered name without labels, bracketed places, 以下简称… and branch suffixes."""
    plain = re.sub(r"[\s“”\"'《》]", "", name.translate(_BRACKETS))
    plain = re.sub(r"^(?:[^:：]{0,6}名称|姓名|贷款人|出借人|[甲乙丙丁]方)[:：]", "", plain)
    plain = re.sub(r"\([^()\d]*\)", "", plain)
    plain = re.sub(r"[,，(](?:以下|下称).*$", "", plain)
    return re.sub(r"^(.*公司).*(?:分公司|支公司|营业部)$", r"\1", plain)


def load_directory(folder: Traversable) -> Directory:
    """``channels.yaml``, ``steps.yaml``, ``profiles.yaml`` and ``names.yaml``. Raises RuleError."""
    raw = _file(folder, "channels.yaml", "channels", "emergency")
    emergency = texts(raw, "emergency", "directory/channels.yaml")
    channels = dict(_channel(mapping(item, where), where) for item, where in _listed(raw, "channels"))
    raw = _file(folder, "steps.yaml", "steps")
    steps = dict(_step(mapping(item, where), where) for item, where in _listed(raw, "steps"))
    raw = _file(folder, "profiles.yaml", "profiles")
    read = [_profile(mapping(item, where), where, channels, steps) for item, where in _listed(raw, "profiles")]
    profiles = {profile.id: profile for profile in read}
    _one_default_each(read)
    raw = _file(folder, "names.yaml", "names")
    names = tuple(_name(mapping(item, where), where, profiles) for item, where in _listed(raw, "names"))
    return Directory(profiles, names, {id: found for id, found in channels.items() if found}, emergency)


def _lead(profile: Profile, named: Profile | None, name: str) -> str:
    if not name:
        return "合同没有写清出借人的登记全称。"
    if named is profile or profile.lender_type is LenderType.UNKNOWN:
        return f"“{name}”：{profile.looks}"
    return f"“{name}”：从名称看不准，按合同的写法像{profile.type_name}，请核对。"


def _file(folder: Traversable, name: str, *keys: str) -> dict[str, object]:
    raw = mapping(read_yaml(folder / name), f"directory/{name}")
    closed(raw, keys, f"directory/{name}")
    return raw


def _listed(raw: Mapping[str, object], key: str) -> list[tuple[object, str]]:
    where = f"directory/{key}.yaml"
    return [(item, f"{where} 第 {number} 项") for number, item in enumerate(items(raw, key, where), 1)]


def _channel(raw: Mapping[str, object], where: str) -> tuple[str, Channel | None]:
    """A channel, or None in its place when it may not be shown."""
    closed(raw, _CHANNEL_KEYS, where)
    id, verified = text(raw, "id", where), _verified(raw, where)
    source, when = (text(raw, key, where, default="") for key in ("source", "source_date"))
    channel = Channel(
        id=id,
        body=text(raw, "body", where),
        phone=text(raw, "phone", where, default="") if verified == "verified" else "",
        site=text(raw, "site", where, default=""),
        for_what=text(raw, "for_what", where),
        not_for=text(raw, "not_for", where),
        source=source,
        source_date=when,
        verified=verified,
    )
    if verified == "verified" and not (source and when):
        raise RuleError(f"{where}：{id} 写着 verified，却没有 source 和 source_date。请补上，或改成 recalled。")
    return id, channel if source and when else None


def _step(raw: Mapping[str, object], where: str) -> tuple[str, VerifyStep | None]:
    closed(raw, _STEP_KEYS, where)
    step = VerifyStep(
        what=text(raw, "what", where),
        where=text(raw, "where", where, default=""),
        how=text(raw, "how", where),
        source=text(raw, "source", where, default=""),
        verified=_verified(raw, where),
    )
    return text(raw, "id", where), step if step.source else None


def _profile(
    raw: Mapping[str, object],
    where: str,
    channels: Mapping[str, Channel | None],
    steps: Mapping[str, VerifyStep | None],
) -> Profile:
    closed(raw, _PROFILE_KEYS, where)
    lender_type = text(raw, "lender_type", where)
    if lender_type not in set(LenderType):
        raise RuleError(f"{where}：lender_type 不能是“{lender_type}”，可用：{'、'.join(LenderType)}。")
    return Profile(
        id=text(raw, "id", where),
        lender_type=LenderType(lender_type),
        default=raw.get("default") is True,
        type_name=text(raw, "type_name", where),
        looks=text(raw, "looks", where, default=f"名称像{raw.get('type_name')}。"),
        licence=text(raw, "licence", where),
        hint=text(raw, "hint", where),
        note=text(raw, "note", where, default=""),
        steps=_shown(texts(raw, "steps", where), steps, where),
        channels=_shown(texts(raw, "channels", where), channels, where),
    )


def _shown(ids: tuple[str, ...], known: Mapping[str, T | None], where: str) -> tuple[T, ...]:
    for id in ids:
        if id not in known:
            raise RuleError(f"{where}：没有 {id} 这一项，可用：{'、'.join(known)}。")
    return tuple(found for id in ids if (found := known[id]) is not None)


def _name(raw: Mapping[str, object], where: str, profiles: Mapping[str, Profile]) -> tuple[re.Pattern[str], str]:
    closed(raw, ("profile", "pattern"), where)
    profile = text(raw, "profile", where)
    if profile not in profiles:
        raise RuleError(f"{where}：没有 {profile} 这个 profile，可用：{'、'.join(profiles)}。")
    try:
        return re.compile(text(raw, "pattern", where)), profile
    except re.error as error:
        raise RuleError(f"{where}：pattern 不是有效的正则表达式（{error}）。") from error


def _verified(raw: Mapping[str, object], where: str) -> str:
    value = text(raw, "verified", where)
    if value not in VERIFIED:
        raise RuleError(f"{where}：verified 不能是“{value}”，可用：{'、'.join(VERIFIED)}。")
    return value


def _one_default_each(profiles: list[Profile]) -> None:
    for lender_type in LenderType:
        if sum(p.default and p.lender_type is lender_type for p in profiles) != 1:
            raise RuleError(f"directory/profiles.yaml：{lender_type} 要有且只有一个 default: true 的 profile。")
