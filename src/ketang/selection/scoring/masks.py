"""What tells who supplied a version: from its rows here, and from the package itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from kebao.package.manifest import Form, Manifest
from kebao.text.persons import persons_named
from ketang.people.organisation.models import Membership, OrganisationKind
from ketang.selection.intake.draft import read_draft
from ketang.selection.intake.models import Submission, Version
from ketang.selection.scoring.blinding import (
    CODE,
    FILE,
    MAIL,
    PERSON,
    PHONE,
    PLACE,
    UNIT,
    person_forms,
    short_names,
    titled,
)

Mask = tuple[str, str]


def masks_of(version: Version, manifest: Manifest | None = None, paths: Iterable[str] = ()) -> list[Mask]:
    """(phrase, what it is), each once, in a fixed order.

    Args:
        version: with its submission, organisation and call.
        manifest: of the package, where it is open.
        paths: of its files: names of files often carry the supplier's.
    """
    found = [*_of_rows(version.submission), *_of_form(read_draft(version.form).form), *_named("", version.name)]
    if manifest is not None:
        found += _of_manifest(manifest)
    for path in paths:
        found += _named(path, PurePosixPath(path).name)
    return [(phrase, what) for phrase, what in dict(reversed(found)).items() if phrase.strip()][::-1]


def _of_rows(submission: Submission) -> Iterator[Mask]:
    organisation = submission.organisation
    yield from _name(organisation.name, person=organisation.kind == OrganisationKind.PERSON)
    yield organisation.credit_code, CODE
    yield submission.number, CODE
    yield from _of_form(read_draft(submission.draft).form)
    members = Membership.objects.filter(organisation=organisation).select_related("account").order_by("pk")
    for member in members:
        yield from _name(member.account.name, person=True)
        yield member.account.email, MAIL


def _of_form(form: Form) -> Iterator[Mask]:
    yield from _name(form.unit)
    yield from _name(form.contact, person=True)
    yield form.phone, PHONE
    yield form.email, MAIL
    yield form.address, PLACE
    for name in persons_named(form.introduction.teachers):
        yield from _name(name, person=True)


def _of_manifest(manifest: Manifest) -> Iterator[Mask]:
    supplier = manifest.supplier
    yield from _name(supplier.name, person=supplier.kind == "个人")
    yield supplier.credit_code, CODE
    yield supplier.address, PLACE
    yield from _of_form(manifest.form)
    yield from _name(manifest.free_use.by, person=len(manifest.free_use.by) <= 4)
    for row in manifest.rights:
        if row.own:
            yield from _name(row.owner, person=len(row.owner) <= 4)


def _name(name: str, *, person: bool = False) -> Iterator[Mask]:
    if person:
        yield from ((form, PERSON) for form in (*person_forms(name), *titled(name)))
    else:
        yield from ((form, UNIT) for form in short_names(name))


def _named(path: str, name: str) -> Iterator[Mask]:
    """A file's path and name; a name's stem where it is long enough to be one."""
    yield from ((phrase, FILE) for phrase in (path, name) if phrase)
