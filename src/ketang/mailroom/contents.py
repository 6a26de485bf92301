"""What a read mail holds for the office: packages, pieces of them, loose files, links, or nothing, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kebao.model.text import Text
from kebao.text.names import fold
from kebao.text.package_name import PackageName, parse_package_name
from ketang.mailroom.pieces import Piece, Split, is_archive, joined, piece_of, stem_of
from ketang.mailroom.reading.mail import Attachment, ReadMail


class State(StrEnum):
    """What can be done with a mail next. All but `PACKAGE` wait for a person or for more mails."""

    PACKAGE = "package"
    PACKAGES = "packages"
    PIECES = "pieces"
    LOOSE = "loose"
    LINKS = "links"
    NOTHING = "nothing"
    OVERSIZE = "oversize"
    UNREADABLE = "unreadable"
    AUTOMATIC = "automatic"


REASONS = {
    State.PACKAGE: Text(zh="邮件里有一个课程资源包。", en="The mail holds one package."),
    State.PACKAGES: Text(
        zh="邮件里有几个压缩包，请确认是几门课程，还是同一门课程的材料。",
        en="The mail holds several archives: confirm whether they are several courses, or material of one.",
    ),
    State.PIECES: Text(
        zh="邮件里是分卷压缩包的一部分，请等其余各卷，或请报送者补发。",
        en="The mail holds a part of a split archive: wait for the other pieces, or ask for them.",
    ),
    State.LOOSE: Text(
        zh="邮件里是单个文件，没有压缩包。请确认这些文件合成一门课程。",
        en="The mail holds single files and no archive: confirm that together they are one package.",
    ),
    State.LINKS: Text(
        zh="邮件里没有附件，只有下载链接。请报送者用上传链接报送。",
        en="The mail holds download links and no attachment: ask the sender to use an upload link.",
    ),
    State.NOTHING: Text(
        zh="邮件里没有附件，也没有下载链接。请与报送者联系。",
        en="The mail holds neither attachment nor download link: contact the sender.",
    ),
    State.OVERSIZE: Text(
        zh="邮件太大，没有全部读出。请报送者用上传链接报送。",
        en="The mail is too large and was not read whole: ask the sender to use an upload link.",
    ),
    State.UNREADABLE: Text(
        zh="邮件里有读不出的内容（加密、winmail.dat 或不完整），请按提示处理。",
        en="The mail holds what cannot be read (encrypted, winmail.dat, or incomplete): see the remarks.",
    ),
    State.AUTOMATIC: Text(
        zh="这是自动发出的邮件（自动回复、退信、群发），不回复。",
        en="This mail was sent automatically (auto-reply, bounce, list): it is not answered.",
    ),
}
_UNREADABLE = frozenset({"tnef", "encrypted", "wrapped-in-signature", "partial", "external"})
_CUT = frozenset({"too-large", "too-many-parts", "too-deep"})
_DECOR = re.compile(
    r"^(?:image\d{3}|oledata|smime|signature|attachment\d{3,5}|winmail)\.(?:png|jpe?g|gif|bmp|mso|p7[sm]|asc|txt|htm|html|dat)$",
    re.IGNORECASE,
)
_NEVER = (".vcf", ".ics", ".p7s", ".asc", ".eml")
_SERIES = re.compile(
    r"\s*[（(\[【]\s*(?:\d{1,2}\s*[/／-]\s*\d{1,2}|第?[一二三四五六七八九十\d]{1,2}\s*[封部]分?|[共续]\d*)\s*[）)\]】]\s*$"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Attachments that belong together: one archive, one split archive, or loose files. Places are those of `Attachment`.

    `named` is 网络课程+单位+课程 as read from the archive's name, or from the subject where it can mean nothing else; None: unknown.
    `split` tells which pieces are here; None for all but split archives.
    """

    places: tuple[str, ...]
    named: PackageName | None
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a mail is: its groups, its state with the reason, and the files that stand beside the packages (a form, a letter)."""

    state: State
    named: PackageName | None
    groups: tuple[Group, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def reason(self) -> Text:
        """Why it is in this state, and what to do."""
        return REASONS[self.state]


def contents_of(mail: ReadMail) -> Contents:
    """Tell what a mail holds. Pictures of signatures, cards and calendar entries never count as files that were sent."""
    files = [one for one in mail.attachments if not _is_decor(one)]
    subject = _subject_name(mail)
    split = [(one, piece) for one in files if (piece := piece_of(one.name))]
    archives = [one for one in files if is_archive(one.name) and not _last_of_split(one, split)]
    split = _with_last(files, split)
    taken = {one.place for one, _ in split} | {one.place for one in archives}
    loose = [one for one in files if one.place not in taken]
    groups = (*_archives(archives, subject, alone=not split), *_splits(split, subject, alone=not archives))
    codes = {remark.code for remark in mail.remarks}
    state = _state(groups, loose, codes, mail)
    if state is State.LOOSE:
        names = [named for one in loose if (named := parse_package_name(stem_of(one.name)))]
        named = subject or (names[0] if len({_key(name) for name in names}) == 1 else None)
        return Contents(state, named, (Group(tuple(one.place for one in loose), named),))
    only = groups[0].named if len(groups) == 1 else None
    return Contents(state, subject or only, groups, tuple(one.place for one in loose))


def _state(groups: Sequence[Group], loose: Sequence[Attachment], codes: set[str], mail: ReadMail) -> State:
    if _CUT & codes:
        return State.OVERSIZE
    if any(group.split and not group.split.complete for group in groups):
        return State.PIECES
    if len(groups) > 1:
        return State.PACKAGES
    if groups:
        return State.PACKAGE
    if _UNREADABLE & codes:
        return State.UNREADABLE
    if mail.is_automatic:
        return State.AUTOMATIC
    if loose:
        return State.LOOSE
    return State.LINKS if mail.links else State.NOTHING


def _subject_name(mail: ReadMail) -> PackageName | None:
    """The mail's own subject, else that of the only forwarded mail that has one."""
    for subject in (mail.subject, _SERIES.sub("", mail.subject)):
        if (named := parse_package_name(_SERIES.sub("", subject))) is not None:
            return named
    inner = {_key(named): named for one in mail.inner if (named := parse_package_name(_SERIES.sub("", one.subject)))}
    return next(iter(inner.values())) if len(inner) == 1 else None


def _key(named: PackageName) -> tuple[str, str]:
    return fold(named.unit), fold(named.title)


def _archives(archives: Sequence[Attachment], subject: PackageName | None, *, alone: bool) -> Iterable[Group]:
    for one in archives:
        named = parse_package_name(stem_of(one.name))
        yield Group((one.place,), named or (subject if alone and len(archives) == 1 else None))


def _splits(split: Sequence[tuple[Attachment, Piece]], subject: PackageName | None, *, alone: bool) -> Iterable[Group]:
    keys = list(dict.fromkeys(piece.key for _, piece in split))
    for key in keys:
        mine = sorted(((one, piece) for one, piece in split if piece.key == key), key=lambda pair: pair[1].order)
        named = parse_package_name(mine[0][1].stem) or (subject if alone and len(keys) == 1 else None)
        whole = joined((piece, one.size) for one, piece in mine)
        yield Group(tuple(one.place for one, _ in mine), named, whole)


def _last_of_split(one: Attachment, split: Sequence[tuple[Attachment, Piece]]) -> bool:
    """`x.zip` beside `x.z01` is the last piece of it."""
    return any(
        piece.key == ("z01", fold(stem_of(one.name))) and one.name.lower().endswith(".zip") for _, piece in split
    )


def _with_last(files: Sequence[Attachment], split: list[tuple[Attachment, Piece]]) -> list[tuple[Attachment, Piece]]:
    last = [(one, Piece("z01", stem_of(one.name), 0)) for one in files if _last_of_split(one, split)]
    return [*split, *last]


def _is_decor(one: Attachment) -> bool:
    name = one.name.lower()
    return one.inline or name.endswith(_NEVER) or bool(_DECOR.match(name)) or one.declared in _INVISIBLE


_INVISIBLE = frozenset(
    {
        "application/ms-tnef",
        "application/vnd.ms-tnef",
        "text/calendar",
        "text/vcard",
        "message/rfc822",
        "message/partial",
        "message/external-body",
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
        "application/pgp-encrypted",
    }
)
