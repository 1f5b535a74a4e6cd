"""Options that several commands share, and how errors reach the user."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from contract_scan.errors import ContractScanError
from contract_scan.model import BorrowerType, ContractKind, LenderType, Options

P = ParamSpec("P")
R = TypeVar("R")
DAY = click.DateTime(formats=["%Y-%m-%d"])


if TYPE_CHECKING:
    _DecimalType = click.ParamType[Decimal]
else:  # generic only in the stubs of click 8.1
    _DecimalType = click.ParamType


class Number(_DecimalType):
    """A positive amount or percentage as a Decimal: 20000, 20,000, 2万, 3.5 or 3.5%."""

    name = "数"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The number, or a usage error that says how to write one."""
        if isinstance(value, Decimal):
            return value
        text = str(value).strip().replace(",", "").removesuffix("元").removesuffix("%")
        times = 10_000 if text.endswith("万") else 1
        try:
            number = Decimal(text.removesuffix("万")) * times
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not 0 <= number < 10**12:
            self.fail(f"“{value}”不是一个数。写法如 20000、2万、3.5。", param, ctx)
        return number


NUMBER = Number()


def price_options(command: Callable[P, R]) -> Callable[P, R]:
    """What the user knows that decides the cost: the LPR of the day, the income."""
    for option in (
        click.option("--income", type=NUMBER, help="每月收入（元），用来算还款占多少。"),
        click.option("--lpr", type=NUMBER, help="签订那天的一年期 LPR（百分数），如 3.0。"),
    ):
        command = option(command)
    return command


def contract_options(command: Callable[..., R]) -> Callable[..., R]:
    """What the user knows about the contract and the program may not; the command gets it as one ``options``.

    With :func:`price_options` above it, ``options`` holds the LPR and the income too.
    """

    @functools.wraps(command)
    def run(
        *args: object,
        kind: str | None,
        lender_type: str | None,
        borrower_type: str | None,
        signed_on: datetime | None,
        as_of: datetime | None,
        lpr: Decimal | None = None,
        income: Decimal | None = None,
        **others: object,
    ) -> R:
        options = Options(
            as_of=as_of.date() if as_of else date.today(),
            kind=ContractKind(kind) if kind else None,
            lender_type=LenderType(lender_type) if lender_type else None,
            borrower_type=BorrowerType(borrower_type) if borrower_type else None,
            signed_on=signed_on.date() if signed_on else None,
            lpr=lpr,
            income=income,
        )
        return command(*args, options=options, **others)

    for option in reversed(
        (
            click.option(
                "--kind",
                type=click.Choice([k.value for k in ContractKind]),
                help="合同种类；不写就从文字判断。",
            ),
            click.option("--lender-type", type=click.Choice([k.value for k in LenderType]), help="出借方类型。"),
            click.option("--borrower-type", type=click.Choice([k.value for k in BorrowerType]), help="借款人类型。"),
            click.option("--signed-on", type=DAY, help="签订日期，如 2026-08-01。"),
            click.option("--as-of", type=DAY, help="没有签订日期时按哪一天的法律判断；不写就是今天。"),
            rules_option,
        )
    ):
        run = option(run)
    return run


def rules_option(command: Callable[..., R]) -> Callable[..., R]:
    """``--rules``: more rules, or a whole rulebook in place of the built-in one."""
    return click.option(
        "--rules",
        "rules_folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="再加上这个文件夹里的规则（类别/规则.yaml）；完整的 rules/ 则代替自带的。",
    )(command)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Errors we raise on purpose become one sentence on stderr and exit code 2; no traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ContractScanError as error:
            fail(str(error))
            raise click.exceptions.Exit(2) from error

    return run


def fail(message: str) -> None:
    """One sentence on stderr, control characters removed."""
    click.echo("错误：" + "".join(c for c in message if c >= " " or c == "\n"), err=True)
