"""Options on what a report shows of the original: pictures of pages, an annotated copy, particulars covered or not."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from contract_scan.errors import ContractScanError

if TYPE_CHECKING:
    from contract_scan.model import Report
    from contract_scan.render.page_view import PagePicture

R = TypeVar("R")
C = TypeVar("C", bound=Callable[..., object])
WHICH = ("all", "findings", "none")
LIVE_TEXT = (
    "页面图片和批注过的文件就是原件本身，盖在上面的色块遮不住底下的文字，别人仍能看到、复制出来。"
    "要遮盖，就只发 HTML、JSON、text、md 或信；要图片和批注，就不要 --mask，也别发给不该看的人。"
)


@dataclass(frozen=True, slots=True)
class Showing:
    """``pages``: which pages to picture (None: those with findings, as far as that is possible)."""

    pages: str | None
    annotate: Path | None
    mask: bool

    def check(self, files: Sequence[Path], format_: str, *, contracts: int) -> None:
        """ContractScanError for options that contradict one another, before anything is read."""
        pictured = self.pages in ("all", "findings")
        if self.mask and (pictured or self.annotate):
            other = "--annotate" if self.annotate else f"--pages {self.pages}"
            raise ContractScanError(f"--mask 不能和 {other} 一起用：{LIVE_TEXT}")
        if pictured and format_ != "html":
            raise ContractScanError(f"--pages {self.pages} 只能用在 HTML 报告里：请加 --format html。")
        if self.annotate and contracts > 1:
            raise ContractScanError("--annotate 一次只能批注一份合同：请一份一份地写。")
        if self.annotate and any(_same(self.annotate, file) for file in files):
            raise ContractScanError("--annotate 不能写到原文件上：原件不会被改动，请换一个文件名。")

    def covered(self, report: Report) -> Report:
        """The report as it may be shown: masked where that was asked for."""
        from contract_scan.mask import mask_report

        return mask_report(report) if self.mask else report

    def pictures(self, report: Report, files: Sequence[Path], format_: str) -> tuple[PagePicture, ...]:
        """Pictures of the pages for an HTML report."""
        which = self.pages or ("none" if self.mask else "findings")
        if format_ != "html" or which == "none" or not report.source.pages:
            return ()
        from contract_scan.evidence import files_of, page_pictures

        found = page_pictures(report, files_of(report, files), which=which)
        if not found and self.pages:
            click.echo("提示：没有能放进报告的页面图（压缩包请先解压，再检查里面的文件）。", err=True)
        return found

    def write_annotated(self, report: Report, file: Path) -> None:
        """The annotated copy, where one was asked for."""
        if self.annotate is None:
            return
        from contract_scan.evidence import annotated, original_of

        content = annotated(report, original_of(report, file), self.annotate.suffix)
        try:
            self.annotate.write_bytes(content)
        except OSError as error:
            raise ContractScanError(f"写不了 {self.annotate}：{error.strerror}。请换一个能写的位置。") from error
        click.echo(f"批注版：{self.annotate}（副本，原文件没有改动）", err=True)


def showing_options(command: Callable[..., R]) -> Callable[..., R]:
    """``--pages``, ``--annotate`` and ``--mask``; the command gets them as one ``showing``."""

    @functools.wraps(command)
    def run(*args: object, pages: str | None, annotate: Path | None, mask: bool, **others: object) -> R:
        return command(*args, showing=Showing(pages, annotate, mask), **others)

    for option in (
        mask_option(default=False),
        click.option(
            "--annotate",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="文件.pdf|文件.docx",
            help="另写一份批注过的原件：标出原话，写上问题。",
        ),
        click.option("--pages", type=click.Choice(WHICH), help="HTML 报告里放哪些页的图片；不写就放有问题的页。"),
    ):
        run = option(run)
    return run


def mask_option(*, default: bool) -> Callable[[C], C]:
    """``--mask``: cover personal particulars in what is written."""
    told = "默认遮盖" if default else "默认不遮盖"
    return click.option(
        "--mask/--no-mask", default=default, help=f"用星号遮盖证件号、电话、账号、邮箱、姓名和地址；{told}。"
    )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve() or (one.exists() and one.samefile(other))
    except OSError:
        return False
