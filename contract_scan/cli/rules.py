"""contract-scan rules list | show | test | lint | new"""

from __future__ import annotations

from pathlib import Path

import click

from contract_scan.cli.options import plainly, rules_option


@click.group("rules")
def rules_group() -> None:
    """查看、检验和新建规则。

    \b
    示例：contract-scan rules test assignment-without-notice
    """


@rules_group.command("list")
@rules_option
@plainly
def list_command(rules_folder: Path | None) -> None:
    """列出所有规则：编号、级别、名称。

    \b
    示例：contract-scan rules list
    """
    from contract_scan.rulebook import CATEGORIES, load_rulebook

    category = ""
    for rule in load_rulebook(rules_folder).rules:
        if rule.category != category:
            category = rule.category
            click.echo(f"\n{CATEGORIES[category]}（{category}）")
        click.echo(f"  {rule.id:36s} {rule.severity.value:9s} {rule.title}")


@rules_group.command("show")
@click.argument("rule_id", metavar="ID")
@rules_option
@plainly
def show_command(rule_id: str, rules_folder: Path | None) -> None:
    """显示一条规则：为什么、问什么、依据、例子。

    \b
    示例：contract-scan rules show prepay-full-interest
    """
    from contract_scan.rulebook import describe, load_rulebook

    click.echo(describe(load_rulebook(rules_folder), rule_id))


@rules_group.command("test")
@click.argument("rule_id", metavar="[ID]", required=False)
@rules_option
@plainly
def test_command(rule_id: str | None, rules_folder: Path | None) -> None:
    """运行规则自带的例子：看到什么、应当是什么。

    \b
    示例：contract-scan rules test
    退出码：0 全部通过；1 有例子不通过；2 规则有错误。
    """
    from contract_scan import load_engine
    from contract_scan.examples import run_examples

    passed = failed = 0
    for result in run_examples(load_engine(rules_folder), rule_id):
        passed, failed = passed + result.passed, failed + (not result.passed)
        if rule_id or not result.passed:
            mark = "通过" if result.passed else "不通过"
            click.echo(f"{mark} {result.rule.id}：{result.example.text}")
            click.echo(
                f"    应当 {result.example.expect.value}，引用 {'、'.join(result.expected_quotes) or '（不限）'}"
            )
            click.echo(f"    得到 {result.verdict.value}，引用 {'、'.join(result.quotes) or '（无）'}")
    click.echo(f"{passed} 个例子通过，{failed} 个不通过。")
    if not passed + failed:
        click.echo(f"没有规则 {rule_id}；用 contract-scan rules list 看有哪些。", err=True)
        raise click.exceptions.Exit(2)
    raise click.exceptions.Exit(1 if failed else 0)


@rules_group.command("lint")
@rules_option
@plainly
def lint_command(rules_folder: Path | None) -> None:
    """检查规则库本身：用不到的概念、永远不会命中的短语、超出法律后果的措辞。

    \b
    示例：contract-scan rules lint
    """
    from contract_scan.rulebook import load_rulebook
    from contract_scan.rulebook.lint import lint

    complaints = lint(load_rulebook(rules_folder))
    for complaint in complaints:
        click.echo(complaint)
    click.echo(f"{len(complaints)} 处需要修改。")
    raise click.exceptions.Exit(1 if complaints else 0)


@rules_group.command("new")
@click.argument("rule_id", metavar="ID")
@click.option("--category", required=True, help="类别文件夹，如 hidden-fees；用 rules list 看有哪些。")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("rules"),
    show_default=True,
    help="规则文件夹。",
)
@plainly
def new_command(rule_id: str, category: str, output: Path) -> None:
    """按模板新建一条规则，改好就能用 rules test 检验。

    \b
    示例：contract-scan rules new my-rule --category hidden-fees
    """
    from contract_scan.rulebook.template import write_template

    path = write_template(rule_id, category, output)
    click.echo(f"已新建 {path}。先写例子，再写 check，然后运行：contract-scan rules test {rule_id} --rules {output}")
