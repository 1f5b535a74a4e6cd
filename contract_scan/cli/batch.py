"""contract-scan batch"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_scan.cli.options import contract_options, plainly, price_options
from contract_scan.model import Options, Severity

if TYPE_CHECKING:
    pass

EXPORTS = ("xlsx", "csv", "jsonl", "sarif")
INTERRUPTED = 130


@click.command("batch")
@click.argument("inputs", nargs=-1)
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), help="结果文件夹；再次运行会接着做。"
)
@click.option("--jobs", type=click.IntRange(1, 256), help="本机同时检查几份；不写就是处理器的核数。")
@click.option("--cluster", "address", help="改在 dask 集群上检查，如 tcp://主机:8786。")
@click.option("--seconds", type=click.FloatRange(1), default=120, show_default=True, help="一份最多检查几秒。")
@click.option("--memory", type=click.IntRange(512), default=2048, show_default=True, help="一份最多用多少 MB 内存。")
@click.option("--export", "exports", multiple=True, type=click.Choice(EXPORTS), help="另存成表格等格式，可以写几次。")
@click.option("--suppressions", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="忽略清单（YAML）。")
@click.option("--baseline", type=click.Path(exists=True, path_type=Path), help="以前的结果文件夹：只看新出现的问题。")
@click.option("--fail-on", type=click.Choice([s.value for s in Severity]), help="有这一级或更重的问题时退出码为 1。")
@click.option("--purge", is_flag=True, help="删除结果里的合同原文和报告页，只留数字。")
@price_options
@contract_options
@plainly
def batch_command(
    inputs: tuple[str, ...],
    out: Path,
    jobs: int | None,
    address: str | None,
    seconds: float,
    memory: int,
    exports: tuple[str, ...],
    suppressions: Path | None,
    baseline: Path | None,
    fail_on: str | None,
    purge: bool,
    rules_folder: Path | None,
    options: Options,
) -> None:
    """检查许多份合同：文件、文件夹、通配符、zip；“-” 表示从标准输入读清单，一行一个。

    结果写进 -o 文件夹，打开里面的 index.html 看总览。中断了就再运行同一条命令，做过的不会重做。

    \b
    示例：contract-scan batch 投诉合同/ -o 结果 --export xlsx
          contract-scan batch 投诉合同/ -o 结果 --cluster tcp://10.0.0.1:8786
          contract-scan batch -o 结果 --purge
    退出码：0 完成；1 有 --fail-on 级别的问题；2 参数或环境有错误；3 有的文件没能检查。
    """
