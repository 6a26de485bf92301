"""Work for task sheets: handed in beside the sheet, seen with its mark, taken back; its files for who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.classroom.catalogue.models import CourseState, Lesson, LessonKind
from ketang.classroom.tasks import actions
from ketang.classroom.tasks.models import Work, WorkFile
from ketang.classroom.tasks.permissions import may_see_work
from ketang.classroom.tasks.queries import works_of, works_on
from ketang.classroom.tasks.recordings import MOST_BYTES
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.web.learner.who import helper_of, learner_of
from ketang.web.ranges import stored_response
from ketang.web.refusals import said_on

PAGE = 20


class ManyFiles(forms.FileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class Evidence(forms.FileField):
    """Any number of files in one field; none is enough."""

    widget = ManyFiles(attrs={"accept": "image/*,audio/*", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each file by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [one for one in (super(Evidence, self).clean(one, initial) for one in given) if one]


class WorkForm(forms.Form):
    """What was done: words, photographs, recordings; any of them is enough."""

    words = forms.CharField(
        label=gettext_lazy("写几句"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("怎样做的，结果怎样。不方便写字的，可以只传照片或录音。"),
    )  # fmt: skip
    evidence = Evidence(
        label=gettext_lazy("照片和录音"), required=False, error_messages={"empty": gettext_lazy("有一个文件是空的，请重新选择。")},
        help_text=gettext_lazy("可以一次选几个，最多 6 个。照片：JPG、PNG、WebP，每张最多 20 MB；录音：m4a、mp3、wav 等，每段最多 30 MB。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskPart:
    """What `web/learner/parts/task.html` shows on a task sheet's page. `learner` is None for a visitor."""

    learner: Account | None
    works: list[Work]
    form: WorkForm
    may_send: bool


def task_part(request: HttpRequest, lesson: Lesson) -> TaskPart | None:
    """The part of who looks; none on a lesson that is no task. Marks that stand there are seen."""
    if lesson.kind != LessonKind.TASK:
        return None
    if not isinstance(request.user, Account):
        return TaskPart(None, [], WorkForm(), False)
    learner = learner_of(request)
    works = works_on(learner, lesson)
    if learner == request.user:
        actions.saw(learner=learner, works=[one for one in works if not one.is_waiting and one.seen_at is None])
    return TaskPart(learner, works, WorkForm(auto_id="work-%s"), not works or works[0].mark == "again")


def _task(uuid: str, order: int) -> Lesson:
    place = {"edition__current_of__uuid": uuid, "edition__current_of__state": CourseState.PUBLISHED}
    found = Lesson.objects.select_related("edition__course").filter(kind=LessonKind.TASK, **place)
    return get_object_or_404(found, order=order)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, uuid: str, order: int) -> HttpResponse:
    """Hand work in; then back to the sheet. What is wrong is said here, with the words kept."""
    lesson, learner = _task(uuid, order), learner_of(request)
    posted = request.method == "POST"
    form = WorkForm(request.POST if posted else None, request.FILES if posted else None, auto_id="work-%s")
    if posted and form.is_valid():
        with said_on(form):
            words, by = form.cleaned_data["words"], helper_of(request)
            files = _contents(form.cleaned_data["evidence"])
            actions.hand_in(learner=learner, lesson=lesson, words=words, files=files, by=by)
            messages.success(request, _("已经交了。老师看过以后，这里会有评语。"))
            return HttpResponseRedirect(reverse("lesson", args=[uuid, order]) + "#work-title")
    shown = {"form": form, "lesson": lesson, "course": lesson.edition.course}
    return render(request, "web/learner/work_new.html", shown)


def _contents(files: list[UploadedFile[bytes]]) -> list[bytes]:
    """What the files hold, each no further than one byte beyond what is taken."""
    if len(files) > actions.MOST_FILES:
        raise Refused(_("一次最多 %(most)s 个文件。") % {"most": actions.MOST_FILES}, field="evidence")
    return [one.read(MOST_BYTES + 1) for one in files]


@login_required
@require_POST
def take_back(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take back what nobody has marked."""
    learner = learner_of(request)
    work = get_object_or_404(Work.objects.select_related("course", "lesson"), uuid=uuid, account=learner)
    try:
        actions.take_back(learner=learner, work=work, by=helper_of(request))
        messages.success(request, _("已经收回，文件也删掉了。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("learn-works"))


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All that one handed in, with marks and words."""
    learner = learner_of(request)
    page = Paginator(works_of(learner).prefetch_related("files"), PAGE).get_page(request.GET.get("page"))
    works = list(page.object_list)
    response = render(request, "web/learner/works.html", {"works": works, "page": page})
    if learner == request.user:
        actions.saw(learner=learner, works=[one for one in works if not one.is_waiting and one.seen_at is None])
    return response


@login_required
@require_safe
def file(request: HttpRequest, uuid: str, size: str = "") -> HttpResponseBase:
    """A photograph or a recording, for its learner and who may mark it. As a page of its own it may do nothing."""
    found = get_object_or_404(WorkFile.objects.select_related("work__account", "file", "small"), uuid=uuid)
    require(may_see_work(request.user, found.work))
    stored = found.small if size == "small" and found.small is not None else found.file
    answer = stored_response(request, stored, found.content_type)
    # What a browser puts around a recording to play it has a style of its own, and asks for the recording again.
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; media-src *; style-src 'unsafe-inline'"
    return answer
