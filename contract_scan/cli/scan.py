"""contract-scan scan"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_scan.cli.bounds import bounded
from contract_scan.cli.options import contract_options, fail, price_options
from contract_scan.cli.reading import ReadingOptions, reading_options
from contract_scan.cli.showing import Showing, showing_options
from contract_scan.errors import ContractScanError
from contract_scan.model import Options, Severity

if TYPE_CHECKING:
    from contract_scan.checks import Engine
    from contract_scan.extract import Readers
    from contract_scan.model import Report
    from contract_scan.render.page_view import PagePicture

SUFFIX = {"html": ".报告.html", "json": ".报告.json", "text": ".报告.txt", "md": ".报告.md"}


@click.command("scan")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="报告写到哪里：文件名；多份合同时是文件夹；- 是屏幕。",
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(sorted(SUFFIX)),
    default="html",
    show_default=True,
    help="报告格式。",
)
@click.option(
    "--fail-on", type=click.Choice([s.value for s in Severity]), help="有这个级别或更重的问题时，退出码为 1。"
)
@reading_options
@showing_options
@price_options
@contract_options
def scan_command(
    files: tuple[Path, ...],
    output: Path | None,
    format_: str,
    fail_on: str | None,
    rules_folder: Path | None,
    *,
    reading: ReadingOptions,
    showing: Showing,
    options: Options,
) -> None:
    """检查一份或几份合同（PDF、扫描件、照片、Word、网页、文本、zip）。

    几个文件都是图片时，当作一份合同的各页，按文件名排序；其他情况每个文件是一份合同。
    --together 把给出的文件当作同一笔交易一起判断（zip 也是这样），--apart 一个一个判断。
    HTML 报告默认放在合同旁边；json、text、md 默认打印到屏幕。

    \b
    示例：contract-scan scan 借款合同.pdf
          contract-scan scan 1.jpg 2.jpg 3.jpg
          contract-scan scan 合同.docx --format json -o 结果.json --signed-on 2026-08-20
          contract-scan scan 借款合同.pdf --annotate 批注.pdf
    退出码：0 完成；1 有 --fail-on 级别的问题；2 文件、规则或参数有错误。
    """
    from contract_scan import load_engine

    try:
        contracts = reading.contracts(files)
        showing.check(files, format_, contracts=len(contracts))
        engine = load_engine(rules_folder)
    except ContractScanError as error:
        fail(str(error))
        raise click.exceptions.Exit(2) from error
    code = 0
    readers = reading.readers()
    for members in contracts:
        try:
            report = _read(members, engine, options, readers)
            showing.write_annotated(report, members[0])
            pictures = showing.pictures(report, members, format_)
            target = _target(members[0], output, format_, several=len(contracts) > 1)
            _deliver(showing.covered(report), target, format_, pictures)
        except ContractScanError as error:
            fail(str(error))
            code = 2
            continue
        if code == 0 and fail_on and _at_least(report, Severity(fail_on)):
            code = 1
    raise click.exceptions.Exit(code)


def _read(members: Sequence[Path], engine: Engine, options: Options, readers: Readers) -> Report:
    from contract_scan import scan, scan_together

    with bounded():
        if len(members) > 1:
            return scan_together(members, engine, options, readers=readers)
        return scan(members[0], engine, options, readers=readers)


def _at_least(report: Report, severity: Severity) -> bool:
    return any(finding.severity.rank <= severity.rank for finding in report.findings)


def _target(file: Path, output: Path | None, format_: str, *, several: bool) -> Path | None:
    """Where the report goes; None is the screen."""
    if output is None:
        return file.with_name(file.stem + SUFFIX[format_]) if format_ == "html" else None
    if str(output) == "-":
        return None
    if several or output.is_dir():
        return output / (file.stem + SUFFIX[format_])
    return output


def _deliver(report: Report, target: Path | None, format_: str, pictures: tuple[PagePicture, ...]) -> None:
    from contract_scan.render import encode, render, render_html

    content = render_html(report, pictures=pictures) if pictures else render(report, format_)
    if target is None:
        click.echo(encode(content).decode("utf-8"))
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(encode(content))
    except OSError as error:
        raise ContractScanError(f"写不了 {target}：{error.strerror}。请用 -o 换一个能写的位置。") from error
    _show_summary(report, target)


def _show_summary(report: Report, target: Path) -> None:
    """A few coloured lines: the level, the gravest problems, where the report is."""
    from rich.console import Console
    from rich.text import Text

    from contract_scan.render.text import summary_lines

    console = Console(highlight=False, soft_wrap=True)
    styles = {"critical": "bold red", "high": "yellow", "medium": "cyan", "low": "dim", "": ""}
    for style, line in summary_lines(report):
        console.print(Text(line, style=styles.get(style, style)))
    console.print(Text(f"报告：{target}", style="bold"))
