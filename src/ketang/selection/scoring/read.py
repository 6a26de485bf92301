"""What is read of a package in blind review: introduction, catalogue, papers, sources; the words of its maker left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kebao.package.manifest import CourseIntroduction, Manifest, RightsEntry
from kebao.subjects.course import Package, Paper
from ketang.selection.scoring.blinding import Blinder

QUESTIONS_MOST = 500
"""Questions of one paper that are kept."""
WITHHELD = ("teachers",)
"""Topics of the form that are about the maker: they are left out whole."""


def words_of(package: Package, blinder: Blinder) -> dict[str, Any]:
    """Everything to read, blinded: `intro`, `facts` ([name of the field, words]), `catalogue`, `form`, `papers`, `rights`."""
    manifest, clean = package.manifest, blinder.text
    form = manifest.form.introduction
    for topic in WITHHELD:
        if getattr(form, topic):
            blinder.taken["师资"] += 1
    return {
        "intro": clean(_introduction(package)),
        "facts": [[name, clean(words)] for name, words in _facts(manifest) if words],
        "catalogue": [
            {"depth": len(lesson.parents), "title": clean(lesson.entry.title), "hours": _number(lesson.entry.hours)}
            for lesson in package.lessons
        ],
        "form": [
            [name, clean(getattr(form, name))]
            for name in CourseIntroduction.model_fields
            if name not in WITHHELD and getattr(form, name)
        ],
        "papers": [_paper(paper, blinder) for paper in package.papers],
        "rights": [_right(row, blinder) for row in manifest.rights],
    }


def _facts(manifest: Manifest) -> Iterator[tuple[str, str]]:
    occupation, standard = manifest.occupation, manifest.occupation.standard
    yield "occupation", " ".join(word for word in (occupation.name, occupation.code, occupation.level) if word)
    yield "standard", " ".join(word for word in (standard.name, standard.code, standard.edition) if word)
    yield "module", occupation.module
    yield "audience", manifest.audience
    yield "content", manifest.content
    yield "hours", _number(manifest.hours)


def _introduction(package: Package) -> str:
    intro = package.manifest.intro
    if intro and package.facts.exists(intro):
        words = package.facts.text(intro)
        return words if isinstance(words, str) else ""
    return intro


def _paper(paper: Paper, blinder: Blinder) -> dict[str, Any]:
    clean, entry = blinder.text, paper.entry
    questions = [
        {
            "number": subject.number,
            "kind": subject.entry.kind.value,
            "stem": clean(subject.entry.stem),
            "options": [clean(option) for option in subject.entry.options],
            "answer": "".join(subject.entry.answer),
            "score": _number(subject.entry.score),
            "explanation": clean(subject.entry.explanation),
        }
        for subject in paper.subjects[:QUESTIONS_MOST]
    ]
    return {
        "title": clean(paper.name), "total": _number(entry.total), "pass": _number(entry.pass_mark), "questions": questions,
    }  # fmt: skip


def _right(row: RightsEntry, blinder: Blinder) -> dict[str, Any]:
    clean = blinder.text
    owner = "" if row.own else clean(row.owner)
    return {
        "what": clean(row.what), "kind": row.kind, "own": row.own, "owner": owner, "licence": clean(row.licence),
        "citation": clean(row.citation), "evidence": bool(row.evidence),
    }  # fmt: skip


def _number(value: object) -> str:
    return "" if value is None else f"{value:f}" if hasattr(value, "quantize") else str(value)
