"""Letters of a recommending body: issued for what waits on its list, withdrawn with a reason, sent back stamped."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.intake.models import Receipt, Submission
from ketang.selection.papers.facts import category
from ketang.selection.recommending.models import Listed, Recommendation, RecommendationRow, Recommender
from ketang.selection.recommending.progress import can_be_recommended
from ketang.selection.recommending.queries import shown_listed, waiting

MOST = 200
"""Packages on one letter."""
SCAN_BYTES = 20 << 20
SCANS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}
"""Kinds of a stamped copy, by how they begin."""


def issue(*, recommender: Recommender, chosen: Sequence[str]) -> Recommendation:
    """Issue a letter for packages that wait on the list.

    Args:
        chosen: uuids of rows of the list.

    Raises:
        Refused: none or too many; one of them is not on the list any more, stands on a letter, was taken back or refused.

    Effects: the letter and its rows, in the order of the list; `recommending.issue` by the body.
    """
    wanted = set(chosen)
    if not wanted:
        raise Refused(_("请选择要推荐的课程包。"), field="chosen")
    if len(wanted) > MOST:
        raise Refused(_("一封推荐函最多 %(most)s 件，请分几封。") % {"most": MOST}, field="chosen")
    # Reports are read before anything is locked: a letter of two hundred takes seconds.
    credit = {one.pk: _credit(one.submission) for one in _chosen(recommender, wanted)}
    with audited():
        held = Recommender.objects.select_for_update().get(pk=recommender.pk)
        call = Call.objects.select_for_update().get(pk=held.call_id)  # numbers are the call's
        found = _chosen(held, wanted)
        if len(found) < len(wanted):
            raise Refused(_("名单已经变了。请刷新页面，再选一次。"), field="chosen")
        if gone := [one for one in found if one.submission is not None and not can_be_recommended(one.submission)]:
            number = gone[0].submission.number if gone[0].submission is not None else ""
            raise Refused(_("%(number)s 已撤回或不予受理，请先从名单移除。") % {"number": number}, field="chosen")
        count = Recommendation.objects.filter(recommender__call=call).count() + 1
        made = Recommendation.objects.create(recommender=held, number=f"{call.slug.upper()}-J{count:03d}")
        RecommendationRow.objects.bulk_create(
            _row(made, place, one, call, credit.get(one.pk)) for place, one in enumerate(found, 1)
        )
        record(actor=held, action="recommending.issue", of=made, payload={"number": made.number, "count": len(found)})
    return made


def withdraw(*, recommender: Recommender, recommendation: Recommendation, reason: str) -> None:
    """Take a letter back; it stays on record, and what stood on it waits on the list again.

    Raises:
        Refused: without a reason.

    Effects: the row; `recommending.withdraw` by the body. Nothing when it was withdrawn before.
    """
    if not reason.strip():
        raise Refused(_("请写明撤回的理由。"), field="reason")
    with audited():
        held = _own(recommender, recommendation)
        if held.withdrawn_at is None:
            held.withdrawn_at, held.reason = timezone.now(), reason.strip()[:1000]
            held.save(update_fields=["withdrawn_at", "reason"])
            payload = {"number": held.number, "reason": held.reason}
            record(actor=recommender, action="recommending.withdraw", of=held, payload=payload)
    recommendation.refresh_from_db()


def keep_scan(*, recommender: Recommender, recommendation: Recommendation, name: str, content: bytes) -> None:
    """Keep the stamped copy of a letter, in the place of one that was sent before.

    Raises:
        Refused: the letter was withdrawn; the file is too large or neither PDF nor picture.

    Effects: the stored file; the row; `recommending.keep_scan` by the body.
    """
    if len(content) > SCAN_BYTES:
        raise Refused(_("文件太大：最多 20 MB。请扫描成 PDF，或降低分辨率。"), field="scan")
    ending = next((ending for head, ending in SCANS.items() if content.startswith(head)), "")
    if not ending:
        raise Refused(_("请上传 PDF、JPG 或 PNG 文件。"), field="scan")
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    stored = put_bytes(content)
    with audited():
        held = _own(recommender, recommendation)
        if not held.stands:
            raise Refused(_("这封推荐函已经撤回，不用再传盖章件。"), field="scan")
        held.scan, held.scan_name, held.scan_at = stored.digest, stem[:240] + ending, timezone.now()
        held.save(update_fields=["scan", "scan_name", "scan_at"])
        record(actor=recommender, action="recommending.keep_scan", of=held, payload={"digest": stored.digest})
    recommendation.refresh_from_db()


def _chosen(recommender: Recommender, wanted: set[str]) -> list[Listed]:
    keys = list(waiting(recommender).filter(uuid__in=wanted).values_list("pk", flat=True))
    return list(shown_listed().filter(pk__in=keys).order_by("id"))


def _own(recommender: Recommender, recommendation: Recommendation) -> Recommendation:
    return Recommendation.objects.select_for_update().get(pk=recommendation.pk, recommender=recommender)


def _row(letter: Recommendation, place: int, listed: Listed, call: Call, credit: Decimal | None) -> RecommendationRow:
    submission, arrival = listed.submission, listed.arrival
    row = RecommendationRow(recommendation=letter, place=place, listed=listed)
    if submission is None:
        assert arrival is not None  # noqa: S101 - a constraint of the table
        row.receipt, row.supplier, row.title = arrival.number, arrival.supplier, arrival.title or arrival.name
        return row
    submission.call = call
    receipt = Receipt.objects.filter(version=submission.latest_id).order_by("id").first()
    row.receipt = receipt.number if receipt is not None else submission.number
    row.supplier, row.title, row.category = submission.organisation.name, submission.title, category(submission)
    row.credit = credit
    return row


def _credit(submission: Submission | None) -> Decimal | None:
    """Hours of 45 minutes that the newest check of the version that counts has counted."""
    if submission is None or submission.latest_id is None:
        return None
    check = Check.objects.filter(version=submission.latest_id).order_by("-id").first()
    report = report_of(check) if check is not None and check.is_done else None
    return report.summary.hours if report is not None else None
