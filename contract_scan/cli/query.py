"""contract-scan query"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from contract_scan.cli.options import NUMBER, plainly
from contract_scan.model import Severity

if TYPE_CHECKING:
    from contract_scan.batch.query import Query
    from contract_scan.batch.records import Case, Desk

R = TypeVar("R")


def _conditions(command: Callable[..., R]) -> Callable[..., R]:
    """What to look for; the command gets it as one ``query``."""

    @functools.wraps(command)
    def run(
        *args: object,
        lender: str,
        file: str,
        rule: str,
        severity: str | None,
        above: Decimal | None,
        text: str,
        new: bool,
        **others: object,
    ) -> R:
        from contract_scan.batch.query import Query

        query = Query(lender, file, rule, Severity(severity) if severity else None, above, text, new)
        return command(*args, query=query, **others)

    for option in reversed(
        (
            click.option("--lender", default="", help="出借人名称里的字。"),
            click.option("--file", default="", help="文件名里的字。"),
            click.option("--rule", default="", help="规则编号，见 contract-scan rules list。"),
            click.option("--severity", type=click.Choice([s.value for s in Severity]), help="这一级或更重的问题。"),
            click.option("--rate-above", "above", type=NUMBER, help="真实年化高于多少（百分数）。"),
            click.option("--text", default="", help="合同里有这些词；加引号是原样连着出现。"),
            click.option("--new", is_flag=True, help="只看最近一次运行新检查的合同。"),
        )
    ):
        run = option(run)
    return run


@click.command("query")
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="结果文件夹")
@_conditions
@click.option("--baseline", type=click.Path(exists=True, path_type=Path), help="以前的结果文件夹：只看新出现的问题。")
@click.option(
    "--export", "target", type=click.Path(path_type=Path), help="存成文件：.xlsx .csv .jsonl .sarif；.html .md 是材料。"
)
@click.option("--confirm", "who", help="把找到的问题记为已核实，写上核实人的姓名。")
@click.option("--unconfirm", is_flag=True, help="取消找到的问题的核实记录。")
@plainly
def query_command(
    out: Path, query: Query, baseline: Path | None, target: Path | None, who: str | None, unconfirm: bool
) -> None:
    """在批量检查的结果里找：出借人、规则、级别、年化、文字；核实问题；为一个出借人出材料。

    \b
    示例：contract-scan query 结果 --severity critical --rate-above 24
          contract-scan query 结果 --text "砍头息 服务费" --export 找到的.xlsx
          contract-scan query 结果 --lender 某某小额贷款有限公司 --rule upfront-fee-deducted --confirm 李律师
          contract-scan query 结果 --lender 某某小额贷款有限公司 --export 材料.html
    """
    from contract_scan.batch import Store
    from contract_scan.batch.confirm import confirm
    from contract_scan.batch.confirm import unconfirm as take_back
    from contract_scan.batch.deliver import deliver, export
    from contract_scan.batch.query import find, read_baseline

    with Store(out) as store:
        desk = find(store, query, baseline=read_baseline(baseline) if baseline else None)
        if who is not None or unconfirm:
            count = take_back(desk, store) if unconfirm else confirm(desk, store, who=who or "", on=date.today())
            click.echo(f"{'取消核实' if unconfirm else '记为已核实'}：{count} 处。")
            deliver(store)
            desk = find(store, query)
        if target:
            export(desk, store, target, lender=query.lender)
            click.echo(f"已写入 {target}（只有你能读；里面可能有个人信息，请妥善保管）。")
        else:
            _print(desk)


def _print(desk: Desk) -> None:
    problems = sum(len(case.counted) for case in desk.cases)
    click.echo(
        f"{len(desk.cases)} 份合同，{problems} 处问题" + ("" if desk.confirmed else "（程序初筛，未经人工核实）")
    )
    if not desk.finished:
        click.echo("上次没有跑完：这里只有已经检查的部分。", err=True)
    for case in desk.cases:
        _print_case(case)


def _print_case(case: Case) -> None:
    from contract_scan.render.safe import plain, shorten
    from contract_scan.render.words import LEVEL, SEVERITY

    rate = "年化算不出" if case.rate is None else f"年化 {case.rate:.2f}%"
    click.echo(f"\n{plain(case.names[0])}  {LEVEL[case.level]}  {plain(case.lender) or '出借人未写明'}  {rate}")
    for problem in case.counted:
        done = "✓" if problem.confirmed else " "
        quote = f"：“{shorten(plain(problem.quote), 40)}”" if problem.quote else ""
        click.echo(f" {done} [{SEVERITY[problem.severity]}] {problem.rule} {plain(problem.title)}{quote}")
