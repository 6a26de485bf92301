"""Who owns what, as the rights list tells it: own or somebody else's, and which resources a row speaks of (A5)."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from kebao.package.manifest import KIND_WORDS
from kebao.subjects.course import Package, Resource, Rights
from kebao.text.names import fold

_OURSELVES = frozenset(
    [
        "本单位",
        "本人",
        "本校",
        "本公司",
        "本院",
        "本中心",
        "本机构",
        "我单位",
        "我校",
        "我公司",
        "我院",
        "自己",
        "自有",
        "申报单位",
        "申报人",
    ]
)
_EVERYTHING = re.compile(r"^(?:本课程|课程|本包)?(?:中的?|的)?(?:全部|所有|整个|整门|全套|全课|各个?)")
_ANY_RESOURCE = ("课程", "资源", "内容", "作品", "培训包")
_STRONG = re.compile(r"[,，、;；\n]+")


def is_ours(package: Package, owner: str) -> bool:
    """Whether an owner's name is the supplier's, as the manifest or the form writes it, or a word for oneself."""
    name = fold(owner)
    known = (
        fold(package.manifest.supplier.name),
        fold(package.manifest.form.unit),
        fold(package.manifest.form.contact),
    )
    return name in _OURSELVES or any(ours and (ours in name or (len(name) > 1 and name in ours)) for ours in known)


def is_third_party(rights: Rights) -> bool:
    """Whether a row speaks of something that belongs to somebody else.

    The row's own word decides; where it gives none, an owner who is not the supplier is somebody else.
    """
    if rights.entry.own is not None:
        return not rights.entry.own
    return bool(rights.entry.owner) and not is_ours(rights.package, rights.entry.owner)


def covers(rights: Rights, resource: Resource) -> bool:
    """Whether a row speaks of a resource: by id, path, folder, file name or title, or by 全部视频, 所有资源.

    `used_in` is read; where it is empty, `what`.
    """
    said = rights.entry.used_in or rights.entry.what
    path = PurePosixPath(resource.entry.path)
    names = {
        fold(name) for name in (resource.entry.id, resource.entry.path, resource.entry.title, path.name, path.stem)
    }
    folders = {fold(str(folder)) for folder in path.parents} - {"."}
    known = (names | folders) - {""}
    return any(_is_meant(word, known, resource) for word in _words(said))


def _words(said: str) -> list[str]:
    parts = [part.strip() for part in _STRONG.split(said)]
    return [word for part in parts for word in (part, *part.split()) if word]


def _is_meant(word: str, known: set[str], resource: Resource) -> bool:
    if fold(word).replace("\\", "/").rstrip("/") in known:
        return True
    if not (match := _EVERYTHING.match(word)):
        return False
    rest = word[match.end() :]
    kinds = [kind for kind, name in KIND_WORDS.items() if name in rest]
    if kinds:
        return resource.entry.kind in kinds
    return not rest or any(noun in rest for noun in _ANY_RESOURCE)
