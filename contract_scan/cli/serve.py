"""contract-scan serve"""

from __future__ import annotations

from pathlib import Path

import click

from contract_scan.cli.options import plainly, rules_option


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="端口；不写就自动选一个空着的。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；不是本机地址时必须给 --token。")
@click.option("--token", default="", help="口令（至少 16 个字符），打开网址时要带上。")
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器，只显示网址。")
@rules_option
@plainly
def serve_command(port: int, host: str, token: str, no_browser: bool, rules_folder: Path | None) -> None:
    """打开本机页面：把合同拖进去，看报告、写信、比较。

    只在这台电脑上运行，不联网；文件只在内存里，不存盘。按 Ctrl-C 停下，内容随之清掉。

    \b
    示例：contract-scan serve
          contract-scan serve --port 8765 --no-browser
    """
    from contract_scan.web.server import Settings, default_workers, serve

    settings = Settings(host=host, port=port, key=token, rules=rules_folder, workers=default_workers())
    serve(settings, announce=_announce, open_browser=not no_browser)


def _announce(address: str) -> None:
    click.echo(f"本机页面：{address}\n文件不会离开这台电脑。按 Ctrl-C 停下。")
