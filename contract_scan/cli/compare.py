"""contract-scan compare"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_scan.cli.options import contract_options, plainly, price_options
from contract_scan.cli.showing import mask_option
from contract_scan.errors import ContractScanError
from contract_scan.model import Options

if TYPE_CHECKING:
    from contract_scan.model import Report
    from contract_scan.render.compare_view import Comparison

PATH = click.Path(path_type=Path)


@click.command("compare")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="文件...")
@click.option("--advert", type=PATH, help="宣传单、聊天记录等的文件：拿它和一份合同比。")
@click.option(
    "--versions/--offers", "versions", default=None, help="同一份合同的两个版本 / 两份合同；不写就看文字像不像。"
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["html", "json", "text"]),
    default="text",
    show_default=True,
    help="输出格式。",
)
@click.option("-o", "--output", type=PATH, help="写到这个文件；不写就打印到屏幕（html 放在第一份文件旁边）。")
@mask_option(default=False)
@price_options
@contract_options
@plainly
def compare_command(
    files: tuple[Path, ...],
    advert: Path | None,
    versions: bool | None,
    format_: str,
    output: Path | None,
    mask: bool,
    rules_folder: Path | None,
    options: Options,
) -> None:
    """两份合同比：哪份真正便宜、问题各有哪些；同一份合同的两个版本：改了什么；或者广告和合同：说的写了没有。

    \b
    示例：contract-scan compare 甲银行.pdf 乙公司.docx
          contract-scan compare 旧版.docx 新版.docx --versions -f html
          contract-scan compare 合同.pdf --advert 宣传单.txt
    """
    from contract_scan import load_engine, scan
    from contract_scan.mask import mask_report

    _refuse(files, advert=advert, versions=versions)
    engine = load_engine(rules_folder)
    reports = [scan(file, engine, options) for file in (*files, *([advert] if advert else []))]
    if mask:
        reports = [mask_report(report) for report in reports]
    if advert is not None:
        from contract_scan.compare import compare_advert

        comparison: Comparison = compare_advert(reports[1], reports[0])
    else:
        comparison = _two(reports[0], reports[1], versions)
    _deliver(comparison, files[0], format_, output)


def _refuse(files: tuple[Path, ...], *, advert: Path | None, versions: bool | None) -> None:
    if advert is not None and (len(files) != 1 or versions is not None):
        raise click.UsageError("--advert 要配一份合同：contract-scan compare 合同.pdf --advert 宣传单.txt")
    if advert is None and len(files) != 2:
        raise click.UsageError("要写两个文件，或者一份合同加 --advert 宣传单。")


def _two(left: Report, right: Report, versions: bool | None) -> Comparison:
    """The comparison asked for, or the one that the wording suggests."""
    from contract_scan.compare import compare_offers, compare_versions, similarity
    from contract_scan.compare.versions import VERSIONS_FROM

    if versions is None:
        versions = similarity(left, right) >= VERSIONS_FROM
    return compare_versions(left, right) if versions else compare_offers(left, right)


def _deliver(comparison: Comparison, first: Path, format_: str, output: Path | None) -> None:
    from contract_scan.render import encode
    from contract_scan.render.compare_html import render_compare_html
    from contract_scan.render.compare_json import render_compare_json
    from contract_scan.render.compare_text import render_compare_text

    if format_ == "text" and output is None:
        _show(comparison)
        return
    renderers: Mapping[str, Callable[[Comparison], str]] = {
        "html": render_compare_html,
        "json": render_compare_json,
        "text": render_compare_text,
    }
    content = encode(renderers[format_](comparison))
    if (output is None and format_ == "json") or str(output) == "-":
        click.echo(content.decode("utf-8"), nl=False)
        return
    target = output or first.with_name(f"{first.stem}.对比.html")
    try:
        target.write_bytes(content)
    except OSError as error:
        raise ContractScanError(f"写不了 {target}：{error.strerror}。请用 -o 换一个能写的位置。") from error
    click.echo(f"对比已写到 {target}")


def _show(comparison: Comparison) -> None:
    """Coloured lines on the terminal; contract text can hold no markup and no commands."""
    from rich.console import Console
    from rich.text import Text

    from contract_scan.render.compare_text import compare_lines

    console = Console(highlight=False, soft_wrap=True)
    styles = {"critical": "bold red", "high": "yellow", "medium": "cyan", "low": "dim"}
    for style, line in compare_lines(comparison):
        console.print(Text(line, style=styles.get(style, style)))
