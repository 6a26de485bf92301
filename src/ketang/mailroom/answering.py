"""An answer to a mail as a message to send: plain text, Chinese then English, and never to a machine (RFC 3834)."""

from __future__ import annotations

import re
from collections.abc import Collection
from email.message import EmailMessage
from email.policy import SMTP

from kebao.model.text import Text
from ketang.mailroom.reading.addresses import Mailbox
from ketang.mailroom.reading.mail import ReadMail

_SENDABLE = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_REPLY = re.compile(r"^\s*(?:回复|答复|re)\s*[:：]", re.IGNORECASE)
_MOST_REFERENCES = 20
_LONGEST_SUBJECT = 200

_AUTOMATIC = Text(
    zh="这是自动发出的邮件，系统不回复，以免两边的程序互相回复不停。",
    en="This mail was sent automatically; it is not answered, lest two programs answer each other without end.",
)
_NO_ADDRESS = Text(
    zh="邮件里没有可以回复的地址。请通过电话与报送者联系。",
    en="The mail holds no address to answer to. Reach the sender by telephone.",
)
_OWN = Text(zh="这是本系统自己发出的邮件，不回复。", en="This mail came from this system itself; it is not answered.")


def why_not_answered(mail: ReadMail, own: Collection[str]) -> Text | None:
    """Why no automatic answer goes out; None when one may. `own` are the office's addresses, in lower case."""
    if mail.is_automatic:
        return _AUTOMATIC
    to = answered_to(mail)
    if to is None:
        return _NO_ADDRESS
    if to.address in own or mail.sender.address in own:
        return _OWN
    return None


def answered_to(mail: ReadMail) -> Mailbox | None:
    """Reply-To if it can be sent to, else the sender; None without an address of plain letters."""
    return next((box for box in (*mail.reply_to[:1], mail.sender) if _SENDABLE.fullmatch(box.address)), None)


def compose_answer(mail: ReadMail, words: Text, *, sender: str, office: str, message_id: str) -> EmailMessage:
    """The answer, ready for SMTP. It has no Date: the caller sets it on sending.

    Args:
        mail: what is answered.
        words: the whole text; Chinese stands first, English below a line.
        sender: the office's address. office: its name.
        message_id: without brackets. Made from what is answered and why, it lets a second sending be recognised.

    Raises:
        ValueError: the mail is automatic, the office's own, or has no address; ask `why_not_answered` first.
    """
    refused = why_not_answered(mail, {sender.lower()})
    to = answered_to(mail)
    if refused is not None or to is None:
        raise ValueError((refused or _NO_ADDRESS).en)
    answer = EmailMessage(policy=SMTP)
    answer["From"] = _one(office, sender)
    answer["To"] = to.address
    bare = mail.subject[:_LONGEST_SUBJECT]
    answer["Subject"] = bare if _REPLY.match(bare) else f"回复：{bare}"
    answer["Message-ID"] = f"<{message_id}>"
    if _is_id(mail.message_id):
        answer["In-Reply-To"] = f"<{mail.message_id}>"
        chain = [one for one in mail.references if _is_id(one) and one != mail.message_id][-_MOST_REFERENCES:]
        answer["References"] = " ".join(f"<{one}>" for one in (*chain, mail.message_id))
    answer["Auto-Submitted"] = "auto-replied"
    answer["X-Auto-Response-Suppress"] = "All"  # Outlook and Exchange do not answer it
    answer.set_content(f"{words.zh.strip()}\n\n----\n\n{words.en.strip()}\n", charset="utf-8", cte="base64")
    return answer


def _one(name: str, address: str) -> str:
    quoted = re.sub(r"[\"\\\r\n]", "", name)
    return f'"{quoted}" <{address}>' if quoted else address


def _is_id(text: str) -> bool:
    return re.fullmatch(r"[!-;=?-~]{1,250}", text) is not None
