"""Packages: made once an edition and size, from files that lie in the store; asked for, waited for and taken on the course's page."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from ketang.classroom.catalogue.models import Course, CourseState, Edition, EditionState
from ketang.classroom.learning.tickets import now_ms
from ketang.classroom.offline import jobs
from ketang.classroom.offline.actions import ask
from ketang.classroom.offline.carrying import loads_of
from ketang.classroom.offline.models import Choice, OfflineFile, OfflinePackage, PackageState
from ketang.classroom.offline.queries import packages_of, zip_of
from ketang.classroom.offline.tickets import read_ticket, ticket_for
from ketang.classroom.renditions.models import Conversion, ConversionState, Purpose, Rendition
from ketang.people.account.actions import open_by_command
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.storage.actions import put_bytes, remove
from ketang.platform.storage.models import StoredFile
from learning_rows import published_course
from offline_rows import CAPTIONS, PICTURE, TITLE, made, make_waiting, whole_course

pytestmark = pytest.mark.django_db(transaction=True)
FILM, SMALL, SOUND = b"the film as it came" * 100, b"a small film" * 50, b"its sound" * 20


def film_course() -> Course:
    """A film with renditions whose bytes are no films: nobody plays them here."""
    source = put_bytes(FILM)
    told = {
        "kind": "video",
        "title": "片",
        "seconds": 60,
        "counts_ms": 60_000,
        "media": source,
        "content_type": "video/mp4",
        "captions": put_bytes(CAPTIONS.encode()),
    }
    course = published_course(lessons=(told, {"kind": "text", "title": "字", "text": "少量多次。", "counts_ms": 1000}))
    convert(source, **{"480p": SMALL, "audio": SOUND})
    return course


def convert(source: StoredFile, **made_of_it: bytes) -> None:
    row = Conversion.objects.create(
        source=source, purpose=Purpose.LESSON, recipe=f"r{Conversion.objects.count()}", state=ConversionState.DONE
    )
    types = {"audio": "audio/mp4"}
    Rendition.objects.bulk_create(
        Rendition(of=row, name=name, file=put_bytes(content), content_type=types.get(name, "video/mp4"))
        for name, content in made_of_it.items()
    )


def opened(package: OfflinePackage, ticket: str = "t") -> dict[str, bytes]:
    whole = zip_of(package, ticket)
    with zipfile.ZipFile(io.BytesIO(b"".join(whole.read(0, whole.size - 1)))) as found:
        return {name.partition("/")[2]: found.read(name) for name in found.namelist()}


def media(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith("media/")}


class TestWhatIsInIt:
    """By size, by kind of lesson."""

    def test_films_of_the_size_that_was_chosen(self) -> None:
        course = film_course()
        found = {choice: media(opened(made(course, choice))) for choice in Choice}
        captions = {"media/01.vtt": CAPTIONS.encode()}
        assert found == {
            Choice.P720: {"media/01.mp4": SMALL, **captions}, Choice.P480: {"media/01.mp4": SMALL, **captions},
            Choice.AUDIO: {"media/01.m4a": SOUND, **captions},
        }  # fmt: skip
        sizes = {row.choice: row.size for row in OfflinePackage.objects.all()}
        assert sizes["480p"] - sizes["audio"] == len(SMALL) - len(SOUND) + 2 * (
            len("01.mp4") - len("01.m4a")
        ) + difference(course)

    def test_every_kind_of_lesson_in_both_languages(self, tmp_path: Path) -> None:
        files = opened(made(whole_course(tmp_path, 8)))
        pages = [f"0{number}{mark}.html" for number in range(1, 7) for mark in ("", ".en")]
        styles = [
            "govuk.css",
            "tokens.css",
            "frame.css",
            "parts.css",
            "learning.css",
            "print.css",
            "player.css",
            "course.js",
            "ticket.js",
        ]
        wanted = ["请先读我 README.txt", "index.html", "index.en.html", *pages, *(f"files/{name}" for name in styles)]
        films = ["01.mp4", "01-sign.mp4", "01.vtt", "02.mp4", "04-1.png", "04-2-喝水.csv"]
        assert sorted(files) == sorted([*wanted, *(f"media/{name}" for name in films)])
        assert files["media/04-1.png"] == PICTURE
        assert 'src="media/04-1.png"' in files["04.html"].decode()
        first = files["请先读我 README.txt"].decode("utf-8-sig")
        assert [TITLE in first, "提供：示例培训学校" in first, "How to open it" in first, "\r\n" in first] == [True] * 4

    def test_each_page_names_the_supplier_and_links_nothing_beyond_the_folder(self, tmp_path: Path) -> None:
        files = opened(made(whole_course(tmp_path, 8)))
        for name, content in files.items():
            if not name.endswith(".html"):
                continue
            page = content.decode()
            links = set(re.findall(r'(?:src|href|poster)="([^"#]*)', page)) - {""}
            inside = {one for one in links if not one.startswith("data:text/vtt")}
            assert inside - set(files) == {f"{settings.PAGES_ORIGIN}/learn/bring"}, name
            assert "示例培训学校" in page, name
            assert f'<html lang="{"en" if ".en." in name else "zh-Hans"}"' in page, name

    def test_words_of_a_supplier_are_no_tags(self, tmp_path: Path) -> None:
        hostile = '</script><img src=x onerror="alert(1)">'
        course = published_course(hostile, ({"kind": "text", "title": hostile, "text": hostile, "counts_ms": 1000},))
        for name, content in opened(made(course)).items():
            assert b"<img src=x" not in content or name.endswith(".txt"), name

    def test_a_film_without_sound_has_its_words_alone_where_only_sound_was_asked_for(self) -> None:
        source = put_bytes(FILM)
        told = {
            "kind": "video",
            "title": "片",
            "seconds": 60,
            "counts_ms": 60_000,
            "media": source,
            "content_type": "video/mp4",
            "transcript": [{"start": "0.000", "end": "1.000", "text": "先试水温。"}],
        }
        page = opened(made(published_course(lessons=(told,)), Choice.AUDIO))["01.html"].decode()
        assert ["这个离线包只有声音" in page, "先试水温。" in page, "<video" in page] == [True, True, False]


def difference(course: Course) -> int:
    """By how many bytes pages of films are longer than those of sound."""
    written = {
        row.choice: sum(entry[2] for entry in row.entries if entry[3] == row.written_id)
        for row in OfflinePackage.objects.filter(edition=course.current)
    }
    return written["480p"] - written["audio"]


class TestMaking:
    """Once, whatever is asked, whoever is killed."""

    def test_it_is_made_once_for_everybody(self) -> None:
        course = film_course()
        row = made(course)
        files = set(StoredFile.objects.values_list("pk", flat=True))
        again = made(course)
        assert (again.pk, again.made_at, set(StoredFile.objects.values_list("pk", flat=True)), Job.objects.count()) == (
            row.pk,
            row.made_at,
            files,
            1,
        )

    def test_what_is_in_it_is_held(self) -> None:
        course = film_course()
        row = made(course)
        assert set(row.files.values_list("file", flat=True)) == {
            entry[3] for entry in row.entries if entry[3] and entry[3] != row.written_id
        }
        Rendition.objects.all().delete()
        for held in (StoredFile.objects.get(pk=row.written_id), row.files.get(file__size=len(SMALL)).file):
            with pytest.raises(ProtectedError):
                remove(held)

    def test_other_films_make_another_package(self) -> None:
        course = film_course()
        first = made(course)
        convert(course.lessons.get(order=1).media, **{"480p": SMALL * 2})
        assert [
            package is None for _size, package in (offered(course, Choice.P480), offered(course, Choice.AUDIO))
        ] == [True, True]
        second = made(course)
        assert (second.pk, media(opened(second))["media/01.mp4"]) == (first.pk, SMALL * 2)
        assert Job.objects.filter(name="storage.release").count() in (0, 1)

    def test_what_changed_while_it_was_made_is_made_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        course = film_course()
        assert course.current is not None
        ask(course.current, Choice.P480)
        build, times = jobs.build, []

        def slow(load: Any, tell: Any) -> Any:
            if not times:
                convert(course.lessons.get(order=1).media, **{"480p": SMALL * 3})
                ask(course.current, Choice.P480)  # type: ignore[arg-type]
            times.append(1)
            return build(load, tell)

        monkeypatch.setattr(jobs, "build", slow)
        make_waiting()
        row = OfflinePackage.objects.get()
        assert (len(times), row.state, media(opened(row))["media/01.mp4"]) == (2, PackageState.MADE, SMALL * 3)

    def test_one_that_fails_says_so_and_may_be_asked_for_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        course = film_course()

        def broken(load: Any, tell: Any) -> Any:
            raise OSError("the disk is full")

        with monkeypatch.context() as patched:
            patched.setattr(jobs, "build", broken)
            assert course.current is not None
            ask(course.current, Choice.P480)
            for _attempt in range(4):
                Job.objects.update(not_before="2026-01-01T00:00:00Z")
                run(str(Job.objects.get(name="offline.make").uuid))
            run(str(Job.objects.get(name="offline.fail").uuid))
        assert OfflinePackage.objects.get().state == PackageState.FAILED
        page = Client().get(reverse("offline", args=[course.uuid])).content.decode()
        assert "这个包没有准备好。请再试一次" in page
        assert made(course).state == PackageState.MADE


def offered(course: Course, choice: Choice) -> tuple[int, OfflinePackage | None]:
    assert course.current is not None
    return packages_of(course.current)[choice]


class TestPages:
    """The course's page of packages."""

    def test_asked_for_waited_for_taken(self) -> None:
        course, visitor = film_course(), Client()
        address = reverse("offline", args=[course.uuid])
        assert f'href="{address}"' in visitor.get(reverse("course", args=[course.uuid])).content.decode()
        before = visitor.get(address).content.decode()
        assert (before.count("准备这个包"), before.count("大小：约"), "下载</a>" in before) == (3, 3, False)
        assert visitor.post(address, {"choice": "480p"}).url == address  # type: ignore[attr-defined]
        assert visitor.get(reverse("offline-progress", args=[course.uuid])).json() == {
            "state": "正在准备",
            "over": False,
        }
        going = visitor.get(address).content.decode()
        assert [one in going for one in ("data-check", 'http-equiv="refresh"')] == [True, True]
        make_waiting()
        assert visitor.get(reverse("offline-progress", args=[course.uuid])).json() == {"state": "", "over": True}
        link = take(visitor, course)
        answer = visitor.get(link)
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert (answer["Content-Length"], answer["Content-Type"], answer["Accept-Ranges"]) == (
            str(len(content)),
            "application/zip",
            "bytes",
        )
        assert answer["Content-Disposition"].startswith("attachment; filename")
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            assert found.testzip() is None

    def test_a_download_that_broke_off_goes_on(self) -> None:
        course, visitor = film_course(), Client()
        made(course)
        link = take(visitor, course)
        answer = visitor.get(link)
        whole, tag = b"".join(answer.streaming_content), answer["ETag"]  # type: ignore[attr-defined]
        half = len(whole) // 2
        rest = visitor.get(link, headers={"range": f"bytes={half}-", "if-range": tag})
        assert (rest.status_code, b"".join(rest.streaming_content)) == (206, whole[half:])  # type: ignore[attr-defined]
        other = take(visitor, course)
        assert (
            other != link,
            visitor.get(other, headers={"range": f"bytes={half}-", "if-range": tag}).status_code,
        ) == (True, 200)
        assert visitor.get(link, headers={"range": f"bytes={len(whole)}-"}).status_code == 416
        assert visitor.get(link, headers={"if-none-match": tag}).status_code == 304

    def test_a_learner_s_own_and_one_for_a_class(self) -> None:
        course, client = film_course(), Client()
        account = open_by_command(login="learner", name="甲").account
        client.force_login(account)
        made(course)
        links = re.findall(r'href="([^"]+\.zip)"', client.get(reverse("offline", args=[course.uuid])).content.decode())
        tickets = [read_ticket(link.rpartition("/")[2].removesuffix(".zip"), now=now_ms()).account for link in links]
        assert tickets == [account.pk, 0]

    def test_nobody_takes_what_is_not_public(self) -> None:
        course, visitor = film_course(), Client()
        made(course)
        link = take(visitor, course)
        Course.objects.filter(pk=course.pk).update(state=CourseState.WITHDRAWN)
        assert [visitor.get(one).status_code for one in (link, reverse("offline", args=[course.uuid]))] == [404, 404]
        Course.objects.filter(pk=course.pk).update(state=CourseState.TAKEN_DOWN)
        assert [visitor.get(one).status_code for one in (link, reverse("offline", args=[course.uuid]))] == [410, 410]

    def test_tickets_of_another_course_or_of_nobody_take_nothing(self) -> None:
        course, other, visitor = film_course(), published_course("别的课"), Client()
        made(course)
        assert other.current is not None
        foreign = ticket_for(None, other.current, now=now_ms())
        for ticket in (foreign, "none", "a:b:c"):
            assert visitor.get(reverse("offline-file", args=[course.uuid, "480p", ticket])).status_code == 404
        assert visitor.get(take(visitor, course).replace("/480p/", "/other/")).status_code == 404

    def test_another_edition_is_made_anew(self) -> None:
        course = film_course()
        made(course)
        edition = Edition.objects.create(
            course=course,
            number=2,
            title="新",
            supplier="示例培训学校",
            name="b.zip",
            digest="1" * 64,
            state=EditionState.FORMER,
        )
        assert loads_of(edition)[Choice.P480].lessons == []
        assert OfflineFile.objects.exclude(package__edition=course.current).count() == 0


def take(client: Client, course: Course) -> str:
    found = re.search(
        r'href="([^"]+/480p/[^"]+\.zip)"', client.get(reverse("offline", args=[course.uuid])).content.decode()
    )
    assert found is not None
    return found.group(1)
