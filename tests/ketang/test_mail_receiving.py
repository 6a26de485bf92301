"""Raw mails become rows: none lost, none doubled, each arrival in a named state with what the generator put into it."""

from __future__ import annotations

import hashlib
import imaplib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from ketang.mailroom import receiving
from ketang.mailroom.contents import REASONS, State
from ketang.mailroom.fetching import FetchFault
from ketang.mailroom.jobs import fetch_mails
from ketang.mailroom.mailbox import NoMailbox, fetch, mailbox_of
from ketang.mailroom.receiving import UNREAD, receive_mail
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.recurring import begin_due
from ketang.platform.queue.running import Running
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read_whole
from ketang.platform.storage.releasing import remove_unheld
from ketang.selection.answering.actions import WAITS_FOR_SENDER
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail.models import Mail, MailboxMark, MailPart
from ketang_columns import Column
from mailroom.dovecot import PASSWORD, Dovecot, dovecot, needs_dovecot
from mailroom.quirks.mails import Mail as Made
from mailroom.quirks.mails import mails
from mailroom.wrapping import LETTER, PACKAGE, TITLE, WHOLE, mail_of

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
MAILS = tuple(mails())
FEW = MAILS[::9]


def receive(raw: bytes) -> tuple[Mail, bool]:
    return receive_mail(io.BytesIO(raw), arrived=AT, mailbox="INBOX")


@pytest.fixture(autouse=True)
def _no_daily_limit() -> Iterator[None]:
    with override_settings(MAIL_ANSWERS_DAILY=1000):
        yield


def expected(made: list[Made]) -> Counter[tuple[str, str]]:
    """Arrivals by state and reason: two of a mail with two courses, one of every other. Some wait for their sender, who was asked."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in made:
        asked = one.state in WAITS_FOR_SENDER and not one.automatic
        state = ArrivalState.ANSWERED if asked else ArrivalState.UNCLAIMED
        counted[state, REASONS[State(one.state)].zh] += 2 if one.state == "packages" else 1
    return counted


def found() -> Counter[tuple[str, str]]:
    return Counter(Arrival.objects.values_list("state", "reason"))


def test_every_mail_is_there_once_with_what_was_in_it(column: Column) -> None:
    some = FEW if column.name == "small" else FEW[::3]
    for one in some:
        mail, is_new = receive(one.raw)
        assert is_new, one.label
        assert read_whole(mail.digest) == one.raw
        parts = [(part.name, part.digest) for part in MailPart.objects.filter(mail=mail)]
        assert (mail.subject, parts, bool(mail.automatic)) == (one.subject, list(one.files), one.automatic), one.label
        assert [hashlib.sha256(read_whole(digest)).hexdigest() for _name, digest in parts] == [d for _name, d in parts]
    assert Mail.objects.count() == len(some)
    assert found() == expected(list(some))
    again = [receive(one.raw)[1] for one in some]
    assert (again, Mail.objects.count()) == ([False] * len(some), len(some))
    assert found() == expected(list(some))


ODD = {
    "nul": b"From: =?utf-8?B?YQBi?= <a@example.org>\r\nMessage-ID: <a\x00b@example.org>\r\nSubject: =?utf-8?B?YQBi?= \x00\r\n"
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nw\x00rds\r\n--x\r\nContent-Disposition: attachment; "
    b"filename*=utf-8''a%00b.zip\r\nContent-Type: a/b\x00c\r\n\r\nPK\x00\r\n--x--\r\n",
    "surrogate": b"From: a@example.org\r\nSubject: =?utf-8?B?7aCA?= =?utf-16?B?2AA=?= \xed\xa0\x80\r\n\r\n\xed\xa0\x80",
    "first years": b"From: a@example.org\r\nDate: Mon, 1 Jan 1000 00:00:00 +1400\r\nReceived: x; Mon, 1 Jan 1000 00:00:00 +1400\r\n\r\nx",
    "last year": b"From: a@example.org\r\nDate: Fri, 31 Dec 9999 23:59:59 -1200\r\nReceived: x; Fri, 31 Dec 9999 23:59:59 -1200\r\n\r\nx",
    "no zone": b"From: a@example.org\r\nDate: Sun, 1 Mar 2026 09:00:00 -0000\r\nReceived: x; Sun, 1 Mar 2026 09:00:00\r\n\r\nx",
    "nothing": b"",
    "long": b"From: "
    + b"a" * 5000
    + b"@example.org\r\nSubject: "
    + b"b" * 5000
    + b"\r\nMessage-ID: <"
    + b"c" * 5000
    + b">\r\n\r\nx",
}
"""Mails that a database refuses where their words go in as they are."""


def test_odd_mails_are_taken_on_both_columns(column: Column) -> None:
    for name, raw in ODD.items():
        mail, is_new = receive_mail(io.BytesIO(raw), arrived=None)
        assert (name, is_new, read_whole(mail.digest)) == (name, True, raw)
        mail.refresh_from_db()
        assert mail.received_at.tzinfo is not None
    kept = {mail.digest: mail for mail in Mail.objects.all()}
    nul = kept[hashlib.sha256(ODD["nul"]).hexdigest()]
    assert (nul.sender_name, nul.subject.split(), nul.text, [part.name for part in nul.parts.all()]) == (
        "ab", ["ab"], "wrds", ["ab.zip"],
    )  # fmt: skip
    bare = kept[hashlib.sha256(ODD["no zone"]).hexdigest()]
    assert bare.said_at == bare.received_at == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    wild = [kept[hashlib.sha256(ODD[name]).hexdigest()].said_at for name in ("first years", "last year")]
    assert wild == [None, None]
    assert Arrival.objects.count() == len(ODD)


@pytest.mark.django_db
def test_a_mail_that_our_reader_fails_on_waits_with_its_bytes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(receiving, "read_mail", fail)
    mail, is_new = receive(FEW[0].raw)
    (arrival,) = Arrival.objects.all()
    assert (is_new, receive(FEW[0].raw)) == (True, (mail, False))
    assert (read_whole(mail.digest), mail.received_at) == (FEW[0].raw, AT)
    assert (arrival.state, arrival.reason, mail.faults) == (ArrivalState.UNCLAIMED, UNREAD.zh, [UNREAD.zh])
    assert "a fault of ours" in caplog.text


@pytest.mark.django_db
def test_a_full_disk_is_no_fault_of_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(receiving, "read_mail", fail)
    with pytest.raises(OSError, match="no space left"):
        receive(FEW[0].raw)
    assert (Mail.objects.count(), Arrival.objects.count()) == (0, 0)


def test_a_package_in_winmail_dat_is_an_arrival_of_its_own_bytes(column: Column) -> None:
    mail, is_new = receive(mail_of(WHOLE))
    (arrival,) = Arrival.objects.all()
    named = [(part.name, read_whole(part.digest)) for part in MailPart.objects.filter(mail=mail)]
    assert (is_new, named) == (
        True, [("winmail.dat", WHOLE), (f"{TITLE}.zip", PACKAGE), ("推荐函.pdf", LETTER)],
    )  # fmt: skip
    assert (arrival.name, read_whole(arrival.digest), arrival.supplier, arrival.title) == (
        f"{TITLE}.zip", PACKAGE, "天津市晴禾职业培训学校", "老年人饮水照护入门",
    )  # fmt: skip
    assert mail.faults == []


@pytest.mark.sweep
def test_all_of_them(small_column: Column) -> None:
    for one in MAILS:
        receive(one.raw)
    assert (Mail.objects.count(), found()) == (len(MAILS), expected(list(MAILS)))


@pytest.mark.django_db
def test_another_delivery_of_a_mail_keeps_no_bytes_of_its_own() -> None:
    one = FEW[0]
    mail, _new = receive(one.raw)
    again = b"Received: from relay.example.org; Sun, 1 Mar 2026 09:00:00 +0800\r\n" + one.raw
    assert receive(again) == (mail, False)
    other = hashlib.sha256(again).hexdigest()
    StoredFile.objects.update(stored_at=AT.replace(year=2020))
    for digest in (other, mail.digest, *mail.parts.values_list("digest", flat=True)):
        remove_unheld(digest)
    assert StoredFile.objects.filter(digest=other).exists() is False
    assert read_whole(mail.digest) == one.raw
    assert [len(read_whole(digest)) for digest in mail.parts.values_list("digest", flat=True)] == list(
        mail.parts.values_list("size", flat=True)
    )
    assert list(Job.objects.filter(name="storage.release").values_list("arguments", flat=True)) == [{"digest": other}]


@pytest.mark.django_db
def test_pieces_of_one_mail_are_joined_and_loose_files_are_one_archive() -> None:
    of = {shape: next(one for one in MAILS if shape in one.label) for shape in ("numbered", "loose")}
    joined = receive(of["numbered"].raw)[0].arrivals.get().arrival
    pieces = b"".join(read_whole(digest) for _name, digest in sorted(of["numbered"].files))
    assert (read_whole(joined.digest), joined.size, joined.name[-4:]) == (pieces, len(pieces), ".zip")
    loose = receive(of["loose"].raw)[0].arrivals.get().arrival
    with zipfile.ZipFile(io.BytesIO(read_whole(loose.digest))) as archive:
        held = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert held == dict(of["loose"].files)


def test_a_file_of_mails_is_imported_once(small_column: Column, tmp_path: Path) -> None:
    raws = [one.raw.replace(b"\r\n", b"\n") for one in FEW if b"\nFrom " not in one.raw][:5]
    box, letter = tmp_path / "office.mbox", tmp_path / "one.eml"
    line = b"From office@example.org Thu Nov 26 09:00:00 2026\n"
    box.write_bytes(b"".join(line + raw.rstrip(b"\n") + b"\n\n" for raw in raws))
    letter.write_bytes(raws[0].rstrip(b"\n") + b"\n")
    assert small_column.run("mail", "import", str(box)).stdout == (
        "office.mbox：5 封 · 5 mails\n新收 5 封，以前收过 0 封 · 5 new, 0 taken before\n"
    )
    again = small_column.run("mail", "import", str(letter), str(box)).stdout
    assert again.endswith("新收 0 封，以前收过 6 封 · 0 new, 6 taken before\n")
    assert Mail.objects.count() == 5


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def put(running: Dovecot, made: list[Made]) -> None:
    with imaplib.IMAP4("127.0.0.1", running.port, timeout=20) as client:
        client.login("office", PASSWORD)
        for one in made:
            raw = one.raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            assert client.append("INBOX", "", f'"{AT:%d-%b-%Y %H:%M:%S %z}"', raw)[0] == "OK"  # type: ignore[arg-type]


@needs_dovecot
@pytest.mark.django_db
def test_the_mailbox_is_taken_and_only_what_is_new_the_next_time(server: Dovecot) -> None:
    address = f"imap://office:{PASSWORD}@127.0.0.1:{server.port}/INBOX"
    put(server, list(FEW[:6]))
    assert (fetch(address), fetch(address)) == (6, 0)
    put(server, list(FEW[6:9]))
    with override_settings(IMAP=address):
        fetch_mails(Running(Job.objects.create(name="mail.fetch", state=JobState.RUNNING, attempt=1)))
    assert Mail.objects.count() == 9
    assert found() == expected(list(FEW[:9]))
    assert set(Mail.objects.values_list("received_at", flat=True)) == {AT}
    mark = MailboxMark.objects.get()
    assert (mark.last, mark.fault, PASSWORD in mark.mailbox) == (9, "", False)
    MailboxMark.objects.update(last=0, numbering=0)  # as if the server had numbered its mails anew
    assert (fetch(address), Mail.objects.count()) == (0, 9)


@needs_dovecot
@pytest.mark.django_db
def test_what_stands_in_the_way_is_kept_in_words(server: Dovecot) -> None:
    with pytest.raises(FetchFault):
        fetch(f"imap://office:wrong@127.0.0.1:{server.port}/INBOX")
    mark = MailboxMark.objects.get()
    assert ("不接受登录" in mark.fault, mark.read_at is not None) == (True, True)


@pytest.mark.parametrize("address", ["", "office@example.org", "pop3://a:b@example.org", "imaps://example.org"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(NoMailbox, match="KETANG_IMAP"):
        mailbox_of(address)


def test_signs_in_names_and_words_are_written_by_percent() -> None:
    server, folder = mailbox_of("imaps://office%40example.org:p%3Aw%2F1@imap.example.org/%E5%BE%81%E9%9B%86")
    assert (server.login, server.password, server.host, server.port, server.security, folder) == (
        "office@example.org", "p:w/1", "imap.example.org", 993, "tls", "征集",
    )  # fmt: skip


@pytest.mark.django_db
def test_the_mailbox_is_read_again_and_again_one_reading_at_a_time() -> None:
    with override_settings(JOB_RECURRING={"mail.fetch": 300}):
        begin_due()
        begin_due()
        assert Job.objects.count() == 1
        Job.objects.update(state=JobState.DONE, finished_at=AT.replace(year=2020))
        begin_due()
        assert list(Job.objects.order_by("pk").values_list("name", "state")) == [
            ("mail.fetch", JobState.DONE), ("mail.fetch", JobState.WAITING),
        ]  # fmt: skip
    Job.objects.all().delete()
    begin_due()
    assert Job.objects.count() == 0
