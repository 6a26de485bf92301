"""The loader refuses a rulebook that does not fit its rules, and says where."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kebao.model.outcome import Severity
from kebao.model.text import Text
from kebao.rulebook.book import Binding, BoundRule, Limit, Looker
from kebao.rulebook.loading import RulebookFault, check_clauses_exist, load, parse, shipped_ids
from kebao.rules.registry import all_rules

HEAD = 'id = "x/1"\nedition = "1"\nsource = "S1"\ntitle = { zh = "书", en = "book" }\n'
CLAUSE = '[[clause]]\nid = "C1"\nbinding = "{binding}"\nlooker = "office"\nzh = "文"\nen = "text"\n'
STRICT = HEAD + CLAUSE.format(binding="strict")
LECTURE = "[clause.rules.lecture-too-long]\n"
RULES = all_rules()
WORDS_SHA256 = "17a6f838a71d8156739aff8efc5e7172fd9e1ac90aab166db3f063e63cf72c98"


def test_a_whole_book_is_read() -> None:
    text = STRICT + LECTURE + 'limit_minutes = { value = 25, source = "C1" }\n'
    book = parse(text.encode(), RULES)
    (clause,) = book.clauses
    assert (book.id, clause.id, clause.binding, clause.looker) == ("x/1", "C1", Binding.STRICT, Looker.OFFICE)
    assert clause.rules == (BoundRule("lecture-too-long", {"limit_minutes": Limit(25, Text(zh="C1", en="C1"))}, None),)


@pytest.mark.parametrize(
    "text, words",
    [
        ("id = ", "不是有效的 TOML"),
        (HEAD, "缺少 ['clause']"),
        (STRICT + "colour = 1\n", "不认识 ['colour']"),
        (STRICT.replace('en = "text"\n', ""), "缺少 ['en']"),
        (HEAD + CLAUSE.format(binding="maybe"), "用词不在规定之内"),
        (STRICT + CLAUSE.format(binding="strict"), "条款编号重复"),
        (STRICT + "[clause.rules.no-such-rule]\n", "没有规则 no-such-rule"),
        (STRICT + LECTURE, "缺少限值 ['limit_minutes']"),
        (STRICT + LECTURE + 'limit_minutes = { value = 25, source = "C1" }\nlimit_hours = { value = 1, source = "C1" }\n', "没有限值 ['limit_hours']"),
        (STRICT + LECTURE + "limit_minutes = 25\n", "要写明 value 和 source"),
        (STRICT + LECTURE + 'limit_minutes = { value = 25, source = " " }\n', "的出处要写成"),
        (STRICT + LECTURE + 'limit_minutes = { value = true, source = "C1" }\n', "结构不对"),
        (STRICT + LECTURE + 'limit_minutes = { value = [1, 2], source = "C1" }\n', "结构不对"),
        (STRICT + LECTURE + 'severity = "grave"\nlimit_minutes = { value = 25, source = "C1" }\n', "结构不对"),
        (STRICT + "[clause.rules]\nlecture-too-long = 5\n", "结构不对"),
        (HEAD.replace('{ zh = "书", en = "book" }', '"书"') + CLAUSE.format(binding="strict"), "结构不对"),
        (HEAD + "clause = 3\n", "结构不对"),
        (
            HEAD + CLAUSE.format(binding="principle") + LECTURE + 'severity = "error"\nlimit_minutes = { value = 25, source = "C1" }\n',
            "不能是“必须改”",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(RulebookFault) as refused:
        parse(text.encode(), RULES, origin="try.toml")
    assert words in refused.value.message.zh
    assert "try.toml" in refused.value.message.zh


def test_an_unknown_book_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(RulebookFault, match="tianjin/2023"):
        load("nowhere/1900", RULES)
    with pytest.raises(RulebookFault, match="找不到"):
        load(str(tmp_path / "none.toml"), RULES)


def test_a_file_of_ones_own_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(STRICT, encoding="utf-8")
    assert load(str(path), RULES).id == "x/1"


def test_every_clause_of_the_call_stands_in_its_own_words_and_order(shared: Path) -> None:
    spec = (shared / "spec/solicitation.zh.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([PAF]\d\S*) \| (.+?) \|$", spec, re.MULTILINE)
    book = load("tianjin/2023", RULES)
    assert [(clause.id, clause.text.zh) for clause in book.clauses] == rows
    assert len(rows) == 52


def test_every_rule_is_bound_where_it_says_and_nowhere_else() -> None:
    check_clauses_exist(tuple(load(name, RULES) for name in shipped_ids()), RULES)


def test_strict_clauses_and_principles_keep_their_severities() -> None:
    book = load("tianjin/2023", RULES)
    principle = {clause.id for clause in book.clauses if clause.binding is Binding.PRINCIPLE}
    assert principle == {"A2(2).3", "A3(2).1", "A3(2).2", "A3(2).3"}
    for clause in book.clauses:
        for bound in clause.rules:
            severity = bound.severity or RULES[bound.rule].severity
            assert not (clause.id in principle and severity is Severity.ERROR)


def test_the_calls_words_are_those_that_were_read_from_the_text() -> None:
    """Without the shared text at hand: 52 clauses, and the digest of their ids and words, taken from it once."""
    book = load("tianjin/2023", RULES)
    words = "\n".join(f"{clause.id}\t{clause.text.zh}" for clause in book.clauses)
    assert len(book.clauses) == 52
    assert hashlib.sha256(words.encode()).hexdigest() == WORDS_SHA256


def test_a_rule_of_a_clause_that_stands_in_no_book_is_refused() -> None:
    astray = replace(RULES["lecture-too-long"], clauses=("A9",))
    books = tuple(load(name, RULES) for name in shipped_ids())
    with pytest.raises(RulebookFault, match="lecture-too-long"):
        check_clauses_exist(books, {**RULES, "lecture-too-long": astray})


def test_every_clause_says_who_must_look_and_only_context_asks_nobody() -> None:
    book = load("tianjin/2023", RULES)
    nobody = {clause.id for clause in book.clauses if clause.looker is Looker.NOBODY}
    assert nobody <= {clause.id for clause in book.clauses if clause.binding is Binding.CONTEXT}
    assert [clause.id for clause in book.clauses if clause.looker is Looker.NOBODY and clause.rules] == []
