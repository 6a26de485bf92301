"""The key that signs: made when it is first needed, changed by whoever runs the instance.

Its private half lies in the instance folder, readable by its owner alone, or is given by the setting `KETANG_SIGNING_KEY`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.platform.audit.actions import SYSTEM, Actor, audited, record
from ketang.platform.refusal import Refused
from ketang.platform.signing.models import SigningKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # OpenSSL: pages do without


def signing_key() -> Ed25519PrivateKey:
    """The key that signs now.

    Raises:
        Refused: its private half is not on this machine; the setting is no key; a retired key was set again.

    Effects: at the first need the key: its file, its row, `signing.begin`.
    """
    if settings.SIGNING_KEY:
        return _from_setting()
    standing = SigningKey.objects.filter(is_current=True).first()
    if standing is not None:
        return _read(standing.fingerprint)
    return _begin(because=None)


def rotate(*, actor: Actor, reason: str) -> SigningKey:
    """Sign with a new key from now on. What the old one signed stays true, and its public half published.

    Raises:
        Refused: without a reason; the key is given by the setting: then another one is put there.

    Effects: a new key as in `signing_key`; the old one retired with `signing.retire`, its private half removed.
    """
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")
    if settings.SIGNING_KEY:
        raise Refused(_("密钥由设置 KETANG_SIGNING_KEY 给出。请换掉那里的密钥，下次签名时自动登记。"))
    made = _begin(because=reason.strip()[:1000], actor=actor)
    from kebao.seal.keys import fingerprint

    return SigningKey.objects.get(fingerprint=fingerprint(made.public_key()))


def _begin(*, because: str | None, actor: Actor = SYSTEM) -> Ed25519PrivateKey:
    """A new key in a file. Without a reason to retire another it is the first one; where another process was quicker, its own."""
    from kebao.seal.keys import fingerprint, generate

    fresh = generate()
    _write(fingerprint(fresh.public_key()), fresh)
    try:
        with audited():
            _register(fresh, because, actor)
    except IntegrityError:
        _place(fingerprint(fresh.public_key())).unlink(missing_ok=True)
        return _read(SigningKey.objects.get(is_current=True).fingerprint)
    return fresh


def _register(key: Ed25519PrivateKey, because: str | None, actor: Actor) -> None:
    """Its row as the current one; IntegrityError where there is one that nobody gave a reason to retire.

    Effects: `signing.retire` of the one before, `signing.begin`.
    """
    from kebao.seal.keys import fingerprint

    for old in SigningKey.objects.select_for_update().filter(is_current=True):
        if because is None:
            raise IntegrityError("there is a current key")
        old.is_current, old.retired_at, old.retired_because = False, timezone.now(), because
        old.save(update_fields=["is_current", "retired_at", "retired_because"])
        record(actor=actor, action="signing.retire", of=old, payload={"reason": because})
        _remove_on_commit(old.fingerprint)
    public = key.public_key()
    made = SigningKey.objects.create(fingerprint=fingerprint(public), public=public.public_bytes_raw().hex())
    record(actor=actor, action="signing.begin", of=made, payload={"fingerprint": made.fingerprint})


def _remove_on_commit(fingerprint: str) -> None:
    # A function, not a partial: Django names what failed by __qualname__.
    transaction.on_commit(lambda: _place(fingerprint).unlink(missing_ok=True), robust=True)


def _from_setting() -> Ed25519PrivateKey:
    """The key that the setting gives; a new one there takes the place of the one before."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from kebao.seal.keys import fingerprint

    try:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.SIGNING_KEY))
    except ValueError:
        raise Refused(_("设置 KETANG_SIGNING_KEY 不是密钥：应当是 64 位十六进制数。")) from None
    known = SigningKey.objects.filter(fingerprint=fingerprint(key.public_key())).first()
    if known is not None and not known.is_current:
        raise Refused(_("设置 KETANG_SIGNING_KEY 里的密钥已经停用，请换一把新的。"))
    if known is None:
        try:
            with audited():
                _register(key, _("设置里换了新的密钥"), SYSTEM)
        except IntegrityError:  # another process registered the same one at this moment
            if not SigningKey.objects.filter(fingerprint=fingerprint(key.public_key()), is_current=True).exists():
                raise
    return key


def _place(fingerprint: str) -> Path:
    return Path(settings.SIGNING_KEYS) / f"{fingerprint}.pem"


def _write(fingerprint: str, key: Ed25519PrivateKey) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    place = _place(fingerprint)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())


def _read(fingerprint: str) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    from kebao.seal.keys import fingerprint as of

    try:
        key = load_pem_private_key(_place(fingerprint).read_bytes(), None)
    except (OSError, ValueError):
        key = None
    if not isinstance(key, Ed25519PrivateKey) or of(key.public_key()) != fingerprint:
        words = _(
            "这台机器上没有签名密钥 %(start)s… 的私钥。请从备份恢复实例文件夹，或者换一把新的：ketang keys rotate。"
        )
        raise Refused(words % {"start": fingerprint[:8]})
    return key
