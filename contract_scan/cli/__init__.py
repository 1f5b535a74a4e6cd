"""The command line: one file per command; each parses, calls one library function, prints."""

from __future__ import annotations

import gc

import click

from contract_scan._version import VERSION
from contract_scan.cli.batch import batch_command
from contract_scan.cli.compare import compare_command
from contract_scan.cli.cost import cost_command
from contract_scan.cli.evaluate import evaluate_command
from contract_scan.cli.letter import letter_command
from contract_scan.cli.query import query_command
from contract_scan.cli.rules import rules_group
from contract_scan.cli.scan import scan_command

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, "-V", "--version", prog_name="contract-scan", message="%(prog)s %(version)s")
def main() -> None:
    """签字之前，读懂借款合同：哪里不清楚、不公平，依据哪条法律，该问对方什么。

    全部在你自己的电脑上运行，不联网，不上传。结果不是法律意见。

    \b
    示例：contract-scan scan 借款合同.pdf
    """
    gc.set_threshold(100_000, 20, 20)  # loading makes half a million objects that live as long as the process


main.add_command(scan_command)
main.add_command(batch_command)
main.add_command(query_command)
main.add_command(cost_command)
main.add_command(compare_command)
main.add_command(letter_command)
main.add_command(rules_group)
main.add_command(evaluate_command)
