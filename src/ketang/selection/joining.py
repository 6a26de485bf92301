"""How the rooms of selection are joined: who hears when something happens in another. Asked once, when the product starts.

Imports stand inside the functions: Django has no tables before it has started.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kebao.subjects.course import Package
    from ketang.selection.checking.models import Check


def _keep_prints(check: Check, package: Package) -> None:
    """Imported when it is called: it brings numpy, which the web does without."""
    from ketang.selection.likeness.actions import keep_prints

    keep_prints(check, package)


def join_intake() -> None:
    """From the arrival to what is missing: every new version is checked; names of persons leave what is searched with their account; bytes that it holds stay."""
    from ketang.people.privacy.registry import register
    from ketang.platform.outbox.filling import register_fill
    from ketang.platform.storage.holding import register_holder
    from ketang.selection.answering.actions import answer_taken, send_receipt
    from ketang.selection.answering.links import MARK, address_in
    from ketang.selection.calls.actions import on_moved as on_call_moved
    from ketang.selection.calls.actions import on_terms_changed
    from ketang.selection.checking import queries as checking
    from ketang.selection.checking.actions import begin, on_ended, on_judged
    from ketang.selection.desk import queries as desk
    from ketang.selection.desk.own import SHARE as DESK
    from ketang.selection.importing.own import SHARE as IMPORTING
    from ketang.selection.intake import queries as intake
    from ketang.selection.intake.actions import (
        on_moved,
        on_receipt,
        on_received,
        weigh_call,
    )
    from ketang.selection.intake.own import SHARE
    from ketang.selection.intake.weighing import on_weighed
    from ketang.selection.ledger import queries as ledger
    from ketang.selection.ledger.actions import enter_receipt, mark_anew, on_entered
    from ketang.selection.ledger.holdings import keep_holding
    from ketang.selection.ledger.own import SHARE as LEDGER
    from ketang.selection.ledger.timing import keep_lateness
    from ketang.selection.mail import queries as mail
    from ketang.selection.mail.taking import on_taken
    from ketang.selection.notices.actions import check_ended, copies_came
    from ketang.selection.recommending import links as recommending
    from ketang.selection.recommending.own import SHARE as RECOMMENDING
    from ketang.selection.recommending.packages import join_entered
    from ketang.selection.recommending.queries import holds as holds_scan
    from ketang.selection.sealing import queries as sealing
    from ketang.selection.sealing.actions import plan
    from ketang.selection.tallying.actions import keep_area

    on_received(begin)
    on_receipt(enter_receipt)
    on_moved(keep_holding)
    on_weighed(keep_lateness)
    on_weighed(copies_came)
    on_ended(check_ended)
    on_terms_changed(weigh_call)
    on_terms_changed(plan)
    on_call_moved(plan)
    on_terms_changed(mark_anew)
    on_judged(_keep_prints)
    on_judged(keep_area)
    on_taken(answer_taken)
    on_entered(send_receipt)
    on_entered(join_entered)
    register_fill(MARK, address_in)
    register_fill(recommending.MARK, recommending.address_in)
    register(SHARE)
    register(LEDGER)
    register(DESK)
    register(RECOMMENDING)
    register(IMPORTING)
    register_holder(holds_scan)
    for room in (sealing, intake, checking, ledger, desk, mail):
        register_holder(room.holds)


def join_review() -> None:
    """From the experts to the payment: what was decided on stays in review; a conflict ends an assignment; what is assigned is copied blind."""
    from ketang.people.invitation.actions import on_accepted
    from ketang.people.privacy.registry import register
    from ketang.platform.outbox.filling import register_fill
    from ketang.platform.storage.holding import register_holder
    from ketang.selection.announcing import queries as announcing
    from ketang.selection.announcing.own import SHARE as ANNOUNCING
    from ketang.selection.assigning.actions import end_conflicting, end_of_submission, end_unscored, on_assigned
    from ketang.selection.assigning.counting import recount_package
    from ketang.selection.awarding.actions import before_undoing, keep_in_review
    from ketang.selection.checking.actions import on_read
    from ketang.selection.experts import inviting
    from ketang.selection.experts.conflicts import on_conflict
    from ketang.selection.experts.naming import keep_names
    from ketang.selection.experts.own import SHARE as EXPERTS
    from ketang.selection.experts.panel import on_left
    from ketang.selection.experts.recomputing import look_again_at, look_again_at_version
    from ketang.selection.intake.actions import before_leaving_review, on_moved, on_received
    from ketang.selection.paying import links as paying
    from ketang.selection.paying.actions import keep_paid
    from ketang.selection.paying.own import SHARE as PAYING
    from ketang.selection.ranking.keeping import keep_sheets
    from ketang.selection.ranking.own import SHARE as RANKING
    from ketang.selection.scoring.actions import ask_for_copies, before_submitting
    from ketang.selection.scoring.own import SHARE as SCORING

    on_assigned(ask_for_copies)
    before_submitting(keep_sheets)
    before_leaving_review(keep_in_review)
    on_moved(look_again_at)
    on_moved(recount_package)
    on_received(look_again_at_version)
    on_read(keep_names)
    on_conflict(end_conflicting)
    on_left(end_unscored)
    before_leaving_review(end_of_submission)
    on_accepted(inviting.link_account)
    register_fill(inviting.MARK, inviting.address_in)
    register(ANNOUNCING)
    register(PAYING)
    before_undoing(keep_paid)
    register_fill(paying.MARK, paying.address_in)
    register(RANKING)
    register(SCORING)  # before the experts, whose rows lose the account
    register(EXPERTS)
    register_holder(announcing.holds)
