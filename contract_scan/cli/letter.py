"""contract-scan letter"""

from __future__ import annotations

from pathlib import Path

import click

from contract_scan.cli.options import contract_options, plainly
from contract_scan.cli.showing import mask_option
from contract_scan.model import Options


@click.command("letter")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；不写就打印到屏幕。")
@mask_option(default=True)
@contract_options
@plainly
def letter_command(
    file: Path,
    output: Path | None,
    mask: bool,
    rules_folder: Path | None,
    options: Options,
) -> None:
    """把要问的问题写成一封给出借方的信，可以直接发送；引用的原话里的个人信息已经遮盖。

    \b
    示例：contract-scan letter 借款合同.pdf -o 信.txt
    """
    from contract_scan import load_engine, scan
    from contract_scan.mask import mask_report
    from contract_scan.render import encode, letter

    report = scan(file, load_engine(rules_folder), options)
    content = encode(letter(mask_report(report) if mask else report))
    if output is None:
        click.echo(content.decode("utf-8"))
    else:
        output.write_bytes(content)
        click.echo(f"信已写到 {output}" + ("（个人信息已遮盖；要照原样写，请加 --no-mask）" if mask else ""))
