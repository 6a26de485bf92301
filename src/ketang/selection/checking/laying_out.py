"""Where a checked package's media lie, so that the report's page can play them by byte ranges."""

from __future__ import annotations

from kebao.media.facts import MediaFacts
from kebao.media.playing import codec, content_type
from kebao.model.errors import KebaoError
from kebao.model.report import Report
from kebao.report.arranging import timelines
from kebao.subjects.course import Package
from kebao.subjects.tree_facts import TreeFacts
from ketang.platform.storage.actions import put_stream
from ketang.platform.storage.models import StoredFile
from ketang.selection.checking.models import Check, CheckedMedium


def laid_out(check: Check, package: Package, report: Report) -> list[CheckedMedium]:
    """The media in which something was found, in the report's order; not saved yet.

    What lies in the package as it is, is played from there; what is packed is unpacked into the store. Nothing is stored of
    what browsers do not play.

    Effects: stored files.
    """
    facts = package.facts
    if not isinstance(facts, TreeFacts):
        return []
    made = []
    for number, timeline in enumerate(timelines(report), start=1):
        media = facts.media(timeline.path)
        if isinstance(media, MediaFacts):
            row = CheckedMedium(check_of=check, number=number, path=timeline.path[:1000], format=_format(media))
            _lay(row, check, facts, timeline.path, content_type(media))
            made.append(row)
    return made


def _lay(row: CheckedMedium, check: Check, facts: TreeFacts, path: str, kind: str) -> None:
    if not kind:
        return
    try:
        row.stored, row.start, row.size = where_it_lies(facts, path, check.digest)
    except KebaoError:
        return  # the report says what is wrong with it
    row.content_type = kind


def where_it_lies(facts: TreeFacts, path: str, package: str) -> tuple[StoredFile, int, int]:
    """The stored file in which a file of a package lies, its first byte there and its length.

    What lies in the package as it is, is played from there; what is packed is unpacked into the store.

    Args:
        facts: of the open package.
        path: of the file in it.
        package: digest of the package.

    Raises:
        KebaoError: it cannot be read.

    Effects: a stored file, where it was packed.
    """
    if (place := facts.place(path)) is not None:
        return StoredFile.objects.get(digest=package), *place
    with facts.open(path) as stream:
        stored = put_stream(stream)
    return stored, 0, stored.size


def _format(media: MediaFacts) -> str:
    return " ".join(part for part in (media.container, codec(media)) if part)[:60]
