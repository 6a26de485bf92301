"""Verifying a snapshot: every byte counts, and what differs is said in words."""

from __future__ import annotations

import hashlib
import json
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from kebao.model.errors import KebaoError, Unreadable
from kebao.model.text import Text
from kebao.seal.snapshot import Entry, Sealed, check_of, file_bytes, signed_bytes

_START = b'{"schema":"kebao.snapshot/'
_END = b'"}\n'


class Altered(KebaoError):
    """The file is a snapshot, and not as it was signed, or not signed with the key that was published.

    `code` is `changed`, `entry-changed`, `entry-added`, `entry-removed`, `entries-reordered`, `fingerprint`,
    `signature` or `other-key`.
    """

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(message)
        self.code = code


def verify(data: bytes, *, published: str | None = None) -> Sealed:
    """The snapshot that `data` is, when nothing in it was changed since it was signed.

    Args:
        data: the whole file.
        published: fingerprint of the key that the organiser published, 64 lower-case hex digits. Without it the
            signature is checked against the key in the file: whoever reads must compare its fingerprint himself.

    Raises:
        Unreadable: `not-a-snapshot`, `newer-format`, `truncated`.
        Altered: something differs.
    """
    _recognise(data)
    try:
        sealed = Sealed.model_validate(json.loads(data), strict=False)
        written = file_bytes(sealed)
    except (ValueError, RecursionError) as error:  # also ValidationError, UnicodeError and JSONDecodeError
        is_cut = not isinstance(error, ValidationError) and not data.endswith(_END)
        raise _truncated() if is_cut else _changed(error) from error
    if data != written:
        raise _truncated() if data + b"\n" == written else _changed(None)
    _compare_entries(sealed)
    public = bytes.fromhex(sealed.public_key)
    if hashlib.sha256(public).hexdigest() != sealed.fingerprint:
        raise Altered("fingerprint", Text(zh="文件里的公钥与它的指纹不符：公钥或指纹被改过。", en="The key in the file is not the one of its fingerprint: one of them was changed."))  # fmt: skip
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(sealed.signature), signed_bytes(sealed))
    except (InvalidSignature, ValueError) as error:
        raise Altered("signature", Text(zh="签名不符：封存以后文件里有内容被改过。请从主办单位的网页重新下载。", en="The signature does not hold: something in the file was changed after it was sealed. Download it again from the organiser.")) from error  # fmt: skip
    if published is not None and published != sealed.fingerprint:
        found = Text(
            zh="签名用的不是公布的那把密钥。公布的指纹：{published}；文件的指纹：{own}。",
            en="It was not signed with the published key. Published fingerprint: {published}; that of the file: {own}.",
        )
        raise Altered("other-key", found.format(published=published, own=sealed.fingerprint))
    return sealed


def _recognise(data: bytes) -> None:
    if data.startswith(_START):
        found = re.match(rb'\{"schema":"kebao\.snapshot/([0-9]{1,6})"', data)
        if found is not None and int(found[1]) > 1:
            newer = Text(
                zh="这是第 {n} 版格式的名单，这个程序只认得第 1 版。请更新 kebao 再核对。",
                en="This list has format {n}; this program knows format 1 only. Update kebao and verify again.",
            )
            raise Unreadable("newer-format", newer.format(n=int(found[1])))
        return
    if data and _START.startswith(data):
        raise _truncated()
    raise Unreadable("not-a-snapshot", Text(zh="这不是封存的截止名单。", en="This is no sealed snapshot."))


def _truncated() -> Unreadable:
    return Unreadable(
        "truncated",
        Text(zh="文件不完整，后面少了一段。请重新下载。", en="The file is cut off at its end. Download it again."),
    )


def _changed(error: Exception | None) -> Altered:
    place = ""
    if isinstance(error, ValidationError):
        place = ".".join(str(step) for step in error.errors()[0]["loc"][:3])
    if not place:
        return Altered("changed", Text(zh="文件里有字节被改过，已不是封存时的写法。", en="Bytes of the file were changed: it is not written as it was sealed."))  # fmt: skip
    told = Text(
        zh="文件里有字节被改过：“{place}”不是封存时的写法。",
        en="Bytes of the file were changed: “{place}” is not as it was sealed.",
    )
    return Altered("changed", told.format(place=place))


def _compare_entries(sealed: Sealed) -> None:
    """Find the entry that differs by positions, count and checks. Whoever alters these too meets the signature."""
    positions = [one.arrival.position for one in sealed.entries]
    for one in sealed.entries:
        if check_of(one.arrival) != one.check:
            raise _entry("entry-changed", one, Text(zh="被改过", en="was changed"))
    wanted = list(range(1, sealed.count + 1))
    if positions == wanted:
        return
    if sorted(positions) == wanted:
        moved = next(
            one for one, position in zip(sealed.entries, wanted, strict=True) if one.arrival.position != position
        )
        raise _entry("entries-reordered", moved, Text(zh="不在原来的位置，顺序被改过", en="is not in its place: the order was changed"))  # fmt: skip
    known: set[int] = set()
    for one in sealed.entries:
        if one.arrival.position in known or one.arrival.position > sealed.count:
            raise _entry("entry-added", one, Text(zh="是后来加上的", en="was added"))
        known.add(one.arrival.position)
    gone = next((position for position in wanted if position not in known), sealed.count)
    told = Text(zh="名单第 {n} 条被删掉了。", en="Entry {n} of the list was removed.")
    raise Altered("entry-removed", told.format(n=gone))


def _entry(code: str, one: Entry, what: Text) -> Altered:
    told = Text(zh="名单第 {n} 条（编号 {number}）{what}。", en="Entry {n} of the list (number {number}) {what}.")
    return Altered(code, told.format(n=one.arrival.position, number=one.arrival.number, what=what))
