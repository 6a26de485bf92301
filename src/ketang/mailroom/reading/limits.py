"""How much of one mail is read, in one place, and the words when there is more."""

from __future__ import annotations

from dataclasses import dataclass

from kebao.model.text import Text


@dataclass(frozen=True, slots=True)
class Limits:
    """Most that is read of one mail. What lies beyond is told by a remark and stays in the raw mail."""

    depth: int = 12
    """Parts inside parts, mails inside mails counted with them."""
    parts: int = 500
    header_bytes: int = 256 * 1024
    """Of one part."""
    total_bytes: int = 4 * 1024**3
    """Of the raw mail."""
    text_bytes: int = 1024 * 1024
    """Of one text body, decoded."""


STANDARD = Limits()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a mail that is not as it should be. `place` is the part (`1.2`), empty for the whole mail."""

    code: str
    place: str = ""


REMARKS = {
    "too-deep": Text(
        zh="邮件里一层套一层太多，里面的没有再读。请工作人员打开原邮件查看。",
        en="The mail is nested too deeply; what lies deeper was not read. Open the original mail.",
    ),
    "too-many-parts": Text(
        zh="邮件的附件和段落太多，后面的没有读。请工作人员打开原邮件查看。",
        en="The mail has too many parts; the later ones were not read. Open the original mail.",
    ),
    "long-header": Text(
        zh="邮件头太长，后面的没有读。请工作人员打开原邮件查看。",
        en="A header of the mail is too long; its end was not read. Open the original mail.",
    ),
    "too-large": Text(
        zh="邮件太大，后面的没有读。请让报送者用上传链接重新报送。",
        en="The mail is too large; its end was not read. Ask the sender to use an upload link.",
    ),
    "long-text": Text(
        zh="正文太长，只读了前面一部分。", en="The text of the mail is too long; only its beginning was read."
    ),
    "no-end": Text(
        zh="邮件没有结束标记，可能没有收完整。附件请与报送者核对。",
        en="The mail lacks its closing mark and may be cut. Check the attachments with the sender.",
    ),
    "no-boundary": Text(
        zh="邮件没有写明各部分的分隔标记，按正文里见到的标记读。",
        en="The mail does not name the mark between its parts; the one seen in it was used.",
    ),
    "no-blank-line": Text(
        zh="邮件头后面缺少空行，从认不出的那一行起按内容读。",
        en="A blank line after the header is missing; from the first line that is no header on, it was read as content.",
    ),
    "broken-base64": Text(
        zh="附件的编码（base64）有损坏，能读出的已读出。请与报送者核对。",
        en="The attachment's base64 is damaged; what could be read was. Check it with the sender.",
    ),
    "broken-uuencode": Text(
        zh="附件的编码（uuencode）有损坏，能读出的已读出。请与报送者核对。",
        en="The attachment's uuencode is damaged; what could be read was. Check it with the sender.",
    ),
    "text-after-base64": Text(
        zh="附件编码后面多出文字（常见于群发系统加的页脚），没有算进附件。",
        en="Text follows the attachment's base64, as footers of mailing lists do; it is not part of the attachment.",
    ),
    "unknown-encoding": Text(
        zh="附件的编码方式认不出，按原样保存。", en="The attachment's encoding is unknown; it is kept as it stands."
    ),
    "tnef": Text(
        zh="附件被 Outlook 包成 winmail.dat，里面没有读得出的文件。请报送者改用“HTML 格式”或“纯文本”重新发送，或用上传链接。",
        en="Outlook wrapped the attachments in winmail.dat, in which no file could be read. Ask the sender to send again as HTML or plain text, or to use an upload link.",
    ),
    "broken-tnef": Text(
        zh="附件被 Outlook 包成 winmail.dat，里面有损坏或读不出的部分，能取出的文件已取出。请与报送者核对。",
        en="Outlook wrapped the attachments in winmail.dat, a part of which is damaged or not read; the files that could be taken out were. Check them with the sender.",
    ),
    "encrypted": Text(
        zh="邮件是加密的，读不出内容。请报送者不加密重新发送，或用上传链接。",
        en="The mail is encrypted and cannot be read. Ask the sender to send it unencrypted, or to use an upload link.",
    ),
    "signed": Text(
        zh="邮件带有数字签名，签名没有验证。", en="The mail carries a digital signature, which was not verified."
    ),
    "wrapped-in-signature": Text(
        zh="邮件内容整个包在数字签名里（smime.p7m），读不出。请报送者改为普通邮件重新发送，或用上传链接。",
        en="The whole content is wrapped in a digital signature (smime.p7m) and is not read. Ask the sender for an ordinary mail, or to use an upload link.",
    ),
    "partial": Text(
        zh="这是被拆成几封的一封邮件（message/partial），单独一封读不出附件。请工作人员收齐各封，或请报送者重新发送。",
        en="This is one of several mails that one was cut into (message/partial); its attachments cannot be read alone. Collect the others, or ask for it again.",
    ),
    "external": Text(
        zh="附件只留了外部地址（message/external-body），文件不在邮件里。请报送者重新发送，或用上传链接。",
        en="The attachment is only a reference (message/external-body); the file is not in the mail. Ask for it again, or for an upload.",
    ),
}


def told(remark: Remark) -> Text:
    """The sentence for one remark."""
    return REMARKS[remark.code]
