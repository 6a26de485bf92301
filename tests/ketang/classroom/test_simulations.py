"""Simulations run on another origin, in a frame that reaches nothing; archives made to break a reader give no lesson."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_django.live_server_helper
from django.core import signing
from django.test import Client
from django.urls import reverse

from browsing import launched, until
from kebao.archive.limits import Limits
from kebao.archive.opening import open_tree
from kebao.package.manifest import Resource as Entry
from kebao.subjects.tree_facts import TreeFacts
from ketang.classroom.catalogue import simulating
from ketang.classroom.catalogue.models import Course, Lesson, LessonFile
from ketang.platform.storage.actions import put_bytes
from ketang.web.content import content_address
from learning_rows import LESSONS, published_course

pytestmark = pytest.mark.django_db

ORIGIN = "http://content.example:8001"
PAGE = """<!doctype html><title>试</title><link rel=stylesheet href=形.css><form><button>看结果</button></form><p id=told></p><p id=seen></p>
<script src="做.js"></script>"""
SCRIPT = """
const seen = [];
for (const [name, look] of [["parent", () => parent.document.title], ["cookie", () => document.cookie], ["store", () => localStorage.length]]) {
  try { look(); seen.push(name); } catch { /* as it should be */ }
}
fetch("MAIN/healthz").then(() => seen.push("fetch")).catch(() => {}).finally(() => { document.querySelector("#seen").textContent = `reached:${seen}`; });
document.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); document.querySelector("#told").textContent = "对了"; });
"""


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def made_of(tmp_path: Path, files: dict[str, bytes], path: str) -> list[tuple[str, str]] | None:
    """(Name, type) of each file of the lesson that the package gives; None for no lesson."""
    for name, content in {"说明.txt": b"1", **files}.items():  # alone, a folder would be stepped into
        place = tmp_path / "p" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    with open_tree(tmp_path / "p", Limits()) as tree:
        entry = Entry(id="s", kind="simulation", title="选一选", path=path, text_alternative="仿真/文字版.txt")
        resource: Any = SimpleNamespace(
            package=SimpleNamespace(facts=TreeFacts(tree, Limits())), entry=entry, name="选一选"
        )
        found = simulating.simulation_lesson(resource)
    if found is None:
        return None
    lesson, made = found
    assert (lesson.kind, lesson.text) == (
        "simulation",
        "三题。" if (tmp_path / "p/仿真/文字版.txt").exists() else "选一选",
    )
    assert [one.number for one in made.made] == list(range(1, len(made.made) + 1))
    return [(one.name, one.content_type) for one in made.made]


HTML, JS = "text/html; charset=utf-8", "text/javascript; charset=utf-8"


def test_a_page_brings_its_folder(tmp_path: Path) -> None:
    files = {
        "仿真/甲/页.html": b"<p>1",
        "仿真/甲/a.js": b"1",
        "仿真/甲/程序.exe": b"MZ",
        "仿真/乙/别的.html": b"<p>2",
        "仿真/文字版.txt": "三题。".encode(),
    }
    assert made_of(tmp_path, files, "仿真/甲/页.html") == [("仿真/甲/页.html", HTML), ("仿真/甲/a.js", JS)]


@pytest.mark.parametrize(
    ("files", "first"),
    [
        ({"选一选/index.html": b"1", "选一选/a.js": b"1", "选一选/b/index.html": b"1"}, "index.html"),
        ({"a.js": b"1", "页.html": b"1"}, "页.html"),
        ({"a.html": b"1", "b.html": b"1"}, None),
        ({"a.js": b"1"}, None),
        ({"index.html": b"1", "../evil.html": b"1"}, None),
        ({"index.html": b"1", "bomb.txt": b"\0" * (40 << 20)}, None),
    ],
    ids=["folder", "only page", "which page", "no page", "traversal", "bomb"],
)
def test_an_archive_is_taken_whole_or_not_at_all(tmp_path: Path, files: dict[str, bytes], first: str | None) -> None:
    found = made_of(tmp_path, {"仿真/甲.zip": zipped(files)}, "仿真/甲.zip")
    assert (found[0][0].rpartition("/")[2] if found else None) == first


def test_too_many_and_too_large_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "MOST_FILES", 2)
    assert (
        made_of(tmp_path, {"仿真/甲/页.html": b"1", "仿真/甲/a.js": b"1", "仿真/甲/b.js": b"1"}, "仿真/甲/页.html")
        is None
    )
    monkeypatch.setattr(simulating, "MOST_BYTES", 1)
    assert made_of(tmp_path / "more", {"仿真/甲/页.html": b"12"}, "仿真/甲/页.html") is None
    assert made_of(tmp_path / "none", {"仿真/坏.zip": b"PK\x03\x04 no zip"}, "仿真/坏.zip") is None


def simulated(main: str = "https://ketang.example") -> Lesson:
    course = published_course(
        lessons=(
            *LESSONS,
            {
                "kind": "simulation",
                "title": "选一选",
                "text": "三题。",
                "article": "<p>三题。</p>",
                "counts_ms": 600_000,
            },
        )
    )
    lesson = course.lessons.select_related("edition").get(kind="simulation")
    for number, (name, content, kind) in enumerate(
        (("仿真/页 一.html", PAGE, HTML), ("仿真/做.js", SCRIPT.replace("MAIN", main), JS), ("仿真/形.css", "p{color:green}", "text/css; charset=utf-8")), start=1
    ):  # fmt: skip
        LessonFile.objects.create(
            lesson=lesson, number=number, name=name, file=put_bytes(content.encode()), content_type=kind
        )
    return lesson


@pytest.fixture
def apart(settings: Any) -> None:
    settings.CONTENT_ORIGIN, settings.CONTENT_HOST = ORIGIN, "content.example:8001"
    settings.PAGES_ORIGIN, settings.ALLOWED_HOSTS = "https://ketang.example", ["*"]


def test_the_other_origin_has_files_of_simulations_and_nothing_else(apart: None) -> None:
    lesson, visitor = simulated(), Client()
    address = content_address(lesson)
    assert address.startswith(f"{ORIGIN}/")
    assert address.endswith("/%E4%BB%BF%E7%9C%9F/%E9%A1%B5%20%E4%B8%80.html")
    path = address.removeprefix(ORIGIN)
    there = {"HTTP_HOST": "content.example:8001"}
    shown = visitor.get(path, **there)
    assert (shown.status_code, shown["Content-Type"], b"".join(shown.streaming_content).decode()) == (200, HTML, PAGE)
    assert shown["Content-Security-Policy"] == (
        f"sandbox allow-scripts allow-forms; default-src 'none'; script-src {ORIGIN} 'unsafe-inline' 'unsafe-eval'; style-src {ORIGIN} 'unsafe-inline'; "
        f"img-src {ORIGIN} data: blob:; media-src {ORIGIN} data: blob:; font-src {ORIGIN} data:; connect-src {ORIGIN}; form-action 'none'; base-uri 'none'; "
        "frame-ancestors https://ketang.example"
    )
    assert (shown["X-Content-Type-Options"], shown["Referrer-Policy"], shown.cookies) == ("nosniff", "no-referrer", {})
    other = course_file = path.rpartition("/")[0] + "/"
    told = [
        visitor.get(one, **there).status_code
        for one in (
            "/",
            "/healthz",
            "/courses/",
            "/office/",
            other,
            course_file + "../../x",
            path.replace(".html", ".htm"),
            "/x" + path,
        )
    ]
    assert (told, visitor.post(path, **there).status_code) == ([404] * 8, 405)
    # Under our own host none of it is there, by neither door.
    assert visitor.get(path).status_code == 404
    assert visitor.get(reverse("lesson-file", args=[lesson.edition.course.uuid, 4, 1])).status_code == 404


def test_addresses_end(apart: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson, visitor, there = simulated(), Client(), {"HTTP_HOST": "content.example:8001"}
    path = content_address(lesson).removeprefix(ORIGIN)
    forged = path.replace(path.split("/")[1], signing.dumps(lesson.pk, salt="another"))
    assert visitor.get(forged, **there).status_code == 404
    Course.objects.update(state="taken-down")
    assert visitor.get(path, **there).status_code == 404
    Course.objects.update(state="published")
    assert visitor.get(path, **there).status_code == 200
    monkeypatch.setattr("ketang.web.content.GOOD_SECONDS", -1)
    assert visitor.get(path, **there).status_code == 404


def test_without_another_origin_the_words_are_shown(settings: Any) -> None:
    settings.CONTENT_ORIGIN = settings.CONTENT_HOST = ""
    lesson = simulated()
    page = Client().get(reverse("lesson", args=[lesson.edition.course.uuid, 4])).content.decode()
    assert ["<iframe" in page, "请看下面的文字版" in page, "<p>三题。</p>" in page] == [False, True, True]


@pytest.mark.django_db(transaction=True)
def test_a_simulation_runs_in_a_browser_and_reaches_nothing(
    settings: Any, live_server: pytest_django.live_server_helper.LiveServer
) -> None:
    main = live_server.url.replace("localhost", "127.0.0.1")
    other = main.replace("127.0.0.1", "localhost")
    settings.CONTENT_ORIGIN, settings.CONTENT_HOST, settings.PAGES_ORIGIN = other, other.removeprefix("http://"), main
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "frame-src": [other]}}
    lesson = simulated(main)
    address = reverse("lesson", args=[lesson.edition.course.uuid, 4])
    with launched() as browser:
        page = browser.new_page(locale="zh-CN")
        page.goto(main + address)
        frame = page.frame_locator("iframe.simulation")
        frame.locator("button").click()
        frame.locator("#told", has_text="对了").wait_for()
        frame.locator("#seen", has_text="reached:").wait_for()
        assert frame.locator("#seen").inner_text() == "reached:"
        assert frame.locator("#told").evaluate("one => getComputedStyle(one).color") == "rgb(0, 128, 0)"
        until(page, "document.activeElement.tagName === 'IFRAME'")
