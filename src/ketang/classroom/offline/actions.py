"""Asking for packages, and keeping what was built."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ketang.classroom.catalogue.models import Edition
from ketang.classroom.offline.building import Built
from ketang.classroom.offline.carrying import Load, loads_of, recipe_of
from ketang.classroom.offline.models import Choice, OfflineFile, OfflinePackage, PackageState
from ketang.classroom.offline.queries import LANE, size_of
from ketang.platform.queue.actions import enqueue
from ketang.platform.storage.releasing import release


def ask(edition: Edition, choice: Choice) -> OfflinePackage:
    """Have a package made, unless it is made, or being made, of what would go in today. One that failed is tried again.

    Effects: the row; a job.
    """
    recipe = recipe_of(loads_of(edition)[choice])
    with transaction.atomic():
        row, _made = OfflinePackage.objects.get_or_create(
            edition=edition, choice=choice, defaults={"recipe": recipe, "state": PackageState.FAILED}
        )
        row = OfflinePackage.objects.select_for_update().get(pk=row.pk)
        if row.recipe != recipe or row.state == PackageState.FAILED:
            _let_go(row)
            row.recipe, row.state, row.asked_at = recipe, PackageState.WAITING, timezone.now()
            row.entries, row.size, row.written, row.made_at = [], 0, None, None
            row.save()
        wake()
    return row


def _let_go(row: OfflinePackage) -> None:
    """What an earlier making held."""
    row.files.all().delete()
    if row.written_id:
        release(row.written_id)


def wake() -> None:
    """A job, where something waits and none is at work. One at a time: it reads whole films, and other work is to have the disk."""
    if OfflinePackage.objects.filter(state__in=(PackageState.WAITING, PackageState.MAKING)).exists():
        enqueue("offline.make", key=LANE)


def take() -> OfflinePackage | None:
    """The package on which to work: the one at which a worker was killed, else the oldest that waits. Effects: its row says so."""
    found = OfflinePackage.objects.select_related("edition__course").order_by("asked_at", "pk")
    row = found.filter(state=PackageState.MAKING).first() or found.filter(state=PackageState.WAITING).first()
    if row is not None:
        OfflinePackage.objects.filter(pk=row.pk).update(state=PackageState.MAKING)
    return row


def keep(package: OfflinePackage, load: Load, built: Built) -> None:
    """Keep what was built; not when something else is to go in by now. Call it inside the transaction that ends the job.

    Effects: the row is made, its files are held; or it stays as it is.
    """
    row = OfflinePackage.objects.select_for_update().get(pk=package.pk)
    if row.recipe != recipe_of(load):
        OfflinePackage.objects.filter(pk=row.pk, state=PackageState.MAKING).update(state=PackageState.WAITING)
        release(built.written.pk)
        return
    OfflineFile.objects.filter(package=row).delete()
    OfflineFile.objects.bulk_create(OfflineFile(package=row, file=one) for one in built.files)
    row.written, row.entries = built.written, [list(entry) for entry in built.entries]
    row.state, row.made_at = PackageState.MADE, timezone.now()
    row.size = size_of(row)
    row.save()


def give_up() -> None:
    """The one at work has failed for good. Effects: its row says so."""
    OfflinePackage.objects.filter(state=PackageState.MAKING).update(state=PackageState.FAILED)
