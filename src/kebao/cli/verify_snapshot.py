"""`kebao verify-snapshot`: a stranger verifies the sealed list of a call, without network and without the system."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from kebao.cli.usage import common
from kebao.model.errors import Unreadable, UsageFault
from kebao.model.text import Language, Text
from kebao.seal.keys import read_fingerprint
from kebao.seal.snapshot import Electronic, Sealed
from kebao.seal.verifying import Altered, verify

FILE_BYTES = 512 << 20
"""Largest file that is read: more than a million arrivals."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "verify-snapshot",
    help="核对封存的截止名单：签名、内容，以及自己的课包在不在里面。不用联网。\n\n"
    "Verify the sealed list of a call: signature, content, and whether your package is in it. Needs no network.",
)
@click.argument("file", type=_FILE)
@click.option("--key", metavar="指纹或公钥文件", help="主办单位公布的公钥 · the organiser's fingerprint or key file")
@click.option("--package", type=_FILE, help="自己交的课包文件 · your own package")
@click.option("--receipt", help="它的回执编号或受理编号 · its receipt or number")
@common
def verify_snapshot_command(
    file: Path, key: str | None, package: Path | None, receipt: str | None, lang: Language
) -> int:
    """0 when all holds; 1 when something differs or the package is not in the list; 3 when the file is no whole snapshot."""
    if (package is None) != (receipt is None):
        raise UsageFault(Text(zh="--package 和 --receipt 要一起写。", en="--package and --receipt go together."))
    published = None if key is None else _published(key)
    if file.stat().st_size > FILE_BYTES:
        raise Unreadable("not-a-snapshot", Text(zh="文件太大，不是封存的截止名单。", en="The file is too large to be a sealed snapshot."))  # fmt: skip
    try:
        sealed = verify(file.read_bytes(), published=published)
    except Altered as altered:
        click.echo(Text(zh=f"✗ {altered.message.zh}", en=f"✗ {altered.message.en}").to(lang))
        return 1
    click.echo(_said(sealed, known=published is not None).to(lang))
    if package is None or receipt is None:
        return 0
    with package.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    found, words = looked_up(sealed, digest, receipt)
    click.echo(words.to(lang))
    return 0 if found else 1


def _published(key: str) -> str:
    place = Path(key)
    return read_fingerprint(place.read_bytes()[: 1 << 16] if place.is_file() else key)


def _said(sealed: Sealed, *, known: bool) -> Text:
    call = sealed.call
    key_zh = (
        "签名用的是公布的密钥。" if known else "请把这个指纹与主办单位网页上公布的对照，或用 --key 写上再核对一次。"
    )
    key_en = (
        "Signed with the published key."
        if known
        else "Compare this fingerprint with the one the organiser published, or verify again with --key."
    )
    former_zh = former_en = ""
    if sealed.former is not None:
        former_zh = f"前一份：第 {sealed.former.number} 次封存，SHA-256 {sealed.former.sha256}\n"
        former_en = f"The one before: snapshot {sealed.former.number}, SHA-256 {sealed.former.sha256}\n"
    return Text(
        zh=f"✓ 名单完整，封存以后没有改动。\n征集：{call.title}（{call.organiser}）\n截止：{call.closes_at}（{call.time_zone}）\n"
        f"第 {sealed.number} 次封存：{sealed.made_at}，共 {sealed.count} 条\n{former_zh}公钥指纹：{sealed.fingerprint}\n{key_zh}",
        en=f"✓ The list is whole and unchanged since it was sealed.\nCall: {call.title} ({call.organiser})\n"
        f"Deadline: {call.closes_at} ({call.time_zone})\n"
        f"Snapshot {sealed.number}, made {sealed.made_at}, entries: {sealed.count}\n{former_en}Fingerprint: {sealed.fingerprint}\n{key_en}",
    )


_LATENESS = {
    "in-time": Text(zh="按时", en="in time"),
    "in-grace": Text(zh="在宽限期内", en="within the days of grace"),
    "in-mending": Text(zh="在补正期内", en="within the time for mending"),
    "late": Text(zh="逾期", en="late"),
    "accepted-late": Text(zh="逾期，已同意接收", en="late, and accepted"),
}


def looked_up(sealed: Sealed, digest: str, wanted: str) -> tuple[bool, Text]:
    """Whether a file of this SHA-256 is in the list under a receipt or submission number, and what to say."""
    wanted = wanted.strip().upper()
    files = [one.arrival for one in sealed.entries if isinstance(one.arrival, Electronic)]
    under = [one for one in files if wanted in (one.receipt.upper(), one.number.upper())]
    for one in under:
        if one.sha256 == digest:
            late = _LATENESS[one.lateness]
            return True, Text(
                zh=f"✓ 这个文件在名单里：{one.number}，回执 {one.receipt}，{one.received_at} 收到，{late.zh}。",
                en=f"✓ This file is in the list: {one.number}, receipt {one.receipt}, received {one.received_at}, {late.en}.",
            )
    if under:
        return False, Text(
            zh=f"✗ 名单里有 {wanted}，但那是另一个文件（SHA-256 {under[0].sha256}）；这个文件是 {digest}。请找当时交的那一个。",
            en=f"✗ {wanted} is in the list with another file (SHA-256 {under[0].sha256}); this one is {digest}. Look for the one you sent.",
        )
    others = "、".join(sorted({one.receipt for one in files if one.sha256 == digest})[:5])
    if others:
        return False, Text(
            zh=f"✗ 名单里没有 {wanted}；这个文件在名单里的回执编号是 {others}。",
            en=f"✗ {wanted} is not in the list; this file is there with the receipt {others.replace('、', ', ')}.",
        )
    return False, Text(zh=f"✗ 名单里没有 {wanted}，也没有这个文件。", en=f"✗ Neither {wanted} nor this file is in the list.")  # fmt: skip
