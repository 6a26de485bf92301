"""A version's package, opened by kebao under the name with which it came, with what was filled in on the web laid over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kebao.engine.check import check as judge
from kebao.engine.measuring import Measuring
from kebao.media.store import Store
from kebao.model.report import Report
from kebao.occupations.store import load_all
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any
from kebao.subjects.reading import Opened
from ketang.selection.checking.models import Check
from ketang.selection.checking.naming import named
from ketang.selection.intake.draft import read_draft


def measurements() -> Store:
    """Where this machine keeps measurements: by digest, so that another version with the same video costs nothing."""
    return Store(Path(settings.MEASUREMENTS))


@contextmanager
def opened(check: Check) -> Iterator[Opened]:
    """The package of a check, with what was filled in on the web laid over its own forms. Raises: as `opened_as_sent`."""
    with opened_as_sent(check) as found:
        lay_over(check, found)
        yield found


def lay_over(check: Check, found: Opened) -> None:
    """Lay what was filled in on the web over the package's own forms."""
    filled = check.version.form if check.version is not None else check.form
    found.package.manifest = read_draft(filled).laid_over(found.package.manifest)


@contextmanager
def opened_as_sent(check: Check) -> Iterator[Opened]:
    """The package of a check as it came.

    Raises:
        Unreadable, Unsafe: it is refused as a whole.
        Damaged: the store's bytes are not those that came in.
    """
    version = check.version
    with named(check.name, check.digest) as path:
        day = timezone.localdate()
        if version is not None:
            day = version.received_at.astimezone(version.submission.call.zone).date()
        elif check.draft_of is not None:
            day = timezone.localdate(timezone=check.draft_of.call.zone)
        with open_any(path, occupations=load_all() or None, as_of=day) as found:
            yield found


def judged(check: Check, found: Opened, *, media: bool) -> Report:
    """The report on an opened package under the check's rulebooks; `media` with sound and picture."""
    books = tuple(load(name, all_rules()) for name in check.rulebooks)
    measuring = Measuring(measurements(), jobs=1) if media else None
    return judge(found.package, books, jobs=1, media=measuring, notes=found.notes)
