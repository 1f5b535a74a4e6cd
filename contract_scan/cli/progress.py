"""What a person sees of a batch while it runs, and at its end."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_scan.render.safe import plain, shorten

if TYPE_CHECKING:
    from contract_scan.batch import Progress
    from contract_scan.batch.records import Desk

#: Without a terminal, one line at most every so many seconds.
QUIET_SECONDS = 10.0
SHOWN_FAILURES = 10


def watched(batch: Generator[Progress, None, None], total: int) -> None:
    """Run a batch to its end; a live display on a terminal, plain lines elsewhere (both on stderr)."""
    with closing(batch):  # Ctrl-C here must not wait for the workers' current files
        if sys.stderr.isatty():
            _live(batch, total)
        else:
            _lines(batch, total)


def _lines(batch: Iterator[Progress], total: int) -> None:
    click.echo(f"共 {total} 个文件，正在加载规则……", err=True)
    began = told = time.monotonic()
    for progress in batch:
        now = time.monotonic()
        if now - told >= QUIET_SECONDS or progress.done == total:
            told = now
            click.echo(_line(progress, now - began), err=True)


def _line(progress: Progress, seconds: float) -> str:
    fresh = progress.done - progress.reused
    speed = fresh / seconds if seconds > 0 else 0.0
    left = f"，约剩 {(progress.total - progress.done) / speed:.0f} 秒" if speed else ""
    counts = f"{progress.done}/{progress.total}：沿用 {progress.reused}，未能检查 {progress.failed}"
    return f"{counts}，每秒 {speed:.1f} 份{left}"


def _live(batch: Iterator[Progress], total: int) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed}/{task.total}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}", style="yellow"),
        TextColumn("{task.fields[current]}", style="dim", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, speed="正在加载规则", failed="", current="")
        began = time.monotonic()
        for progress in batch:
            fresh = progress.done - progress.reused
            bar.update(
                task,
                completed=progress.done,
                speed=f"每秒 {fresh / max(time.monotonic() - began, 0.001):.1f} 份",
                failed=f"未能检查 {progress.failed}" if progress.failed else "",
                current="、".join(shorten(plain(name.rsplit("/", 1)[-1]), 24) for name in progress.current),
            )


def show_result(desk: Desk, folder: Path) -> None:
    """A few lines: how many of each level, what failed and why, where the overview is."""
    from contract_scan.batch.records import ORDER
    from contract_scan.render.words import LEVEL

    counts = [(LEVEL[level], sum(case.level is level for case in desk.cases)) for level in ORDER]
    click.echo(f"{len(desk.cases)} 份合同：" + "，".join(f"{name} {count}" for name, count in counts if count))
    if desk.failed:
        click.echo(f"未能检查 {desk.failed_files} 个文件（没有检查，不等于没有问题）：", err=True)
    for one in desk.failed[:SHOWN_FAILURES]:
        click.echo(f"  {shorten(plain('、'.join(one.names)), 80)}：{plain(one.reason)}", err=True)
    if len(desk.failed) > SHOWN_FAILURES:
        click.echo("  其余见总览。", err=True)
    if any(not problem.confirmed for case in desk.cases for problem in case.counted):
        click.echo("程序初筛，未经人工核实。")
    click.echo(f"总览：{folder / 'index.html'}")
