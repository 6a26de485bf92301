"""The key that signs: made once, private outside of the database, changed with a reason, published for good."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from django.test import Client

from kebao.seal.keys import fingerprint, read_fingerprint
from ketang.platform.audit.actions import SYSTEM
from ketang.platform.audit.models import AuditEntry
from ketang.platform.refusal import Refused
from ketang.platform.signing.actions import rotate, signing_key
from ketang.platform.signing.models import SigningKey
from ketang.platform.signing.queries import pem_of, published_keys
from ketang_columns import Column


@pytest.fixture
def folder(transactional_db: None, tmp_path: Path, settings: LazySettings) -> Path:
    settings.SIGNING_KEYS, settings.SIGNING_KEY = tmp_path / "signing-keys", ""
    return tmp_path / "signing-keys"


def acts() -> list[str]:
    return [entry.action for entry in AuditEntry.objects.filter(action__startswith="signing.").order_by("number")]


def test_the_first_need_makes_it_once_and_its_owner_alone_reads_it(folder: Path) -> None:
    first, second = signing_key(), signing_key()
    assert first.private_bytes_raw() == second.private_bytes_raw()
    (place,), row = folder.iterdir(), SigningKey.objects.get()
    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(folder.stat().st_mode)) == (0o600, 0o700)
    assert (place.name, row.fingerprint) == (f"{row.fingerprint}.pem", fingerprint(first.public_key()))
    assert read_fingerprint(pem_of(row).encode()) == row.fingerprint
    assert acts() == ["signing.begin"]


def test_a_new_key_takes_over_and_the_old_one_stays_published_without_its_private_half(folder: Path) -> None:
    old = fingerprint(signing_key().public_key())
    with pytest.raises(Refused, match="理由"):
        rotate(actor=SYSTEM, reason=" ")
    made = rotate(actor=SYSTEM, reason="管理员离任")
    assert fingerprint(signing_key().public_key()) == made.fingerprint != old
    assert [(one.fingerprint, one.is_current, one.retired_because) for one in published_keys()] == [
        (made.fingerprint, True, ""), (old, False, "管理员离任"),
    ]  # fmt: skip
    assert [place.name for place in folder.iterdir()] == [f"{made.fingerprint}.pem"]
    assert acts() == ["signing.begin", "signing.retire", "signing.begin"]


@pytest.mark.parametrize("fault", ["gone", "another", "no key"])
def test_a_machine_without_the_private_half_says_so_and_signs_nothing(folder: Path, fault: str) -> None:
    signing_key()
    (place,) = folder.iterdir()
    if fault == "gone":
        place.unlink()
    elif fault == "no key":
        place.write_text("-----BEGIN", encoding="ascii")
    else:
        whole = place.read_bytes()
        rotate(actor=SYSTEM, reason="换")
        next(folder.iterdir()).write_bytes(whole)
    with pytest.raises(Refused, match="没有签名密钥"):
        signing_key()


def test_the_setting_gives_the_same_key_to_every_machine_and_a_new_one_retires_it(
    settings: LazySettings, folder: Path
) -> None:
    one, other = bytes(range(32)), bytes(range(1, 33))
    settings.SIGNING_KEY = one.hex()
    assert signing_key().private_bytes_raw() == signing_key().private_bytes_raw() == one
    with pytest.raises(Refused, match="KETANG_SIGNING_KEY"):
        rotate(actor=SYSTEM, reason="换")
    settings.SIGNING_KEY = other.hex()
    assert signing_key().private_bytes_raw() == other
    known = fingerprint(Ed25519PrivateKey.from_private_bytes(one).public_key())
    assert [key.is_current for key in published_keys()] == [True, False]
    assert SigningKey.objects.get(is_current=False).fingerprint == known
    settings.SIGNING_KEY = one.hex()
    with pytest.raises(Refused, match="已经停用"):
        signing_key()
    settings.SIGNING_KEY = "abc"
    with pytest.raises(Refused, match="不是密钥"):
        signing_key()
    assert not folder.exists()


def test_anybody_reads_the_public_keys(folder: Path) -> None:
    assert "还没有公钥" in Client().get("/keys/").content.decode()
    signing_key()
    row = SigningKey.objects.get()
    assert row.fingerprint in Client().get("/keys/").content.decode()
    answer = Client().get(f"/keys/{row.fingerprint}.pem")
    assert (answer.content.decode(), "attachment" in answer["Content-Disposition"]) == (pem_of(row), True)
    assert Client().get(f"/keys/{'0' * 64}.pem").status_code == 404


TOGETHER = """
import django; django.setup()
from kebao.seal.keys import fingerprint
from ketang.platform.signing.actions import signing_key
print(fingerprint(signing_key().public_key()))
"""


def test_four_processes_that_need_the_first_key_at_once_have_the_same(column: Column) -> None:
    """On the machine that shares the instance folder; in the large column the folder is shared here too."""
    more = {"env": column.environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = [subprocess.Popen([sys.executable, "-c", TOGETHER], **more) for _ in range(4)]
    told = [one.communicate(timeout=120) for one in started]
    assert {errors for _words, errors in told} == {""}
    (only,) = {words.strip() for words, _errors in told}
    assert SigningKey.objects.get().fingerprint == only
    assert [place.name for place in (column.home / "signing-keys").iterdir()] == [f"{only}.pem"]
