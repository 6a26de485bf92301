"""Results of SPF, DKIM and DMARC: the receiving server's own words alone, whatever the sender writes."""

from __future__ import annotations

import io

import pytest

from ketang.mailroom.reading.mail import read_mail
from ketang.mailroom.reading.shown import Shown

OURS = "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=a@example.com; dkim=Fail (no key); dmarc=none"
FALSE = "Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=pass"


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (f"{OURS}\nReceived: a\nFrom: x", Shown("pass", "fail", "none", (OURS,))),
        (f"Received: a\n{OURS}\nReceived: b\n{FALSE}\nFrom: x", Shown("pass", "fail", "none", (OURS,))),
        (f"Received: a\nReceived: b\n{FALSE}\nFrom: x", Shown()),
        ("From: x", Shown()),
        (
            "Received-SPF: SoftFail (domain of example.com) client-ip=192.0.2.1\nReceived: a",
            Shown(
                "softfail", "", "", ("Received-SPF: SoftFail (domain of example.com) client-ip=192.0.2.1",)
            ),
        ),
        (
            "Authentication-Results: mx.example.org; spf=fail (the sender says spf=pass)\nReceived: a",
            Shown("fail", "", "", ("Authentication-Results: mx.example.org; spf=fail (the sender says spf=pass)",)),
        ),
        (
            f"{OURS}\nAuthentication-Results: mx.example.org; spf=fail; arc=pass\nReceived: a",
            Shown("pass", "fail", "none", (OURS, "Authentication-Results: mx.example.org; spf=fail; arc=pass")),
        ),
        ("Authentication-Results: mx.example.org; none\nReceived: a", Shown("", "", "", ("Authentication-Results: mx.example.org; none",))),
    ],
)  # fmt: skip
def test_as_the_receiving_server_shows_them(head: str, shown: Shown) -> None:
    raw = head.replace("\n", "\r\n").encode() + b"\r\n\r\nwords\r\n"
    assert read_mail(io.BytesIO(raw)).shown == shown
