"""Fetched from a real server: each mail once and whole, however often the line is cut, and the mailbox as it was."""

from __future__ import annotations

import hashlib
import imaplib
import os
import random
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from ketang.mailroom.fetching import Cursor, FetchFault, Server, fetch_new
from mailroom.cutting import cutting
from mailroom.dovecot import PASSWORD, Dovecot, dovecot, needs_dovecot
from mailroom.quirks.mails import mails

pytestmark = needs_dovecot
RAWS = [mail.raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for mail in mails()]
WHEN = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Taken:
    """What `take` was given."""

    def __init__(self) -> None:
        self.mails: list[tuple[int, str, datetime | None]] = []
        self.uidvalidities: set[int] = set()

    def __call__(self, file: BinaryIO, uid: int, uidvalidity: int, arrived: datetime | None) -> None:
        self.mails.append((uid, hashlib.sha256(file.read()).hexdigest(), arrived))
        self.uidvalidities.add(uidvalidity)


def expected(raws: list[bytes], first: int = 1) -> list[tuple[int, str, datetime]]:
    return [(first + n, hashlib.sha256(raw).hexdigest(), WHEN) for n, raw in enumerate(raws)]


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def put(running: Dovecot, raws: list[bytes]) -> None:
    with imaplib.IMAP4("127.0.0.1", running.port, timeout=20) as client:
        client.login("office", PASSWORD)
        for raw in raws:
            assert client.append("INBOX", "", f'"{WHEN:%d-%b-%Y %H:%M:%S %z}"', raw)[0] == "OK"  # type: ignore[arg-type]


def at(running: Dovecot, port: int = 0, **more: object) -> Server:
    return Server("127.0.0.1", port or running.port, "office", PASSWORD, "none", timeout_seconds=20, **more)  # type: ignore[arg-type]


def state(running: Dovecot) -> tuple[list[bytes], set[str]]:
    """Flags of all mails by another client that only looks, and the names of the mails' files (they carry the flags)."""
    with imaplib.IMAP4("127.0.0.1", running.port, timeout=20) as client:
        client.login("office", PASSWORD)
        client.select("INBOX", readonly=True)
        _, flags = client.uid("FETCH", "1:*", "(UID FLAGS RFC822.SIZE)")
    return [f.replace(b" \\Recent", b"").replace(b"\\Recent", b"") for f in flags], {
        p.name for p in running.folder.rglob("*:2,*")
    }


def test_each_mail_once_and_the_mailbox_as_it_was(server: Dovecot) -> None:
    put(server, RAWS[:40])
    before, taken = state(server), Taken()
    cursor = fetch_new(at(server), "INBOX", Cursor(), taken)
    assert taken.mails == expected(RAWS[:40])
    assert taken.uidvalidities == {cursor.uidvalidity}
    assert cursor.last_uid == 40
    again = Taken()
    assert fetch_new(at(server), "INBOX", cursor, again) == cursor
    assert again.mails == []
    assert state(server) == before
    put(server, RAWS[40:42])
    later = Taken()
    assert fetch_new(at(server), "INBOX", cursor, later) == Cursor(cursor.uidvalidity, 42)
    assert later.mails == expected(RAWS[40:42], first=41)


def test_mails_that_arrive_meanwhile_are_fetched_too(server: Dovecot) -> None:
    put(server, RAWS[:3])
    taken = Taken()

    def take(file: BinaryIO, uid: int, uidvalidity: int, arrived: datetime | None) -> None:
        taken(file, uid, uidvalidity, arrived)
        if uid in {2, 3, 5}:
            put(server, [RAWS[3 + len(taken.mails)]])

    cursor = fetch_new(at(server), "INBOX", Cursor(), take)
    assert taken.mails == expected([*RAWS[:3], RAWS[5], RAWS[6], RAWS[8]])
    assert cursor.last_uid == 6


def test_a_large_mail_comes_in_pieces(server: Dovecot) -> None:
    large = b"Subject: large\r\n\r\n" + b"\r\n".join([b"x" * 70] * 60_000)
    put(server, [large, RAWS[0]])
    taken = Taken()
    fetch_new(at(server, piece_bytes=65_536), "INBOX", Cursor(), taken)
    assert taken.mails == expected([large, RAWS[0]])


def _cut_often(server: Dovecot, seed: int, count: int) -> int:
    chance = random.Random(seed)
    put(server, RAWS[:count])
    before, taken = state(server), Taken()
    with cutting(server.port, chance, 12_000) as (port, cuts):
        cursor = fetch_new(
            at(server, port, piece_bytes=900, attempts=40), "INBOX", Cursor(), taken, sleep=lambda _: None
        )
    assert taken.mails == expected(RAWS[:count])
    assert cursor.last_uid == count
    assert state(server) == before
    return len(cuts)


def test_cut_at_random_points_nothing_is_lost_or_doubled(server: Dovecot) -> None:
    assert _cut_often(server, 1, 30) >= 8


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(2, 8))
def test_cut_very_often_nothing_is_lost_or_doubled(server: Dovecot, seed: int) -> None:
    assert _cut_often(server, seed, len(RAWS)) >= 80


def test_a_line_that_is_always_cut_ends_with_words_and_goes_on_later(server: Dovecot) -> None:
    put(server, RAWS[:2])
    with (
        cutting(server.port, random.Random(3), 20) as (port, cuts),
        pytest.raises(FetchFault) as caught,
    ):
        fetch_new(at(server, port, attempts=3), "INBOX", Cursor(), Taken(), sleep=lambda _: None)
    assert (caught.value.code, caught.value.reached, len(cuts)) == ("cut", Cursor(), 3)
    assert caught.value.message.zh == "与邮件服务器 127.0.0.1 的连接断开。已收到的邮件不受影响，下次从断开处接着收。"


def test_another_uidvalidity_begins_anew(server: Dovecot) -> None:
    put(server, RAWS[:2])
    taken = Taken()
    cursor = fetch_new(at(server), "INBOX", Cursor(1, 500), taken)
    assert taken.mails == expected(RAWS[:2])
    assert cursor.last_uid == 2


def test_what_take_says_passes_through(server: Dovecot) -> None:
    put(server, RAWS[:2])

    def full(file: BinaryIO, uid: int, uidvalidity: int, arrived: datetime | None) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fetch_new(at(server), "INBOX", Cursor(), full)


@pytest.mark.parametrize(
    ("change", "folder", "code"),
    [
        ({"password": "wrong"}, "INBOX", "login"),
        ({"login": "办公室", "password": "错"}, "INBOX", "login"),
        ({}, "没有", "folder"),
        ({"security": "starttls"}, "INBOX", "no-tls"),
        ({"host": "no-such-host.invalid"}, "INBOX", "unknown-host"),
        ({"security": "tls"}, "INBOX", "cut"),
    ],
)
def test_every_fault_in_words(server: Dovecot, change: dict[str, str], folder: str, code: str) -> None:
    chosen = {"host": "127.0.0.1", "login": "office", "password": PASSWORD, "security": "none"} | change
    with pytest.raises(FetchFault) as caught:
        fetch_new(
            Server(port=server.port, timeout_seconds=10, attempts=2, **chosen),  # type: ignore[arg-type]
            folder,
            Cursor(),
            Taken(),
            sleep=lambda _: None,
        )
    assert caught.value.code == code
    assert caught.value.message.zh.endswith("。")


def test_the_web_process_does_not_load_it() -> None:
    import subprocess
    import sys

    script = "import django; django.setup(); import ketang.urls, sys; sys.exit('imap_tools' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ketang_settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0


@pytest.fixture(scope="module")
def certificate() -> tuple[str, str]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM).decode(), private.decode()


def test_starttls_with_a_trusted_and_with_an_unknown_certificate(certificate: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text(certificate[0])
    with dovecot(certificate) as running:
        put(running, RAWS[:2])
        taken = Taken()
        trusted = Server(
            "localhost",
            running.port,
            "office",
            PASSWORD,
            "starttls",
            20,
            context=ssl.create_default_context(cafile=str(tmp_path / "ca.pem")),
        )
        fetch_new(trusted, "INBOX", Cursor(), taken)
        assert taken.mails == expected(RAWS[:2])
        with pytest.raises(FetchFault) as caught:
            fetch_new(Server("localhost", running.port, "office", PASSWORD, "starttls", 20), "INBOX", Cursor(), taken)
        assert caught.value.code == "certificate"
