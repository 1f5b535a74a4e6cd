"""contract-scan batch"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from click.core import ParameterSource

from contract_scan.cli.options import contract_options, fail, plainly, price_options
from contract_scan.errors import ContractScanError
from contract_scan.model import Options, Severity

if TYPE_CHECKING:
    from contract_scan.batch import Input, Store
    from contract_scan.batch.records import Desk
    from contract_scan.batch.runner import Hall

R = TypeVar("R")
EXPORTS = ("xlsx", "csv", "jsonl", "sarif")
INTERRUPTED, FAILED = 130, 3
FILE = click.Path(exists=True, path_type=Path)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asks of a batch beside the contracts themselves."""

    jobs: int | None
    cluster: str | None
    seconds: float
    memory: int
    exports: tuple[str, ...]
    suppressions: Path | None
    baseline: Path | None
    fail_on: str | None
    mask: bool


def _wishes(command: Callable[..., R]) -> Callable[..., R]:
    """The options of a batch; the command gets them as one ``wish``."""

    @functools.wraps(command)
    def run(
        *args: object,
        jobs: int | None,
        cluster: str | None,
        seconds: float,
        memory: int,
        exports: tuple[str, ...],
        suppressions: Path | None,
        baseline: Path | None,
        fail_on: str | None,
        mask: bool,
        **others: object,
    ) -> R:
        wish = Wish(jobs, cluster, seconds, memory, exports, suppressions, baseline, fail_on, mask)
        return command(*args, wish=wish, **others)

    for option in reversed(
        (
            click.option("--jobs", type=click.IntRange(1, 256), help="本机同时检查几份；不写就是处理器的核数。"),
            click.option("--cluster", help="改在 dask 集群上检查，如 tcp://主机:8786。"),
            click.option("--seconds", type=click.FloatRange(1), default=120, show_default=True, help="一份最多几秒。"),
            click.option("--memory", type=click.IntRange(512), default=2048, show_default=True, help="一份最多几 MB。"),
            click.option("--export", "exports", multiple=True, type=click.Choice(EXPORTS), help="另存为；可写几次。"),
            click.option("--suppressions", type=FILE, help="忽略清单；不写就用合同文件夹里的那份。"),
            click.option("--baseline", type=FILE, help="以前的结果文件夹：只看新出现的问题。"),
            click.option("--mask", is_flag=True, help="遮盖姓名、证件号、电话、账号后才存下；结果要放在新文件夹里。"),
            click.option(
                "--fail-on", type=click.Choice([s.value for s in Severity]), help="有这一级或更重的问题时退出码为 1。"
            ),
        )
    ):
        run = option(run)
    return run


@click.command("batch")
@click.argument("inputs", nargs=-1, metavar="合同...")
@click.option("-o", "--output", "out", required=True, type=click.Path(path_type=Path), help="放结果的文件夹。")
@click.option("--purge", is_flag=True, help="删除结果里的合同原文和报告页，只留数字。")
@_wishes
@price_options
@contract_options
@plainly
def batch_command(
    inputs: tuple[str, ...], out: Path, purge: bool, wish: Wish, rules_folder: Path | None, options: Options
) -> None:
    """检查许多份合同：文件、文件夹、通配符、zip；“-” 是从标准输入读清单，一行一个。

    打开结果文件夹里的 index.html 看总览。中断了就再运行同一条命令，做过的不会重做。

    \b
    示例：contract-scan batch 投诉合同/ -o 结果 --export xlsx
          contract-scan batch 投诉合同/ -o 结果 --cluster tcp://10.0.0.1:8786
          contract-scan batch -o 结果 --purge
    退出码：0 完成；1 有 --fail-on 级别的问题；2 参数或环境有错误；3 有的文件没能检查。
    """
    from contract_scan.batch import Store, find_inputs
    from contract_scan.batch.private import private_folder, remove_unfinished
    from contract_scan.batch.run import keep_apart

    if purge:
        _purge(out, inputs)
        return
    found = find_inputs(_listed(inputs), without=out, masked=wish.mask)
    if not found:
        raise ContractScanError("没有要检查的文件：请写合同文件、文件夹或压缩包，如 contract-scan batch 合同/ -o 结果")
    private_folder(out)
    remove_unfinished(out)
    with Store(out, create=True) as store:
        _remember(store, _suppressions(inputs, wish.suppressions))
        keep_apart(store, masked=wish.mask)
        options = replace(options, as_of=_as_of(store, options.as_of))
        _run(found, store, wish, options=options, rules=rules_folder)
        raise click.exceptions.Exit(_finish(store, wish))


def _listed(inputs: tuple[str, ...]) -> list[str]:
    """The arguments, with ``-`` replaced by the lines of standard input."""
    lines: list[str] = []
    for argument in inputs:
        lines += [line.strip() for line in sys.stdin if line.strip()] if argument == "-" else [argument]
    return lines


def _purge(out: Path, inputs: tuple[str, ...]) -> None:
    from contract_scan.batch import Store
    from contract_scan.batch.deliver import deliver
    from contract_scan.batch.purge import purge

    if inputs:
        raise ContractScanError("--purge 只清理结果，不检查合同：请写 contract-scan batch -o 结果文件夹 --purge")
    with Store(out) as store:
        purge(store)
        deliver(store)
    click.echo(f"{out} 里的合同原文、报告页和文件名已删除，数字留着。你自己另存到别处的文件没有动。")


def _suppressions(inputs: tuple[str, ...], given: Path | None) -> tuple[Path, ...]:
    """The file asked for, or those that lie in the folders that are checked."""
    from contract_scan.batch.suppress import FILE as NAME

    folders = (Path(argument) / NAME for argument in inputs)
    return (given,) if given else tuple(path for path in folders if path.is_file())


def _remember(store: Store, paths: tuple[Path, ...]) -> None:
    from contract_scan.batch.suppress import packed, read_suppressions

    with store.writing():
        store.remember("suppressions", packed(item for path in paths for item in read_suppressions(path)))


def _as_of(store: Store, asked: date) -> date:
    from contract_scan.batch.run import as_of

    source = click.get_current_context().get_parameter_source("as_of")
    day = as_of(store, None if source is ParameterSource.DEFAULT else asked, asked)
    if day != asked:
        click.echo(
            f"没有签订日期的合同按 {day} 的法律判断（这批结果开始的那天）。要按今天，请加 --as-of {asked}。", err=True
        )
    return day


def _run(inputs: tuple[Input, ...], store: Store, wish: Wish, *, options: Options, rules: Path | None) -> None:
    from contract_scan.batch import Settings, run_batch
    from contract_scan.cli.progress import watched
    from contract_scan.isolate import Limits

    settings = Settings(options, Limits(wish.seconds, wish.memory), rules and rules.resolve(), masked=wish.mask)
    try:
        with _hall(wish) as hall:
            watched(run_batch(inputs, store, settings, hall=hall), len(inputs))
    except KeyboardInterrupt:
        fail("已停下。检查完的都保存了；再运行同一条命令，会从这里接着做。")
        raise click.exceptions.Exit(INTERRUPTED) from None


def _hall(wish: Wish) -> AbstractContextManager[Hall]:
    if wish.cluster:
        from contract_scan.batch.cluster import cluster

        return cluster(wish.cluster)
    from contract_scan.batch.runner import local

    return local(wish.jobs)


def _finish(store: Store, wish: Wish) -> int:
    """Write the overview and the exports, say what came out, and return the exit code."""
    from contract_scan.batch.deliver import deliver
    from contract_scan.batch.query import Query, find, read_baseline
    from contract_scan.cli.progress import show_result

    desk = deliver(store, wish.exports)
    show_result(desk, store.folder)
    if wish.baseline:
        desk = replace(find(store, Query(), baseline=read_baseline(wish.baseline)), failed=desk.failed)
        click.echo(f"和 {wish.baseline.name} 比，新出现的问题 {sum(len(case.counted) for case in desk.cases)} 处。")
    if desk.failed:
        return FAILED
    return int(wish.fail_on is not None and _reached(desk, Severity(wish.fail_on)))


def _reached(desk: Desk, severity: Severity) -> bool:
    return any(problem.severity.rank <= severity.rank for case in desk.cases for problem in case.counted)
