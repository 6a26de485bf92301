"""A real IMAP server (Debian's dovecot) on a free port, in a folder of its own; as root it runs as `nobody`."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
needs_dovecot = pytest.mark.skipif(PROGRAM is None, reason="dovecot is not installed: apt install dovecot-imapd")
PASSWORD = "trial-secret"

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
ssl = {ssl}
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
first_valid_uid = 1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """Where it answers, and the folder of its mails."""

    port: int
    folder: Path
    log: Path


@contextmanager
def dovecot(certificate: tuple[str, str] | None = None) -> Iterator[Dovecot]:
    """One server with an empty mailbox; it ends with the block. `certificate`: PEM text of certificate and key, for STARTTLS."""
    assert PROGRAM is not None
    folder = Path(tempfile.mkdtemp(prefix="trial-imap-"))
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    group = "nogroup" if os.geteuid() == 0 else grp.getgrgid(user.pw_gid).gr_name
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ssl = "no"
    if certificate:
        (folder / "certificate.pem").write_text(certificate[0])
        (folder / "key.pem").write_text(certificate[1])
        ssl = f"yes\nssl_cert = <{folder}/certificate.pem\nssl_key = <{folder}/key.pem"
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            folder=folder,
            user=user.pw_name,
            group=group,
            uid=user.pw_uid,
            gid=user.pw_gid,
            port=port,
            password=PASSWORD,
            ssl=ssl,
        )
    )
    as_nobody: dict[str, object] = {}
    if os.geteuid() == 0:
        as_nobody = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        for path in (folder, *folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)
    process = subprocess.Popen(
        [PROGRAM, "-F", "-c", str(folder / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **as_nobody,  # type: ignore[call-overload]
    )
    try:
        _wait(port, process, folder / "log")
        yield Dovecot(port, folder / "mail", folder / "log")
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 2) as tried:
                tried.settimeout(5)
                if tried.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"dovecot does not answer: {log.read_text() if log.exists() else ''}")
