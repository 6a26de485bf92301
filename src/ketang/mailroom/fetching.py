"""New mails of one folder over IMAP, read-only: EXAMINE and BODY.PEEK, so that no flag changes and nothing is deleted."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Literal

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from kebao.model.errors import KebaoError
from kebao.model.text import Text
from ketang.mailroom.importing import Take

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]+)"')
_QUOTED = re.compile(rb'BODY\[\](?:<\d+>)? "((?:[^"\\]|\\.)*)"')
_IN_MEMORY = 4 * 1024 * 1024
_CUT = (imaplib.IMAP4.abort, OSError)

FAULTS = {
    "unknown-host": Text(
        zh="找不到邮件服务器 {host}。请检查服务器地址和网络。",
        en="The mail server {host} was not found. Check its address and the network.",
    ),
    "certificate": Text(
        zh="邮件服务器 {host} 的证书不可信。请检查服务器地址；单位自建的服务器请管理员换上有效证书。",
        en="The certificate of the mail server {host} is not trusted. Check the address, or have the server given a valid one.",
    ),
    "no-tls": Text(
        zh="邮件服务器 {host} 不支持所选的加密方式。请改用 993 端口（SSL/TLS）。",
        en="The mail server {host} does not offer the encryption chosen. Use port 993 (SSL/TLS).",
    ),
    "login": Text(
        zh="邮件服务器 {host} 不接受登录。请检查邮箱账号；QQ、163 等邮箱要先在网页上开启 IMAP，并填授权码而不是登录密码。",
        en="The mail server {host} refuses the login. Check the account; QQ, 163 and others want IMAP switched on and an authorisation code instead of the password.",
    ),
    "folder": Text(
        zh="邮箱里没有文件夹“{folder}”，或服务器不让打开。请检查文件夹名称。",
        en="The mailbox has no folder “{folder}”, or the server does not open it. Check its name.",
    ),
    "cut": Text(
        zh="与邮件服务器 {host} 的连接断开。已收到的邮件不受影响，下次从断开处接着收。",
        en="The connection to the mail server {host} was cut. What was fetched stays; the next run goes on from there.",
    ),
    "answer": Text(
        zh="邮件服务器 {host} 的回答读不懂。请稍后再试；仍然如此，请把服务器名称告诉系统管理员。",
        en="The mail server {host} gives an answer that cannot be read. Try later; if it stays so, tell the administrator the server's name.",
    ),
}


class FetchFault(KebaoError):
    """Why no more mails came. `code` is a key of `FAULTS`; `reached` is where the next run goes on."""

    def __init__(self, code: str, reached: Cursor, **values: str) -> None:
        super().__init__(FAULTS[code].format(**values))
        self.code = code
        self.reached = reached


@dataclass(frozen=True, slots=True)
class Server:
    """An account. `timeout_seconds` holds for each wait; `piece_bytes` is how much of a mail is asked for at once."""

    host: str
    port: int
    login: str
    password: str = field(repr=False)
    security: Literal["tls", "starttls", "none"] = "tls"
    timeout_seconds: float = 60
    piece_bytes: int = 1024 * 1024
    attempts: int = 5
    """Connections that may be cut one after another without a byte of progress."""
    context: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder has been read: every mail up to `last_uid` under this UIDVALIDITY. (0, 0) is the beginning."""

    uidvalidity: int = 0
    last_uid: int = 0


def fetch_new(
    server: Server, folder: str, after: Cursor, take: Take, *, sleep: Callable[[float], None] = time.sleep
) -> Cursor:
    """Give every mail after the cursor to `take`, in order of UIDs, until none is left; where it stands then.

    A mail that arrives meanwhile is fetched, too. A cut connection is opened again and goes on inside the mail, at the byte
    reached. Under another UIDVALIDITY the folder is read from its beginning: the caller knows old mails by Message-ID and digest.
    `take` is called after a mail is whole; an exception of it passes through, and the cursor of the last mail taken is lost with
    it, so `take` itself keeps (uidvalidity, uid).

    Raises:
        FetchFault: with its reason, and how far it came.
    """
    run = _Run(server, folder, after)
    failures, before = 0, run.progress
    while True:
        try:
            taken = run.next_mail()
        except _CUT as cut:
            run.hang_up()
            if isinstance(cut, ssl.SSLCertVerificationError):
                raise run.fault("certificate") from cut
            if isinstance(cut, socket.gaierror):
                raise run.fault("unknown-host") from cut
            failures = failures + 1 if run.progress == before else 1
            before = run.progress
            if failures >= server.attempts:
                raise run.fault("cut") from cut
            sleep(min(0.2 * 2**failures, 10))
            continue
        except _Refused as refused:
            run.hang_up()
            raise run.fault(refused.code) from refused
        except (imaplib.IMAP4.error, ImapToolsError, ValueError) as strange:
            run.hang_up()
            raise run.fault("answer") from strange
        if taken is None:
            run.hang_up()
            return run.cursor
        uid, file, arrived = taken
        with file:
            try:
                take(file, uid, run.cursor.uidvalidity, arrived)
            except BaseException:
                run.hang_up()
                raise
        run.cursor = Cursor(run.cursor.uidvalidity, uid)
        run.progress += 1


class _Refused(Exception):
    """The server says no. `code` is a key of `FAULTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class _Half:
    """A mail of which a part is here."""

    uid: int
    size: int
    arrived: datetime | None
    file: tempfile.SpooledTemporaryFile[bytes]


class _Run:
    """One fetch: its connection, how far it came, and the mail it is in."""

    def __init__(self, server: Server, folder: str, after: Cursor) -> None:
        self.server, self.folder, self.cursor = server, folder, after
        self.box: BaseMailBox | None = None
        self.waiting: list[int] = []
        self.half: _Half | None = None
        self.progress = 0

    def fault(self, code: str) -> FetchFault:
        return FetchFault(code, self.cursor, host=self.server.host, folder=self.folder)

    def hang_up(self) -> None:
        """Close without waiting for anybody."""
        if self.box is not None:
            with suppress(OSError):
                self.box.client.shutdown()
        self.box = None

    def next_mail(self) -> tuple[int, BinaryIO, datetime | None] | None:
        """The next mail, whole; None when the folder has no more."""
        box = self._connected()
        while True:
            self.waiting = [uid for uid in self.waiting if uid > self.cursor.last_uid] or self._new(box)
            if not self.waiting:
                return None
            whole = self._whole(box, self.waiting[0])
            if whole is not None:
                return whole
            self.cursor = Cursor(self.cursor.uidvalidity, self.waiting[0])  # a person deleted it after it was listed

    def _connected(self) -> BaseMailBox:
        if self.box is not None:
            return self.box
        server = self.server
        context = server.context or ssl.create_default_context()
        if server.security == "tls":
            box: BaseMailBox = MailBox(server.host, server.port, timeout=server.timeout_seconds, ssl_context=context)
        else:
            box = MailBoxUnencrypted(server.host, server.port, timeout=server.timeout_seconds)
        self.box = box
        if server.security == "starttls":
            if "STARTTLS" not in box.client.capabilities:
                raise _Refused("no-tls")
            box.client.starttls(context)
        self._log_in(box)
        if "ID" in box.client.capabilities or server.host.endswith(_ASKS_ID):
            box.client.xatom("ID", '("name" "ketang" "version" "1.0" "vendor" "ketang")')  # 163 opens no folder without
        try:
            box.folder.set(self.folder, readonly=True)
        except MailboxFolderSelectError as refused:
            raise _Refused("folder") from refused
        said = box.client.untagged_responses.get("UIDVALIDITY") or [b"0"]
        uidvalidity = int(said[-1]) if isinstance(said[-1], bytes) else 0
        if uidvalidity != self.cursor.uidvalidity:
            self.cursor, self.waiting, self.half = Cursor(uidvalidity, 0), [], None
        return box

    def _log_in(self, box: BaseMailBox) -> None:
        server = self.server
        try:
            if server.login.isascii() and server.password.isascii():
                box.login(server.login, server.password, initial_folder=None)
            else:
                box.login_utf8(server.login, server.password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, MailboxLoginError) as refused:
            raise _Refused("login") from refused

    def _new(self, box: BaseMailBox) -> list[int]:
        """UIDs after the last; `n:*` names the last mail even when it is older than n."""
        box.client.noop()  # servers tell of new mails at a NOOP
        found = box.uids(f"UID {self.cursor.last_uid + 1}:*", charset=None)
        return sorted(int(uid) for uid in found if int(uid) > self.cursor.last_uid)

    def _whole(self, box: BaseMailBox, uid: int) -> tuple[int, BinaryIO, datetime | None] | None:
        half = self.half if self.half is not None and self.half.uid == uid else self._begun(box, uid)
        if half is None:
            return None
        self.half = half
        # A server may tell a size that its mail has not: a piece that is not full is the end.
        while (at := half.file.tell()) < half.size or half.size == 0:
            content = self._piece(box, uid, at)
            if content is None:
                self.half = None
                return None
            half.file.write(content)
            self.progress += 1
            if len(content) < self.server.piece_bytes:
                break
        self.half = None
        half.file.seek(0)
        return uid, half.file, half.arrived  # type: ignore[return-value]  # a file in all but name

    def _begun(self, box: BaseMailBox, uid: int) -> _Half | None:
        answer = b" ".join(
            part for item in self._fetch(box, uid, "(UID RFC822.SIZE INTERNALDATE)") for part in _flat(item)
        )
        size, arrived = _SIZE.search(answer), _ARRIVED.search(answer)
        if size is None:
            return None
        return _Half(
            uid,
            int(size[1]),
            _time(arrived[1].decode("ascii", "replace")) if arrived else None,
            tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY),  # closed when it has been taken
        )

    def _piece(self, box: BaseMailBox, uid: int, at: int) -> bytes | None:
        """Bytes of the mail from `at`; None when the mail is gone."""
        found = None
        for item in self._fetch(box, uid, f"(UID BODY.PEEK[]<{at}.{self.server.piece_bytes}>)"):
            if isinstance(item, tuple) and b"BODY[]" in item[0]:
                return item[1]
            if isinstance(item, bytes) and b"BODY[]" in item:
                quoted = _QUOTED.search(item)
                found = re.sub(rb"\\(.)", rb"\1", quoted[1]) if quoted else b""
        return found

    def _fetch(self, box: BaseMailBox, uid: int, wanted: str) -> list[bytes | tuple[bytes, bytes]]:
        """What is not about this mail (flags that somebody changes meanwhile) is left out by the caller's patterns."""
        said, items = box.client.uid("FETCH", str(uid), wanted)
        if said != "OK":
            raise imaplib.IMAP4.error(f"FETCH: {said}")
        return [item for item in items if item is not None]


_ASKS_ID = (".163.com", ".126.com", ".yeah.net", ".188.com")


def _flat(item: bytes | tuple[bytes, bytes]) -> tuple[bytes, ...]:
    return item if isinstance(item, tuple) else (item,)


def _time(said: str) -> datetime | None:
    try:
        return datetime.strptime(said.strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None
