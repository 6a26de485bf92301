"""Every file of the hostile collection, by the plain form as a visitor's trial and by tus as a supplier's version, to a real worker.

Each gets an answer in words, in both languages; nothing is written beside the store; the worker lives.
"""

from __future__ import annotations

import base64
import csv
import re
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kebao.model.text import Language
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import OrganisationKind
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.queue.models import Job, JobState
from ketang.platform.storage.models import StoredFile
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import report_of
from ketang.selection.intake.actions import start
from ketang.selection.intake.models import Submission
from ketang_accounts import credit_code
from ketang_columns import Column, until
from ketang_jobs import unfinished

CHEAP = (
    "slip_dotdot.zip", "symlink_up.zip", "bomb_nested.zip", "xxe_file.zip", "concat_named.mp4", "mp4_zero.mp4",
    "empty_file.zip", "xss_question.csv", "rar_named.zip",
)  # fmt: skip
"""One of each kind, for every run; the sweep has all."""
IN_TIME = 180
"""Seconds for all that waits, on a busy machine."""


def names(shared: Path) -> list[str]:
    with (shared / "hostile/expected.csv").open(encoding="utf-8") as table:
        return [row["file"] for row in csv.DictReader(table)]


class Doors:
    """Two ways in: a visitor with a plain form, and a supplier with tus and the steps of a submission."""

    def __init__(self, shipped_call: str) -> None:
        self.supplier = open_by_command(login="manager", name="单位管理员").account
        administrator = open_by_command(login="administrator", name="管理员甲").account
        appoint_first_administrator(account=administrator)
        self.unit = register_organisation(
            actor=self.supplier, kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
        )
        file = read_call(shipped_call.replace("2023-08-31T23:59:59", "2099-08-31T23:59:59"))
        self.call: Call = calls.publish(call=calls.create(file=file, actor=administrator), actor=administrator)

    def try_out(self, file: Path) -> Check:
        """The form of 试检, without script."""
        cache.clear()  # what one address may try in an hour is tested elsewhere
        visitor = Client()
        sent = SimpleUploadedFile(file.name, file.read_bytes())
        answer = visitor.post(reverse("trial"), {"package": sent})
        if not file.stat().st_size:  # an empty file is told by the form itself
            assert answer.status_code == 200
            assert "空" in re.sub(r"<[^>]+>", "", answer.content.decode())
            return Check()
        assert answer.status_code == 302, answer.content.decode()
        return Check.objects.latest("id")

    def submit(self, file: Path) -> Check:
        """tus, then the steps of a submission."""
        client = Client()
        client.force_login(Account.objects.get(pk=self.supplier.pk))
        content, tus = file.read_bytes(), {"Tus-Resumable": "1.0.0"}
        named = f"filename {base64.b64encode(file.name.encode()).decode()}"
        begun = client.post(
            reverse("uploads"), headers={**tus, "Upload-Length": str(len(content)), "Upload-Metadata": named},
            content_type="text/plain",
        )  # fmt: skip
        assert begun.status_code == 201
        if content:
            sent = client.patch(
                begun["Location"], content, headers={**tus, "Upload-Offset": "0"},
                content_type="application/offset+octet-stream",
            )  # fmt: skip
            assert sent.status_code == 204
        draft: Submission = start(
            actor=self.supplier, call=self.call, organisation=self.unit, title=file.name, category="P2(3)"
        )
        place = [draft.uuid]
        taken = client.post(reverse("submission-files", args=place), {"upload": begun["Location"].rpartition("/")[2]})
        assert taken.status_code == 302
        whole = client.post(reverse("submission-send", args=place), {"by": "示例培训学校", "agreed": "on"})
        assert whole.status_code == 302, re.sub(r"<[^>]+>", "", whole.content.decode())
        return Check.objects.latest("id")


def words_of(check: Check) -> dict[Language, str]:
    """What the page says first: why it was refused, or the verdict and every finding's message."""
    if check.state == CheckState.FAILED:
        return {"zh": check.message["zh"], "en": check.message["en"]}
    report = report_of(check)
    assert report is not None
    languages: tuple[Language, ...] = ("zh", "en")
    return {
        language: "\n".join([report.verdict.sentence.to(language), *(f.message.to(language) for f in report.findings)])
        for language in languages
    }


def files_beside(column: Column) -> set[str]:
    """What lies in the instance's folder and round it, but for what the product keeps there."""
    kept = re.compile(
        r"home/(files/.*|measurements/.*|static/.*|ketang\.sqlite3.*|[a-z-]+-key|log|prepared|audit-anchor.*)"
    )
    round_it = column.home.parent
    return {
        place
        for path in round_it.rglob("*")
        if not path.is_dir() and not kept.fullmatch(place := path.relative_to(round_it).as_posix())
    }


@pytest.fixture
def doors(small_column: Column, shipped_call: str) -> Doors:
    return Doors(shipped_call)


def answered(column: Column, sends: list[Callable[[], Check]]) -> list[Check]:
    """Send all, and wait for every check's end by a worker that lives through all of it."""
    made = [send() for send in sends]
    with column.worker() as worker:
        waiting = Check.objects.exclude(state__in=(CheckState.DONE, CheckState.FAILED))
        until(lambda: not waiting.exists(), lambda: (list(waiting.values("name", "state")), column.log()), IN_TIME)
        # What a check's end sets off, such as the comparison with others', is done after it; what is for later waits.
        until(lambda: not unfinished().exists(), lambda: (list(unfinished().values()), column.log()), IN_TIME)
        assert worker.poll() is None
        assert psutil.Process(worker.pid).is_running()
    assert not Job.objects.filter(state=JobState.FAILED).exists()
    return [Check.objects.get(pk=check.pk) for check in made if check.pk]


def holds(column: Column, doors: Doors, shared: Path, files: list[str]) -> None:
    by_form = [lambda name=name: doors.try_out(shared / "hostile" / name) for name in files]
    by_tus = [lambda name=name: doors.submit(shared / "hostile" / name) for name in files]
    checks = answered(column, [*by_form, *by_tus])
    said = {(check.name, check.version_id is not None): words_of(check) for check in checks}
    assert len(said) == len(files) * 2 - ("empty_file.zip" in files)
    for (package, _submitted), words in said.items():
        # A film that was sent by itself was put together into a package, whose name bears that of the file.
        name = max((file for file in files if file in package), key=len)
        told = f"“{Path(name).stem}"  # a finding on the resource that the file became names it without its ending
        is_told = (told in words["zh"], told in words["en"]) == (True, True)
        # A harmless one may become a paper or a text of the package, which is then judged as a whole.
        assert is_told or (package != name and words["zh"].startswith("不符合")), (name, words)
        assert len(re.findall(r"[\u4e00-\u9fff]", words["zh"])) > 8, words
        for leaked in ("Traceback", "root:x:0", str(column.home)):
            assert leaked not in words["zh"] + words["en"], name
    assert files_beside(column) == set()
    assert "Traceback" not in column.log()
    assert {len(row.digest) for row in StoredFile.objects.all()} == {64}


def test_one_of_each_kind(small_column: Column, doors: Doors, shared: Path) -> None:
    holds(small_column, doors, shared, list(CHEAP))


@pytest.mark.sweep
@pytest.mark.timeout(900)
def test_every_file(small_column: Column, doors: Doors, shared: Path) -> None:
    holds(small_column, doors, shared, names(shared))
