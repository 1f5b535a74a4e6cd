"""contract-scan cost: the cost card from figures on a leaflet, without a contract."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import click

from contract_scan.cli.options import DAY, NUMBER, plainly, price_options
from contract_scan.model import CostCard, Fact, LenderType, Options, Span

METHODS = ("等额本息", "等额本金", "先息后本", "一次性还本付息", "等本等息")
SCHEMA = "contract-scan-cost/1"
_FEE = re.compile(r"(?P<name>[^=＝@]{1,30})[=＝](?P<value>[^@]+?)(?:@(?P<when>upfront|once|monthly))?")
#: Typed figures stand nowhere in a text.
_NOWHERE = Span(0, 0)


@click.command("cost")
@click.option("--principal", type=NUMBER, required=True, help="合同写的借款金额（元）。")
@click.option("--received", type=NUMBER, help="实际到账（元）；不写就是借款金额减去放款时扣的费用。")
@click.option("--term", "length", help="期限，如 12个月、1年、一年半、24期、90天。")
@click.option("--months", type=click.IntRange(1, 600), help="同 --term，几个月，每月一期。")
@click.option("--days", type=click.IntRange(1, 3650), help="同 --term，几天。")
@click.option("--rate", type=NUMBER, help="利率（百分数），如 12 或 12%。")
@click.option(
    "--per",
    type=click.Choice(["year", "month", "day"]),
    default="year",
    show_default=True,
    help="--rate 是年、月还是日利率。",
)
@click.option("--method", type=click.Choice(METHODS), help="还款方式；不写就给几种常见方式的范围。")
@click.option("--instalment", type=NUMBER, help="每期还多少（元）；不知道利率时用它倒推。")
@click.option(
    "--fee",
    "fees",
    multiple=True,
    metavar="名称=金额[@upfront|once|monthly]",
    help="费用，可写多次；金额可写成 3%（借款金额的百分之三）。",
)
@click.option(
    "--lender-type", type=click.Choice([k.value for k in LenderType]), help="出借方类型；不写就列出可能适用的线。"
)
@click.option("--signed-on", type=DAY, help="签订日期，如 2026-08-01；不写就是今天。")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式。",
)
@price_options
@plainly
def cost_command(
    principal: Decimal,
    received: Decimal | None,
    length: str | None,
    months: int | None,
    days: int | None,
    rate: Decimal | None,
    per: str,
    method: str | None,
    instalment: Decimal | None,
    fees: tuple[str, ...],
    lender_type: str | None,
    signed_on: datetime | None,
    format_: str,
    lpr: Decimal | None,
    income: Decimal | None,
) -> None:
    """不用合同，按宣传单上的数字算：到手多少、总共还多少、真实年化是多少。

    \b
    示例：contract-scan cost --principal 20000 --months 12 --rate 0.65 --per month --method 等本等息
              --fee 服务费=800@upfront --fee 担保费=0.45%@monthly --lender-type microloan
    """
    amounts = {"principal": principal, "received": received, "instalment": instalment}
    facts = [_amount(role, value) for role, value in amounts.items() if value is not None]
    facts.append(_term(length, months, days))
    if rate is not None:
        facts.append(Fact("rate", "contract", rate, "percent", per, span=_NOWHERE))
    if method:
        facts.append(Fact("repayment-method", "", method, span=_NOWHERE))
    facts += [_fee(text) for text in fees]
    day = signed_on.date() if signed_on else date.today()
    lender = LenderType(lender_type) if lender_type else LenderType.UNKNOWN
    _print(_card(facts, lender, Options(day, lpr=lpr, income=income)), format_)


def _amount(role: str, value: Decimal) -> Fact:
    return Fact("amount", role, value, "yuan", span=_NOWHERE)


def _term(length: str | None, months: int | None, days: int | None) -> Fact:
    """The term from whichever of the three options was given; exactly one may be."""
    from contract_scan.facts import read_length

    if sum(option is not None for option in (length, months, days)) != 1:
        raise click.UsageError(
            "要写期限，而且只写一次：--term 12个月、--term 1年、--term 90天，或 --months 12、--days 30。"
        )
    if length is None:
        value, unit = (months, "month") if months is not None else (days, "day")
        return Fact("term", "loan", Decimal(value or 0), unit, span=_NOWHERE)
    read = read_length(length.strip())
    if read is None:
        raise click.BadParameter(f"“{length}”看不懂。写法如 12个月、1年、24期、90天。", param_hint="--term")
    return Fact("term", "loan", read[0], read[1], span=_NOWHERE)


def _fee(text: str) -> Fact:
    match = _FEE.fullmatch(text.strip())
    if match is None:
        raise click.BadParameter(
            f"“{text}”看不懂。写法如 服务费=800@upfront、担保费=0.45%@monthly。", param_hint="--fee"
        )
    value = NUMBER.convert(match["value"], None, None)
    unit = "percent" if match["value"].strip().endswith("%") else "yuan"
    timing = match["when"] or ""
    per = "month" if timing == "monthly" else ""
    return Fact("fee", match["name"].strip(), value, unit, per, timing=timing, span=_NOWHERE)


def _card(facts: Sequence[Fact], lender: LenderType, options: Options) -> CostCard:
    """The card by the law of the day in ``options.as_of``."""
    from dataclasses import replace

    from contract_scan.costing import LPR, price
    from contract_scan.rulebook import load_rulebook

    rulebook = load_rulebook()
    if options.lpr is not None:
        parameters = rulebook.parameters.supplied(LPR, options.lpr, options.as_of)
        rulebook = replace(rulebook, parameters=parameters)
    return price(facts, rulebook, day=options.as_of, lender=lender, income=options.income)[0]


def _print(card: CostCard, format_: str) -> None:
    from contract_scan.render.cost import plain_lines
    from contract_scan.render.cost_json import cost_tree

    if format_ == "json":
        click.echo(json.dumps({"schema": SCHEMA, "cost": cost_tree(card)}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(plain_lines(card)))
