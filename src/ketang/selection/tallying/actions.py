"""Making tallies. They repeat what stands elsewhere, so no act of anybody is recorded for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kebao.model.errors import KebaoError
from kebao.model.outcome import Severity
from kebao.model.report import Report
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.platform.storage.reading import Damaged
from ketang.selection.calls.callfile import Region
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import report_of
from ketang.selection.intake.models import Submission
from ketang.selection.notices.lacking import standing_fingerprints
from ketang.selection.recommending.models import Listed
from ketang.selection.ruling.effective import Ruled, ruled
from ketang.selection.ruling.models import Ruling, RulingKind
from ketang.selection.ruling.queries import standing_rulings
from ketang.selection.tallying.districts import area_in, in_code, in_words
from ketang.selection.tallying.kinds import kind_of
from ketang.selection.tallying.models import ClauseWords, DistrictFrom, Gravity, TalliedFault, Tally, WrittenArea
from ketang.selection.tallying.queries import basis_of, out_of_date, region

if TYPE_CHECKING:
    from kebao.subjects.course import Package  # it brings the library that measures; the web does without

AT_ONCE = 2000
"""Tallies made in one go; what is left waits for the next."""
_AS_GRAVE = {Severity.ERROR: Gravity.ERROR, Severity.WARNING: Gravity.WARNING}
_GRAVEST = (Gravity.ERROR, Gravity.UNMET, Gravity.WARNING)


def keep_area(check: Check, package: Package) -> None:
    """Keep city and district of the address that a checked version names. Effects: its row, or none where it names none."""
    if check.version is None:
        return
    manifest = package.manifest
    words = area_in(manifest.form.address) or area_in(manifest.supplier.address)
    if words:
        WrittenArea.objects.update_or_create(version=check.version, defaults={"words": words})
    else:
        WrittenArea.objects.filter(version=check.version).delete()


def keep_tallies(most: int = AT_ONCE) -> int:
    """Make the tallies that are missing or out of date. How many were made.

    Effects: their rows, each submission in a transaction of its own.
    """
    found = region()
    basis = basis_of(found)
    keys = list(out_of_date(basis).order_by("-id").values_list("pk", flat=True)[:most])
    known = set(ClauseWords.objects.values_list("rulebook", "clause", "rule"))
    for key in keys:
        _keep(key, found, basis, known)
    return len(keys)


def _keep(key: int, found: Region | None, basis: str, known: set[tuple[str, str, str]]) -> None:
    with transaction.atomic():
        # Locked, as by whoever rules on it: what is read here is of one moment.
        held = Submission.objects.select_for_update(of=("self",)).select_related("organisation", "latest").get(pk=key)
        check = Check.objects.filter(version=held.latest, state=CheckState.DONE).order_by("-id").first()
        report = _report(check)
        rulings = standing_rulings(held)
        listed = (
            Listed.objects.filter(submission=held, removed_at=None)
            .select_related("recommender__organisation")
            .order_by("-id")
            .first()
        )
        district, source = _district(held, listed, found)
        tally, _made = Tally.objects.update_or_create(
            submission=held,
            defaults={
                "call_id": held.call_id, "district": district, "district_from": source,
                "supplier_kind": kind_of(held.organisation), "hours": None if report is None else report.summary.hours,
                "check_of": check, "change": held.changed_at, "rulings": len(rulings),
                "newest_ruling": max((one.pk for one in rulings), default=0),
                "newest_listed": 0 if listed is None else listed.pk, "basis": basis, "made_at": timezone.now(),
            },
        )  # fmt: skip
        tally.faults.all().delete()
        if check is not None and report is not None:
            _keep_faults(tally, check, report, rulings)
            _keep_words(report, known)


def _report(check: Check | None) -> Report | None:
    """The report, or None where there is none or its bytes can no longer be read: statistics do not stop at one."""
    if check is None or not check.report:
        return None
    try:
        return report_of(check)
    except (KebaoError, Damaged):
        return None


def _keep_faults(tally: Tally, check: Check, report: Report, rulings: list[Ruling]) -> None:
    TalliedFault.objects.bulk_create(
        TalliedFault(tally=tally, call_id=tally.call_id, rulebook=rulebook, clause=clause, rule=rule, gravity=gravity)
        for rulebook, clause, rule, gravity in counted_faults(report, ruled(check, report, rulings))
    )


def counted_faults(report: Report, found: Ruled) -> Iterator[tuple[str, str, str, Gravity]]:
    """(rulebook, clause, rule, gravity) of what counts against the package once rulings are counted.

    A finding counts under each clause that holds it, unless the clause was waived for it. Advice counts nowhere.
    """
    standing = standing_fingerprints(report, found)
    for clause in report.clauses:
        said = found.clauses.get((clause.rulebook, clause.id))
        left = standing - set(said.covers) if said is not None and said.kind == RulingKind.WAIVE else standing
        gravities = []
        for result in clause.rules:
            gravity = _AS_GRAVE.get(result.severity)
            if gravity is not None and left & set(result.findings):
                gravities.append(gravity)
                yield clause.rulebook, clause.id, result.rule, gravity
        if said is not None and said.kind == RulingKind.UNMET:
            gravities.append(Gravity.UNMET)
        if gravities:
            yield clause.rulebook, clause.id, "", min(gravities, key=_GRAVEST.index)


def _keep_words(report: Report, known: set[tuple[str, str, str]]) -> None:
    """Titles of rulebooks, words of clauses, titles of rules that were not told before."""
    told = [((book.id, "", ""), 0, book.title) for book in report.rulebooks]
    for place, clause in enumerate(report.clauses):
        told.append(((clause.rulebook, clause.id, ""), place, clause.text))
        told += [((clause.rulebook, clause.id, result.rule), place, result.title) for result in clause.rules]
    made = []
    for key, place, words in told:
        if key not in known:
            known.add(key)
            rulebook, clause_id, rule = key
            both = {"zh": words.zh, "en": words.en}
            made.append(ClauseWords(rulebook=rulebook, clause=clause_id, rule=rule, place=place, words=both))
    ClauseWords.objects.bulk_create(made, ignore_conflicts=True)


def _district(held: Submission, listed: Listed | None, found: Region | None) -> tuple[str, DistrictFrom]:
    """The district and by what it is known: the first of four sources that tells one."""
    if found is None:
        return "", DistrictFrom.NOTHING
    unit = held.organisation
    body = listed.recommender.organisation if listed is not None else None
    for source, district in (
        (DistrictFrom.ADDRESS, in_words(_address(held), found)),
        (DistrictFrom.CODE, in_code(unit.credit_code, found)),
        (DistrictFrom.NAME, "" if unit.kind == OrganisationKind.PERSON else in_words(unit.name, found)),
        (DistrictFrom.RECOMMENDER, _of_body(body, found)),
    ):
        if district:
            return district, source
    return "", DistrictFrom.NOTHING


def _of_body(body: Organisation | None, found: Region) -> str:
    return "" if body is None else in_words(body.name, found) or in_code(body.credit_code, found)


def _address(held: Submission) -> str:
    """What was filled in on the web, else what the package says."""
    filled = (held.draft or {}).get("form") or {}
    if address := str(filled.get("address") or ""):
        return address
    area = WrittenArea.objects.filter(version=held.latest).first() if held.latest_id is not None else None
    return area.words if area is not None else ""
