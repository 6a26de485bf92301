"""Practising a course's questions by topic, each with its explanation at once; and the book of those that went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.models import AnswerKey, Question, QuestionKind
from ketang.classroom.practice import actions
from ketang.classroom.practice.booking import LEAVES_AFTER, Standing, standing
from ketang.classroom.practice.models import Tried
from ketang.classroom.practice.queries import (
    Wrong,
    answers_of,
    book_of,
    is_right,
    next_of,
    practisable,
    shown_options,
    topics_of,
)
from ketang.people.account.models import Account
from ketang.platform.refusal import Refused
from ketang.web.learner.who import helper_of, learner_of
from ketang.web.ranges import stored_response

NONE = gettext_lazy("没有写知识点")


class AnswerForm(forms.Form):
    """One of the options, or several."""

    def __init__(self, question: Question, options: Sequence[tuple[str, str]], data: QueryDict | None = None) -> None:
        super().__init__(data)
        several = question.kind == QuestionKind.MULTIPLE
        kind: type[forms.ChoiceField] = forms.MultipleChoiceField if several else forms.ChoiceField
        self.fields["chosen"] = kind(
            label=question.stem, choices=options, error_messages={"required": _("请选一个答案。"), "invalid_choice": _("请选一个答案。")},
            help_text=f"{question.get_kind_display()}{_('，可以选几项') if several else ''}",
            widget=forms.CheckboxSelectMultiple if several else forms.RadioSelect,
        )  # fmt: skip

    @property
    def letters(self) -> list[str]:
        """What was chosen."""
        told = self.cleaned_data["chosen"]
        return list(told) if isinstance(told, list) else [told]


@dataclass(frozen=True, slots=True)
class Way:
    """What is practised: one topic, all of them (`topic` is None), or the book."""

    topic: str | None
    is_book: bool

    @classmethod
    def read(cls, request: HttpRequest) -> Way:
        """From an address."""
        return cls(request.GET.get("topic"), request.GET.get("book") == "1")

    @property
    def query(self) -> str:
        """For an address."""
        told = {"book": "1"} if self.is_book else {} if self.topic is None else {"topic": self.topic}
        return f"?{urlencode(told)}" if told else ""

    @property
    def words(self) -> str:
        """What it is called."""
        if self.is_book:
            return _("错题")
        return _("全部知识点") if self.topic is None else self.topic or str(NONE)

    def of(self, questions: Sequence[Question], book: Sequence[Wrong]) -> list[Question]:
        """Those of the questions that belong to it."""
        if self.is_book:
            wrong = {one.question.same for one in book}
            return [one for one in questions if one.same in wrong]
        return [one for one in questions if self.topic is None or one.topic == self.topic]


@login_required
@require_safe
def course(request: HttpRequest, uuid: str) -> HttpResponse:
    """Topics that may be practised now."""
    learner, found = learner_of(request), _course(uuid)
    questions, answers = practisable(learner, found), answers_of(learner, found)
    mine = {one.same for one in questions}
    book = [one for one in book_of(answers) if one.question.same in mine]
    shown = {
        "course": found, "topics": topics_of(questions, answers), "all": len(questions), "wrong": len(book), "none": NONE,
    }  # fmt: skip
    return render(request, "web/learner/practice.html", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, uuid: str) -> HttpResponse:
    """One question; its answer leads to the explanation."""
    learner, found, way = learner_of(request), _course(uuid), Way.read(request)
    questions, answers = practisable(learner, found), answers_of(learner, found)
    choice = way.of(questions, book_of(answers))
    wanted = request.POST.get("question") or request.GET.get("question", "")
    question = next((one for one in choice if str(one.uuid) == wanted), None)
    if question is None and request.method != "POST":
        question = next_of(choice, answers, request.GET.get("after", ""))
    if question is None:
        return HttpResponseRedirect(_back(found, way))
    options = shown_options(question, learner, len(answers.get(question.same, ())))
    form = AnswerForm(question, options, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.answer(
                account=learner, course=found, question=question, chosen=form.letters, by=helper_of(request)
            )
        except Refused as refused:
            form.add_error("chosen", str(refused))
        else:
            return HttpResponseRedirect(reverse("learn-practised", args=[made.uuid]) + way.query)
    shown = {"course": found, "way": way, "question": question, "form": form, "count": len(choice)}
    return render(request, "web/learner/practice_ask.html", shown)


@dataclass(frozen=True, slots=True)
class Told:
    """A question with its answer: options with letter, words, whether chosen, whether right; no letter where there is none to name."""

    question: Question
    chosen: Sequence[str]
    standing: Standing

    @property
    def key(self) -> AnswerKey:
        """What is right now."""
        return self.question.key

    @property
    def options(self) -> list[tuple[str, str, bool, bool]]:
        """In the paper's order, as in a result."""
        named, right = self.question.kind != QuestionKind.TRUE_FALSE, self.key.right
        return [
            (letter if named else "", words, letter in self.chosen, letter in right)
            for letter, words in self.question.lettered
        ]


@login_required
@require_safe
def practised(request: HttpRequest, uuid: str) -> HttpResponse:
    """An answer of one's own, with what is right and why; and on to the next."""
    learner, way = learner_of(request), Way.read(request)
    tried = get_object_or_404(Tried.objects.select_related("question", "course"), uuid=uuid, account=learner)
    answers = answers_of(learner, tried.course)
    stands = standing(one.is_right for one in answers[tried.question.same])
    left = len(way.of(practisable(learner, tried.course), book_of(answers)))
    shown = {
        "course": tried.course, "way": way, "told": Told(tried.question, tried.chosen, stands),
        "is_right": is_right(tried.question, tried.chosen), "was_wrong": stands.wrongs > 0, "left": left, "leaves_after": LEAVES_AFTER,
        "next": f"{reverse('learn-practice-ask', args=[tried.course.uuid])}{way.query}{'&' if way.query else '?'}{urlencode({'after': tried.question.same})}",
        "back": _back(tried.course, way),
    }  # fmt: skip
    return render(request, "web/learner/practised.html", shown)


@login_required
@require_safe
def book(request: HttpRequest, uuid: str) -> HttpResponse:
    """The book of a course: what went wrong in exams and while practising, with what is right and why."""
    learner = learner_of(request)
    found = get_object_or_404(Course.objects.select_related("current"), uuid=uuid)
    rows = book_of(answers_of(learner, found))
    mine = {one.same for one in practisable(learner, found)}
    shown = {
        "course": found, "leaves_after": LEAVES_AFTER, "practisable": sum(one.question.same in mine for one in rows),
        "rows": [(Told(one.question, one.last.chosen, one.standing), one.last.at) for one in rows],
    }  # fmt: skip
    return render(request, "web/learner/wrong_book.html", shown)


@login_required
@require_safe
def picture(request: HttpRequest, uuid: str, question: str) -> HttpResponseBase:
    """The picture of a question that may be practised or was answered."""
    learner = learner_of(request)
    course = get_object_or_404(Course.objects.select_related("current"), uuid=uuid)
    asked = get_object_or_404(Question.objects.select_related("image"), uuid=question, image__isnull=False)
    mine = {one.pk for one in practisable(learner, course)}
    if asked.pk not in mine and not _answered(learner, course, asked):
        raise Http404
    assert asked.image is not None  # noqa: S101 - asked for
    return stored_response(request, asked.image, asked.image_type)


def _answered(learner: Account, course: Course, question: Question) -> bool:
    return any(one.question.pk == question.pk for one in answers_of(learner, course).get(question.same, ()))


def _course(uuid: str) -> Course:
    return get_object_or_404(Course.objects.select_related("current"), uuid=uuid, state="published")


def _back(course: Course, way: Way) -> str:
    return reverse("learn-wrong-book" if way.is_book else "learn-practice", args=[course.uuid])
