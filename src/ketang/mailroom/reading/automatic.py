"""Mail that no person wrote: it is never answered (RFC 3834)."""

from __future__ import annotations

import re

from ketang.mailroom.reading.addresses import Mailbox
from ketang.mailroom.reading.tree import Part
from ketang.mailroom.reading.words import header_text

_DAEMON = re.compile(
    r"^(mailer-?daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?reply|noreply[-+_.].*|bounces?[-+=].*)@"
)
_AWAY = re.compile(
    r"^\s*(?:【?自动回复】?|\[自动回复\]|自動回覆|假期自动回复|out of (?:the )?office|auto(?:matic)?[- ]?(?:reply|response)"
    r"|vacation reply|系统退信|退信|undeliver(?:ed|able)|delivery status notification|returned mail|mail delivery fail\w*|failure notice)",
    re.IGNORECASE,
)


def why_automatic(root: Part, sender: Mailbox, subject: str) -> tuple[str, ...]:
    """Every sign, as `header: value` in the mail's own words; empty for a mail that a person wrote."""
    signs: list[str] = []

    def tell(name: str, value: str) -> None:
        signs.append(f"{name}: {value}")

    for raw in root.all("auto-submitted"):
        if (value := header_text(raw).lower()) and not value.startswith("no"):
            tell("Auto-Submitted", value)
    for raw in root.all("precedence"):
        if (value := header_text(raw).lower()) in {"bulk", "junk", "list", "auto_reply"}:
            tell("Precedence", value)
    for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-QQ-Auto-Reply"):
        for raw in root.all(name.lower()):
            if (value := header_text(raw)).lower() not in {"", "no", "false", "0"}:
                tell(name, value)
    for raw in root.all("x-auto-response-suppress"):
        # Outlook writes DR, OOF, AutoReply in ordinary notes of some servers; All stands in what machines send.
        if (value := header_text(raw)).lower() == "all":
            tell("X-Auto-Response-Suppress", value)
    for name in ("List-Id", "List-Unsubscribe", "Feedback-ID"):
        for raw in root.all(name.lower()):
            tell(name, header_text(raw))
    for raw in root.all("return-path"):
        if header_text(raw).replace(" ", "") == "<>":
            tell("Return-Path", "<>")
    if _DAEMON.match(sender.address):
        tell("From", sender.address)
    if root.kind.value == "multipart/report":
        tell("Content-Type", "multipart/report")
    if match := _AWAY.match(subject):
        tell("Subject", match[0].strip())
    return tuple(signs)
