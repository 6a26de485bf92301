"""Whom a package names in its own forms: supplier, contact, authors and owners, teachers. Kept with its version, for conflicts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ketang.platform.queue.actions import enqueue
from ketang.selection.experts.models import PackageNames
from ketang.selection.experts.recomputing import look_again_at_version
from ketang.selection.experts.sayings import reviewed

if TYPE_CHECKING:
    from kebao.package.manifest import Manifest
    from ketang.selection.calls.models import Call
    from ketang.selection.intake.models import Version

MOST_SIGNS, MOST_NAMES = 4000, 200


def names_of(manifest: Manifest) -> dict[str, Any]:
    """What a package's own forms say: `{"units": [], "codes": [], "people": [], "owners": [], "teachers": words, "mails": [], "phones": []}`.

    `people` are named as persons; `owners` hold the rights, persons and others.
    """
    supplier, form = manifest.supplier, manifest.form
    person = supplier.kind == "个人"
    owners = [row.owner for row in manifest.rights]
    return {
        "units": _each([form.unit, "" if person else supplier.name]), "codes": _each([supplier.credit_code]),
        "people": _each([form.contact, supplier.name if person else ""]), "owners": _each([*owners, manifest.free_use.by]),
        "teachers": form.introduction.teachers.strip()[:MOST_SIGNS], "mails": _each([form.email]), "phones": _each([form.phone]),
    }  # fmt: skip


def keep_names(version: Version, manifest: Manifest | None) -> None:
    """Keep them; None for a package that cannot be read. Effects: the row; conflicts are looked for again where they changed."""
    said = {} if manifest is None else names_of(manifest)
    before = PackageNames.objects.filter(version=version).first()
    if before is not None and before.said == said:
        return
    PackageNames.objects.update_or_create(version=version, defaults={"said": said})
    look_again_at_version(version)


def ask_for_names(call: Call) -> None:
    """Have the packages of a call read whose names are not kept. Effects: the job `experts.read_names` where there are such."""
    if unread(call):
        enqueue("experts.read_names", key=f"experts.read_names:{call.uuid}", call=str(call.uuid))


def unread(call: Call) -> list[Version]:
    """The versions in review in a call whose packages' names are not kept."""
    found = reviewed(call).filter(latest__names=None).select_related("call")
    return [one.latest for one in found if one.latest is not None]


def _each(words: list[str]) -> list[str]:
    return list(dict.fromkeys(one.strip()[:200] for one in words if one.strip()))[:MOST_NAMES]
