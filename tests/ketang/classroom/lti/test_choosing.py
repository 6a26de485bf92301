"""Deep linking: who may, one or several, search and pages, the signed answer, and that it needs no cookie in a frame."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
from django.test import Client

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.lti import keys
from ketang.classroom.lti.models import Guest, Launch, Platform
from ketang.classroom.lti.refusing import WORDS, Why
from ketang.people.account.models import Account
from learning_rows import published_course

from .conftest import CLAIM, MEMBER, Forge

pytestmark = pytest.mark.django_db
SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"


def asked(forge: Forge, **more: Any) -> dict[str, Any]:
    told = {
        "deep_link_return_url": f"{forge.origin}/return", "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["window"], "accept_multiple": True, "data": "kept",
    }  # fmt: skip
    return {
        f"{CLAIM}message_type": "LtiDeepLinkingRequest", f"{CLAIM}resource_link": None, f"{CLAIM}roles": [f"{MEMBER}Instructor"],
        SETTINGS: {name: value for name, value in (told | more).items() if value is not None},
    }  # fmt: skip


def chosen_page(client: Client, forge: Forge, courses: list[Course], how: str = "done", **more: Any) -> Any:
    page = forge.launch(client, **asked(forge, **more)).request["PATH_INFO"]
    for one in courses:
        assert client.post(page, {"course": str(one.uuid), "how": "choose"}).status_code == 302
    return client.post(page, {"how": how})


def told_in(page: Any) -> dict[str, Any]:
    told: dict[str, Any] = jwt.decode(
        page.context["answer"].message, keys.signing().public, algorithms=["RS256"], audience=Platform.objects.get().issuer
    )  # fmt: skip
    return told


def test_the_signed_answer(client: Client, forge: Forge) -> None:
    with_exam, without = course_with_papers("有试卷的课"), published_course("没有试卷的课")
    page = chosen_page(client, forge, [with_exam, without])
    told = told_in(page)
    head = jwt.get_unverified_header(page.context["answer"].message)
    assert head["kid"] == keys.key_set()["keys"][0]["kid"]
    assert (told["iss"], told["aud"], told[f"{CLAIM}deployment_id"], told[f"{DL}data"]) == (
        "client-1",
        [forge.origin],
        "d-1",
        "kept",
    )
    assert (told[f"{CLAIM}message_type"], told[f"{CLAIM}version"]) == ("LtiDeepLinkingResponse", "1.3.0")
    assert told[f"{DL}content_items"] == [
        {
            "type": "ltiResourceLink", "title": "有试卷的课", "url": f"http://testserver/courses/{with_exam.uuid}/",
            "custom": {"course": str(with_exam.uuid)},
            "lineItem": {"scoreMaximum": 100, "label": "有试卷的课", "resourceId": str(with_exam.uuid), "tag": "exam"},
        },
        {
            "type": "ltiResourceLink", "title": "没有试卷的课", "url": f"http://testserver/courses/{without.uuid}/",
            "custom": {"course": str(without.uuid)},
        },
    ]  # fmt: skip
    said = page.content.decode()
    assert f'action="{forge.origin}/return"' in said
    assert f"form-action 'self' {forge.origin}" in page["Content-Security-Policy"].split("; ")
    assert (Account.objects.count(), Guest.objects.count()) == (0, 0)  # a teacher needs none


def test_nothing_and_no_line_and_one_alone(client: Client, forge: Forge) -> None:
    first, second = course_with_papers("甲"), published_course("乙")
    assert told_in(chosen_page(client, forge, [first], "nothing"))[f"{DL}content_items"] == []
    told = told_in(chosen_page(client, forge, [first], accept_lineitem=False, data=None))
    assert ("lineItem" in told[f"{DL}content_items"][0], f"{DL}data" in told) == (False, False)
    told = told_in(chosen_page(client, forge, [first, second], accept_multiple="false"))
    assert [one["title"] for one in told[f"{DL}content_items"]] == ["乙"]  # another takes its place
    told = told_in(chosen_page(client, forge, [first, second, first], accept_multiple="true"))
    assert [one["title"] for one in told[f"{DL}content_items"]] == ["乙", "甲"]


def test_found_paged_taken_off(client: Client, forge: Forge) -> None:
    courses = [published_course(f"第{number:02d}门课") for number in range(12)]
    page = forge.launch(client, **asked(forge)).request["PATH_INFO"]
    assert len(client.get(page).context["page"].object_list) == 10
    assert len(client.get(f"{page}?page=2").context["page"].object_list) == 2
    found = client.get(f"{page}?words=07").context["page"].object_list
    assert [one.course.title for one in found] == ["第07门课"]
    back = client.post(f"{page}?words=07", {"course": str(courses[7].uuid), "how": "choose"})
    assert back["Location"] == f"{page}?words=07#chosen"
    assert "已选 1 门" in client.get(page).content.decode()
    client.post(page, {"course": str(courses[7].uuid), "how": "drop"})
    assert Launch.objects.get(pk=Launch.objects.order_by("-pk")[0].pk).chosen == []
    Course.objects.filter(pk=courses[3].pk).update(state="withdrawn")
    client.post(page, {"course": str(courses[3].uuid), "how": "choose"})
    assert "已选 0 门" in client.get(page).content.decode()
    assert [
        client.post(page, {"course": odd, "how": "choose"}).status_code
        for odd in ("", "x", str(Launch.objects.get().uuid))
    ] == [404] * 3
    assert client.get(f"{page}?words=zzz").status_code == 200


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (f"{MEMBER}Instructor", True), (f"{MEMBER}ContentDeveloper", True), (f"{MEMBER}Administrator", True), (f"{MEMBER}Learner", False),
        ("http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator", True), ("urn:other", False),
    ],
)  # fmt: skip
def test_teachers_choose(client: Client, forge: Forge, role: str, may: bool) -> None:
    page = forge.launch(client, **asked(forge) | {f"{CLAIM}roles": [role]})
    assert (page.status_code, str(WORDS[Why.ROLE][0]) in page.content.decode()) == (
        (200, False) if may else (403, True)
    )


@pytest.mark.parametrize(
    "more", [{"deep_link_return_url": "http://lms.example/"}, {"deep_link_return_url": "javascript:alert(1)"}]
)
def test_where_to_is_vetted(client: Client, forge: Forge, more: dict[str, Any]) -> None:
    page = forge.launch(client, **asked(forge, **more))
    assert (page.status_code, str(WORDS[Why.RETURN][0]) in page.content.decode()) == (400, True)


@pytest.mark.parametrize("more", [{"deep_link_return_url": None}, {"accept_types": ["link"]}, {"accept_types": None}])
def test_settings_that_do(client: Client, forge: Forge, more: dict[str, Any]) -> None:
    assert forge.launch(client, **asked(forge, **more)).status_code == 400


def test_in_a_frame_without_any_cookie(forge: Forge, client: Client) -> None:
    course = published_course("甲")
    page = forge.launch(client, **asked(forge)).request["PATH_INFO"]
    framed = Client(enforce_csrf_checks=True)
    shown = framed.get(page, headers={"Sec-Fetch-Dest": "iframe"})
    assert (shown.status_code, "X-Frame-Options" in shown) == (200, False)
    assert f"frame-ancestors {forge.origin}" in shown["Content-Security-Policy"].split("; ")
    assert framed.post(page, {"course": str(course.uuid), "how": "choose"}).status_code == 302
    assert framed.post(page, {"how": "done"}).status_code == 200
    assert framed.get(page.replace("/choose/", "/go/")).status_code == 400  # it opens nothing else


def test_its_time_is_over(client: Client, forge: Forge) -> None:
    page = forge.launch(client, **asked(forge)).request["PATH_INFO"]
    Launch.objects.update(made_at="2026-01-01T00:00:00Z")
    assert client.get(page).status_code == 400
