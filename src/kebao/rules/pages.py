"""A rule's page, generated from the rule and its bindings: for `kebao explain` and `docs/rules/`."""

from __future__ import annotations

from kebao.model.rule import Example, Rule
from kebao.model.text import Language, Text
from kebao.rulebook.book import Rulebook

_HEADINGS = {
    "clauses": Text(zh="条款", en="Clauses"),
    "why": Text(zh="为什么查", en="Why"),
    "says": Text(zh="报告里怎么说", en="What the report says"),
    "mend": Text(zh="怎么改", en="How to mend it"),
    "cant_tell": Text(zh="什么时候说“需人工判断”", en="When it answers “cannot tell”"),
    "limits": Text(zh="限值", en="Limits"),
    "examples": Text(zh="例子", en="Examples"),
}

_LIMIT = Text(zh="- `{}` = {}（{}；{}）", en="- `{}` = {} ({}; {})")


def rule_page(rule: Rule, books: tuple[Rulebook, ...], language: Language) -> str:
    """The page as Markdown."""
    lines = [f"# {rule.title.to(language)}", "", f"`{rule.id}` · {rule.severity.label.to(language)}", ""]
    lines += [_heading("clauses", language), ""]
    limits: list[str] = []
    for book in books:
        for clause in book.clauses:
            for bound in clause.rules:
                if bound.rule != rule.id:
                    continue
                severity = (bound.severity or rule.severity).label.to(language)
                words = clause.text.to(language)
                lines.append(f"- {book.id} {clause.id} ({severity}): {words}")
                limits += [
                    _LIMIT.to(language).format(name, _value(limit.value), limit.source.to(language), book.id)
                    for name, limit in bound.limits.items()
                ]
    lines += ["", _heading("why", language), "", rule.rationale.to(language), ""]
    lines += [_heading("says", language), "", f"> {rule.message.to(language)}", ""]
    lines += [_heading("mend", language), "", rule.mend.to(language), ""]
    if rule.cant_tell:
        lines += [_heading("cant_tell", language), "", rule.cant_tell.to(language), ""]
    if limits:
        lines += [_heading("limits", language), "", *dict.fromkeys(limits), ""]
    lines += [_heading("examples", language), "", *(_example(example, language) for example in rule.examples)]
    return "\n".join(lines)


def _heading(name: str, language: Language) -> str:
    return f"## {_HEADINGS[name].to(language)}"


def _value(value: object) -> str:
    return "、".join(str(item) for item in value) if isinstance(value, tuple) else str(value)


def _example(example: Example, language: Language) -> str:
    said = f": {example.says}" if example.says else ""
    return f"- {example.outcome.mark} {example.outcome.label.to(language)}{said}"
