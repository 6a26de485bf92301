"""Proof that the rights list names is in the package (A5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course

_SEPARATORS = re.compile(r"[;；\n]+")
_SUFFIXES = "pdf|ofd|docx?|wps|xlsx?|et|jpe?g|png|bmp|gif|tiff?|webp|txt|md|html?|zip|rar|eml|msg|mp[34]"
_FILE = re.compile(rf"(?!www\.)(?!.*://)[^\r\n]+\.(?:{_SUFFIXES})", re.IGNORECASE)


def _declared(package: Package) -> set[str]:
    """Paths that the manifest names outside the rights list."""
    materials = package.manifest.materials
    return {
        package.manifest.supplier.introduction, materials.form, materials.proof, materials.undertaking,
        materials.authorisation, materials.recommendation, *materials.others,
        *(resource.entry.path for resource in package.resources), *(paper.entry.path for paper in package.papers),
    }  # fmt: skip


def _proved(evidence: str) -> Package:
    return course(rights=[{"what": "片头音乐", "owner": "晨光音乐工作室", "own": False, "evidence": evidence}])


@rule(
    id="evidence-absent",
    clauses=("A5",),
    severity=Severity.ERROR,
    title=Text(
        zh="权利清单写的证明不在包里",
        en="Proof named is not in the package",
    ),
    rationale=Text(
        zh="证明文件不在，审核的人就看不到授权。",
        en="If the file is not there, reviewers cannot see the authorisation.",
    ),
    message=Text(
        zh="权利清单写的证明“{file}”不在课程包里。",
        en="The proof “{file}” that the rights list names is not in the package.",
    ),
    mend=Text(
        zh="把这个文件放进课程包，或把路径改成它现在的位置。",
        en="Put the file into the package, or correct the path.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "文件在包里"),
        Example(lambda: _proved("材料/音乐授权书.pdf"), Outcome.FAILED, "文件不在包里"),
        Example(lambda: _proved("https://music.example.org/licence.pdf"), Outcome.INAPPLICABLE, "写的是网址"),
        Example(lambda: _proved("合同 2023-5"), Outcome.INAPPLICABLE, "写的是话，不是路径"),
    ),
)
def evidence_absent(package: Package) -> Iterator[Yielded]:
    """One finding for each absent file, at the first row that names it; files that the manifest names elsewhere are told there."""
    named = [
        (rights, path)
        for rights in package.rights
        for path in _SEPARATORS.split(rights.entry.evidence)
        if _FILE.fullmatch(path.strip())
    ]
    if not named:
        yield inapplicable("权利清单没有写证明文件。", "The rights list names no file as proof.")
        return
    elsewhere = _declared(package)
    told: set[str] = set()
    for rights, path in named:
        file = path.strip().replace("\\", "/").removeprefix("./")
        if file not in elsewhere and file not in told and not package.facts.exists(file):
            told.add(file)
            yield Finding(at=rights.at("evidence"), evidence=(Quoted("file", file),))
