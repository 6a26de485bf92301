"""Courses of the office's own, previews, corrected packages: what learners see changes when somebody says so, and their progress goes on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.catalogue import actions, own
from ketang.classroom.catalogue.matching import compare, thread_onto
from ketang.classroom.catalogue.models import Course, CourseState, Edition, EditionState, Lesson
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.holding import is_held
from ketang.selection.awarding.models import Decision
from ketang.selection.checking.models import Check, CheckState
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ["职业守则", "试温与防烫 · 试水温", "试温与防烫 · 饮水要点", "协助饮水", "协助饮水 · 任务单"]


def changed(package: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each file as `change` gives it; without those of which it gives None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            if (content := change(entry.filename, before.read(entry))) is not None:
                after.writestr(entry, content)
    return out.getvalue()


def own_course(actor: Account, package: bytes) -> Course:
    stored = put_bytes(package)
    return own.begin_own(actor=actor, title=" 饮水 照护 ", supplier="示例残联", name="自有.zip", digest=stored.digest)


def correction(actor: Account, course: Course, package: bytes) -> Edition:
    stored = put_bytes(package)
    return own.correct(actor=actor, course=course, name="更正.zip", digest=stored.digest, reason="重录一课")


def test_the_office_looks_before_the_public_does(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    course = actions.prepare(actor=administrator, decision=selected)
    edition = course.editions.get()
    prepare()
    course.refresh_from_db()
    assert (course.state, course.current, course.published_at) == (CourseState.READY, None, None)
    office, visitor = signed_in(administrator), Client()
    for name, place in (("course", []), ("lesson", [1]), ("lesson-media", [1]), ("lesson-captions", [1])):
        answer = office.get(reverse(name, args=[edition.uuid, *place]))
        assert answer.status_code == 200
        if name in ("course", "lesson"):
            page = answer.content.decode()
            assert ["预览：学习者还看不到这一版。" in page, "提供：示例培训学校" in page] == [True, True]
            assert f'href="/courses/{edition.uuid}/' in page
        assert [
            visitor.get(reverse(name, args=[uuid, *place])).status_code for uuid in (edition.uuid, course.uuid)
        ] == [404, 404]
    actions.show(actor=administrator, course=course)
    assert (course.state, course.current) == (CourseState.PUBLISHED, edition)
    page = visitor.get(reverse("course", args=[course.uuid])).content.decode()
    assert "预览" not in page
    assert visitor.get(reverse("course", args=[edition.uuid])).status_code == 404
    assert [entry.action for entry in history(course)] == [
        "catalogue.prepare", "catalogue.prepared", "catalogue.ready", "catalogue.publish",
    ]  # fmt: skip


def test_a_course_of_the_office_s_own_needs_no_award(
    administrator: Account, prepare: Callable[[], None], small_package: bytes
) -> None:
    for title, supplier, field in ((" ", "示例残联", "title"), ("课", " ", "supplier")):
        with pytest.raises(Refused) as refused:
            own.begin_own(actor=administrator, title=title, supplier=supplier, name="课.zip", digest="0" * 64)
        assert refused.value.field == field
    course = own_course(administrator, small_package)
    edition = course.editions.get()
    assert (course.title, course.supplier, course.decision, course.state) == (
        "饮水 照护", "示例残联", None, CourseState.PREPARING,
    )  # fmt: skip
    assert is_held(edition.digest)
    prepare()
    with pytest.raises(Refused, match="检查还没有完成"):
        actions.show(actor=administrator, course=course)
    Check.objects.update(state=CheckState.DONE, errors=2)
    with pytest.raises(Refused, match="2 个必须改") as wrong:
        actions.show(actor=administrator, course=course)
    assert wrong.value.field == "despite"
    actions.show(actor=administrator, course=course, despite="已请供应方下次改正")
    assert (course.state, course.current) == (CourseState.PUBLISHED, edition)
    page = Client().get(reverse("course", args=[course.uuid])).content.decode()
    assert ["饮水 照护" in page, "提供：示例残联" in page] == [True, True]
    assert "已请供应方下次改正" in str(list(history(course))[-1].payload)


def test_a_correction_is_prepared_while_the_course_stays_and_progress_goes_on(
    administrator: Account, prepare: Callable[[], None], small_package: bytes
) -> None:
    course = own_course(administrator, small_package)
    prepare()
    Check.objects.update(state=CheckState.DONE)
    actions.show(actor=administrator, course=course)
    before = {lesson.title: lesson.thread for lesson in course.lessons}
    assert list(before) == NAMES
    with pytest.raises(Refused, match="一样"):
        correction(administrator, course, small_package)

    def recut(name: str, content: bytes) -> bytes | None:
        """One film is cut anew, one lesson's text is gone."""
        if name.endswith("尊重老人.mp4"):
            return content + b"\0\0\0\x08free"
        return None if name.endswith(("饮水要点.md", "饮水要点.txt")) else content

    edition = correction(administrator, course, changed(small_package, recut))
    assert (course.state, edition.number, edition.reason) == (CourseState.PUBLISHED, 2, "重录一课")
    prepare()
    edition.refresh_from_db()
    course.refresh_from_db()
    assert (edition.state, course.state, course.current.number if course.current else 0) == (
        EditionState.READY, CourseState.PUBLISHED, 1,
    )  # fmt: skip
    after = list(edition.lessons.all())
    assert {lesson.title: lesson.thread for lesson in after} == {
        name: thread for name, thread in before.items() if name != NAMES[2]
    }
    assert [lesson.title for lesson in compare(list(course.lessons), after).gone] == [NAMES[2]]
    visitor = Client()
    assert visitor.get(reverse("lesson", args=[course.uuid, 4])).status_code == 200
    office = signed_in(administrator)
    page = office.get(reverse("office-course", args=[course.uuid])).content.decode()
    assert ["4 课沿用学习进度。" in page, "有课不再出现" in page, NAMES[2] in page] == [True, True, True]
    Check.objects.update(state=CheckState.DONE)
    actions.show(actor=administrator, course=course)
    assert [one.state for one in course.editions.all()] == [EditionState.FORMER, EditionState.CURRENT]
    assert [lesson.title for lesson in course.lessons] == [NAMES[0], NAMES[1], *NAMES[3:]]
    assert visitor.get(reverse("lesson", args=[course.uuid, 5])).status_code == 404


def test_a_correction_that_cannot_be_read_changes_nothing(
    administrator: Account, prepare: Callable[[], None], small_package: bytes
) -> None:
    course = own_course(administrator, small_package)
    prepare()
    Check.objects.update(state=CheckState.DONE)
    actions.show(actor=administrator, course=course)
    edition = correction(administrator, course, b"no package at all")
    prepare()
    edition.refresh_from_db()
    course.refresh_from_db()
    assert (edition.state, bool(edition.message["zh"]), course.state, course.message) == (
        EditionState.FAILED, True, CourseState.PUBLISHED, {},
    )  # fmt: skip
    page = signed_in(administrator).get(reverse("office-course", args=[course.uuid])).content.decode()
    assert edition.message["zh"] in page
    actions.drop(actor=administrator, edition=edition)
    assert (edition.state, Course.objects.get().state) == (EditionState.DROPPED, CourseState.PUBLISHED)


def test_what_comes_later_drops_what_is_on_its_way(
    administrator: Account, prepare: Callable[[], None], small_package: bytes
) -> None:
    course = own_course(administrator, small_package)
    first = course.editions.get()
    second = correction(administrator, course, changed(small_package, lambda _name, content: content + b""))
    assert second.digest != first.digest or second.number == 2
    prepare()
    states = dict(course.editions.values_list("number", "state"))
    assert states == {1: EditionState.DROPPED, 2: EditionState.READY}
    actions.drop(actor=administrator, edition=second)
    course.refresh_from_db()
    assert course.state == CourseState.WITHDRAWN
    with pytest.raises(Refused, match="还没有备好"):
        actions.show(actor=administrator, course=course)


def test_the_office_puts_packages_in_on_pages(
    administrator: Account, prepare: Callable[[], None], small_package: bytes
) -> None:
    office = signed_in(administrator)
    address = reverse("office-course-new")
    told = office.post(address, {"title": "", "supplier": ""}).content.decode()
    assert ["请填写课程名称。" in told, "署名是他们的权利。" in told, "请选择课程包文件。" in told] == [True] * 3

    def file(content: bytes) -> io.BytesIO:
        sent = io.BytesIO(content)
        sent.name = "课程包.zip"
        return sent

    sent = office.post(address, {"title": "饮水", "supplier": "示例残联", "package": file(small_package)})
    course = Course.objects.get()
    assert sent["Location"] == reverse("office-course", args=[course.uuid])
    check = course.editions.get().check_of
    assert check is not None
    assert office.get(reverse("check", args=[check.uuid])).status_code == 200
    assert Client().get(reverse("check", args=[check.uuid])).status_code == 404
    prepare()
    Check.objects.update(state=CheckState.DONE, errors=1)
    page = reverse("office-course", args=[course.uuid])
    assert "1 个必须改的问题" in office.get(page).content.decode()
    assert "仍要发布" in office.post(f"{page}/show").content.decode()
    assert office.post(f"{page}/show", {"despite": "只是提示"})["Location"] == page
    assert Client().get(reverse("course", args=[course.uuid])).status_code == 200
    again = office.post(f"{page}/correct", {"reason": "改字幕", "package": file(small_package)}).content.decode()
    assert "一样" in again
    later = changed(
        small_package, lambda _name, content: content + b"\n" if content.startswith("少量".encode()) else content
    )
    office.post(f"{page}/correct", {"reason": "改字幕", "package": file(later), "title": "饮水照护"})
    prepare()
    assert "更正版" in office.get(page).content.decode()
    edition = course.editions.get(number=2)
    assert (edition.title, edition.supplier) == ("饮水照护", "示例残联")
    office.post(reverse("office-edition-drop", args=[edition.uuid]))
    assert "更正版</h2>" not in office.get(page).content.decode()


def test_the_list_is_searched(administrator: Account) -> None:
    office = signed_in(administrator)
    assert "还没有课程" in office.get(reverse("office-courses")).content.decode()
    for number, state in enumerate((CourseState.WITHDRAWN, CourseState.READY)):
        Course.objects.create(title=f"课程{number}", supplier="示例残联", state=state)
    for query, rows in (({}, 2), ({"words": "课程1 示例"}, 1), ({"state": "ready"}, 1), ({"words": "没有"}, 0)):
        page = office.get(reverse("office-courses"), query).content.decode()
        assert page.count("自有课程</td>") == rows
    assert "没有找到课程" in page


@pytest.mark.parametrize("role", Role)
def test_who_may(actors: dict[Role, Actor], role: Role) -> None:
    actor = actors[role]
    client = signed_in(actor) if isinstance(actor, Account) else Client()
    course = Course.objects.create(title="课", supplier="示例残联", state=CourseState.WITHDRAWN)
    may = role in {Role.CLERK, Role.ADMINISTRATOR}
    names = ("office-course", "office-course-correct", "office-course-take-down", "office-course-progress")
    expected = 200 if may else 302 if role == Role.VISITOR else 403
    assert [client.get(reverse(name, args=[course.uuid])).status_code for name in names] == [expected] * 4
    assert client.get(reverse("office-course-new")).status_code == expected
    if not may:
        for act in (
            lambda: own.begin_own(actor=actor, title="课", supplier="名", name="课.zip", digest="0"),
            lambda: own.correct(actor=actor, course=course, name="课.zip", digest="0", reason="错"),
            lambda: actions.show(actor=actor, course=course),
            lambda: actions.prepare(actor=actor, decision=Decision()),
            lambda: actions.drop(actor=actor, edition=Edition()),
        ):
            with pytest.raises(PermissionDenied):
                act()


kinds = st.sampled_from(["video", "text"])
rows = st.lists(
    st.builds(
        lambda kind, medium, item, title: Lesson(kind=kind, media_id=medium, item=item, title=title),
        kinds, st.sampled_from(["a" * 64, "b" * 64, "c" * 64, None]), st.sampled_from(["", "r1", "r2", "resources[1]"]),
        st.sampled_from(["一", "二", "三", ""]),
    ),
    max_size=6,
)  # fmt: skip


@given(rows, rows)
def test_threads_are_used_once_and_go_on_where_something_tells(earlier: list[Lesson], later: list[Lesson]) -> None:
    own_threads: set[UUID] = {lesson.thread for lesson in later}
    before = {lesson.thread: lesson for lesson in earlier}
    found = thread_onto(earlier, later)
    threads = [lesson.thread for lesson in later]
    assert len(set(threads)) == len(threads)
    assert len(found.kept) + len(found.new) == len(later)
    assert len(found.kept) + len(found.gone) == len(earlier)
    assert all(lesson.thread in own_threads for lesson in found.new)
    for lesson in found.kept:
        was = before[lesson.thread]
        assert was.kind == lesson.kind
        assert (
            (lesson.media_id is not None and lesson.media_id == was.media_id)
            or (lesson.item == was.item != "")
            or (lesson.title == was.title != "")
        )


def test_the_same_film_goes_before_the_same_id_and_that_before_the_same_title() -> None:
    earlier = [
        Lesson(kind="video", media_id="a" * 64, item="r1", title="一"), Lesson(kind="video", media_id="b" * 64, item="r2", title="二"),
        Lesson(kind="text", item="r3", title="三"),
    ]  # fmt: skip
    later = [
        Lesson(kind="video", media_id="b" * 64, item="r1", title="一"),  # the films changed places
        Lesson(kind="video", media_id="d" * 64, item="r9", title="一"),
        Lesson(kind="text", item="r4", title="三"),
        Lesson(kind="text", item="r1", title="二"),  # of another kind: another lesson
    ]
    found = thread_onto(earlier, later)
    assert [lesson.thread for lesson in later[:3]] == [earlier[1].thread, earlier[0].thread, earlier[2].thread]
    assert (found.new, found.gone) == ([later[3]], [])
