"""From a path on disk to the `Package` that rules see: a folder, an archive, or one file alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kebao.archive.limits import Limits
from kebao.archive.opening import open_tree
from kebao.archive.tree import Tree
from kebao.documents.form import read_form
from kebao.model.errors import KebaoError, Unreadable, Unsafe
from kebao.model.text import Text
from kebao.occupations.catalogue import OccupationCatalogue
from kebao.package.reading import package_name, read_package
from kebao.questions.model import QuestionPaper
from kebao.subjects.course import Package
from kebao.subjects.facts import Fault
from kebao.subjects.tree_facts import TreeFacts


@dataclass(frozen=True)
class Opened:
    """A package with the words that reading it left (a stepped-into folder, a decoded name …)."""

    package: Package
    notes: tuple[Text, ...]


@contextmanager
def open_package(
    path: Path,
    *,
    limits: Limits | None = None,
    occupations: OccupationCatalogue | None = None,
    as_of: date,
) -> Iterator[Opened]:
    """Open a folder or archive as a package; its files stay readable inside the `with`.

    Raises:
        Unreadable: damaged, empty, mislabelled, or of a kind not readable yet.
        Unsafe: refused as a whole.
    """
    limits = limits or Limits()
    with open_tree(path, limits) as tree:
        yield Opened(_package(tree, limits, occupations, as_of), tuple(note.message for note in tree.notes))


def _package(tree: Tree, limits: Limits, occupations: OccupationCatalogue | None, as_of: date) -> Package:
    loaded = read_package(tree)
    facts = TreeFacts(tree, limits)
    return Package(
        manifest=loaded.manifest,
        facts=facts,
        name=package_name(tree),
        kind=loaded.kind,
        faces=loaded.faces,
        question_papers={path: _paper(paper) for path, paper in loaded.question_papers.items()},
        not_understood=loaded.not_understood,
        form_document=_form_document(facts, tree, loaded.manifest.materials.form),
        occupations=occupations,
        as_of=as_of,
        digests_stated=loaded.digests_stated,
    )


def _paper(paper: QuestionPaper | Unreadable) -> QuestionPaper | Fault:
    if isinstance(paper, QuestionPaper):
        return paper
    return Fault(paper.code, paper.message, unsafe=isinstance(paper, Unsafe))


def _form_document(facts: TreeFacts, tree: Tree, path: str) -> dict[str, str] | None:
    """Fields of the filled form, when it is a .docx of our layout; its own faults are findings elsewhere."""
    if not path.lower().endswith(".docx") or not facts.exists(path) or facts.fault(path) is not None:
        return None
    try:
        with tree.open(path) as stream:
            return read_form(stream)
    except KebaoError:
        return None
