"""JSON, the format other programs build on."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from contract_scan.model import Fact, Report, Span
from contract_scan.render import encode, render

from .factory import long_report, quiet, report


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(files("contract_scan.render").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def load(made: Report) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(render(made, "json"))
    return tree


@pytest.mark.parametrize("made", [report(), quiet(), quiet(""), long_report(3000, 9)])
def test_every_report_obeys_the_schema(made: Report, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(load(made))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "extra"), 1),
        (("findings", 0, "evidence", 0, "start"), -1),
        (("findings", 0, "basis", 0, "from"), "2021-13-01"),
        (("contract", "as_of"), None),
        (("undetermined", 0, "reason"), ""),
        (("schema",), "contract-scan-report/2"),
    ],
)
def test_the_schema_refuses_what_is_wrong(
    path: tuple[str | int, ...], value: object, validator: jsonschema.Draft202012Validator
) -> None:
    tree = load(report())
    node: Any = tree
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert not validator.is_valid(tree)


def test_quotations_are_slices_of_the_text_that_was_read() -> None:
    made = report()
    tree = load(made)
    places = [place for item in tree["findings"] + tree["facts"] for place in item["evidence"]]
    assert len(places) > 15
    for place in places:
        assert made.source.text[place["start"] : place["end"]] == place["quote"]


def test_a_finding_has_exactly_the_published_keys() -> None:
    one = load(report())["findings"][0]
    assert list(one) == [
        "rule",
        "category",
        "title",
        "severity",
        "effect",
        "effect_text",
        "confidence",
        "message",
        "ask",
        "notes",
        "basis",
        "evidence",
        "fingerprint",
    ]
    assert list(one["evidence"][0]) == ["start", "end", "quote", "clause", "page", "boxes"]
    assert list(one["basis"][0]) == [
        "law",
        "title",
        "article",
        "issuer",
        "number",
        "from",
        "until",
        "quote",
        "source",
        "verified",
        "checked_on",
        "condition",
    ]


def test_numbers_are_strings_and_dates_iso() -> None:
    tree = load(report())
    values = {fact["role"]: fact["value"] for fact in tree["facts"]}
    assert values["principal"] == "20000.00"
    assert values["contract"] == "0.65"
    assert values["overdue"] is None
    assert values["signed"] == "2026-09-28"
    assert tree["contract"]["signed_on"] == "2026-09-28"
    assert load(quiet())["contract"]["signed_on"] is None
    assert tree["findings"][0]["basis"][0]["until"] is None


def test_a_derived_fact_points_to_what_it_was_computed_from() -> None:
    made = report()
    read = Fact("amount", "principal", Decimal("2E+4"), "yuan", span=Span(0, 2))
    twice = Fact("amount", "received", Decimal(1), "yuan", derived_from=(read, Fact("fee", derived_from=(read,))))
    tree = load(replace(made, contract=replace(made.contract, facts=(read, twice))))
    assert tree["facts"][0]["value"] == "20000"
    assert tree["facts"][1]["derived"] is True
    assert tree["facts"][1]["evidence"] == tree["facts"][0]["evidence"]


def test_what_was_not_judged_and_what_was_assumed_is_there() -> None:
    tree = load(report())
    assert tree["undetermined"][1] == {
        "rule": "rate-licensed-above-24",
        "title": "年化是否超过 24%",
        "reason": "还款计划在没读出的第 4 页。<i>",
    }
    assert tree["coverage"]["unread"] == [4]
    assert tree["assumptions"] == ["借款人按个人消费者看。"]
    assert tree["lender"]["channels"][0]["phone"] == "12345"
    assert tree["cost"] is None


def test_boxes_without_a_position_are_left_out() -> None:
    made = report()
    place = made.findings[0].evidence[0]
    nowhere = replace(place.boxes[0], x0=float("nan"))
    evidence = replace(place, boxes=(nowhere, *place.boxes))
    tree = load(replace(made, findings=(replace(made.findings[0], evidence=(evidence,)),)))
    assert tree["findings"][0]["evidence"][0]["boxes"] == [
        {"page": 1, "x0": 70.0, "top": 100.0, "x1": 300.12, "bottom": 114.0}
    ]


def test_chinese_stays_readable_and_lone_surrogates_can_be_written() -> None:
    made = quiet("借款\ud83d合同\n", assumptions=("假设\ude00。",))
    text = render(made, "json")
    assert "在读到的部分" in text
    assert json.loads(encode(text).decode("utf-8"))["assumptions"] == ["假设\ufffd。"]


def test_same_report_same_bytes() -> None:
    assert encode(render(report(), "json")) == encode(render(report(), "json"))
