"""One video or recording on disk, with the captions beside it, as a package of one resource."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kebao.archive.limits import Limits
from kebao.archive.source import open_regular
from kebao.archive.tree import Entry, Tree
from kebao.media.facts import MediaFacts
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.text import Text
from kebao.package.manifest import Manifest, Resource, ResourceKind
from kebao.subjects.course import Package, Timed
from kebao.subjects.facts import CAPTION_SUFFIXES
from kebao.subjects.tree_facts import TreeFacts

_BESIDE_MOST = 20
_NOT_A_MEDIUM = Text(
    zh="“{name}”不是视频或录音文件。kebao media 只看一个视频或录音；检查整个课程包请用 kebao check。",
    en="“{name}” is no video or recording. kebao media looks at one of those; kebao check judges a whole package.",
)


class _Beside(Tree):
    """The medium and the captions that carry its name, read with the same care as files inside a package."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._files = {file.name: file for file in (path, *_captions_of(path))}
        entries = tuple(Entry(name, file.stat().st_size) for name, file in sorted(self._files.items()))
        super().__init__(path, "folder", path.stem, "", entries, (), limits)

    def open(self, path: str) -> BinaryIO:
        """The file itself."""
        self.entry(path)
        return open(open_regular(self._files[path]), "rb")  # the caller's `with` closes it

    def local_path(self, path: str) -> Path:
        """The file itself."""
        self.entry(path)
        return self._files[path]


@contextmanager
def open_medium(path: Path, *, as_of: date, limits: Limits | None = None) -> Iterator[Timed]:
    """The medium as a subject; its package has nothing else.

    Raises:
        Unreadable, Unsafe: it is no medium, or damaged.
    """
    limits = limits or Limits()
    if path.is_dir():
        raise Unreadable("mislabel", _NOT_A_MEDIUM.format(name=path.resolve().name))
    with _Beside(path, limits) as tree:
        facts = TreeFacts(tree, limits)
        media = facts.media(path.name)
        if not isinstance(media, MediaFacts):
            named = f"“{path.name}”"
            said = media.message
            if named not in said.zh:
                said = Text(zh=f"{named}：{said.zh}", en=f"{named}: {said.en}")
            raise (Unsafe if media.unsafe else Unreadable)(media.code, said, entry=path.name)
        kind: ResourceKind = "video" if media.video is not None else "audio"
        captions = next((file for file in facts.paths if file != path.name), "")
        entry = Resource(id=path.stem, kind=kind, title=path.stem, path=path.name, captions=captions)
        manifest = Manifest(title=path.stem, resources=(entry,))
        package = Package(manifest=manifest, facts=facts, name=path.stem, kind="single", as_of=as_of)
        (subject,) = package.resources
        assert isinstance(subject, Timed)  # noqa: S101  video and audio are
        yield subject


def _captions_of(path: Path) -> list[Path]:
    """Captions in the same folder: `名称.vtt`, `名称.zh.srt` beside `名称.mp4`."""
    found = [
        file
        for file in path.parent.glob("*.*")
        if file.suffix.lower() in CAPTION_SUFFIXES
        and (file.stem == path.stem or file.stem.startswith(f"{path.stem}."))
        and file.is_file()
    ]
    return sorted(found, key=lambda file: (file.stem != path.stem, file.name))[:_BESIDE_MOST]
