"""Fields that somebody filled in with something that was not understood: they are not empty."""

from __future__ import annotations

from kebao.subjects.course import Package


def was_written(package: Package, field: str) -> bool:
    """Whether a field of a manifest's face holds words that no reader understood.

    `value-not-understood` tells of it; that the field is empty in the manifest is then no second fault, nor that it is
    empty in the other face, which was made from what was understood.
    """
    faces = {face.path for face in package.faces} | {package.manifest_path}
    return any(lost.at.field == field for lost in package.not_understood if lost.at.path in faces)
