"""A small sealed list for tests, the same bytes each time; and the command that verifies one, alone."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kebao.seal.keys import fingerprint
from kebao.seal.sealing import seal
from kebao.seal.snapshot import AuditHead, Call, Electronic, Former, Paper, moment

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLISHED = fingerprint(KEY.public_key())
ZONE = ZoneInfo("Asia/Shanghai")
DIGEST = "9f5f4cd4df7c7ba39da9a3f7b2e1c6d6a4bdc2c4f9cf4f0f1c7ba9f0e2a1d3c4"
CALL = Call(id="tianjin-2023", title="征集通知", organiser="主办单位", closes_at="2023-08-31T23:59:59.000000+08:00", time_zone="Asia/Shanghai")  # fmt: skip


def electronic(position: int, digest: str = DIGEST, lateness: str = "in-time") -> Electronic:
    at = moment(datetime(2023, 8, 30, 9, 0, position % 60, tzinfo=ZONE))
    return Electronic(
        position=position, kind="electronic", number=f"T-{position:04d}", receipt=f"T-R{position:05d}", received_at=at,
        sha256=digest, bytes=12, lateness=lateness,
    )  # fmt: skip


def sealed(*arrivals: Electronic | Paper, former: Former | None = None) -> bytes:
    paper = Paper(
        position=3, kind="paper", number="T-0003", received_at="2023-08-31T10:00:00.000000+08:00", lateness="in-grace"
    )
    listed = arrivals or (electronic(1), electronic(2, lateness="accepted-late"), paper, electronic(4, lateness="late"))
    made = datetime(2023, 9, 1, 8, 0, tzinfo=ZONE)
    head = AuditHead(number=7, digest="a" * 64)
    number = 1 if former is None else former.number + 1
    return seal(call=CALL, number=number, made_at=made, audit_head=head, arrivals=listed, key=KEY, former=former)


ALONE = """
import sys
for name in ("ketang", "django", "psycopg"):
    sys.modules[name] = None
sys.addaudithook(lambda event, _: event.startswith("socket.connect") and sys.exit("network"))
from kebao.cli.main import main
main(["verify-snapshot", *sys.argv[1:]])
"""


def alone(*arguments: object) -> tuple[int, list[str], str]:
    """The command in a process that can load neither the product nor a database, and dies of any connection: code, lines, complaints."""
    ended = subprocess.run([sys.executable, "-c", ALONE, *map(str, arguments)], capture_output=True, text=True)
    return ended.returncode, ended.stdout.splitlines(), ended.stderr
