"""`kebao rules` and `kebao explain`: what is checked, and why."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from kebao.cli.usage import common
from kebao.model.errors import UsageFault
from kebao.model.text import Language, Text
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.pages import rule_page
from kebao.rules.registry import all_rules


@click.command("rules", help="列出每个条款和它的检查规则。\n\nList every clause with its rules.")
@click.option("--rulebook", "-r", "names", multiple=True, help="规则册 · rulebook id or .toml; repeatable")
@common
def rules_command(names: tuple[str, ...], lang: Language) -> int:
    """Print a table a rulebook."""
    rules, console = all_rules(), Console()
    for name in names or shipped_ids():
        book = load(name, rules)
        table = Table(title=f"{book.id} · {book.title.to(lang)}", title_justify="left", expand=True)
        for heading in (Text(zh="条款", en="Clause"), Text(zh="原文", en="Text"), Text(zh="规则", en="Rules")):
            table.add_column(heading.to(lang), overflow="fold")
        for clause in book.clauses:
            bound = "\n".join(
                f"{item.rule} [{(item.severity or rules[item.rule].severity).label.to(lang)}]".replace("[", "\\[")
                for item in clause.rules
            )
            words = clause.text.to(lang)
            shown = bound or Text(zh=f"（由{clause.looker.label.zh}查看）", en=f"({clause.looker.label.en})").to(lang)
            table.add_row(clause.id, words if len(words) <= 60 else f"{words[:59]}…", shown)
        console.print(table)
    return 0


@click.command("explain", help="说明一条规则：查什么、为什么、怎么改。\n\nExplain one rule.")
@click.argument("rule")
@common
def explain_command(rule: str, lang: Language) -> int:
    """Print a rule's page."""
    rules = all_rules()
    if rule not in rules:
        near = [known for known in rules if rule.lower() in known]
        raise UsageFault(
            Text(
                zh=f"没有规则“{rule}”。"
                + (f"相近的有：{'、'.join(near[:5])}。" if near else "用 kebao rules 看全部规则。"),
                en=f"There is no rule “{rule}”. " + (f"Near: {', '.join(near[:5])}." if near else "See kebao rules."),
            )
        )
    books = tuple(load(name, rules) for name in shipped_ids())
    click.echo(rule_page(rules[rule], books, lang))
    return 0
