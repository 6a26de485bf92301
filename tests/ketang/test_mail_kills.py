"""The mailbox while it is read: workers and pages killed, the line cut, the mailbox growing. Each mail once, answered once, in its named state."""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.test import override_settings

from ketang.mailroom.fetching import FetchFault
from ketang.mailroom.mailbox import fetch
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.platform.storage.reading import read_whole
from ketang.selection.answering.actions import LACKING
from ketang.selection.answering.models import AUTOMATIC, Answer, UploadLink
from ketang.selection.ledger.models import Arrival
from ketang.selection.mail.models import Mail, MailboxMark, MailPart
from ketang_columns import Column, kill, until
from ketang_jobs import unfinished
from ketang_postman import Postman, listening
from ketang_servers import free_port
from mailroom.cutting import cutting
from mailroom.dovecot import PASSWORD, Dovecot, dovecot, needs_dovecot
from mailroom.quirks.mails import Mail as Made
from mailroom.quirks.mails import mails

from .test_mail_receiving import expected, found, put

pytestmark = needs_dovecot
MAILS = tuple(mails())


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def address(port: int) -> str:
    return f"imap://office:{PASSWORD}@127.0.0.1:{port}/INBOX"


def raw_of(one: Made) -> bytes:
    """As the server gives it back."""
    return one.raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def assert_each_once(made: list[Made]) -> None:
    """None lost, none doubled, each arrival in its state with its reason, each mail answered once or not for a reason."""
    by_digest = {hashlib.sha256(raw_of(one)).hexdigest(): one for one in made}
    assert len(by_digest) == len(made)
    assert Counter(Mail.objects.values_list("digest", flat=True)) == Counter(list(by_digest))
    for digest, one in by_digest.items():
        assert read_whole(digest) == raw_of(one), one.label
    kept = Counter(MailPart.objects.values_list("mail__digest", "name"))
    assert kept == Counter((digest, name) for digest, one in by_digest.items() for name, _content in one.files)
    for digest in set(MailPart.objects.values_list("digest", flat=True)):
        assert hashlib.sha256(read_whole(digest)).hexdigest() == digest
    assert found() == expected(made)
    assert Arrival.objects.filter(by_mail=None).count() == 0
    answered = Answer.objects.filter(kind__in=AUTOMATIC).values_list("mail__digest", "kind", "unanswered")
    assert Counter(answered) == Counter(
        (digest, "request" if one.state in LACKING else "receipt", "automatic" if one.automatic else "")
        for digest, one in by_digest.items()
    )
    written = Answer.objects.exclude(letter=None).count()
    asked = sum(1 for one in made if one.state in LACKING and not one.automatic)
    assert (Letter.objects.count(), UploadLink.objects.count()) == (written, asked)
    assert isinstance(verify(), Whole)


def assert_none_sent_twice(postman: Postman) -> None:
    """Every letter that left is there once; of one whose sending was cut off it is not known, and it is not sent again."""
    arrived = Counter(str(mail["Message-ID"]) for mail in postman.mails)
    assert set(arrived.values()) <= {1}
    state = {letter.message_id: letter.state for letter in Letter.objects.all()}
    assert set(state.values()) <= {LetterState.SENT, LetterState.UNCERTAIN}
    sent = {key for key, one in state.items() if one == LetterState.SENT}
    assert sent <= set(arrived) <= set(state)


def kill_while_fetching(column: Column, server: Dovecot, made: list[Made], *, kills: int, seed: int) -> int:
    """Put mails in and kill, by turns; how many kills hit while mails were on their way in. All assertions are here."""
    chance = random.Random(seed)
    waiting = list(made)
    each = max(1, len(waiting) // (kills + 1))
    hit = 0
    with listening() as (postman, port):
        reading = replace(column, environment={
            **column.environment, "KETANG_IMAP": address(server.port), "KETANG_IMAP_SECONDS": "0.2",
            "KETANG_MAIL": f"smtp://127.0.0.1:{port}", "KETANG_MAIL_ANSWERS_DAILY": "1000",
        })  # fmt: skip
        for number in range(kills):
            put(server, waiting[:each])
            del waiting[:each]
            before = Mail.objects.count()
            running = [reading.start("worker")]
            if number % 2:
                running.append(reading.start("web", "--port", str(free_port())))
            try:
                # By mails and not by time: how fast they come in differs tenfold between machines.
                here = before + chance.randrange(1, max(2, each))
                until(lambda: Mail.objects.count() >= here, reading.log, every=0.005)  # noqa: B023 - asked at once
                time.sleep(chance.uniform(0, 0.05))
                hit += _is_reading()
            finally:
                for process in running:
                    kill(process)
        put(server, waiting)
        with reading.worker():
            _until_all(lambda: Mail.objects.count() == len(made), reading)
            _until_all(lambda: not unfinished().exclude(name="mail.fetch").exists(), reading)
            last = Job.objects.filter(name="mail.fetch").latest("pk").pk
            _until_all(lambda: Job.objects.filter(name="mail.fetch", state="done", pk__gt=last).exists(), reading)
        assert_each_once(made)
        assert_none_sent_twice(postman)
    assert MailboxMark.objects.get().last == len(made)
    return hit


def _is_reading() -> bool:
    return Job.objects.filter(name="mail.fetch", state="running").exists()


def _done() -> int:
    """Mails taken and jobs ended, but for readings of the mailbox, which end again and again."""
    return Mail.objects.count() + Job.objects.exclude(state__in=UNFINISHED).exclude(name="mail.fetch").count()


def _until_all(reached: Callable[[], bool], column: Column) -> None:
    """However slow the machine: something must happen within two minutes."""
    before = -1
    while not reached():
        done = _done()
        assert done > before, column.log()
        before = done
        late = time.monotonic() + 120
        while not reached() and time.monotonic() < late:
            if _done() > before:
                break
            time.sleep(0.1)


@pytest.mark.timeout(900)
def test_three_kills(column: Column, server: Dovecot) -> None:
    assert kill_while_fetching(column, server, list(MAILS[::16]), kills=3, seed=20260301) >= 1


@pytest.mark.sweep
@pytest.mark.timeout(3600)
def test_fifty_kills(column: Column, server: Dovecot) -> None:
    assert kill_while_fetching(column, server, list(MAILS), kills=50, seed=20260302) >= 20


def fetch_over_a_bad_line(server: Dovecot, made: list[Made], *, seed: int, most: int) -> int:
    """Fetch while the mailbox grows and the line is cut at random; how often it was cut."""
    chance = random.Random(seed)
    waiting = list(made)
    with cutting(server.port, chance, most) as (port, cuts):
        for _ in range(len(made) * 5):
            some = chance.randrange(1, 12)
            put(server, waiting[:some])
            del waiting[:some]
            fault = _fetched(port)
            assert fault in ("", "cut")
            if not fault and not waiting:
                return len(cuts)
    raise AssertionError("the mailbox was never read to its end")


def _fetched(port: int) -> str:
    """Which fault ended it; none at the mailbox's end."""
    try:
        fetch(address(port))
    except FetchFault as fault:
        return fault.code
    return ""


def _read_over_a_bad_line(server: Dovecot, made: list[Made], *, cuts: int) -> None:
    with override_settings(MAIL_ANSWERS_DAILY=1000):
        assert fetch_over_a_bad_line(server, made, seed=7, most=40_000) >= cuts
        assert_each_once(made)
        assert fetch(address(server.port)) == 0
        MailboxMark.objects.update(last=0, numbering=0)  # as if another program had never read it
        assert fetch(address(server.port)) == 0
        assert_each_once(made)
    assert set(Mail.objects.values_list("times_seen", flat=True)) == {2}


@pytest.mark.timeout(900)
def test_a_growing_mailbox_over_a_line_that_is_cut(column: Column, server: Dovecot) -> None:
    _read_over_a_bad_line(server, list(MAILS[::16]), cuts=3)


@pytest.mark.sweep
@pytest.mark.timeout(3600)
def test_the_whole_mailbox_over_a_line_that_is_cut(column: Column, server: Dovecot) -> None:
    _read_over_a_bad_line(server, list(MAILS), cuts=40)
