"""Against a platform that is not ours (`lti1p3platform`), over sockets: `ketang serve` and the platform each in a process of its own.

Its library signs launches and checks what we sign, and its services give tokens and take marks. Once by HTTP alone on both columns, once
in Chromium, where the platform stands on another site than we do and its pages frame ours.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import jwt
import requests
from django.utils import timezone

from browsing import launched, wait_for
from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.lti import actions
from ketang.classroom.lti.actions import Details
from ketang.classroom.lti.keys import signing
from ketang.classroom.lti.models import Grade, Guest
from ketang.people.account.actions import open_by_command
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang_columns import ROOT, Column, end
from ketang_servers import free_port
from lti_platform import CLIENT, DEPLOYMENT, TITLE

from .conftest import SCORE, sit


@contextmanager
def both(column: Column) -> Iterator[tuple[str, str]]:
    """Ours and the platform, each with its origin; the platform is entered here by an administrator."""
    port = free_port()
    ours = f"http://127.0.0.1:{port}"
    if column.name == "large":
        column.run("migrate")  # its static files
    served = replace(column, environment={**column.environment, "KETANG_ORIGIN": ours})
    server = served.start("serve", "--port", str(port), "--workers", "0")
    command = [sys.executable, str(ROOT / "tests/lti_platform.py"), ours]
    platform = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert platform.stdout is not None
        theirs = platform.stdout.readline().strip()
        chief = open_by_command(login="chief", name="管理员").account
        appoint_first_administrator(account=chief)
        told = Details(TITLE, theirs, CLIENT, [DEPLOYMENT], f"{theirs}/auth", f"{theirs}/token", f"{theirs}/keys")
        actions.add(actor=chief, details=told)
        wait_for(f"{ours}/healthz", server)
        yield ours, theirs
    finally:
        platform.terminate()
        platform.wait(20)
        assert platform.stdout is not None
        platform.stdout.close()
        end(server)


def kept(theirs: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{theirs}/kept") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def posted(visitor: requests.Session, page: requests.Response, **more: str) -> requests.Response:
    """The form of a page, with its hidden fields, sent as a browser does."""
    form = re.search(
        r"<form[^>]*method=\"post\"[^>]*>.*?</form>", page.text[max(0, page.text.find("<main")) :], re.DOTALL
    )
    assert form is not None, page.text
    to = re.search(r'action="([^"]*)"', form[0].split(">")[0])
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0]))
    fields = {name: html.unescape(value) for name, value in hidden.items()} | more
    return visitor.post(html.unescape(to[1]) if to else page.url, fields, headers={"Referer": page.url}, timeout=30)


def launch(visitor: requests.Session, theirs: str, user: str, what: str) -> requests.Response:
    """What a browser sees after the platform's own form was sent by its script."""
    signed = visitor.get(f"{theirs}/open", params={"user": user, "what": what}, timeout=30)
    assert 'id="f"' in signed.text, signed.text
    return posted(visitor, signed)


def work() -> None:
    job = enqueue("lti.send", key="lti.send")
    run(str(job.uuid))
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def mark_at(theirs: str) -> list[dict[str, Any]]:
    """What the platform's own service of results reads back, with a token that it gives for an assertion of ours."""
    now = int(timezone.now().timestamp())
    claims = {"iss": CLIENT, "sub": CLIENT, "aud": f"{theirs}/token", "iat": now, "exp": now + 60, "jti": "t"}
    ours = signing()
    from pylti1p3.registration import Registration

    kid = str(Registration.get_jwk(ours.public)["kid"])
    asked = {
        "grant_type": "client_credentials", "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode(claims, ours.private, algorithm="RS256", headers={"kid": kid}),
        "scope": SCORE.replace("/score", "/result.readonly"),
    }  # fmt: skip
    token = requests.post(f"{theirs}/token", asked, timeout=30).json()["access_token"]
    answer = requests.get(f"{theirs}/lineitems/1/results", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    found: list[dict[str, Any]] = answer.json()
    return found


def result(theirs: str, points: float) -> list[dict[str, Any]]:
    line = f"{theirs}/lineitems/1"
    return [
        {"id": f"{line}/results/student", "scoreOf": line, "userId": "student", "resultScore": points, "resultMaximum": 100}
    ]  # fmt: skip


def test_by_http(column: Column) -> None:
    course = course_with_papers()
    with both(column) as (ours, theirs):
        teacher, student = requests.Session(), requests.Session()
        page = launch(teacher, theirs, "teacher", "choose")
        assert (page.status_code, course.title in page.text) == (200, True)
        page = teacher.post(page.url, {"course": str(course.uuid), "how": "choose"}, timeout=30)
        answer = teacher.post(page.url, {"how": "done"}, timeout=30)
        assert "<h1>kept 1</h1>" in posted(teacher, answer).text
        item = kept(theirs)["items"][0]  # as its library read it under our key
        assert item == {
            "type": "ltiResourceLink", "title": course.title, "url": f"{ours}/courses/{course.uuid}/",
            "custom": {"course": str(course.uuid)},
            "lineItem": {"scoreMaximum": 100, "label": course.title, "resourceId": str(course.uuid), "tag": "exam"},
        }  # fmt: skip
        page = launch(student, theirs, "student", "0")
        assert ("示例学员壬" in page.text, "someone@example.org" in page.text) == (True, False)
        shown = posted(student, page, how="agree")
        assert (shown.url, shown.status_code) == (f"{ours}/courses/{course.uuid}/", 200)
        guest = Guest.objects.get()
        assert (guest.sub, guest.account.name) == ("student", "示例学员壬")
        sit(guest.account, course, "B")
        work()
        assert (mark_at(theirs), Grade.objects.get().waits) == (result(theirs, 40.0), False)
        sit(guest.account, course)
        work()
        work()
        assert mark_at(theirs) == result(theirs, 80.0)
        Grade.objects.update(waits=True, sent_at=None)  # killed between its answer and the note
        work()
        assert (mark_at(theirs), Grade.objects.get().sent_at is not None) == (result(theirs, 80.0), True)
        again = launch(requests.Session(), theirs, "student", "0")
        assert (again.url, Guest.objects.count(), kept(theirs)["wrong"]) == (shown.url, 1, [])


def test_in_chromium(small_column: Column) -> None:
    """A teacher chooses, a learner opens the course from the platform's page and from a frame in it, agrees, and the mark stands there."""
    course = course_with_papers()
    with both(small_column) as (ours, theirs):
        with launched() as chromium:
            _chosen(chromium, theirs, course)
            _framed_to_new_window(chromium, ours, theirs, course)
            _from_the_page(chromium, ours, theirs, course)
        sit(Guest.objects.get().account, course)
        work()
        assert (mark_at(theirs), kept(theirs)["wrong"]) == (result(theirs, 80.0), [])


def _chosen(chromium: Any, theirs: str, course: Course) -> None:
    """A teacher chooses on our page, in a frame of the platform's and in a window, and the platform takes it."""
    context = chromium.new_context(locale="zh-CN")
    for framed in (True, False):
        page = context.new_page()
        page.goto(f"{theirs}/?frame=choose" if framed else theirs)
        if not framed:
            page.get_by_text("choose courses").click()
        here = page.frame_locator("iframe") if framed else page
        here.get_by_role("button", name=f"选这门 {course.title}").click()
        here.get_by_role("button", name="就选这些，下一步").click()
        here.get_by_role("button", name=f"送到“{TITLE}”").click()
        here.get_by_text("kept 1").wait_for()
    context.close()


def _framed_to_new_window(chromium: Any, ours: str, theirs: str, course: Course) -> None:
    """In a frame on another site, whose cookies the browser keeps from us."""
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{theirs}/?frame=0")
    with page.expect_popup() as opened:
        page.frame_locator("iframe").get_by_text("打开课程（新窗口）").click()
    window = opened.value
    window.get_by_role("button", name="同意，进入课程", exact=True).click()
    window.wait_for_url(f"{ours}/courses/{course.uuid}/")
    window.goto(f"{ours}/learn/platform")
    window.get_by_text("现在：同意送回").wait_for()
    context.close()


def _from_the_page(chromium: Any, ours: str, theirs: str, course: Course) -> None:
    """Somebody known, in a new browser: in at once."""
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(theirs)
    page.get_by_text("open the course").click()
    page.wait_for_url(f"{ours}/courses/{course.uuid}/")
    page.get_by_text(f"您从“{TITLE}”进来了。").wait_for()
    context.close()
