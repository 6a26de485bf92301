"""`kebao inspect`: any readable package as the native model, with what could not be kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kebao.cli.check import today
from kebao.cli.output import check_writable, writing
from kebao.cli.usage import common
from kebao.model.text import Language
from kebao.package.yaml_face import write_yaml
from kebao.questions.model import NotUnderstood, QuestionPaper
from kebao.subjects.course import Package
from kebao.subjects.opening import open_any


@click.command("inspect", help="读出课程包的内容，不作判断。\n\nShow what a package holds, without judging.")
@click.argument("path", type=click.Path(exists=True, readable=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["json", "yaml"]), default="json", show_default=True, help="形式 · form"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到文件 · write to a file")
@common
def inspect_command(path: Path, form: str, out: Path | None, lang: Language) -> int:
    """Print the native model."""
    check_writable(out)
    with open_any(path, occupations=None, as_of=today()) as opened:
        if form == "yaml":
            text = write_yaml(opened.package.manifest)
        else:
            text = json.dumps(inspected(opened.package, lang), ensure_ascii=False, indent=2)
    if out is None:
        click.echo(text)
    else:
        with writing(out):
            out.write_text(text + "\n", encoding="utf-8")
    return 0


def inspected(package: Package, language: Language) -> dict[str, Any]:
    """The package as plain values: manifest, files, papers, losses, and what was not understood."""
    return {
        "kind": package.kind,
        "name": package.name,
        "manifest": package.manifest.model_dump(mode="json", exclude_defaults=True),
        "files": [{"path": path, "bytes": package.facts.size(path)} for path in package.facts.paths],
        "papers": {path: _paper(paper, language) for path, paper in package.question_papers.items()},
        "losses": list(package.manifest.origin.losses) if package.manifest.origin else [],
        "not_understood": [_lost(item, language) for item in package.not_understood],
    }


def _paper(paper: Any, language: Language) -> dict[str, Any]:
    if not isinstance(paper, QuestionPaper):
        return {"unreadable": paper.message.to(language)}
    return {
        "title": paper.title,
        "total": None if paper.total is None else str(paper.total),
        "questions": [
            {
                "number": q.number, "kind": q.kind.value, "stem": q.stem, "options": list(q.options),
                "answer": list(q.answer), "score": None if q.score is None else str(q.score),
                "explanation": q.explanation, "topic": q.topic, "lesson": q.lesson, "row": q.source.row,
            }
            for q in paper.questions
        ],
        "not_understood": [_lost(item, language) for item in paper.not_understood],
    }  # fmt: skip


def _lost(item: NotUnderstood, language: Language) -> dict[str, str]:
    return {"at": item.at.words.to(language), "raw": item.raw, "because": item.because.to(language)}
