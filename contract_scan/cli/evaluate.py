"""contract-scan evaluate"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from contract_scan.cli.options import plainly, rules_option

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.argument("labels", type=FOLDER)
@click.argument("texts", type=FOLDER)
@click.option("--ids", "ids_file", type=FILE, help="只数这个文件里的规则编号（一行一个）。")
@click.option("--documents", "documents_file", type=FILE, help="只数这个文件里的文件名（一行一个）。")
@click.option("--slips", is_flag=True, help="列出漏掉的、误报的句子。")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="把结果存下来，供以后比较。")
@click.option("--compare", type=FILE, help="和以前存下的结果比较：哪些规则变好、变差。")
@rules_option
@plainly
def evaluate_command(
    labels: Path,
    texts: Path,
    ids_file: Path | None,
    documents_file: Path | None,
    slips: bool,
    save: Path | None,
    compare: Path | None,
    rules_folder: Path | None,
) -> None:
    """拿人工标注过的合同打分：每条规则的查准率、查全率，漏了什么，误报了什么；利率、费用等读对了多少。

    \b
    示例：contract-scan evaluate 标注文件夹 正文文件夹 --slips
    """
    from contract_scan import Options, load_engine, scan
    from contract_scan.evaluate import FactScore, Score, add, add_facts, fact_table, read_fact_labels, read_label, table
    from contract_scan.rulebook.reading import mapping, read_yaml

    engine = load_engine(rules_folder)
    ids = frozenset(ids_file.read_text("utf-8").split()) if ids_file else None
    chosen = frozenset(documents_file.read_text("utf-8").split()) if documents_file else None
    score, facts = Score(), FactScore()
    for file in sorted(labels.glob("*.yaml")):
        raw = mapping(read_yaml(file), file.name)
        path = texts / f"{raw['doc']}.txt"
        if chosen is None or raw["doc"] in chosen:
            report = scan(path, engine, Options(as_of=date.today()))
            add(score, read_label(raw, report.source.text), report, ids)
            contract = report.contract
            labelled = read_fact_labels(raw, report.source.text)
            add_facts(facts, str(raw["doc"]), labelled, contract.document, contract.facts)
    if slips:
        for slip in (*score.slips, *facts.slips):
            click.echo(f"{slip.kind:9s} {slip.doc[:24]} {slip.rule}: {' '.join(slip.words.split())}")
    for line in (*table(score), *fact_table(facts)):
        click.echo(line)
    tally = score.problems
    figures = {rule: round(tally.scores(rule)[2], 4) for rule in sorted({*tally.found, *tally.missed, *tally.wrong})}
    if compare:
        _compare(json.loads(compare.read_text("utf-8")), figures)
    if save:
        save.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")


def _compare(before: dict[str, float], now: dict[str, float]) -> None:
    for rule in sorted({*before, *now}):
        if before.get(rule) != now.get(rule):
            click.echo(f"{rule:36s} F1 {before.get(rule, 0):.2f} → {now.get(rule, 0):.2f}")
