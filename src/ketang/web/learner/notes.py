"""Notes on lessons: beside a lesson, and all of them with a search and a file to keep. A helper never sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.classroom.catalogue.models import CourseState, Lesson
from ketang.classroom.notes import actions
from ketang.classroom.notes.models import Note
from ketang.classroom.notes.queries import notes_of, notes_on, where_now
from ketang.people.account.models import Account
from ketang.web.learner.who import helper_of
from ketang.web.refusals import said_on

PAGE = 50


class NoteForm(forms.Form):
    """A note, and where in the lesson."""

    words = forms.CharField(
        label=gettext_lazy("笔记"),
        error_messages={"required": gettext_lazy("请写下笔记的内容。")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    at = forms.CharField(
        label=gettext_lazy("视频里的时间"), required=False, max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "data-note-at": ""}),
        help_text=gettext_lazy("例如 04:12。空着也可以。"),
    )  # fmt: skip


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("在笔记里找"), required=False, max_length=100)


@dataclass(frozen=True, slots=True)
class NotesPart:
    """What `web/learner/parts/notes.html` shows on a lesson's page."""

    notes: list[Note]
    form: NoteForm
    has_clock: bool


def notes_part(request: HttpRequest, lesson: Lesson) -> NotesPart | None:
    """The part of who looks; none for a visitor, and none for a helper: notes are the learner's alone."""
    if not isinstance(request.user, Account) or helper_of(request) is not None:
        return None
    return NotesPart(notes_on(request.user, lesson), _form(lesson), bool(lesson.seconds))


def _form(lesson: Lesson, data: object = None, **more: str) -> NoteForm:
    form = NoteForm(data, initial=more, auto_id="note-%s")  # type: ignore[arg-type]
    if not lesson.seconds:
        del form.fields["at"]
    return form


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: str, order: int) -> HttpResponse:
    """Write a note on a lesson; then back to it, at the note."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    place = {"edition__current_of__uuid": uuid, "edition__current_of__state": CourseState.PUBLISHED}
    lesson = get_object_or_404(Lesson.objects.select_related("edition__course"), order=order, **place)
    form = _form(lesson, request.POST if request.method == "POST" else None, at=request.GET.get("at", "")[:20])
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            told = form.cleaned_data
            made = actions.write_note(account=request.user, lesson=lesson, words=told["words"], at=told.get("at", ""))
            messages.success(request, _("笔记已保存。"))
            return HttpResponseRedirect(f"{reverse('lesson', args=[uuid, order])}#note-{made.uuid}")
    return render(
        request, "web/learner/note_write.html", {"form": form, "lesson": lesson, "course": lesson.edition.course}
    )


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All of one's notes, by course and lesson; with all the words that are looked for."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    form = SearchForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    page = Paginator(notes_of(request.user, words), PAGE).get_page(request.GET.get("page"))
    notes = list(page.object_list)
    places = where_now(notes)
    shown = [(note, places.get(note.thread)) for note in notes]
    return render(request, "web/learner/notes.html", {"form": form, "words": words, "page": page, "notes": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """Change a note of one's own."""
    note = get_object_or_404(Note.objects.select_related("course", "lesson"), uuid=uuid, account=request.user)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"words": note.words})
    del form.fields["at"]
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            actions.change_note(note=note, words=form.cleaned_data["words"])
            messages.success(request, _("笔记已修改。"))
            return HttpResponseRedirect(reverse("learn-notes"))
    return render(request, "web/learner/note.html", {"form": form, "note": note})


@login_required
@require_POST
def drop(request: HttpRequest, uuid: str) -> HttpResponse:
    """Throw a note of one's own away."""
    actions.drop_note(note=get_object_or_404(Note, uuid=uuid, account=request.user))
    messages.success(request, _("笔记已删掉。"))
    return HttpResponseRedirect(reverse("learn-notes"))


@login_required
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """All of one's notes as a plain text, which every program and every braille display reads."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    lines: list[str] = []
    last: tuple[object, object] = (None, None)
    for note in notes_of(request.user):
        if note.course_id != last[0]:
            lines += ["", note.course.title]
        if (note.course_id, note.thread) != last:
            lines += ["", note.lesson.title if note.lesson is not None else _("已经不在的课")]
        last = (note.course_id, note.thread)
        lines.append(" ".join(filter(None, (note.at, note.words.replace("\n", "\r\n")))))
    answer = HttpResponse("\r\n".join([_("我的笔记"), *lines, ""]), content_type="text/plain; charset=utf-8")
    name = f"{_('我的笔记')} {timezone.localdate():%Y-%m-%d}.txt"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
