"""The report of a check on its page: in the text's order, played from the package for those who may see it, compared with the version before."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clipped_clip import make_clipped_clip
from kebao.report.json import read_report
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.models import StoredFile
from ketang.selection.checking.actions import forget_trial, give_up
from ketang.selection.checking.jobs import OUR_FAULT
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.checking.samples import keep_sample
from ketang.selection.intake import actions
from ketang.selection.intake.models import Door, Submission
from ketang_accounts import signed_in
from ketang_releasing import a_day_later
from report.pages import Page

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = "网络课程+示例培训学校+老年人饮水照护入门"


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEASUREMENTS, settings.WORK = str(tmp_path / "measured"), str(tmp_path / "work")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("clips")
    return {
        "faulty": make_clipped_clip(folder / "a.mp4").read_bytes(),
        "mended": make_clipped_clip(folder / "b.mp4", clipped=False).read_bytes(),
        "old": make_clipped_clip(folder / "c.avi", codec="mpeg4", sound_codec="ac3").read_bytes(),
    }


def package(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as written:
        for name, content in files.items():
            written.writestr(f"{ROOM}/{name}", content)
    return out.getvalue()


def checked(draft: Submission, content: bytes) -> Check:
    """A version of the draft with its check, which is over."""
    stored = put_bytes(content)
    actions.receive(
        actor=Account.objects.get(login="manager"), submission=draft, door=Door.WEB, name=f"{ROOM}.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip
    return done(Check.objects.get(version=draft.latest))


def done(check: Check) -> Check:
    """The check, its jobs done."""
    while job := Job.objects.filter(state=JobState.WAITING, not_before__lte=timezone.now()).order_by("id").first():
        run(str(job.uuid))
    check.refresh_from_db()
    return check


def client_of(account: Account | None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client


@pytest.fixture
def manager(supplier_draft: Submission) -> Client:
    return client_of(Account.objects.get(login="manager"))


def test_verdict_first_then_every_clause_in_the_order_of_the_text(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes]
) -> None:
    check = checked(supplier_draft, package({"视频/洗手.mp4": clips["faulty"]}))
    report = report_of(check)
    assert report is not None
    page = Page(manager.get(reverse("check", args=[check.uuid])).content.decode())
    words = "".join(page.words)
    assert words.index(report.verdict.counts.zh) < words.index(report.clauses[0].text.zh)
    places = [words.index(clause.text.zh) for clause in report.clauses if clause.rulebook == "tianjin/2023"]
    assert places == sorted(places)
    told = {one.strip() for one in page.words}
    for finding in report.findings:
        assert {finding.message.zh, finding.mend.zh, finding.rationale.zh} - told == set()
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = {a["href"][1:] for tag, a in page.tags if tag == "a" and a["href"].startswith("#")}
    assert links - set(ids) == set()


def test_a_time_leads_into_the_film_and_seeks_the_player(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes]
) -> None:
    check = checked(supplier_draft, package({"视频/洗手.mp4": clips["faulty"]}))
    text = manager.get(reverse("check", args=[check.uuid])).content.decode()
    address = reverse("check-medium", args=[check.uuid, 1])
    rows = re.findall(r'<a class="govuk-link seek" href="([^"]+)" data-seeks="([^"]+)" data-time="([^"]+)">00:', text)
    assert len(rows) == 2
    assert {(href.partition("#t=")[0], player) for href, player, _time in rows} == {(address, "medium-1")}
    assert all(href.partition("#t=")[2] == time and 2.5 < float(time) < 3.5 for href, _player, time in rows)
    assert '<div class="player" id="medium-1"' in text
    assert text.count('class="timeline"') == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_the_bytes_come_out_of_the_package_in_parts(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes], method: int
) -> None:
    film = clips["faulty"]
    check = checked(supplier_draft, package({"视频/洗手.mp4": film}, method))
    medium = check.checked_media.get()
    assert (medium.stored_id == check.digest) is (method == zipfile.ZIP_STORED)
    address = reverse("check-medium", args=[check.uuid, 1])
    part = manager.get(address, headers={"Range": "bytes=100-299"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, film[100:300])  # type: ignore[arg-type]
    assert (part["Content-Range"], part["Content-Type"], part["X-Content-Type-Options"]) == (
        f"bytes 100-299/{len(film)}", "video/mp4", "nosniff",
    )  # fmt: skip
    last = manager.get(address, headers={"Range": "bytes=-10"})
    assert b"".join(last.streaming_content) == film[-10:]  # type: ignore[arg-type]
    assert manager.get(address, headers={"Range": f"bytes={len(film)}-"}).status_code == 416
    assert b"".join(manager.get(address).streaming_content) == film  # type: ignore[arg-type]


NAMES = ("check", "check-report", "check-report-docx", "check-report-json", "check-progress")


def statuses(client: Client, check: Check) -> list[int]:
    addresses = [reverse(name, args=[check.uuid]) for name in NAMES] + [reverse("check-medium", args=[check.uuid, 1])]
    return [client.get(address).status_code for address in addresses]


def test_only_the_unit_and_the_office_see_page_film_and_downloads(
    supplier_draft: Submission, manager: Client, administrator: Account, clips: dict[str, bytes]
) -> None:
    check = checked(supplier_draft, package({"视频/洗手.mp4": clips["faulty"]}))
    clerk, stranger = (open_by_command(login=name, name=name).account for name in ("clerk", "stranger"))
    appoint(actor=administrator, account=clerk, role=Role.CLERK)
    browsers = {"manager": manager, "clerk": signed_in(clerk), "stranger": client_of(stranger), "nobody": Client()}
    assert {name: statuses(browser, check) for name, browser in browsers.items()} == {
        "manager": [200] * 6, "clerk": [200] * 6, "stranger": [404] * 6, "nobody": [404] * 6,
    }  # fmt: skip


def test_a_trial_is_played_by_the_visitor_who_brought_it_and_forgotten_with_its_films(clips: dict[str, bytes]) -> None:
    visitor, other = Client(), Client()
    content = package({"视频/洗手.mp4": clips["faulty"]}, zipfile.ZIP_DEFLATED)
    visitor.post(reverse("trial"), {"package": io.BytesIO(content)})
    check = done(Check.objects.get())
    other.get(reverse("trial"))
    assert (statuses(visitor, check), statuses(other, check)) == ([200] * 6, [404] * 6)
    Check.objects.update(expires_at="2020-01-01T00:00Z")
    forget_trial(str(check.uuid))
    a_day_later()
    assert (Check.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_browsers_do_not_play_is_said_with_its_times(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes]
) -> None:
    check = checked(supplier_draft, package({"视频/洗手.avi": clips["old"]}))
    text = manager.get(reverse("check", args=[check.uuid])).content.decode()
    assert "浏览器放不了这种格式（avi mpeg4）" in text
    assert (text.count("data-player"), text.count("data-seeks")) == (0, 0)
    assert re.search(r'<td class="govuk-table__cell when">00:03', text)
    assert manager.get(reverse("check-medium", args=[check.uuid, 1])).status_code == 404


def changed(page: str) -> tuple[list[tuple[int, int]], list[tuple[str, int]]]:
    """Counts before and now, and how many findings became what."""
    counts = re.findall(
        r"<strong>(\d+) <span aria-hidden=\"true\">→</span><span class=\"unseen\">变为</span> (\d+)</strong>", page
    )
    lists = re.findall(r"(已经改好|还在|新出现) (\d+) 处", page)
    return [(int(then), int(now)) for then, now in counts], [(words, int(count)) for words, count in lists]


def test_a_second_version_says_what_is_gone_what_remains_and_what_is_new(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes]
) -> None:
    first = checked(supplier_draft, package({"视频/洗手.mp4": clips["faulty"]}))
    assert "与第" not in manager.get(reverse("check", args=[first.uuid])).content.decode()
    second = checked(supplier_draft, package({"视频/洗手.mp4": clips["mended"], "视频/改名.txt": b""}))
    before, after = report_of(first), report_of(second)
    assert before is not None
    assert after is not None
    page = manager.get(reverse("check", args=[second.uuid])).content.decode()
    assert "与第 1 版相比" in page
    then, now = ({f.fingerprint: f for f in report.findings} for report in (before, after))
    counts, lists = changed(page)
    assert counts[0] == (before.verdict.errors, after.verdict.errors)
    assert lists == [
        ("已经改好", len(then.keys() - now.keys())), ("还在", len(then.keys() & now.keys())),
        ("新出现", len(now.keys() - then.keys())),
    ]  # fmt: skip
    assert "sound-clipped" in {then[one].rule for one in then.keys() - now.keys()}
    assert now.keys() - then.keys()


def test_the_mended_sample_is_compared_with_the_faulty_one(tmp_path: Path, clips: dict[str, bytes]) -> None:
    for name, content in (("faulty", clips["faulty"]), ("mended", clips["mended"])):
        archive = tmp_path / f"{name}.zip"
        archive.write_bytes(package({"视频/洗手.mp4": content}))
        keep_sample(name, archive)
    visitor = Client()
    pages = []
    for name in ("faulty", "mended"):
        visitor.post(reverse("trial-sample", args=[name]))
        check = done(Check.objects.latest("id"))
        pages.append(visitor.get(reverse("check", args=[check.uuid])).content.decode())
    assert ["与上一次试检相比" in page for page in pages] == [False, True]
    other = Client()
    other.post(reverse("trial-sample", args=["mended"]))
    alone = done(Check.objects.latest("id"))
    assert "与上一次试检相比" not in other.get(reverse("check", args=[alone.uuid])).content.decode()


def test_the_early_report_stands_while_media_are_measured(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes]
) -> None:
    stored = put_bytes(
        package({"视频/洗手.mp4": clips["faulty"], "视频/洗手.srt": b"1\n00:00:01,000 --> 00:00:01,100\nx\n"})
    )
    actions.receive(
        actor=Account.objects.get(login="manager"), submission=supplier_draft, door=Door.WEB, name=f"{ROOM}.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip
    run(str(Job.objects.get(name="checking.begin").uuid))
    check = Check.objects.get()
    text = manager.get(reverse("check", args=[check.uuid])).content.decode()
    for words in (
        "不符合",
        "0 / 1",
        "声音和画面测完后，这一页会更新",
        "声音和画面测完后，可以在这里播放",
        "data-check=",
    ):
        assert words in text
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in text


def test_a_check_that_fails_after_its_early_report_says_what_is_missing(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes]
) -> None:
    stored = put_bytes(package({"视频/洗手.mp4": clips["faulty"]}))
    actions.receive(
        actor=Account.objects.get(login="manager"), submission=supplier_draft, door=Door.WEB, name=f"{ROOM}.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip
    run(str(Job.objects.get(name="checking.begin").uuid))
    check = Check.objects.get()
    give_up(check, OUR_FAULT)
    text = manager.get(reverse("check", args=[check.uuid])).content.decode()
    for words in ("不符合", OUR_FAULT.zh, "声音和画面没有测完"):
        assert words in text


def test_the_downloads_hold_the_report(supplier_draft: Submission, manager: Client, clips: dict[str, bytes]) -> None:
    check = checked(supplier_draft, package({"视频/洗手.mp4": clips["faulty"]}))
    json = manager.get(reverse("check-report-json", args=[check.uuid]))
    assert read_report(json.content.decode()) == report_of(check)
    docx = manager.get(reverse("check-report-docx", args=[check.uuid]))
    assert zipfile.ZipFile(io.BytesIO(docx.content)).testzip() is None
    for answer, suffix in ((json, "json"), (docx, "docx")):
        assert answer["Content-Disposition"] == f'attachment; filename="report-{check.uuid}.{suffix}"'


def test_queries_do_not_grow_with_findings(
    supplier_draft: Submission, manager: Client, clips: dict[str, bytes]
) -> None:
    def queries(count: int) -> int:
        check = checked(
            supplier_draft, package({f"视频/第{n}课.mp4": clips["faulty"] + bytes(n) for n in range(count)})
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text = manager.get(reverse("check", args=[check.uuid])).content.decode()
        assert text.count('class="timeline"') == count
        return len(asked)

    queries(1)  # a first version has none before it
    assert queries(1) == queries(3)
