"""The media of an opened package, and measuring one of them."""

from __future__ import annotations

from kebao.engine.measuring import measure_file
from kebao.media.facts import MediaFacts
from kebao.media.measuring import measure
from kebao.model.errors import KebaoError
from kebao.subjects.course import Package, Timed
from kebao.subjects.tree_facts import TreeFacts
from ketang.selection.checking.opening import measurements


def media_of(package: Package) -> list[str]:
    """Paths of media that can be measured, each once."""
    usable = (r for r in package.resources if isinstance(r, Timed) and isinstance(r.media, MediaFacts))
    return list(dict.fromkeys(resource.entry.path for resource in usable))


def measure_in(package: Package, path: str) -> None:
    """Measure the medium at a path; what cannot be measured is left to the report.

    Effects: the measurement lies in the measurements under the medium's digest.
    """
    facts = package.facts
    if not isinstance(facts, TreeFacts):
        return
    digest, place = facts.digest(path), facts.local_path(path)
    try:
        if place is not None:
            measure_file(place, digest, measurements())
        else:
            measure(lambda: facts.open(path), digest, measurements(), threads=1)
    except KebaoError:
        return  # the report says of it what the join finds
