"""Dated numbers: the LPR and the lines that law and regulators draw.

A value holds from its ``from`` until the day before the next one (or its own ``until``), and no further than
``known_until``, the last day somebody checked. Past that there is no answer, except where the parameter says
``past_known: last-value`` (the LPR): then the last value comes flagged stale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable
from itertools import pairwise

from contract_scan.errors import RuleError
from contract_scan.rulebook.reading import closed, day, items, mapping, number, read_yaml, text, yaml_files

UNITS = (
    "percent-per-year",
    "percent-per-month",
    "percent-of-contract-rate",
    "percent-of-contract-amount",
    "percent-over-loss",
)
_KEYS = (
    "id",
    "title",
    "unit",
    "binds",
    "basis",
    "known_until",
    "past_known",
    "note",
    "values",
    "multiple",
    "of",
)
_VALUE_KEYS = ("from", "until", "value", "source")


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A number as it stood on a day.

    ``stale``: nobody has checked that day; say the date it is from and ask to verify. ``basis`` is a law id
    ("" for the LPR itself), ``binds`` says in Chinese whom it concerns, ``note`` what crossing it means.
    """

    id: str
    title: str
    value: Decimal
    unit: str
    valid_from: date
    valid_until: date | None
    known_until: date | None
    source: str
    basis: str
    binds: str
    note: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number with its history (ascending); a derived one has a ``multiple`` of another, and no history."""

    id: str
    title: str
    unit: str
    binds: str
    basis: str
    note: str
    known_until: date | None
    keeps_last: bool
    values: tuple[DatedValue, ...]
    multiple: Decimal = Decimal(1)
    of: str = ""

    def on(self, when: date) -> DatedValue | None:
        """Its own value on a day (derived parameters: :meth:`Parameters.on`)."""
        found = [value for value in self.values if value.valid_from <= when]
        if not found or (found[-1].valid_until is not None and found[-1].valid_until < when):
            return None
        past = self.known_until is not None and when > self.known_until
        if past and not self.keeps_last:
            return None
        return replace(found[-1], stale=past)


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters by id."""

    by_id: Mapping[str, Parameter]

    def ids(self) -> frozenset[str]:
        """All parameter ids."""
        return frozenset(self.by_id)

    def on(self, id: str, when: date) -> DatedValue | None:
        """The value on that day, or None if unknown then; RuleError for an unknown id."""
        if id not in self.by_id:
            raise RuleError(f"参数 {id} 不在 rules/parameters/ 里。可用：{'、'.join(sorted(self.by_id))}。")
        parameter = self.by_id[id]
        if not parameter.of:
            return parameter.on(when)
        base = self.on(parameter.of, when)
        return base and replace(
            base,
            id=parameter.id,
            title=parameter.title,
            value=base.value * parameter.multiple,
            unit=parameter.unit,
            basis=parameter.basis,
            binds=parameter.binds,
            note=parameter.note,
        )

    def supplied(self, id: str, value: Decimal, when: date) -> Parameters:
        """The same, with a value the user gives for that day and after (``--lpr``); it is not stale."""
        old = self.by_id[id]
        kept = tuple(known for known in old.values if known.valid_from < when)
        given = replace(old.values[-1], value=value, valid_from=when, known_until=None, source="用户提供")
        return Parameters({**self.by_id, id: replace(old, values=(*kept, given), known_until=None)})


def load_parameters(folder: Traversable) -> Parameters:
    """Every ``*.yaml`` of the folder. Raises RuleError naming file, key and remedy."""
    found: dict[str, Parameter] = {}
    for file in yaml_files(folder):
        where = f"parameters/{file.name}"
        raw = mapping(read_yaml(file), where)
        closed(raw, ("parameters",), where)
        for item in items(raw, "parameters", where):
            parameter = _parameter(mapping(item, where), where)
            if parameter.id in found:
                raise RuleError(f"{where}：参数 {parameter.id} 已经有了。请换一个 id，或删去一个。")
            found[parameter.id] = parameter
    _check_bases(found)
    return Parameters(found)


def _parameter(raw: Mapping[str, object], where: str) -> Parameter:
    id = text(raw, "id", where)
    where = f"{where} 的 {id}"
    closed(raw, _KEYS, where)
    if ("values" in raw) == ("of" in raw):
        raise RuleError(f"{where}：要么写 values（历次数值），要么写 of 和 multiple（另一参数的几倍）。")
    unit = text(raw, "unit", where)
    if unit not in UNITS:
        raise RuleError(f"{where}：unit 不能是“{unit}”，可用：{'、'.join(UNITS)}。")
    past = text(raw, "past_known", where, default="")
    if past not in ("", "last-value"):
        raise RuleError(f"{where}：past_known 只能是 last-value（过期后沿用并提示核对）。")
    parameter = Parameter(
        id=id,
        title=text(raw, "title", where),
        unit=unit,
        binds=text(raw, "binds", where),
        basis=text(raw, "basis", where, default=""),
        note=text(raw, "note", where, default=""),
        known_until=day(raw, "known_until", where),
        keeps_last=past == "last-value",
        values=(),
        multiple=number(raw, "multiple", where) if "of" in raw else Decimal(1),
        of=text(raw, "of", where, default=""),
    )
    return parameter if parameter.of else replace(parameter, values=_values(raw, parameter, where))


def _values(raw: Mapping[str, object], parameter: Parameter, where: str) -> tuple[DatedValue, ...]:
    read = [_value(mapping(item, where), parameter, where) for item in items(raw, "values", where)]
    for one, other in pairwise(read):
        if other.valid_from <= (one.valid_until or one.valid_from):
            raise RuleError(
                f"{where}：values 要按日期从早到晚，{one.valid_from} 与 {other.valid_from} 次序不对或重叠。"
            )
    return tuple(read)


def _value(raw: Mapping[str, object], parameter: Parameter, where: str) -> DatedValue:
    closed(raw, _VALUE_KEYS, f"{where} 的 values")
    begin = day(raw, "from", where)
    if begin is None:
        raise RuleError(f"{where}：values 的每一项都要写 from，如 2024-10-21。")
    return DatedValue(
        id=parameter.id,
        title=parameter.title,
        value=number(raw, "value", where),
        unit=parameter.unit,
        valid_from=begin,
        valid_until=day(raw, "until", where),
        known_until=parameter.known_until,
        source=text(raw, "source", where),
        basis=parameter.basis,
        binds=parameter.binds,
        note=parameter.note,
    )


def _check_bases(found: Mapping[str, Parameter]) -> None:
    for parameter in found.values():
        if parameter.of and (parameter.of not in found or found[parameter.of].of):
            raise RuleError(
                f"参数 {parameter.id} 的 of：{parameter.of} 不是有数值的参数。请写一个有 values 的参数的 id。"
            )
