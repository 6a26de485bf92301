"""What an arrival's page shows of selection and publication, and the forms for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import CourseState
from ketang.classroom.catalogue.queries import course_of, progress_of
from ketang.selection.awarding.models import SINGLE
from ketang.selection.awarding.queries import list_of_call, standing
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.web.office.checked import shown_check


class AwardForm(forms.Form):
    """Selected with a fee, or not selected with a reason."""

    outcome = forms.ChoiceField(
        label=_("决定"), choices=[(one.value, one.label) for one in SINGLE], widget=forms.RadioSelect, error_messages={"required": _("请选择入选或未入选。")}
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("金额（元）"), required=False, min_value=0, max_digits=12, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_("入选时填写，不超过这个征集的上限。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("未入选时必须填写，报送者会看到。"),
    )  # fmt: skip
    despite = forms.CharField(
        label=_("检查有问题仍入选的理由"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("检查没有完成，或有必须改的问题时填写。"),
    )  # fmt: skip


class UndoForm(forms.Form):
    """Why a decision is taken back."""

    undo_reason = forms.CharField(
        label=_("撤销的理由"), max_length=2000, error_messages={"required": _("请写明撤销的理由。")}
    )


def shown_award(submission: Submission, **forms_with_errors: forms.Form) -> dict[str, Any]:
    """The newest check, the decision, the course made of it, and the forms of the steps that are possible now."""
    decision = standing(submission)
    course = course_of(decision)
    shown: dict[str, Any] = {"decision": decision, "course": course, **shown_check(submission)}
    if decision is None and submission.state == SubmissionState.ACCEPTED:
        if (made := list_of_call(submission.call)) is None:
            shown["award_form"] = AwardForm()
        shown["award_list"] = made
    of_list = decision is not None and hasattr(decision, "row")
    if course is not None and course.state not in (CourseState.WITHDRAWN, CourseState.FAILED):
        shown["progress"] = progress_of(course) if course.state == CourseState.PREPARING else {}
    elif decision is not None:
        shown["undo_form"] = None if of_list else UndoForm()
        shown["may_publish"] = course is None and decision.is_selected and decision.is_confirmed
    shown["of_list"] = of_list
    return {**shown, **forms_with_errors}
