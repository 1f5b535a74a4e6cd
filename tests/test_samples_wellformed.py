"""The samples and their hand-written expectations are in order; says nothing about what a scan finds."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

from contract_scan.model import BorrowerType, ContractKind, Jurisdiction, LenderType, Severity
from samples.build import BUILDERS, HERE, header_of, plain_text

CATALOGUE = (Path(__file__).parent / "catalogue_ids.txt").read_text("utf-8").split()
SAMPLES = sorted(path.parent for path in HERE.glob("*/expected.yaml"))
REQUIRED = {
    "kind": set(ContractKind),
    "lender_type": set(LenderType),
    "borrower_type": set(BorrowerType),
    "jurisdiction": set(Jurisdiction),
}
LABEL_KEYS = {"id", "quote", "certainty", "note"}
FACT_KEYS = {"kind", "role", "value", "unit", "per", "base", "timing", "payee", "quote"}
ENCODINGS = {"private-note": "gb18030", "platform-service": "utf-16", "taiwan-note": "big5"}

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)


def expected(sample: Path) -> dict:
    return yaml.safe_load((sample / "expected.yaml").read_text("utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def source_text(sample: Path) -> str:
    source = sample / "source.txt"
    return plain_text(source.read_text("utf-8")) if source.exists() else (sample / "contract.txt").read_text("utf-8")


def pdf_text(data: bytes, header: str) -> str:
    """All pages without running header and page number."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    text = squeezed("".join(pages)).replace(squeezed(header), "")
    return re.sub(r"第\d+页共\d+页", "", text)


def docx_text(data: bytes) -> str:
    """Body text in reading order, insertions accepted and deletions left out."""
    return "".join(run.text or "" for run in Document(io.BytesIO(data)).element.body.iter(qn("w:t")))


def contract_text(sample: Path) -> str:
    contract = next(sample.glob("contract.*"))
    data = contract.read_bytes()
    if contract.suffix == ".pdf":
        return pdf_text(data, header_of((sample / "source.txt").read_text("utf-8")))
    return docx_text(data) if contract.suffix == ".docx" else data.decode(ENCODINGS.get(sample.name, "utf-8"))


def all_quotes(sheet: dict) -> list[str]:
    return [entry["quote"] for part in ("problems", "near_misses", "facts") for entry in sheet[part]]


def test_the_catalogue_has_136_ids() -> None:
    assert len(CATALOGUE) == len(set(CATALOGUE)) == 136


def test_every_built_sample_has_its_source_and_nothing_else_has() -> None:
    assert {path.parent.name for path in HERE.glob("*/source.txt")} == set(BUILDERS)


@each_sample
def test_the_sheet_uses_known_values(sample: Path) -> None:
    sheet = expected(sample)
    assert set(sheet) - {"tolerate"} == {
        *REQUIRED, "signed_on", "options", "problems", "missing", "near_misses", "facts"
    }  # fmt: skip
    for key, values in REQUIRED.items():
        assert sheet[key] in values
    assert isinstance(sheet["signed_on"], date)
    assert isinstance(sheet["options"]["as_of"], date)
    assert sheet.get("tolerate", "low") in set(Severity)


@each_sample
def test_labels_name_problems_of_the_catalogue(sample: Path) -> None:
    sheet = expected(sample)
    labels = [*sheet["problems"], *sheet["near_misses"]]
    assert {label["id"] for label in labels} | set(sheet["missing"]) <= set(CATALOGUE)
    for label in labels:
        assert set(label) <= LABEL_KEYS
        assert label.get("certainty", "sure") in {"sure", "arguable"}


@each_sample
def test_no_id_is_labelled_twice_for_the_same_words(sample: Path) -> None:
    sheet = expected(sample)
    for part in ("problems", "near_misses"):
        pairs = [(entry["id"], entry["quote"]) for entry in sheet[part]]
        assert len(pairs) == len(set(pairs))


@each_sample
def test_what_is_missing_is_not_quoted_too(sample: Path) -> None:
    sheet = expected(sample)
    assert not set(sheet["missing"]) & {entry["id"] for entry in sheet["problems"]}


@each_sample
def test_no_near_miss_lies_on_a_problem_of_the_same_id(sample: Path) -> None:
    sheet, text = expected(sample), squeezed(source_text(sample))

    def places(part: str) -> list[tuple[str, int, int]]:
        found = [(entry["id"], squeezed(entry["quote"])) for entry in sheet[part]]
        return [(rule, text.index(quote), text.index(quote) + len(quote)) for rule, quote in found]

    for rule, start, end in places("near_misses"):
        assert not any(r == rule and s < end and start < e for r, s, e in places("problems")), rule


@each_sample
def test_every_quote_stands_in_the_contract_exactly_once(sample: Path) -> None:
    text = squeezed(source_text(sample))
    wrong = {quote: count for quote in all_quotes(expected(sample)) if (count := text.count(squeezed(quote))) != 1}
    assert not wrong


@each_sample
def test_the_contract_file_reads_like_its_source(sample: Path) -> None:
    assert squeezed(contract_text(sample)) == squeezed(source_text(sample))


@each_sample
def test_facts_are_written_as_the_model_writes_them(sample: Path) -> None:
    for fact in expected(sample)["facts"]:
        assert set(fact) <= FACT_KEYS
        value = fact["value"]
        if fact["kind"] in {"amount", "rate", "fee", "term"}:
            assert value is None or Decimal(value) >= 0
        elif fact["kind"] == "date":
            assert date.fromisoformat(value)


def test_the_samples_speak_of_nearly_every_problem() -> None:
    sheets = [expected(sample) for sample in SAMPLES]
    sure = {p["id"] for sheet in sheets for p in sheet["problems"] if p.get("certainty") != "arguable"}
    assert len(sure | {rule for sheet in sheets for rule in sheet["missing"]}) >= 130


def test_the_negated_probe_differs_only_in_its_two_traps() -> None:
    probe, negated = (expected(HERE / name)["problems"] for name in ("probe", "probe-negated"))
    assert [entry for entry in probe if entry["id"] != "rate-compound-interest"] == negated
    assert "不计收复利" in source_text(HERE / "probe-negated")
    assert "转让须经甲方书面同意" in source_text(HERE / "probe-negated")
