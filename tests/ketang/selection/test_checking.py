"""A version is checked as it arrives: structure first, then one job a medium, then everything; refusals are told in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.models import StoredFile, path_of
from ketang.platform.storage.reading import store
from ketang.selection.checking.actions import forget_trial
from ketang.selection.checking.jobs import OUR_FAULT
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import media_done, report_of
from ketang.selection.checking.samples import keep_sample, sample_of
from ketang.selection.intake import actions
from ketang.selection.intake.models import Door, Submission
from ketang_releasing import a_day_later
from making import make_clip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _folders(settings: object, tmp_path: Path) -> None:
    settings.MEASUREMENTS, settings.WORK = str(tmp_path / "measured"), str(tmp_path / "work")  # type: ignore[attr-defined]


def package(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, seconds in (("洗手", 3), ("试温", 4)):
            written.write(
                make_clip(folder / f"{name}.mp4", seconds), f"网络课程+示例培训学校+老年人饮水照护入门/视频/{name}.mp4"
            )
    return out.getvalue()


def send(draft: Submission, content: bytes, name: str = "网络课程+示例培训学校+老年人饮水照护入门.zip") -> Check:
    stored = put_bytes(content)
    actions.receive(
        actor=Account.objects.get(login="manager"),
        submission=draft,
        door=Door.WEB,
        name=name,
        digest=stored.digest,
        size=stored.size,
    )
    return Check.objects.get(version=draft.latest)


def work(most: int = 50) -> list[str]:
    """Do what waits, in order; the names of the jobs done."""
    done = []
    for _ in range(most):
        job = Job.objects.filter(state=JobState.WAITING, not_before__lte=timezone.now()).order_by("id").first()
        if job is None:
            return done
        run(str(job.uuid))
        done.append(job.name)
    raise AssertionError(f"too many jobs: {done}")


def test_a_version_is_checked_in_three_stages(supplier_draft: Submission, tmp_path: Path) -> None:
    check = send(supplier_draft, package(tmp_path))
    assert (check.state, check.rulebooks) == (CheckState.WAITING, ["tianjin/2023", "access/2.2", "moe/2013"])
    run(str(Job.objects.get(name="checking.begin").uuid))
    check.refresh_from_db()
    early = report_of(check)
    assert early is not None
    assert (check.state, check.media, media_done(check), check.verdict) == (CheckState.MEASURING, 2, 0, "failed")
    assert work() == ["checking.measure", "checking.measure", "checking.join", "likeness.compare"]
    check.refresh_from_db()
    whole = report_of(check)
    assert whole is not None
    assert (check.state, media_done(check), whole.crashes) == (CheckState.DONE, 2, ())
    assert {f.path for f in whole.files} == {f.path for f in early.files}
    assert [entry.action for entry in history(check)] == ["checking.begin", "checking.done"]
    assert list((tmp_path / "work").iterdir()) == []


def test_a_job_that_comes_twice_changes_nothing(supplier_draft: Submission, tmp_path: Path) -> None:
    check = send(supplier_draft, package(tmp_path))
    work()
    check.refresh_from_db()
    before = (check.report, check.ended_at)
    Job.objects.update(state=JobState.WAITING)
    work()
    check.refresh_from_db()
    assert (check.report, check.ended_at) == before


def test_the_same_videos_in_another_version_are_not_measured_again(
    supplier_draft: Submission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = package(tmp_path)
    send(supplier_draft, content)
    work()
    monkeypatch.setattr("kebao.media.measuring.measure_stream", lambda *a, **k: pytest.fail("decoded again"))
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as added:
        added.writestr("网络课程+示例培训学校+老年人饮水照护入门/说明.txt", "第二版")
    second = send(supplier_draft, out.getvalue())
    work()
    second.refresh_from_db()
    assert second.state == CheckState.DONE


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a zip", b"Rar!\x1a\x07\x00" + bytes(64), b"#EXTM3U\nhttp://127.0.0.1/x"]
)
def test_what_cannot_be_read_is_told_in_words(supplier_draft: Submission, content: bytes) -> None:
    check = send(supplier_draft, content, "课程.zip")
    work()
    check.refresh_from_db()
    assert (check.state, sorted(check.message)) == (CheckState.FAILED, ["en", "zh"])
    assert "Traceback" not in check.message["zh"]
    with override("en"):
        assert check.words == check.message["en"]


@pytest.mark.parametrize("part", ["begin", "join"])
def test_a_check_whose_job_fails_for_good_ends_and_says_whose_fault_it_is(
    supplier_draft: Submission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    check = send(supplier_draft, package(tmp_path))
    if part == "join":
        run(str(Job.objects.get(name="checking.begin").uuid))
    monkeypatch.setattr("ketang.selection.checking.opening.judged", lambda *a, **k: 1 / 0)
    for _ in range(40):  # every attempt, without its pause
        Job.objects.filter(state=JobState.WAITING).exclude(name="checking.forget").update(not_before=timezone.now())
        if not work():
            break
    check.refresh_from_db()
    assert (check.state, check.words) == (CheckState.FAILED, OUR_FAULT.zh)


def test_the_page_shows_the_verdict_to_those_who_may(supplier_draft: Submission, tmp_path: Path) -> None:
    check = send(supplier_draft, package(tmp_path))
    work()
    member, stranger = Client(), Client()
    member.force_login(Account.objects.get(login="manager"))
    stranger.force_login(open_by_command(login="stranger", name="外人").account)
    page = member.get(reverse("check", args=[check.uuid])).content.decode()
    assert "不符合" in page
    assert "怎样改" in page
    whole = member.get(reverse("check-report", args=[check.uuid]))
    assert (whole.status_code, "script-src" in whole["Content-Security-Policy"]) == (200, False)
    assert member.get(reverse("check-progress", args=[check.uuid])).json()["over"] is True
    for name in ("check", "check-report", "check-progress"):
        assert stranger.get(reverse(name, args=[check.uuid])).status_code == 404


def test_a_visitor_tries_without_an_account_and_alone_reads_the_report(tmp_path: Path) -> None:
    visitor, other = Client(), Client()
    content = package(tmp_path)
    begun = visitor.post(reverse("trial"), {"package": io.BytesIO(content)})
    check = Check.objects.get()
    assert (begun.status_code, begun["Location"]) == (302, reverse("check", args=[check.uuid]))
    work()
    assert visitor.get(reverse("check", args=[check.uuid])).status_code == 200
    other.get(reverse("trial"))
    assert other.get(reverse("check", args=[check.uuid])).status_code == 404
    assert other.get(reverse("check-report", args=[check.uuid])).status_code == 404


def test_a_trial_is_forgotten_after_a_day_with_its_bytes(tmp_path: Path) -> None:
    content = package(tmp_path)
    visitor = Client()
    visitor.post(reverse("trial"), {"package": io.BytesIO(content)})
    check = Check.objects.get()
    forget_trial(str(check.uuid))
    assert Check.objects.count() == 1
    Check.objects.update(expires_at="2020-01-01T00:00Z")
    forget_trial(str(check.uuid))
    assert (Check.objects.count(), StoredFile.objects.count()) == (0, 1)
    assert (a_day_later(), StoredFile.objects.count()) == (1, 0)


def test_bytes_that_a_submission_holds_outlive_a_trial_of_them(supplier_draft: Submission, tmp_path: Path) -> None:
    content = package(tmp_path)
    send(supplier_draft, content)
    visitor = Client()
    visitor.post(reverse("trial"), {"package": io.BytesIO(content)})
    trial = Check.objects.get(version=None)
    Check.objects.filter(pk=trial.pk).update(expires_at="2020-01-01T00:00Z")
    forget_trial(str(trial.uuid))
    assert (a_day_later(), StoredFile.objects.filter(digest=trial.digest).exists()) == (1, True)


def test_a_sample_outlives_the_trials_of_it(tmp_path: Path) -> None:
    archive = tmp_path / "课.zip"
    archive.write_bytes(package(tmp_path))
    keep_sample("faulty", archive)
    visitor = Client()
    visitor.post(reverse("trial-sample", args=["faulty"]))
    trial = Check.objects.get()
    Check.objects.update(expires_at="2020-01-01T00:00Z")
    forget_trial(str(trial.uuid))
    assert (a_day_later(), Check.objects.count(), sample_of("faulty")) == (1, 0, ("课.zip", trial.digest))
    assert store().exists(path_of(trial.digest))


def test_a_visitor_has_few_trials_under_way_and_is_told(tmp_path: Path) -> None:
    visitor = Client()
    answers = [visitor.post(reverse("trial"), {"package": io.BytesIO(bytes([number]) * 9)}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "同时检查的课程包太多了" in answers[-1].content.decode()
    assert Check.objects.count() == 3


def test_a_sample_that_is_not_there_is_no_page() -> None:
    assert Client().post(reverse("trial-sample", args=["nothing"])).status_code == 404


def test_samples_are_offered_where_there_are_any_and_checked_like_a_package(tmp_path: Path) -> None:
    visitor = Client()
    assert "手头没有课程包" not in visitor.get(reverse("trial")).content.decode()
    archive = tmp_path / "网络课程+示例培训学校+老年人饮水照护入门.zip"
    archive.write_bytes(package(tmp_path))
    keep_sample("mended", archive)
    assert "改好的课程包" in visitor.get(reverse("trial")).content.decode()
    assert visitor.post(reverse("trial-sample", args=["mended"])).status_code == 302
    assert Check.objects.get().name == archive.name
