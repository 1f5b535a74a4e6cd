"""contract-scan batch and query, as a person runs them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contract_scan.cli import main


def call(*arguments: object, stdin: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def test_a_batch_says_what_came_out_and_what_failed(folder: Path, out: Path) -> None:
    result = call("batch", folder, "-o", out, "--export", "xlsx", "--as-of", "2026-11-26")
    assert result.exit_code == 3
    for words in ("7 份合同：先别签", "程序初筛，未经人工核实", "未能检查 1 个文件", "坏.pdf", "index.html"):
        assert words in result.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), 0), (("--fail-on", "critical"), 1), (("--fail-on", "critical", "--baseline", "self"), 0)],
)
def test_exit_codes(folder: Path, out: Path, arguments: tuple[str, ...], code: int) -> None:
    extra = [str(out) if argument == "self" else argument for argument in arguments]
    result = call("batch", folder / "一.txt", folder / "二.txt", "-o", out, "--as-of", "2026-11-26", *extra)
    assert result.exit_code == code, result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("没有这个文件",), "找不到"),
        ((), "没有要检查的文件"),
        (("--purge", "x"), "--purge 只清理结果"),
    ],
)
def test_mistakes_are_one_sentence(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = call("batch", *arguments, "-o", tmp_path / "o")
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_list_comes_from_standard_input(folder: Path, out: Path) -> None:
    result = call(
        "batch", "-", "-o", out, "--as-of", "2026-11-26", stdin=f"{folder / '一.txt'}\n\n{folder / '二.txt'}\n"
    )
    assert result.exit_code == 0, result.output
    assert "2 份合同" in result.output


def test_decisions_beside_the_contracts_are_found(folder: Path, out: Path, tmp_path: Path) -> None:
    (inputs := tmp_path / "in").mkdir()
    (inputs / "一.txt").write_bytes((folder / "一.txt").read_bytes())
    entry = "- {rule: '*', scope: '*', who: 李律师, reason: 已和解, until: 2027-01-01}"
    (inputs / "contract-scan-ignore.yaml").write_text(entry, "utf-8")
    result = call("batch", inputs, "-o", out, "--as-of", "2026-11-26", "--fail-on", "low")
    assert result.exit_code == 0, result.output
    assert "已和解" in (out / "index.html").read_text("utf-8")


def test_a_query_prints_confirms_and_exports(out: Path, tmp_path: Path) -> None:
    assert "4 份合同" in call("query", out, "--rule", "upfront-fee-deducted").output
    lender = "砚湖小额贷款有限公司"
    refused = call("query", out, "--lender", lender, "--export", tmp_path / "材料.html")
    assert refused.exit_code == 2
    assert "--confirm" in refused.output
    assert "记为已核实" in call("query", out, "--lender", lender, "--confirm", "李律师").output
    assert call("query", out, "--lender", lender, "--export", tmp_path / "材料.html").exit_code == 0
    assert "李律师" in (tmp_path / "材料.html").read_text("utf-8")
    assert call("query", out, "--export", tmp_path / "x.docx").exit_code == 2


def test_a_purge_is_one_command(out: Path) -> None:
    result = call("batch", "-o", out, "--purge")
    assert result.exit_code == 0, result.output
    assert not (out / "reports").exists()
    assert (out / "index.html").exists()


def test_a_folder_without_results_says_so(tmp_path: Path) -> None:
    result = call("query", tmp_path)
    assert result.exit_code == 2
    assert "先运行 contract-scan batch" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "contract_scan", "batch", str(folder), "-o", str(tmp_path / "o"), "--jobs", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert "正在加载规则" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 130
    assert "再运行同一条命令" in told
    assert "Traceback" not in told


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from contract_scan.cli import main; main(['batch', '--help'], standalone_mode=False)"
    code += "; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert not {"sqlite3", "jinja2", "spacy", "jieba", "xlsxwriter", "distributed", "rich"} & set(ran.stdout.split())


def test_masked_results_hold_no_personal_particulars_in_any_file(folder: Path, tmp_path: Path) -> None:
    private = ("11010119900307451X", "13800138000", "6222020200112233445")
    contracts, out = tmp_path / "合同", tmp_path / "结果"
    contracts.mkdir()
    text = (folder / "一.txt").read_text("utf-8")
    text += f"\n身份证号：{private[0]}\n联系电话：{private[1]}\n收款账号：{private[2]}\n"
    (contracts / f"{private[1]}.txt").write_text(text, "utf-8")
    result = call("batch", contracts, "-o", out, "--mask", "--export", "jsonl", "--export", "csv")
    assert result.exit_code == 0, result.output
    kept = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert not [particular for particular in private if particular.encode() in kept or particular in result.output]


@pytest.mark.parametrize(("first", "then"), [((), ("--mask",)), (("--mask",), ())])
def test_masked_and_plain_results_never_share_a_folder(
    folder: Path, tmp_path: Path, first: tuple[str, ...], then: tuple[str, ...]
) -> None:
    assert call("batch", folder / "一.txt", "-o", tmp_path / "o", *first).exit_code == 0
    result = call("batch", folder / "一.txt", "-o", tmp_path / "o", *then)
    assert result.exit_code == 2
    assert "请换一个 -o 文件夹" in result.output
