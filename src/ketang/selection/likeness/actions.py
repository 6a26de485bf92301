"""Keeping prints of what was checked, and finding what other suppliers sent before."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from kebao.media.fingerprint.keys import keys_of
from kebao.media.fingerprint.matching import Pool
from kebao.media.fingerprint.prints import Print
from kebao.subjects.course import Package
from kebao.subjects.repeated_media import medium_print, timed
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.storage.actions import put_bytes
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Version
from ketang.selection.likeness.models import Likeness, MediumPrint, MediumUse, PrintKey
from ketang.selection.likeness.packed import packed, unpacked

LEAST_SHARE = 0.3
"""Of the shorter medium, from which two are told to be alike: a shared opening or tune is less."""
LEAST_KEYS = 3
"""Keys in common from which two prints are compared."""
COMMON = 64
"""A key of more prints than this is everybody's (a tone, a blank slide) and finds nobody."""
MOST = 50
"""Prints that one is compared with: those with most keys in common."""


def keep_prints(check: Check, package: Package) -> None:
    """Keep the prints of a checked version's media; what is kept under a digest already is not made anew.

    Effects: stored files; rows of prints, keys and uses; the job `likeness.compare`.
    """
    if check.version is None:
        return
    found = {}
    for medium in timed(package):
        made, path = medium_print(medium), medium.entry.path
        if made is not None and (digest := package.facts.digest(path)):
            found[path] = (digest, medium.name, made)
    if found:
        keep(check.version, found)
        key = f"likeness.compare:{check.uuid}"
        enqueue("likeness.compare", key=key, version=str(check.version.uuid))


def keep(version: Version, media: Mapping[str, tuple[str, str, Print]]) -> None:
    """Keep media by path: (digest, title, print).

    Effects: as `keep_prints`, without the job.
    """
    for path, (digest, title, made) in media.items():
        with transaction.atomic():
            named = {"of": _kept(digest, made), "title": title[:400]}
            MediumUse.objects.update_or_create(version=version, path=path[:1000], defaults=named)


def compare(version: Version) -> int:
    """Find what other suppliers sent that is the same or nearly; how many likenesses are new.

    Effects: rows of likenesses; `likeness.find` where there are new ones.
    """
    new = 0
    for row in MediumPrint.objects.filter(uses__version=version).distinct().order_by("pk"):
        with audited():
            if count := _compare(version, row):
                record(actor=SYSTEM, action="likeness.find", of=version, payload={"digest": row.digest, "count": count})
                new += count
    return new


def _kept(digest: str, made: Print) -> MediumPrint:
    known = MediumPrint.objects.filter(digest=digest).first()
    if known is not None:
        return known
    row = MediumPrint.objects.create(digest=digest, seconds=made.seconds, stored=put_bytes(packed(made)))
    PrintKey.objects.bulk_create([PrintKey(of=row, key=key) for key in keys_of(made)], batch_size=400)
    return row


def _compare(version: Version, row: MediumPrint) -> int:
    others = candidates(version, row)
    known = set(Likeness.objects.filter(one=row).values_list("other", flat=True))
    known |= set(Likeness.objects.filter(other=row).values_list("one", flat=True))
    others = [other for other in others if other.pk not in known]
    if not others:
        return 0
    pool = Pool([unpacked(other.stored_id) for other in others])
    rows = []
    for match in pool.matches(unpacked(row.stored_id), least_share=LEAST_SHARE):
        other = others[match.other]
        stretches = [[round(s.here, 2), round(s.there, 2), round(s.length, 2)] for s in match.stretches]
        one, second = (row, other) if row.pk < other.pk else (other, row)
        if one is not row:
            stretches = [[there, here, length] for here, there, length in stretches]
        rows.append(Likeness(one=one, other=second, kind=match.kind, share=match.share, stretches=stretches))
    Likeness.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def candidates(version: Version, row: MediumPrint) -> list[MediumPrint]:
    """Prints of other suppliers' media that have keys in common, most first; found by the index of keys alone."""
    keys = list(row.keys.values_list("key", flat=True))
    shared = PrintKey.objects.filter(key__in=keys).exclude(of=row)
    common = shared.values("key").annotate(n=Count("of")).filter(n__gt=COMMON).values_list("key", flat=True)
    telling = set(keys) - set(common)
    elsewhere = MediumUse.objects.filter(of=OuterRef("pk")).exclude(
        version__submission__organisation=version.submission.organisation_id
    )
    counted = PrintKey.objects.filter(key__in=telling).exclude(of=row).values("of").annotate(n=Count("key"))
    counts = dict(counted.filter(n__gte=LEAST_KEYS).order_by("-n").values_list("of", "n")[: MOST * 4])
    found = MediumPrint.objects.filter(Exists(elsewhere), pk__in=counts)
    return sorted(found, key=lambda one: -counts[one.pk])[:MOST]
