"""The three formats: hostile text stays text, quotations are exact, the page needs nothing from outside."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from contract_scan.checks import Engine
from contract_scan.cli import main
from contract_scan.compare import compare_advert, compare_offers, compare_versions
from contract_scan.render.compare_html import render_compare_html
from contract_scan.render.compare_json import render_compare_json
from contract_scan.render.compare_text import compare_lines, render_compare_text
from contract_scan.render.compare_view import Comparison
from tests.compare.reading import loan, report

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EVIL = '{{ 7*7 }}<script>alert(1)</script> <img src=x onerror=alert(2)> "]]> &amp; [red]x[/red] \x1b[31m\u202e倒\u202c'
OLD = loan(transfer=f"甲方转让债权的，无需通知乙方{EVIL}。")
NEW = loan(rate=f"年利率15%，按月等额本息还款{EVIL}。", prepay="", other=f"乙方另付服务费600元{EVIL}。")
ADVERT = f"月费率0.6%{EVIL}，无任何手续费，提前还款无违约金"
KINDS = ("offers", "versions", "advert")


def comparison(kind: str, engine: Engine) -> Comparison:
    old, new = report(OLD, engine), report(NEW, engine)
    if kind == "advert":
        return compare_advert(report(ADVERT, engine), new)
    return compare_offers(old, new) if kind == "offers" else compare_versions(old, new)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_shown_as_text(kind: str, engine: Engine) -> None:
    page = render_compare_html(comparison(kind, engine))
    assert not re.search(r"<(?:script|img|iframe|link|object)", page)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page  # a template in the text is text


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_needs_nothing_from_outside(kind: str, engine: Engine) -> None:
    page = render_compare_html(comparison(kind, engine))
    assert "default-src 'none'" in page
    assert not re.search(r'<[^>]*\s(?:src|href)="(?!#)', page)
    targets = set(re.findall(r'href="#([^"]+)"', page)) - {"main"}
    assert targets <= set(re.findall(r'id="([^"]+)"', page)), "every link within the page has its end"


@pytest.mark.parametrize("kind", KINDS)
def test_terminal_lines_are_harmless(kind: str, engine: Engine) -> None:
    found = comparison(kind, engine)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]", render_compare_text(found))
    assert "不是法律意见" in compare_lines(found)[-1].text


@pytest.mark.parametrize("kind", KINDS)
def test_json_says_what_kind_it_is_and_is_the_same_each_time(kind: str, engine: Engine) -> None:
    first, second = (render_compare_json(comparison(kind, engine)) for _ in range(2))
    assert first == second
    assert json.loads(first)["kind"] == kind


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    folder = resources.files("contract_scan.render")
    schema = json.loads(folder.joinpath("compare.schema.json").read_text("utf-8"))
    reports = json.loads(folder.joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$defs"]["cost"] == reports["$defs"]["cost"], "one cost card, described twice"
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("kind", KINDS)
def test_every_comparison_obeys_the_schema(
    kind: str, engine: Engine, validator: jsonschema.Draft202012Validator
) -> None:
    validator.validate(json.loads(render_compare_json(comparison(kind, engine))))


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("offers", ("left", "sha256"), "no hash"),
        ("offers", ("difference",), 3.5),
        ("offers", ("both",), [{"left": {}}]),
        ("versions", ("clauses", 0, "shift"), "vanished"),
        ("versions", ("problems", 0, "fate"), ""),
        ("versions", ("similarity",), 2),
        ("advert", ("checks", 0, "match"), "maybe"),
        ("advert", ("checks", 0, "place", "start"), -1),
        ("advert", ("kind",), "offers"),
    ],
)
def test_the_schema_refuses_what_no_comparison_says(
    kind: str, path: tuple[str | int, ...], value: object, engine: Engine, validator: jsonschema.Draft202012Validator
) -> None:
    tree = json.loads(render_compare_json(comparison(kind, engine)))
    at = tree
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert not validator.is_valid(tree)


def test_json_quotes_are_the_text_at_their_offsets(engine: Engine) -> None:
    tree = json.loads(render_compare_json(comparison("advert", engine)))
    assert tree["checks"]
    for check in tree["checks"]:
        place = check["place"]
        assert ADVERT[place["start"] : place["end"]] == place["quote"]
        assert all(NEW[piece["start"] : piece["end"]] == piece["quote"] for piece in check["written"])


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["compare", *(str(argument) for argument in arguments)])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    old, new, advert = (tmp_path / name for name in ("旧版.txt", "新版.txt", "广告.txt"))
    old.write_text(loan(), "utf-8")
    new.write_text(loan(rate="年利率15%，按月等额本息还款。"), "utf-8")
    advert.write_text("年化利率12%，提前还款无违约金", "utf-8")
    return old, new, advert


class TestCommand:
    def test_versions_are_recognised(self, files: tuple[Path, Path, Path]) -> None:
        result = run(files[0], files[1])
        assert result.exit_code == 0, result.output
        assert "新版和旧版改了什么" in result.output
        assert "〔删：12〕〔增：15〕" in result.output

    def test_offers_when_asked_for(self, files: tuple[Path, Path, Path]) -> None:
        output = run(files[0], files[1], "--offers").output
        assert "两份合同比一比" in output
        assert "A 低 3.00 个百分点" in output

    def test_two_samples_are_offers(self) -> None:
        bank, platform = (SAMPLES / name / "contract.txt" for name in ("fair-private-loan", "platform-three-party"))
        result = run(bank, platform, "--format", "json")
        assert result.exit_code == 0, result.output
        tree = json.loads(result.stdout)
        assert tree["kind"] == "offers"
        assert tree["only_left"] == []
        assert tree["only_right"]

    def test_an_advertisement(self, files: tuple[Path, Path, Path]) -> None:
        output = run(files[1], "--advert", files[2]).output
        assert "[不一致] 利率：“年化利率12%”" in output
        assert "[一致] 提前还款" in output

    def test_the_page_lies_beside_the_first_file(self, files: tuple[Path, Path, Path]) -> None:
        result = run(files[0], files[1], "-f", "html")
        page = files[0].with_name("旧版.对比.html")
        assert page.name in result.output.replace("\n", "")
        assert page.read_text("utf-8").startswith("<!doctype html>")

    @pytest.mark.parametrize(
        "arguments", [("only.txt",), ("a.txt", "b.txt", "c.txt"), ("a.txt", "b.txt", "--advert", "c.txt")]
    )
    def test_the_wrong_number_of_files_is_explained(self, arguments: tuple[str, ...]) -> None:
        result = run(*arguments)
        assert result.exit_code == 2
        assert "--advert" in result.output

    def test_a_file_that_is_not_there(self, files: tuple[Path, Path, Path], tmp_path: Path) -> None:
        result = run(files[0], tmp_path / "没有.txt")
        assert result.exit_code == 2
        assert "没有.txt" in result.output
