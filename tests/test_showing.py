"""--pages, --annotate and --mask as a user types them; and what stays on the disk afterwards: nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contract_scan.cli import main

from .evidence.made import LINES, contract_pdf, word

SECRET = "祝清和"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "借款合同.pdf"
    path.write_bytes(contract_pdf(2))
    return path


def html(contract: Path) -> str:
    return contract.with_name("借款合同.报告.html").read_text("utf-8")


@pytest.mark.parametrize(("options", "pictures"), [((), 1), (("--pages", "none"), 0), (("--pages", "all"), 2)])
def test_pages_stand_in_the_report(contract: Path, options: tuple[str, ...], pictures: int) -> None:
    assert run("scan", contract, *options).exit_code == 0
    assert html(contract).count("data:image/webp;base64,") == pictures


def test_the_annotated_copy_leaves_the_original_alone(contract: Path) -> None:
    before, copy = contract.read_bytes(), contract.with_name("批注.pdf")
    result = run("scan", contract, "--annotate", copy)
    assert result.exit_code == 0
    assert "原文件没有改动" in result.stderr
    assert copy.read_bytes().startswith(b"%PDF")
    assert contract.read_bytes() == before


def test_word_gets_comments(tmp_path: Path) -> None:
    path = tmp_path / "合同.docx"
    path.write_bytes(word())
    assert run("scan", path, "--annotate", tmp_path / "批注.docx").exit_code == 0
    assert (tmp_path / "批注.docx").read_bytes().startswith(b"PK")


def test_masked_reports_have_stars_and_no_pictures(contract: Path) -> None:
    assert run("scan", contract, "--mask").exit_code == 0
    text = html(contract)
    assert SECRET not in text
    assert "＊＊＊" in text
    assert "data:image/webp" not in text


@pytest.mark.parametrize("format_", ["json", "text", "md"])
def test_masked_words_are_masked_everywhere(contract: Path, format_: str) -> None:
    assert SECRET not in run("scan", contract, "--mask", "--format", format_).stdout


def test_the_summary_on_the_screen_is_masked_too(contract: Path) -> None:
    assert SECRET not in run("scan", contract, "--mask").output


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--mask", "--annotate", "批注.pdf"), "遮不住底下的文字"),
        (("--mask", "--pages", "all"), "遮不住底下的文字"),
        (("--mask", "--pages", "findings"), "--mask 不能和 --pages findings 一起用"),
        (("--pages", "all", "--format", "json"), "只能用在 HTML 报告里"),
        (("--annotate", "批注.docx"), "PDF 只能写成 PDF"),
        (("--annotate", "借款合同.pdf"), "原件不会被改动"),
        (("--annotate", "没有/这个/批注.pdf"), "写不了"),
    ],
)
def test_what_cannot_be_done_is_said(
    contract: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], reason: str
) -> None:
    monkeypatch.chdir(contract.parent)
    before = contract.read_bytes()
    result = run("scan", contract, *options)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert contract.read_bytes() == before


def test_one_annotated_copy_is_of_one_contract(contract: Path) -> None:
    result = run("scan", contract, contract, "--annotate", contract.with_name("批注.pdf"))
    assert result.exit_code == 2
    assert "一次只能批注一份合同" in result.stderr


def test_letters_are_masked_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "合同.txt"
    path.write_text("\n".join(LINES).replace("通知乙方", f"通知{SECRET}"), "utf-8")
    assert SECRET not in run("letter", path).stdout
    assert SECRET in run("letter", path, "--no-mask").stdout


def test_comparisons_can_be_masked(tmp_path: Path) -> None:
    old, new = tmp_path / "旧.txt", tmp_path / "新.txt"
    old.write_text("\n".join(LINES), "utf-8")
    new.write_text("\n".join(LINES).replace("第四条 乙方", f"第四条 {SECRET}"), "utf-8")
    assert SECRET in run("compare", old, new, "--versions").output
    assert SECRET not in run("compare", old, new, "--versions", "--mask").output


def test_nothing_of_the_contract_is_left_behind(contract: Path, tmp_path: Path) -> None:
    """A scan with home, cache and temporary folders of its own: only the report it was asked for holds the words."""
    places = {name: tmp_path / name.lower() for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    for place in places.values():
        place.mkdir()
    out = tmp_path / "报告.html"
    command = [sys.executable, "-m", "contract_scan", "scan", str(contract), "-o", str(out), "--pages", "all"]
    environment = os.environ | {name: str(place) for name, place in places.items()}
    subprocess.run(command, env=environment, cwd=places["HOME"], check=True, capture_output=True)
    assert SECRET in out.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted([contract.name, out.name])
    words = [SECRET, "澄渡小额贷款"]
    for path in (each for place in places.values() for each in place.rglob("*") if each.is_file()):
        content = path.read_bytes()
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert not any(word.encode(encoding) in content for word in words), path
        assert b"WEBP" not in content, path
