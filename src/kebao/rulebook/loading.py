"""Read a rulebook from TOML, and refuse one that does not fit its rules.

The file::

    id = "tianjin/2023"
    edition = "2023"
    source = { zh = "…", en = "…" }
    title = { zh = "…", en = "…" }

    [[clause]]
    id = "A2(2).3"
    binding = "principle"          # strict | principle | advice | context
    looker = "expert"              # office | expert | supplier | nobody
    zh = "…"
    en = "…"
    [clause.rules.lecture-too-long]
    severity = "warning"           # optional
    limit_minutes = { value = 25, source = "A2(2).3" }
    least = { value = 2, source = { zh = "…", en = "…" } }

A source is told in both languages. A bare string is a code, the same in both (`kebao.model.text.is_code`); one with words is refused.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from kebao.model.errors import UsageFault
from kebao.model.outcome import Severity
from kebao.model.rule import Rule
from kebao.model.text import Text, is_code
from kebao.rulebook.book import Binding, BoundRule, Clause, Limit, Looker, Rulebook

_CLAUSE_KEYS = {"id", "binding", "looker", "zh", "en", "rules", "note"}
_BOOK_KEYS = {"id", "edition", "source", "title", "clause"}


class RulebookFault(UsageFault):
    """A rulebook that must not be used; the message names the clause and what is wrong with it."""


def shipped_ids() -> tuple[str, ...]:
    """Ids of the rulebooks that come with the library, sorted."""
    root = resources.files("kebao.rulebooks")
    return tuple(
        sorted(
            f"{text.name}/{edition.name}"
            for text in root.iterdir()
            if text.is_dir()
            for edition in text.iterdir()
            if edition.is_dir() and edition.joinpath("rulebook.toml").is_file()
        )
    )


def load(name: str, rules: Mapping[str, Rule]) -> Rulebook:
    """Load a shipped rulebook by id (`tianjin/2023`), or one from a path to a .toml file.

    Raises:
        RulebookFault: there is none of that name, or it does not fit `rules`.
    """
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise RulebookFault(Text(zh=f"找不到规则册文件：{name}", en=f"No such rulebook file: {name}"))
        return parse(path.read_bytes(), rules, origin=path.name)
    if name not in shipped_ids():
        known = "、".join(shipped_ids())
        raise RulebookFault(
            Text(zh=f"没有规则册“{name}”。现有：{known}", en=f"There is no rulebook “{name}”. Known: {known}")
        )
    content = resources.files("kebao.rulebooks").joinpath(name, "rulebook.toml").read_bytes()
    return parse(content, rules, origin=name)


def parse(content: bytes, rules: Mapping[str, Rule], *, origin: str = "rulebook.toml") -> Rulebook:
    """Read a rulebook and hold it against the rules.

    Raises:
        RulebookFault: not TOML, or not laid out as above; a key missing or unknown; a clause twice; an unknown rule; a limit
            unbound, misnamed, no number or words, or without its source; a source in one language alone; a rule called an error under a clause that
            speaks 原则上.
    """
    try:
        raw = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(origin, "", f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from None
    try:
        return _book(raw, rules, origin, hashlib.sha256(content).hexdigest())
    except (TypeError, ValueError, AttributeError, KeyError) as error:  # a word where a table is wanted, and the like
        raise _fault(origin, "", f"结构不对：{error}", f"not laid out as it must be: {error}") from error


def _book(raw: dict[str, Any], rules: Mapping[str, Rule], origin: str, digest: str) -> Rulebook:
    _keys(raw, _BOOK_KEYS, origin, "")
    clauses = tuple(_clause(item, rules, origin) for item in raw["clause"])
    seen: set[str] = set()
    for clause in clauses:
        if clause.id in seen:
            raise _fault(origin, clause.id, "条款编号重复", "this clause id stands twice")
        seen.add(clause.id)
    return Rulebook(
        id=raw["id"],
        title=Text(**raw["title"]),
        edition=raw["edition"],
        source=_source(raw["source"], origin, "", Text(zh="这本规则册", en="the rulebook")),
        clauses=clauses,
        digest=digest,
    )


def check_clauses_exist(books: tuple[Rulebook, ...], rules: Mapping[str, Rule]) -> None:
    """Every rule is bound by one of the books to a clause it names, and names no clause that stands in none.

    Raises:
        RulebookFault: the first rule that does not fit.
    """
    bound: dict[str, set[str]] = {}
    for book in books:
        for clause in book.clauses:
            for item in clause.rules:
                bound.setdefault(item.rule, set()).add(clause.id)
    for rule in rules.values():
        if set(rule.clauses) != bound.get(rule.id, set()):
            raise _fault(
                "、".join(book.id for book in books), "",
                f"规则 {rule.id} 自称属于 {sorted(rule.clauses)}，规则册把它绑定在 {sorted(bound.get(rule.id, set()))}",
                f"rule {rule.id} claims {sorted(rule.clauses)}; the rulebooks bind it to {sorted(bound.get(rule.id, set()))}",
            )  # fmt: skip


def _clause(raw: dict[str, Any], rules: Mapping[str, Rule], origin: str) -> Clause:
    clause_id = str(raw.get("id", ""))
    _keys(raw, _CLAUSE_KEYS, origin, clause_id, optional={"rules", "note"})
    try:
        binding, looker = Binding(raw["binding"]), Looker(raw["looker"])
    except ValueError as error:
        raise _fault(origin, clause_id, f"用词不在规定之内：{error}", str(error)) from None
    bound = tuple(
        _bound(rule_id, value, rules, origin, clause_id, binding) for rule_id, value in raw.get("rules", {}).items()
    )
    note = Text(**raw["note"]) if "note" in raw else None
    return Clause(clause_id, Text(zh=raw["zh"], en=raw["en"]), binding, looker, bound, note)


def _bound(
    rule_id: str, raw: dict[str, Any], rules: Mapping[str, Rule], origin: str, clause_id: str, binding: Binding
) -> BoundRule:
    rule = rules.get(rule_id)
    if rule is None:
        raise _fault(origin, clause_id, f"没有规则 {rule_id}", f"there is no rule {rule_id}")
    severity = Severity(raw["severity"]) if "severity" in raw else None
    named = {key: value for key, value in raw.items() if key != "severity"}
    if missing := sorted(set(rule.limits) - set(named)):
        raise _fault(
            origin, clause_id, f"规则 {rule_id} 缺少限值 {missing}", f"rule {rule_id} lacks its limits {missing}"
        )
    if extra := sorted(set(named) - set(rule.limits)):
        raise _fault(origin, clause_id, f"规则 {rule_id} 没有限值 {extra}", f"rule {rule_id} has no limits {extra}")
    limits: dict[str, Limit] = {}
    for name, value in named.items():
        if not isinstance(value, dict) or set(value) != {"value", "source"}:
            raise _fault(
                origin, clause_id, f"限值 {rule_id}.{name} 要写明 value 和 source",
                f"limit {rule_id}.{name} needs value and source",
            )  # fmt: skip
        limits[name] = Limit(
            _value(value["value"], f"{rule_id}.{name}"),
            _source(value["source"], origin, clause_id, Text(zh=f"{rule_id}.{name} ", en=f"{rule_id}.{name}")),
        )
    if binding is Binding.PRINCIPLE and (severity or rule.severity) is Severity.ERROR:
        raise _fault(
            origin, clause_id, f"条款用语为原则上／一般，规则 {rule_id} 不能是“必须改”",
            f"the clause speaks in principle, so rule {rule_id} cannot be an error here",
        )  # fmt: skip
    return BoundRule(rule_id, limits, severity)


def _value(raw: Any, name: str) -> float | int | str | tuple[str, ...]:
    if isinstance(raw, list) and all(isinstance(word, str) for word in raw):
        return tuple(raw)
    if isinstance(raw, int | float | str) and not isinstance(raw, bool):
        return raw
    raise ValueError(f"{name} = {raw!r}")


def _source(raw: Any, origin: str, clause_id: str, of: Text) -> Text:
    if isinstance(raw, str) and is_code(raw):
        return Text(zh=raw, en=raw)
    if (
        isinstance(raw, dict)
        and set(raw) == {"zh", "en"}
        and all(isinstance(w, str) and w.strip() for w in raw.values())
    ):
        return Text(**raw)
    raise _fault(
        origin, clause_id, f'{of.zh}的出处要写成 {{ zh = "…", en = "…" }}；只有编号才可以只写一次，如 "A2(2).3"',
        f'the source of {of.en} needs {{ zh = "…", en = "…" }}; only a code may stand once, as "A2(2).3"',
    )  # fmt: skip


def _keys(raw: dict[str, Any], wanted: set[str], origin: str, clause_id: str, optional: set[str] | None = None) -> None:
    if missing := sorted(wanted - set(raw) - (optional or set())):
        raise _fault(origin, clause_id, f"缺少 {missing}", f"lacks {missing}")
    if unknown := sorted(set(raw) - wanted):
        raise _fault(origin, clause_id, f"不认识 {unknown}", f"has unknown {unknown}")


def _fault(origin: str, clause_id: str, zh: str, en: str) -> RulebookFault:
    where = f"{origin} {clause_id}".strip()
    return RulebookFault(Text(zh=f"规则册 {where}：{zh}", en=f"Rulebook {where}: {en}"))
