"""Pieces of a split archive over several mails: one package once all are here, in any order, however often it is tried."""

from __future__ import annotations

import io
import itertools
import random
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from ketang.mailroom.gathering import gather
from ketang.mailroom.joining import NotJoined, join_zip
from ketang.mailroom.receiving import receive_mail
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.reading import read_whole
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail.models import Mail
from ketang_columns import Column

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
STEM = "网络课程+示例培训学校+急救"
_mail_numbers = itertools.count(1)


def archive() -> bytes:
    content = io.BytesIO()
    chance = random.Random(7)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as made:
        for number in range(5):
            made.writestr(f"视频/{number}.mp4", chance.randbytes(40_000))
    return content.getvalue()


def cut(content: bytes, ending: str, size: int = 90_000) -> dict[str, bytes]:
    return {
        f"{STEM}.{ending}.{number:03d}": content[at : at + size]
        for number, at in enumerate(range(0, len(content), size), 1)
    }


def arrive(files: dict[str, bytes], *, sender: str = "teacher@example.com", work: bool = True) -> Mail:
    number = next(_mail_numbers)
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = f"<{sender}>", STEM, f"<{number}@example.com>"
    mail.set_content("请查收")
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    made, _new = receive_mail(io.BytesIO(mail.as_bytes()), arrived=AT + timedelta(minutes=number))
    if work:
        do_work()
    return made


def do_work() -> None:
    for job in Job.objects.filter(state=JobState.WAITING, name="mail.gather"):
        run(str(job.uuid))


def arrivals() -> list[tuple[str, str, bool]]:
    return [(one.state, one.name, bool(one.digest)) for one in Arrival.objects.order_by("pk")]


WAITS, MERGED = ArrivalState.UNCLAIMED, ArrivalState.MERGED


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["zip", "7z", "tar", "rar"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_numbered_pieces_in_any_order(ending: str, order: tuple[int, ...]) -> None:
    content = archive()
    pieces = list(cut(content, ending).items())
    assert len(pieces) == 3
    for count, number in enumerate(order, 1):
        last = arrive(dict([pieces[number]]))
        assert [digest for _state, _name, digest in arrivals()].count(True) == (count == 3)
    name = f"{STEM}.{ending}"
    assert arrivals() == [(MERGED, STEM, False), (MERGED, STEM, False), (WAITS, name, True)]
    whole = last.arrivals.get().arrival
    assert (read_whole(whole.digest), whole.size) == (content, len(content))
    assert whole.reason == "分卷已到齐，来自 3 封邮件，已合并成一个文件。"
    assert whole.received_at == last.received_at
    assert [entry.action for entry in history(whole)] == ["ledger.register", "ledger.change_file"]


def test_once_however_often_on_both_columns(column: Column) -> None:
    content = archive()
    mails = [arrive({name: piece}, work=False) for name, piece in cut(content, "zip").items()]
    for mail in (*mails, *mails):
        gather(mail)
    do_work()
    assert [state for state, _name, _digest in arrivals()] == [MERGED, MERGED, WAITS]
    assert read_whole(Arrival.objects.get(state=WAITS).digest) == content
    assert Arrival.objects.get(state=WAITS).merged.count() == 2


@pytest.mark.django_db
def test_others_pieces_and_another_archives_are_left_alone() -> None:
    (first, second, third) = cut(archive(), "zip").items()
    arrive(dict([first]))
    arrive(dict([second]), sender="other@example.com")
    arrive({third[0].replace("急救", "面点"): third[1]})
    assert [state for state, _name, _digest in arrivals()] == [WAITS] * 3
    arrive(dict([third]))
    assert [state for state, _name, _digest in arrivals()] == [WAITS] * 4


@pytest.mark.django_db
def test_a_piece_that_was_sent_again_counts_as_it_came_last() -> None:
    content = archive()
    (first, second, third) = cut(content, "zip").items()
    arrive({first[0]: first[1], second[0]: b"x" * len(second[1])})
    arrive(dict([second]))
    arrive(dict([third]))
    assert [state for state, _name, _digest in arrivals()] == [MERGED, MERGED, WAITS]
    assert read_whole(Arrival.objects.get(state=WAITS).digest) == content


@pytest.mark.django_db
def test_what_a_person_said_stands(actors: dict[Role, Actor]) -> None:
    (first, second, third) = cut(archive(), "zip").items()
    aside = arrive(dict([first])).arrivals.get().arrival
    ledger.set_aside(actor=actors[Role.CLERK], arrival=aside, reason="重复")
    arrive(dict([second]))
    arrive(dict([third]))
    assert [state for state, _name, _digest in arrivals()] == [ArrivalState.SET_ASIDE, WAITS, WAITS]


@pytest.mark.django_db
def test_rar_volumes_stay_volumes_in_one_file() -> None:
    volumes = {f"{STEM}.part{number}.rar": bytes([number]) * (50 if number < 3 else 20) for number in (1, 2, 3)}
    for name, content in volumes.items():
        arrive({name: content})
    assert arrivals()[-1] == (WAITS, f"{STEM}（分卷）.zip", True)
    whole = Arrival.objects.get(state=WAITS)
    with zipfile.ZipFile(io.BytesIO(read_whole(whole.digest))) as made:
        assert {name: made.read(name) for name in made.namelist()} == volumes
    assert whole.reason == "分卷已到齐，来自 3 封邮件，各卷放在一个压缩包里，要用解压软件打开。"


needs_zip = pytest.mark.skipif(shutil.which("zip") is None, reason="the program zip is not installed: apt install zip")


def split_by_zip(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Pieces as Info-ZIP makes them, and what is in them."""
    chance = random.Random(9)
    files = {f"{number}.bin": chance.randbytes(50_000) for number in range(5)}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(["zip", "-q", "-s", "64k", "whole.zip", *files], cwd=folder, check=True)
    pieces = {path.name.replace("whole", STEM): path.read_bytes() for path in sorted(folder.glob("whole.z*"))}
    assert len(pieces) == 4
    return pieces, files


@needs_zip
@pytest.mark.django_db
@pytest.mark.parametrize("together", [True, False])
def test_a_zip_that_was_split_by_zip_itself(tmp_path: Path, together: bool) -> None:
    pieces, files = split_by_zip(tmp_path)
    if together:
        arrive(pieces)
    else:
        last_first = sorted(pieces.items(), key=lambda one: one[0].endswith(".zip"), reverse=True)
        for name, content in last_first:
            assert MERGED not in {state for state, _name, _digest in arrivals()}
            arrive({name: content})
    whole = Arrival.objects.get(state=WAITS)
    assert (whole.name, Arrival.objects.filter(state=MERGED).count()) == (f"{STEM}.zip", 0 if together else 3)
    with zipfile.ZipFile(io.BytesIO(read_whole(whole.digest))) as made:
        assert made.testzip() is None
        assert {name: made.read(name) for name in made.namelist()} == files


@needs_zip
def test_pieces_that_are_none_are_refused(tmp_path: Path) -> None:
    pieces = [content for _name, content in sorted(split_by_zip(tmp_path)[0].items())]
    *parts, end = pieces
    damaged = end.replace(b"PK\x01\x02", b"PK\x00\x00", 1)
    for wrong in (parts, [*parts[1:], end], [*parts, damaged], [*parts, end[:-30]], [b"", b"x"]):
        with pytest.raises(NotJoined):
            join_zip(io.BytesIO(), [(iter([one]), len(one)) for one in wrong])
