"""What somebody has met of what a course asks, and certificates by number, holder and class."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.models import Certificate, Terms
from ketang.classroom.exams.models import Attempt, Cause, Marking
from ketang.classroom.exams.queries import open_papers, who_passed
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.queries import hours, sum_by_class
from ketang.classroom.tasks.queries import sheets_of, sheets_passed
from ketang.people.account.models import Account
from ketang.platform.listing import Listing

USUAL_SHARE = 2
"""Of a course's 学时 one in so many is asked where the office has said nothing: whoever uses a screen reader or a transcript may
well be done in half the time, and a lesson may be called finished without any."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a course asks, in words, how far somebody is, and whether it is met."""

    words: str
    state: str
    is_met: bool


def terms_of(course: Course) -> Terms:
    """What a course asks. Without a row: every lesson, half of its 学时, and a paper passed where it has any; such terms are not saved."""
    found = Terms.objects.filter(course=course).first()
    if found is not None:
        return found
    length = course.lessons.aggregate(sum=Sum("counts_ms"))["sum"] or 0
    return Terms(course=course, hours=hours(length // USUAL_SHARE))


def conditions_of(
    terms: Terms, finished: int, lessons: int, earned: Decimal, has_passed: bool | None, done: int = 0, sheets: int = 0
) -> list[Condition]:
    """Everything that is asked, in order; nothing where no certificate is offered.

    Args:
        terms: the course's.
        finished: lessons of the current edition that somebody has finished, of `lessons`.
        earned: 学时 that count.
        has_passed: whether a paper was passed; None for a course that has none to sit.
        done: task sheets of the current edition that were marked as passed, of `sheets`.
    """
    if not terms.is_offered:
        return []
    found = []
    if terms.every_lesson:
        state = _("学完 %(finished)s 课，共 %(all)s 课") % {"finished": finished, "all": lessons}
        found.append(Condition(_("学完每一课"), state, bool(lessons) and finished == lessons))
    if terms.hours:
        asked = _("至少学 %(hours)s 学时") % {"hours": terms.hours}
        found.append(Condition(asked, _("已学 %(hours)s 学时") % {"hours": earned}, earned >= terms.hours))
    if terms.exam and has_passed is not None:
        state = _("考试已经及格") if has_passed else _("考试还没有及格")
        found.append(Condition(_("考试及格"), state, has_passed))
    if terms.tasks and sheets:
        state = _("通过 %(done)s 个，共 %(all)s 个") % {"done": done, "all": sheets}
        found.append(Condition(_("实操任务通过老师评定"), state, done == sheets))
    return found


def is_met(conditions: Sequence[Condition]) -> bool:
    """Whether a certificate may be issued."""
    return bool(conditions) and all(one.is_met for one in conditions)


def standing_certificate(account: Account, course: Course) -> Certificate | None:
    """The one that stands."""
    return Certificate.objects.filter(account=account, course=course, revoked_at=None).first()


def certificates_of(account: Account) -> QuerySet[Certificate]:
    """Everything that was issued to somebody, the latest first; revoked ones too."""
    return Certificate.objects.filter(account=account).order_by("-issued_at", "-id")


def certificate_by_paper(number: str, code: str) -> Certificate | None:
    """The certificate on which both stand, however they were typed; revoked ones too."""
    found = Certificate.objects.filter(number=_plain(number).upper()).first()
    if found is None or not hmac.compare_digest(_plain(found.code).lower().encode(), _plain(code).lower().encode()):
        return None
    return found


def _plain(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isalnum())


def every_certificate(words: str = "", state: str = "") -> Listing[Certificate]:
    """Certificates, the latest first.

    Args:
        words: each must stand in the number, the name or the course's title.
        state: "valid", "revoked", "doubtful" (`doubtful`) or "" for all.
    """
    found = Certificate.objects.order_by("-issued_at", "-id")
    for word in words.split():
        found = found.filter(Q(number__icontains=word) | Q(holder__icontains=word) | Q(title__icontains=word))
    if state == "doubtful":
        found = found.filter(pk__in=doubtful().values("pk"))
    elif state:
        found = found.filter(revoked_at__isnull=state == "valid")
    return Listing(found, Certificate.objects.select_related("course", "account", "issued_by", "revoked_by"))


def doubtful() -> QuerySet[Certificate]:
    """Certificates that wait for the office's decision, since when as `lost_at`, the longest first.

    They stand and say that the exam was passed, and by the keys of now their holder has passed no paper of the course. Asked of
    the markings each time: nothing can be forgotten to be noted.
    """
    newest = Marking.objects.filter(attempt=OuterRef("pk")).order_by("-number").values("passed")[:1]
    own = Attempt.objects.filter(account=OuterRef("account"), course=OuterRef("course"))
    good = own.annotate(good=Subquery(newest)).filter(good=True)
    lost = Marking.objects.filter(cause=Cause.CORRECTED, passed=False)
    # First those who have a corrected marking at all, which are few and have an index.
    found = Certificate.objects.filter(
        Exists(lost.filter(attempt__account=OuterRef("account"), attempt__course=OuterRef("course"))), ~Exists(good),
        account__in=lost.values("attempt__account"), revoked_at=None, has_passed=True, upheld=None,
    )  # fmt: skip
    of_course = Q(account__attempts__course=F("course"), account__attempts__markings__cause=Cause.CORRECTED)
    since = Max("account__attempts__markings__at", filter=of_course)
    return found.annotate(lost_at=since).order_by("lost_at", "pk")


@dataclass(frozen=True, slots=True)
class Lost:
    """An attempt that had passed, with the marks before and now."""

    attempt: Attempt
    before: Marking
    now: Marking


def lost_of(certificate: Certificate) -> list[Lost]:
    """The attempts of a certificate's holder that had passed and have not by the keys of now."""
    own = Attempt.objects.filter(
        account=certificate.account_id, course=certificate.course_id, submitted_at__isnull=False
    )
    found = []
    for attempt in own.select_related("paper").prefetch_related("markings").order_by("pk"):
        marks = sorted(attempt.markings.all(), key=lambda one: one.number)
        good = [one for one in marks if one.passed]
        if good and not marks[-1].passed:
            found.append(Lost(attempt, good[-1], marks[-1]))
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner as to the certificate of a course.

    `by_class` in milliseconds; `has_passed` is None without a paper to sit; `has_done` is whether every task sheet was asked for and passed.
    """

    account: Account
    hours: Decimal
    by_class: Mapping[str, int]
    has_passed: bool | None
    has_done: bool
    conditions: Sequence[Condition]
    certificate: Certificate | None

    @property
    def is_met(self) -> bool:
        """Whether a certificate may be issued."""
        return is_met(self.conditions)

    @property
    def lacking(self) -> list[Condition]:
        """What is not met yet."""
        return [one for one in self.conditions if not one.is_met]


def candidate(course: Course, account: Account) -> Candidate:
    """One learner."""
    return candidates(course, [account])[0]


def candidates(course: Course, accounts: Sequence[Account]) -> list[Candidate]:
    """Learners in the order given. Nine queries at most, however many."""
    terms, threads = terms_of(course), set(course.lessons.values_list("thread", flat=True))
    rows: dict[int, list[Progress]] = {}
    for row in Progress.objects.filter(course=course, account__in=accounts):
        rows.setdefault(row.account_id, []).append(row)
    standing = Certificate.objects.filter(course=course, account__in=accounts, revoked_at=None)
    held = {one.account_id: one for one in standing}
    good = who_passed(course, accounts) if open_papers(course) else None
    sheets = sheets_of(course) if terms.tasks else set()
    done = sheets_passed(course, accounts, sheets) if sheets else {}
    found = []
    for account in accounts:
        own = rows.get(account.pk, [])
        by_class = sum_by_class({name: int(amount) for name, amount in row.by_class.items()} for row in own)
        finished = sum(1 for row in own if row.finished_at and row.thread in threads)
        earned = hours(sum(by_class.values()))
        has_passed = None if good is None else account.pk in good
        passed = len(done.get(account.pk, ()))
        asked = conditions_of(terms, finished, len(threads), earned, has_passed, passed, len(sheets))
        has_done = bool(sheets) and passed == len(sheets)
        found.append(Candidate(account, earned, by_class, has_passed, has_done, asked, held.get(account.pk)))
    return found
