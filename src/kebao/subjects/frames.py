"""Size and shape of the pictures of a course's videos, from container facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from kebao.media.facts import MediaFacts
from kebao.subjects.course import Package, Resource


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels across and down, as shown."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"

    @property
    def shape(self) -> Fraction:
        """Width to height."""
        return Fraction(self.width, self.height)


def framed_videos(package: Package) -> tuple[tuple[Resource, Size], ...]:
    """Videos (no animations) whose picture size is known, in the manifest's order."""
    return tuple(
        (resource, Size(resource.media.video.width, resource.media.video.height))
        for resource in package.resources
        if resource.entry.kind == "video"
        and isinstance(resource.media, MediaFacts)
        and resource.media.video is not None
        and resource.media.video.width > 0
        and resource.media.video.height > 0
    )


def usual_size(videos: tuple[tuple[Resource, Size], ...]) -> Size:
    """The commonest size of the commonest shape; among equals the one that comes first. At least one video."""
    shapes = Counter(size.shape for _, size in videos)
    shape = shapes.most_common(1)[0][0]
    return Counter(size for _, size in videos if size.shape == shape).most_common(1)[0][0]


def same_shape(one: Size, other: Size, tolerance: Fraction) -> bool:
    """Whether width to height agree within a part of the other's."""
    return abs(one.shape - other.shape) <= other.shape * tolerance
