"""Fills the suite's instance, in a process of its own (`python -m interface.places`): accounts, rows, and where they are found.

Prints JSON: `places` (a word of a path → its value) and `sessions` (a role → the cookie of somebody signed in with it).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

PLACES: dict[str, Callable[[Any], str]] = {}
"""Makers by the word they fill; each gets the accounts by role and returns text."""


def place(make: Callable[[Any], str]) -> Callable[[Any], str]:
    """Register a maker under its name."""
    PLACES[make.__name__] = make
    return make


@place
def feedback(people: Any) -> str:
    from ketang.people.feedback.actions import send_feedback

    sent = send_feedback(actor=people["learner"], words="视频里的字幕太小，看不清。\n能不能放大？", page="/")
    return _due_far_away(sent)


@place
def feedback_answered(people: Any) -> str:
    from ketang.people.feedback.actions import answer_feedback, send_feedback

    sent = send_feedback(
        actor=None, words="手语窗口挡住了字幕。", page="/", reply_to="someone@example.org", kind="complaint"
    )
    answer_feedback(actor=people["clerk"], feedback=sent, answer="已经改好：手语窗口移到了右上角，也可以关掉。")
    return _due_far_away(sent)


def _due_far_away(sent: Any) -> str:
    """A day that is the same in every run; the address of what was sent."""
    from datetime import date

    type(sent).objects.filter(pk=sent.pk).update(due_on=date(2099, 8, 31))
    return str(sent.uuid)


@place
def organisation(people: Any) -> str:
    """The supplier's unit, with a colleague and an open invitation."""
    from ketang.people.account.actions import open_by_command
    from ketang.people.invitation.actions import invite_member
    from ketang.people.organisation.actions import add_member
    from ketang.people.organisation.queries import organisations_of

    found = organisations_of(people["supplier"]).get()
    colleague = open_by_command(login="colleague-1", name="示例同事").account
    add_member(invited_by=people["supplier"], account=colleague, organisation=found)
    invite_member(actor=people["supplier"], organisation=found, email="new@example.org")
    return str(found.uuid)


@place
def invitation(people: Any) -> str:
    """An open link to the supplier's unit."""
    from ketang.people.invitation.actions import invite_member
    from ketang.people.organisation.queries import organisations_of

    unit = organisations_of(people["supplier"]).get()
    return invite_member(actor=people["supplier"], organisation=unit).token


@place
def invitation_to_role(people: Any) -> str:
    """An open link to a role."""
    from ketang.people.invitation.actions import invite_to_role
    from ketang.people.role.models import Role

    return invite_to_role(actor=people["administrator"], role=Role.EXPERT).token


@place
def invitation_withdrawn(people: Any) -> str:
    """A link that was taken back."""
    from ketang.people.invitation.actions import invite_to_role, revoke_invitation
    from ketang.people.role.models import Role

    sent = invite_to_role(actor=people["administrator"], role=Role.EXPERT)
    revoke_invitation(actor=people["administrator"], invitation=sent.invitation)
    return sent.token


@place
def call(people: Any) -> str:
    """An open call."""
    return str(_call(people).slug)


@place
def call_row(people: Any) -> str:
    """The same call in the office."""
    return str(_call(people).uuid)


@place
def coming_call(people: Any) -> str:
    """A call that is published and opens another year."""
    from datetime import datetime

    from ketang.selection.calls.actions import create, publish
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.shipped import shipped_call

    shipped = read_call(shipped_call("tianjin-2023"))
    title = shipped.title.model_copy(
        update={"zh": "网络课程资源征集（下一期）", "en": "Call for online courses (next round)"}
    )
    dates = {"opens": datetime(2100, 3, 1, 9), "closes": datetime(2100, 8, 31, 23, 59, 59)}
    file = shipped.model_copy(update={"id": "next-round", "title": title, **dates})
    return str(publish(call=create(file=file, actor=people["clerk"]), actor=people["clerk"]).slug)


@place
def calls_page(people: Any) -> str:
    """The second page of the office's drafts of calls."""
    from datetime import datetime

    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.shipped import shipped_call

    shipped = read_call(shipped_call("tianjin-2023"))
    for number in range(1, 28):
        title = shipped.title.model_copy(update={"zh": f"第 {number} 期课程征集", "en": f"Call for courses {number}"})
        closes = datetime(2050 + number, 8, 31, 23, 59, 59)
        file = shipped.model_copy(update={"id": f"round-{number}", "title": title, "closes": closes})
        create(file=file, actor=people["clerk"])
    return "2"


@place
def draft(people: Any) -> str:
    """A submission that was begun."""
    return str(_submission(people, "老年人饮水照护入门").uuid)


@place
def files_draft(people: Any) -> str:
    """A draft with single files, one of them removed, and a workbook that names more."""
    return str(_with_files(people).uuid)


@place
def one_file(people: Any) -> str:
    """One of its files."""
    return str(_with_files(people).files.get(path="视频/试水温.mp4").uuid)


@place
def assembly(people: Any) -> str:
    """Its package while it is put together."""
    return str(_sending(people).uuid)


@place
def refused_assembly(people: Any) -> str:
    """A package that was not taken."""
    from ketang.selection.intake.models import Assembly

    words = "这个征集现在不接收申报。"
    return str(Assembly.objects.create(submission=_with_files(people), asked_by=people["supplier"], refused=words).uuid)


def _sending(people: Any) -> Any:
    from ketang.selection.intake.models import Assembly

    draft = _with_files(people)
    rows = [[one.path, str(one.upload.uuid)] for one in draft.files.all()]
    return Assembly.objects.create(submission=draft, asked_by=people["supplier"], files=rows)


def _with_files(people: Any, title: str = "家政服务入门") -> Any:
    import io
    import tempfile
    from pathlib import Path

    from kebao.package.manifest import Form, Manifest, Resource
    from kebao.package.workbook.writer import write_workbook
    from ketang.platform.uploads import actions as uploads
    from ketang.platform.uploads.storing import finish
    from ketang.selection.intake import draft_files
    from ketang.selection.intake.models import Submission

    if (standing := Submission.objects.filter(title=title).first()) is not None:
        return standing
    draft = _submission(people, title)
    named = [Resource(id=f"r{n}", title=name, path=f"视频/{name}.mp4") for n, name in enumerate(("试水温", "铺床"))]
    book = Manifest(version="1", title=title, resources=named, form=Form(contact="联系人甲"))
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(book, Path(folder) / "book.xlsx")
        contents = {
            "培训包.xlsx": (Path(folder) / "book.xlsx").read_bytes(),
            "试水温.mp4": b"film",
            "讲义.docx": b"text",
        }
    for name, content in contents.items():
        upload = uploads.create(owner="account:nobody", name=name, length=len(content))
        uploads.append(upload=upload, offset=0, source=io.BytesIO(content))
        finish(upload)
        draft_files.add_file(actor=people["supplier"], submission=draft, upload=upload)
    draft_files.remove_file(actor=people["supplier"], file=draft.files.get(path="文本/讲义.docx"))
    return draft


@place
def draft_checked(people: Any) -> str:
    """A draft that was checked before it is handed in."""
    return str(_draft_check(people).draft_of.uuid)


@place
def draft_check(people: Any) -> str:
    """That check, which is over."""
    return str(_draft_check(people).uuid)


def _draft_check(people: Any) -> Any:
    from datetime import UTC, datetime

    from ketang.platform.queue.models import Job, JobState
    from ketang.platform.queue.running import run
    from ketang.selection.checking.drafts import check_draft, newest_of
    from ketang.selection.checking.models import Check

    draft = _with_files(people, "居家保洁入门")
    if (standing := newest_of(draft)) is not None:
        return standing
    made = check_draft(actor=people["supplier"], submission=draft)
    for _ in range(9):
        waiting = Job.objects.filter(state=JobState.WAITING, arguments__check=str(made.uuid))
        if (job := waiting.exclude(name="checking.forget").order_by("id").first()) is not None:
            run(str(job.uuid))
    Check.objects.filter(pk=made.pk).update(expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    return made


@place
def receipt(people: Any) -> str:
    """A receipt."""
    return str(_received(people).uuid)


@place
def arrival(people: Any) -> str:
    """A submission that has arrived, with its check."""
    return str(_received(people).version.submission.uuid)


@place
def ledger_mail(people: Any) -> str:
    """A package that came by mail and waits to be claimed."""
    return str(_mailed("网络课程+示例培训学校+居家保洁").uuid)


@place
def ledger_links(people: Any) -> str:
    """A mail that holds links alone, with what could not be read of it."""
    return str(_mailed("链接里是课程包", links=True).uuid)


@place
def ledger_set_aside(people: Any) -> str:
    """A mail that is nothing for a call."""
    from ketang.selection.ledger.actions import set_aside

    arrival = _mailed("自动回复：您的邮件已收到", automatic=True)
    if arrival.state == "unclaimed":
        set_aside(actor=people["clerk"], arrival=arrival, reason="自动回复，不是申报材料")
    return str(arrival.uuid)


@place
def ledger_loose(people: Any) -> str:
    """A mail of two single files: a letter went out, one did not leave."""
    from datetime import UTC, datetime

    from ketang.platform.outbox.models import Letter, LetterState
    from ketang.selection.answering.actions import answer_by_hand
    from ketang.selection.answering.models import Answer

    arrival = _mailed("网络课程+示例培训学校+收纳整理", loose=True)
    answers = Answer.objects.filter(mail__arrivals__arrival=arrival)
    if answers.count() == 1:
        answer_by_hand(
            actor=people["clerk"], arrival=arrival, text="缺版权清单，请补交。", with_link=True, reason="打过电话"
        )
    at = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
    first, second = answers.order_by("id")
    Letter.objects.filter(pk=first.letter_id).update(state=LetterState.SENT, sent_at=at)
    Letter.objects.filter(pk=second.letter_id).update(state=LetterState.FAILED, fault="550 no such mailbox")
    return str(arrival.uuid)


def _mailed(subject: str, *, links: bool = False, automatic: bool = False, loose: bool = False) -> Any:
    from datetime import UTC, datetime

    from ketang.selection.ledger.models import Arrival
    from ketang.selection.mail.taking import TakenMail, TakenPackage, TakenPart, take

    has_file = not links and not automatic
    part = TakenPart("2", "网络课程+示例培训学校+居家保洁.zip", "application/zip", "ab" * 32, 52_428_800)
    package = TakenPackage(
        ("2",), part.name, part.digest, part.size, "示例培训学校", "居家保洁", "邮件里有一个课程资源包。"
    )
    parts = (part,) if has_file else ()
    if loose:
        parts = (
            TakenPart("2", "收纳整理.mp4", "video/mp4", "ba" * 32, 30_000_000),
            TakenPart("3", "情况表.docx", "application/octet-stream", "bc" * 32, 40_000),
        )
        package = TakenPackage(
            ("2", "3"), "邮件附件.zip", "bd" * 32, 30_040_300, "示例培训学校", "收纳整理",
            "邮件里是单个文件，没有压缩包。请确认这些文件合成一门课程。",
        )  # fmt: skip
    contents = "links" if links else "automatic" if automatic else "loose" if loose else "package"
    none = TakenPackage((), "", "", None, "", "", "邮件里没有附件，只有下载链接。请报送者用上传链接报送。")
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    mail, _new = take(
        TakenMail(
            digest="cd" * 32, size=70_000_000, message_id=f"{subject.encode().hex()}-{links}@example.org", sender_name="示例发件人",
            sender_address="teacher@example.org", recipients=("office@example.org",), subject=subject,
            text="您好，请查收附件。", links=("https://pan.example.org/s/1 提取码 ab12",) if links else (),
            proofs=("Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=fail",), automatic="Auto-Submitted: auto-replied" if automatic else "",
            faults=("邮件附件不完整。",) if links else (), said_at=at, received_at=at, parts=parts,
            packages=(package if has_file else none,),
            contents=contents, answer_to="teacher@example.org",
            results=(("spf", "pass"), ("dkim", "pass"), ("dmarc", "fail")),
        )
    )  # fmt: skip
    return Arrival.objects.get(by_mail__mail=mail)


@place
def desk_label(people: Any) -> str:
    """The code on the label of a submission that has arrived."""
    from ketang.selection.desk.codes import label_code

    return label_code(_received(people).version.submission.uuid)


@place
def desk_parcel(people: Any) -> str:
    """A parcel that belongs to it, looked through."""
    found = _registered(people, tracking="SF1000000001", contents=["P4(1)", "F1"], note="封面有水渍")
    return str(found.uuid)


@place
def desk_waiting(people: Any) -> str:
    """A parcel of which only the supplier is known."""
    return str(_registered(people, known=False, supplier="示例职业学院", title="中式面点").uuid)


def _photographed(people: Any, parcel: Any = None, **more: Any) -> Any:
    """A drawn cover, photographed at a minute that does not change; `more` are columns."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from ketang.selection.desk.covers import photograph
    from ketang.selection.desk.models import Cover
    from ketang_covers import cover, photographed

    made = photograph(actor=people["clerk"], key=uuid4(), content=photographed(cover(noise=0)), parcel=parcel)
    Cover.objects.filter(pk=made.pk).update(**{"taken_at": datetime(2099, 3, 2, 2, 0, tzinfo=UTC), **more})
    return made


def _said(**found: tuple[str, str]) -> list[dict[str, str]]:
    return [{"part": part, "value": value, "seen": seen} for part, (value, seen) in found.items()]


@place
def cover_read(people: Any) -> str:
    """A photograph from which everything was read."""
    found = _said(
        submission=(_received(people).version.submission.number,) * 2,
        tracking=("SF1234567890123", "运单号 5F1234S6789O123"), postmark=("2026-03-02", "收寄日期2026年3月2日"),
        courier=("顺丰速运", "顺丰速运"), supplier=("示例培训学校", "示例培训学校"), title=("老年人饮水照护", "老年人饮水照护"),
    )  # fmt: skip
    return str(_photographed(people, reading="read", found=found).uuid)


@place
def cover_waiting(people: Any) -> str:
    """One that nobody has read yet."""
    return str(_photographed(people).uuid)


@place
def cover_no_reader(people: Any) -> str:
    """One on a machine without the extra."""
    return str(_photographed(people, reading="no-reader").uuid)


@place
def desk_photographed(people: Any) -> str:
    """A waiting parcel with a photograph that tells its submission, and one that was taken away."""
    from datetime import UTC, datetime

    parcel = _registered(people, known=False, supplier="示例培训学校", tracking="SF1000000009")
    found = _said(submission=(_received(people).version.submission.number,) * 2, tracking=("SF1000000009",) * 2)
    _photographed(people, parcel, reading="read", found=found)
    _photographed(people, parcel, reading="no-reader", removed_at=datetime(2099, 3, 2, 2, 0, tzinfo=UTC))
    return str(parcel.uuid)


@place
def desk_trolley(people: Any) -> str:
    """A trolley with two parcels."""
    from datetime import date

    from ketang.selection.desk.actions import begin_trolley
    from ketang.selection.desk.models import Delivery

    made = begin_trolley(actor=people["clerk"], delivery=Delivery.POSTED, courier="示例快递", postmark=date(2026, 3, 2))
    _registered(people, trolley=made, tracking="SF1000000002")
    _registered(people, known=False, trolley=made, tracking="SF1000000003")
    return str(made.uuid)


@place
def disk_whole(people: Any) -> str:
    """A disk that was copied, with something that was left out."""
    from pathlib import Path

    from ketang.selection.desk.mounted import place_below

    folder = Path(os.environ["KETANG_DESK_ROOT"]) / "示例盘/课程"
    folder.mkdir(parents=True)
    (folder / "讲义.txt").write_bytes(b"words")
    (folder / "别处").symlink_to("讲义.txt")
    return str(_copied(people, place_below("示例盘/课程")).uuid)


@place
def disk_stopped(people: Any) -> str:
    """A disk that was pulled out."""
    import shutil
    from pathlib import Path

    folder = Path(os.environ["KETANG_DESK_ROOT"]) / "拔出的盘"
    folder.mkdir(parents=True)
    (folder / "讲义.txt").write_bytes(b"words")
    return str(_copied(people, folder, lambda: shutil.rmtree(folder)).uuid)


def _copied(people: Any, place: Any, meanwhile: Callable[[], None] = lambda: None) -> Any:
    from ketang.selection.desk.copying import begin_copy, copy

    made, _is_new = begin_copy(actor=people["clerk"], place=place, supplier="示例职业学院", title="中式面点")
    meanwhile()
    copy(made)
    return made


@place
def phone_note(people: Any) -> str:
    """Two calls, one of them to be followed up."""
    from datetime import date
    from uuid import uuid4

    from ketang.selection.desk.phone import write_note

    submission = _received(people).version.submission
    write_note(
        actor=people["clerk"], key=uuid4(), caller="示例来电人", phone="022-0000 0000", words="问书面材料到没到。",
        submission=submission,
    )  # fmt: skip
    follow = date(2099, 3, 2)
    made = write_note(
        actor=people["clerk"], key=uuid4(), caller="示例老师", words="承诺书下周补寄。", supplier="示例职业学院",
        follow_on=follow,
    )  # fmt: skip
    return str(made.uuid)


def _registered(people: Any, *, known: bool = True, **more: Any) -> Any:
    from datetime import date
    from uuid import uuid4

    from ketang.selection.desk.actions import register_parcel
    from ketang.selection.desk.models import Delivery

    to = _received(people).version.submission if known else None
    fields = {"delivery": Delivery.POSTED, "courier": "示例快递", "postmark": date(2026, 3, 2), "call": _call(people)}
    return register_parcel(actor=people["clerk"], key=uuid4(), submission=to, **fields, **more)[0]


@place
def hand_in(people: Any) -> str:
    """An upload link that waits."""
    return _upload_link("课程包在链接里")


@place
def hand_in_over(people: Any) -> str:
    """An upload link whose time is over."""
    from datetime import UTC, datetime

    return _upload_link("课程包的链接", expires_at=datetime(2026, 3, 16, 1, 0, tzinfo=UTC))


@place
def hand_in_coming(people: Any) -> str:
    """An upload link whose large file is whole and not yet in the store."""
    from uuid import uuid4

    from ketang.platform.queue.actions import enqueue
    from ketang.selection.answering.links import link_of

    token = _upload_link("课程包太大")
    link = link_of(token)
    assert link is not None
    enqueue(
        "answering.hand_in", key=f"answering.hand_in:{link.uuid}", link=str(link.uuid), upload=str(uuid4())
    )  # nobody works on it here
    return token


@place
def hand_in_failed(people: Any) -> str:
    """An upload link whose large file could not be registered."""
    from ketang.platform.queue.models import Job, JobState
    from ketang.selection.answering.links import link_of

    token = _upload_link("课程包没有登记")
    link = link_of(token)
    assert link is not None
    key = f"answering.hand_in:{link.uuid}"
    Job.objects.get_or_create(key=key, state=JobState.FAILED, name="answering.hand_in")
    return token


@place
def handed_in(people: Any) -> str:
    """An upload link by which a package came."""
    from datetime import UTC, datetime

    from ketang.selection.answering.actions import hand_in as take
    from ketang.selection.answering.links import link_of

    token = _upload_link("附件忘了")
    link = link_of(token)
    assert link is not None
    if link.used_at is None:
        name, at = "网络课程+示例培训学校+居家保洁.zip", datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
        take(link=link, name=name, digest="ab" * 32, size=52_428_800, at=at)
    return token


def _upload_link(subject: str, **fields: Any) -> str:
    from datetime import UTC, datetime

    from ketang.selection.answering.links import make_link, token_of
    from ketang.selection.answering.models import UploadLink
    from ketang.selection.mail.models import Mail

    arrival = _mailed(subject, links=True)
    mail = Mail.objects.get(arrivals__arrival=arrival)
    link = UploadLink.objects.filter(mail=mail).first() or make_link(mail, arrival)
    kept = {"expires_at": datetime(2098, 3, 16, 1, 0, tzinfo=UTC), **fields}
    UploadLink.objects.filter(pk=link.pk).update(**kept)
    return token_of(str(link.uuid))


@place
def alike(people: Any) -> str:
    """An arrival whose media stand in another supplier's package too: one byte for byte, one in part."""
    import numpy as np

    from kebao.media.fingerprint.prints import Print
    from ketang.people.organisation.models import Organisation
    from ketang.people.organisation.queries import suppliers_of
    from ketang.platform.storage.actions import put_bytes
    from ketang.selection.likeness.actions import compare, keep
    from ketang.selection.likeness.packed import packed

    codes = np.random.default_rng(1).integers(0, 2**32, 1000, dtype=np.uint32)

    def sound(start: int, stop: int) -> Print:
        count = stop - start
        return Print(count * 0.1238 + 2.6, None, codes[start:stop], np.arange(count, dtype=np.int32))

    own = suppliers_of(people["supplier"]).first()
    other = Organisation.objects.create(kind="unit", name="示例职业学院")
    arrived = [_arrived(people, own, "面点入门", "00901"), _arrived(people, other, "中式面点", "00902")]
    media = ({"和面": sound(0, 500), "发酵": sound(500, 1000)}, {"和面": sound(0, 500), "醒发": sound(600, 1000)})
    for version, prints in zip(arrived, media, strict=True):
        kept = {f"视频/{title}.mp4": (put_bytes(packed(one)).digest, title, one) for title, one in prints.items()}
        keep(version, kept)
        compare(version)
    return str(arrived[0].submission.uuid)


def _arrived(people: Any, unit: Any, title: str, number: str) -> Any:
    """A version that arrived and whose check is nobody's concern here."""
    from ketang.selection.intake.models import Door, Submission, Version

    sent = Submission.objects.create(
        call=_call(people), organisation=unit, title=title, number=f"TIANJIN-2023-{number}", state="submitted"
    )
    made = Version.objects.create(
        submission=sent, index=1, door=Door.WEB, name="课程包.zip", digest=f"{number:0>64}", size=1_200_000,
        received_at=sent.created_at,
    )  # fmt: skip
    sent.latest, sent.submitted_at = made, sent.created_at
    sent.save()
    return made


@place
def sample(people: Any) -> str:
    """A ready sample on the page of trials."""
    import tempfile
    from pathlib import Path

    from ketang.selection.checking.samples import keep_sample

    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "课程包.zip"
        archive.write_bytes(b"a package that nobody opens")
        keep_sample("faulty", archive)
    return "faulty"


@place
def check(people: Any) -> str:
    """A check that is over, with findings."""
    from kebao.engine.check import check as judge
    from kebao.rulebook.loading import load
    from kebao.rules.registry import all_rules
    from kebao.subjects.sketch import course
    from ketang.selection.checking.actions import keep_report
    from ketang.selection.checking.models import Check

    found = Check.objects.get(version=_received(people).version)
    keep_report(found, judge(course(hours="9.0", audience=""), (load("tianjin/2023", all_rules()),)))
    return str(found.uuid)


@place
def check_played(people: Any) -> str:
    """A trial that is over, with a film to play and faulty captions, compared with the trial before."""
    cues = ("1\n00:00:01,000 --> 00:00:01,200\n先洗手。\n", "2\n00:00:03,000 --> 00:00:03,100\n再试温。\n")
    _tried(people, {"视频/洗手.srt": "\n".join(cues).encode()})
    return str(_tried(people, {"视频/洗手.srt": cues[0].encode()}).uuid)


@place
def check_curves(people: Any) -> str:
    """A trial that is over, with faults of sound drawn as curves."""
    return str(_tried(people, {}, books=("tianjin/2023",)).uuid)


@place
def check_measuring(people: Any) -> str:
    """A trial whose media wait to be measured."""
    return str(_tried(people, {}, jobs=1).uuid)


@place
def check_refused(people: Any) -> str:
    """A trial of what cannot be read."""
    return str(_tried(people, None).uuid)


@place
def ruled(people: Any) -> str:
    """A check with a finding that the office dismissed, a waived clause, and one ruling that was taken back."""
    return str(_ruled(people).uuid)


@place
def ruled_finding(people: Any) -> str:
    """The fingerprint of a finding of that check which nobody has ruled on."""
    from ketang.selection.checking.queries import report_of

    report = report_of(_ruled(people))
    assert report is not None
    return next(finding.fingerprint for finding in report.findings if finding.rule == "form-phone-invalid")


@place
def ruling(people: Any) -> str:
    """The dismissal of a finding, which stands."""
    return str(_ruled(people).rulings.get(kind="dismiss").uuid)


@place
def ruling_undone(people: Any) -> str:
    """The ruling that was taken back."""
    return str(_ruled(people).rulings.get(kind="confirm").uuid)


@place
def selected(people: Any) -> str:
    """A submission that was selected and published."""
    return str(_course(people).decision.submission.uuid)


@place
def transfer(people: Any) -> str:
    """A list that was handed over to the panel; another waits to be."""
    return str(_transfers(people)[1].uuid)


@place
def transfer_withdrawn(people: Any) -> str:
    """A list that was taken back."""
    return str(_transfers(people)[0].uuid)


@place
def course(people: Any) -> str:
    """A public course of a video and a text."""
    return str(_course(people).uuid)


def _tried(
    people: Any, files: dict[str, bytes] | None, *, jobs: int = 9, books: tuple[str, ...] = ("access/2.2",)
) -> Any:
    """A trial of the supplier's with a faulty film and further files, as far as that many jobs bring it; None for no package at all."""
    import io
    import tempfile
    import zipfile
    from datetime import UTC, datetime
    from pathlib import Path

    from clipped_clip import make_clipped_clip
    from ketang.platform.audit.actions import actor_key
    from ketang.platform.queue.models import Job, JobState
    from ketang.platform.queue.running import run
    from ketang.platform.storage.actions import put_bytes
    from ketang.selection.checking.actions import try_out
    from ketang.selection.checking.models import Check

    content, name = io.BytesIO(b"PK\x03\x04 not a zip"), "网络课程+示例培训学校+老年人饮水照护入门"
    if files is not None:
        with zipfile.ZipFile(content, "w") as archive, tempfile.TemporaryDirectory() as folder:
            archive.write(make_clipped_clip(Path(folder) / "film.mp4"), f"{name}/视频/洗手.mp4")
            for path, held in files.items():
                archive.writestr(f"{name}/{path}", held)
    stored = put_bytes(content.getvalue())
    made = try_out(
        owner=actor_key(people["supplier"]),
        name=f"{name}.zip",
        digest=stored.digest,
        rulebooks=books,
    )
    for _ in range(jobs):
        waiting = Job.objects.filter(state=JobState.WAITING, arguments__check=str(made.uuid))
        if (job := waiting.exclude(name="checking.forget").order_by("id").first()) is not None:
            run(str(job.uuid))
    Check.objects.filter(pk=made.pk).update(expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    return made


def _ruled(people: Any) -> Any:
    from ketang.selection.checking.models import Check
    from ketang.selection.ruling.actions import rule_on, undo, waive
    from ketang.selection.ruling.models import Ruling, RulingKind
    from ketang_reports import SHORT_ETHICS, checked, sketched

    if (standing := Ruling.objects.filter(submission__title="政策法规宣讲").first()) is not None:
        return Check.objects.get(pk=standing.check_of_id)
    report = sketched(SHORT_ETHICS, hours="9.0", form={"phone": "12"})
    found = checked(_submission(people, "政策法规宣讲"), report, actor=people["supplier"])
    known = next(finding.fingerprint for finding in report.findings if finding.rule == "hours-differ")
    more = {"actor": people["clerk"], "check": found}
    first = rule_on(fingerprint=known, kind=RulingKind.CONFIRM, reason="按时长算确实不足。", **more)
    undo(actor=people["clerk"], ruling=first, reason="单位补交了实训课时的证明。")
    rule_on(fingerprint=known, kind=RulingKind.DISMISS, reason="另有线下实训课时，见补交的证明。", **more)
    waive(rulebook="tianjin/2023", clause="A3(2).1", reason="政策宣讲课，通篇都是法律法规。", **more)
    return found


def _course(people: Any) -> Any:
    import tempfile
    from decimal import Decimal
    from pathlib import Path

    from ketang.classroom.catalogue.actions import publish
    from ketang.classroom.catalogue.models import Course, Lesson
    from ketang.classroom.catalogue.preparing import Prepared, put_in
    from ketang.platform.storage.actions import put_bytes, put_path
    from ketang.selection.awarding.actions import confirm, select
    from ketang.selection.intake.actions import accept, find_complete, receive
    from ketang.selection.intake.models import Door
    from making import make_clip

    if (standing := Course.objects.first()) is not None:
        return standing
    sent = _submission(people, "老年人饮水照护")
    stored = put_bytes(b"another package that nobody opens")
    receive(
        actor=people["supplier"],
        submission=sent,
        door=Door.WEB,
        name="课程包.zip",
        digest=stored.digest,
        size=stored.size,
    )
    find_complete(actor=people["clerk"], submission=sent)
    accept(actor=people["clerk"], submission=sent)
    decision = select(actor=people["clerk"], submission=sent, amount=Decimal(18000), despite="人工核对过")
    confirm(actor=people["administrator"], decision=decision)
    made = publish(actor=people["clerk"], decision=decision)
    with tempfile.TemporaryDirectory() as folder:
        film = put_path(make_clip(Path(folder) / "film.mp4", 8))
    captions = put_bytes("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n先洗手。\n".encode())
    lines = [{"start": "1.000", "end": "3.000", "text": "先洗手。"}]
    lessons = [
        Lesson(kind="video", order=1, chapter="饮水照护", title="试水温", seconds=8, media=film, content_type="video/mp4", captions=captions,
               transcript=lines, text="先洗手，再试温。", counts_ms=8000, stretches=[[0, 8000, "讲授"]]),
        Lesson(kind="text", order=2, chapter="饮水照护", title="饮水要点", text="少量多次，先试后喂。", counts_ms=2_700_000,
               stretches=[[0, 2_700_000, "实操"]]),
    ]  # fmt: skip
    put_in(made.editions.get(), Prepared(lessons, "怎样给老人喂水。"))
    made.refresh_from_db()
    _converted(film)
    return made


@place
def centre(people: Any) -> str:
    """The training centre."""
    return str(_group(people).centre.uuid)


@place
def group(people: Any) -> str:
    """A class with three whose logins the centre opened, one who came by the code, a course and an announcement."""
    return str(_group(people).uuid)


@place
def group_closed(people: Any) -> str:
    """A class that has ended, with nobody in it."""
    from ketang.classroom.groups.actions import close_group, make_group

    made = make_group(actor=people["centre"], centre=_group(people).centre, title="示例班（去年）")
    close_group(actor=people["centre"], group=made, closed=True)
    type(made).objects.filter(pk=made.pk).update(join_code="q4wn8hxc")
    return str(made.uuid)


@place
def group_learner(people: Any) -> str:
    """One of its learners, for whom somebody may act by consent on paper."""
    from ketang.classroom.groups.assisting import record_paper
    from ketang.classroom.groups.models import Enrolment

    found = Enrolment.objects.get(group=_group(people), account__name="示例学员甲")
    record_paper(actor=people["centre"], enrolment=found, login="recommender-1", paper="学员档案 2026-12")
    return str(found.account.uuid)


@place
def helped(people: Any) -> str:
    """The learner lets somebody of the finance office act for them, whose session then does: no other state of a learner's
    page uses it."""
    from ketang.classroom.groups.assisting import allow

    made = allow(learner=people["learner"], login=people["finance"].login, language="zh-hans", text="我同意。")
    return str(made.uuid)


@place
def usage(people: Any) -> str:
    """Published figures of the course."""
    from ketang.classroom.usage.models import UsageRow

    needs = {"size": 14, "description": 21}
    UsageRow.objects.create(course=_course(people), learners=45, agreed=35, needs=needs, counted_ms=54_000_000)
    return "1"


def _group(people: Any) -> Any:
    from ketang.classroom.groups.actions import announce, enrol_names, join, make_group
    from ketang.classroom.groups.models import Group
    from ketang.people.organisation.models import Organisation, OrganisationKind

    if (standing := Group.objects.filter(title="2026 年秋季养老护理班").first()) is not None:
        return standing
    centre = Organisation.objects.get(kind=OrganisationKind.CENTRE)
    teacher = people["centre"]
    made = make_group(actor=teacher, centre=centre, title="2026 年秋季养老护理班", courses=[_course(people)])
    enrol_names(actor=teacher, group=made, names=["示例学员甲", "示例学员乙", "示例学员丙"])
    join(account=people["learner"], code=made.join_code, language="zh-hans", text="我同意。")
    Group.objects.filter(pk=made.pk).update(join_code="k7mp2xw9")
    announce(actor=teacher, group=made, words="周五下午两点，二楼教室面授。\n请带登录纸条。")
    return Group.objects.get(pk=made.pk)


@place
def studied(people: Any) -> str:
    """The course, of which the learner has studied the film and half of the text."""
    from uuid import UUID

    from ketang.classroom.learning.actions import report
    from ketang.classroom.learning.crediting import Read, Watched
    from ketang.classroom.learning.models import Progress
    from ketang.classroom.learning.tickets import Ticket, now_ms

    course = _course(people)
    if not Progress.objects.exists():
        now = now_ms()
        begun = now - 3_600_000
        film, text = course.lessons
        entries = {film: Watched(1, begun, 0, 8000, 100), text: Read(1, begun, 1_500_000)}
        for number, (lesson, entry) in enumerate(entries.items(), start=1):
            ticket = Ticket(people["learner"].pk, lesson.pk, lesson.thread, begun)
            report(ticket=ticket, sitting=UUID(int=number), entries=[entry], now=now - 60_000 + number)
    return str(course.uuid)


@place
def exam_paper(people: Any) -> str:
    """A short paper of the course, each kind of question in it once; one of its questions could not be taken."""
    return str(_papers(people).get(number=1).uuid)


def _sat(people: Any, role: str, *, one: bool, answers: tuple[tuple[int, tuple[str, ...], bool], ...]) -> Any:
    """An attempt of somebody at the short paper, with answers."""
    from uuid import UUID

    from ketang.classroom.exams import sitting
    from ketang.classroom.exams.answers import Line

    begun = sitting.begin(account=people[role], paper=_papers(people).get(number=1), one_at_a_time=one)
    lines = [Line(n, order, 0, chosen, flagged) for n, (order, chosen, flagged) in enumerate(answers, start=1)]
    sitting.keep(attempt=begun.uuid, account=people[role], device=UUID(int=1), lines=lines, seen=0)
    type(begun).objects.filter(pk=begun.pk).update(seed="eins")
    return begun


@place
def exam_result(people: Any) -> str:
    """The learner has handed one in: right, wrong and left out."""
    from datetime import UTC, datetime

    from ketang.classroom.exams import sitting
    from ketang.classroom.exams.models import Attempt

    if (standing := Attempt.objects.filter(account=people["learner"], submitted_at__isnull=False).first()) is not None:
        return str(standing.uuid)
    sat = _sat(people, "learner", one=True, answers=((1, ("A",), False), (2, ("A", "C"), False)))
    sitting.submit(attempt=sat.uuid, account=people["learner"])
    type(sat).objects.filter(pk=sat.pk).update(submitted_at=datetime(2026, 3, 5, 2, 30, tzinfo=UTC))
    return str(sat.uuid)


@place
def exam_appeal(people: Any) -> str:
    """The learner asks about the second question of it; the first was answered already."""
    from datetime import date

    from django.utils import timezone

    from ketang.classroom.exams.appealing import answer_appeal, appeal
    from ketang.classroom.exams.models import Appeal, Attempt, Ruling

    attempt = Attempt.objects.get(uuid=exam_result(people))
    places = list(attempt.paper.places.order_by("order"))
    answered, asked = (
        appeal(account=people["learner"], attempt=attempt, place=place, words=words)
        for place, words in zip(places, ("开窗也对吧？", "书上说让老人先尝也可以。"), strict=False)
    )
    answer_appeal(actor=people["clerk"], appeal=answered, ruling=Ruling.REJECTED, answer="开窗不是喂水前的准备。")
    # Seen, else pages of my learning told of it until the result was opened.
    Appeal.objects.filter(attempt=attempt).update(due_on=date(2026, 3, 19), seen_at=timezone.now())
    return str(asked.uuid)


@place
def exam_question(people: Any) -> str:
    """The first question of the short paper."""
    return str(_papers(people).get(number=1).questions.get(places__order=1).uuid)


@place
def exam_attempt(people: Any) -> str:
    """And is at another one, one question a page: the first answered, the second flagged."""
    return str(_sat(people, "learner", one=True, answers=((1, ("A",), False), (2, (), True))).uuid)


@place
def exam_attempt_all(people: Any) -> str:
    """The expert sits it with all questions on one page."""
    return str(_sat(people, "expert", one=False, answers=((1, ("B",), False),)).uuid)


@place
def exam_attempt_paused(people: Any) -> str:
    """Who works at the training centre has paused theirs."""
    from ketang.classroom.exams import sitting

    sat = _sat(people, "centre", one=True, answers=())
    sitting.pause(attempt=sat.uuid, account=people["centre"], paused=True)
    return str(sat.uuid)


def _papers(people: Any) -> Any:
    from dataclasses import replace

    from exam_rows import FIRST, put_papers
    from kebao.questions.model import QuestionKind

    edition = _course(people).current
    if not edition.papers.exists():
        essay = replace(FIRST[0], number="4", stem="怎样防烫伤？", kind=QuestionKind.OTHER, kind_raw="简答题")
        put_papers(edition.course, (*FIRST, essay))
    return edition.papers


def _converted(film: Any) -> None:
    """The film was converted: here every rendition is the film itself."""
    from decimal import Decimal

    from ketang.classroom.renditions.actions import Outcome, keep
    from ketang.classroom.renditions.models import Conversion, Rendition

    rows = [
        Rendition(name=name, file=film, content_type=kind, width=width, height=height)
        for name, kind, width, height in (
            ("720p", "video/mp4", 1280, 720), ("480p", "video/mp4", 854, 480), ("audio", "audio/mp4", 0, 0),
        )
    ]  # fmt: skip
    keep(Conversion.objects.get(source=film), Outcome(rows, Decimal(8), lufs=-23.0, peak=-6.0, gain_db=5.0))


def _own(people: Any, title: str) -> Any:
    """A course of the office's own, ready and not public: a film that browsers play only converted, and a text."""
    from kebao.model.text import Text
    from ketang.classroom.catalogue.models import Course, Lesson
    from ketang.classroom.catalogue.own import begin_own
    from ketang.classroom.catalogue.preparing import Prepared, put_in
    from ketang.classroom.renditions.actions import give_up
    from ketang.classroom.renditions.models import Conversion
    from ketang.platform.storage.actions import put_bytes

    if (standing := Course.objects.filter(title=title).first()) is not None:
        return standing
    stored = put_bytes(f"a package of {title} that nobody opens".encode())
    made = begin_own(
        actor=people["clerk"], title=title, supplier="示例残联", name="自有课程.zip", digest=stored.digest
    )  # fmt: skip
    film = put_bytes(f"a film of {title} that nobody plays".encode())
    lessons = [
        Lesson(
            kind="video", order=1, chapter="第一章", title="认识工具", seconds=95, media=film, content_type="video/mp4"
        ),
        Lesson(kind="text", order=2, chapter="第一章", title="安全须知", text="先断电，再动手。"),
    ]
    put_in(made.editions.get(), Prepared(lessons, "在家也能做的小活。", ["动画一"]))
    why = Text(zh="视频文件不完整或已损坏，读不出长度和画面。", en="The medium is incomplete or damaged.")
    give_up(Conversion.objects.get(source=film), why)
    made.refresh_from_db()
    return made


@place
def own_course(people: Any) -> str:
    """One that is ready."""
    return str(_own(people, "家庭手工入门").uuid)


@place
def own_edition(people: Any) -> str:
    """Its edition, as the office previews it."""
    return str(_own(people, "家庭手工入门").editions.get().uuid)


def _gone(people: Any) -> Any:
    """A course that was taken down on a complaint."""
    from datetime import UTC, date, datetime

    from ketang.classroom.catalogue.complaints import take_down
    from ketang.classroom.catalogue.models import Course, RightsComplaint

    made = _own(people, "剪纸入门")
    if (standing := made.complaints.first()) is not None:
        return standing
    Course.objects.filter(pk=made.pk).update(published_at=datetime(2026, 3, 1, tzinfo=UTC))
    found = take_down(
        actor=people["clerk"], course=made, claimant="示例图片社", contact="someone@example.org",
        claim="第一课用了我们的图案。", received_on=date(2026, 3, 5),
    )  # fmt: skip
    RightsComplaint.objects.filter(pk=found.pk).update(taken_down_at=datetime(2026, 3, 5, 1, tzinfo=UTC))
    return found


@place
def gone_course(people: Any) -> str:
    """The course itself."""
    return str(_gone(people).course.uuid)


@place
def complaint(people: Any) -> str:
    """The complaint."""
    return str(_gone(people).uuid)


def _transfers(people: Any) -> Any:
    from ketang.platform.storage.actions import put_bytes
    from ketang.selection.intake.actions import accept, find_complete, receive
    from ketang.selection.intake.models import Door
    from ketang.selection.papers.actions import hand_over, withdraw
    from ketang.selection.papers.models import Transfer

    if (standing := list(Transfer.objects.order_by("id"))) != []:
        return standing
    waits = _submission(people, "手机摄影入门")
    stored = put_bytes(b"a package that waits for the panel")
    receive(
        actor=people["supplier"], submission=waits, door=Door.WEB, name="课程包.zip", digest=stored.digest, size=stored.size
    )  # fmt: skip
    find_complete(actor=people["clerk"], submission=waits)
    accept(actor=people["clerk"], submission=waits)
    handed = {"actor": people["clerk"], "call": _call(people), "numbers": [_course(people).decision.submission.number]}
    withdraw(actor=people["clerk"], transfer=hand_over(**handed), reason="漏了一件，重新做单。")
    hand_over(**handed)
    return list(Transfer.objects.order_by("id"))


@place
def recommender(people: Any) -> str:
    """A recommending body with a letter that stands, one that was withdrawn, and two packages that wait."""
    return str(_recommenders(people)[0].uuid)


@place
def recommender_new(people: Any) -> str:
    """A body that has no link yet."""
    return str(_recommenders(people)[2].uuid)


@place
def recommender_token(people: Any) -> str:
    """A link that nobody opened."""
    from ketang.selection.recommending.actions import show_link

    to = show_link(actor=people["clerk"], recommender=_recommenders(people)[3])
    return to.rpartition("/")[2]


@place
def recommender_key(people: Any) -> str:
    """The key of the browser in which the body's link was opened."""
    return _opened(people, _recommenders(people)[0])


@place
def recommender_empty_key(people: Any) -> str:
    """The same of a body with an empty list."""
    return _opened(people, _recommenders(people)[1])


@place
def recommendation(people: Any) -> str:
    """The letter that stands; its stamped copy has come."""
    from ketang.selection.recommending.queries import letters_of

    return str(letters_of(_recommenders(people)[0])[0].uuid)


@place
def recommendation_back(people: Any) -> str:
    """The letter that was withdrawn."""
    from ketang.selection.recommending.queries import letters_of

    return str(letters_of(_recommenders(people)[0])[1].uuid)


def _opened(people: Any, body: Any) -> str:
    from ketang.selection.recommending.actions import open_link, show_link
    from ketang.selection.recommending.links import link_of

    link = link_of(show_link(actor=people["clerk"], recommender=body).rpartition("/")[2])
    assert link is not None
    return open_link(link=link)


def _recommenders(people: Any) -> Any:
    from ketang.people.organisation.models import OrganisationKind
    from ketang.selection.intake.models import Receipt
    from ketang.selection.recommending.actions import register
    from ketang.selection.recommending.letters import issue, keep_scan, withdraw
    from ketang.selection.recommending.models import Recommender
    from ketang.selection.recommending.packages import add_by_receipt

    if (standing := list(Recommender.objects.order_by("id"))) != []:
        return standing
    named = (
        ("bureau", "示例人社局"),
        ("authority", "示例商务局"),
        ("association", "示例家政协会"),
        ("association", "示例摄影协会"),
    )
    for kind, name in named:
        more = {"mail": "recommender@example.org", "phone": "022-0000 0000"} if kind == "bureau" else {}
        register(actor=people["clerk"], call=_call(people), kind=OrganisationKind(kind), name=name, **more)
    bodies = list(Recommender.objects.order_by("id"))
    notices, transfers = _notices(people), _transfers(people)
    submissions = [
        _received(people).version.submission,
        *(one.submission for one in notices),
        transfers[1].rows.get().submission,
    ]
    on_list = []
    for submission in submissions:
        receipt = Receipt.objects.filter(version__submission=submission).order_by("id").first()
        assert receipt is not None
        on_list.append(add_by_receipt(recommender=bodies[0], number=receipt.number, code=receipt.code))
    for _ in range(2):
        letter = issue(recommender=bodies[0], chosen=[str(on_list[0].uuid), str(on_list[3].uuid)])
        if letter.number.endswith("J001"):
            withdraw(recommender=bodies[0], recommendation=letter, reason="漏了一件，更正后另出。")
    keep_scan(recommender=bodies[0], recommendation=letter, name="推荐函盖章.pdf", content=b"%PDF-1.7 stamped")
    return bodies


@place
def notice_draft(people: Any) -> str:
    """A notice that was drafted of what a check found and what is missing."""
    return str(_notices(people)[0].uuid)


@place
def notice_sent(people: Any) -> str:
    """A notice that was sent; its paper has come."""
    return str(_notices(people)[1].uuid)


@place
def notices_sending(people: Any) -> str:
    """A sending of two: one went out, one did not."""
    from ketang.platform.queue.models import Job, JobGroup, JobState

    group = JobGroup.objects.create(join_name="notices.sent")
    for state in (JobState.DONE, JobState.FAILED):
        Job.objects.create(name="notices.send", group=group, state=state)
    return str(group.uuid)


@place
def notice_submission(people: Any) -> str:
    """The submission that it asks of."""
    return str(_notices(people)[1].submission.uuid)


def _notices(people: Any) -> Any:
    from datetime import UTC, datetime

    from ketang.platform.audit.actions import SYSTEM
    from ketang.selection.intake.models import Door
    from ketang.selection.ledger.actions import enter, register
    from ketang.selection.ledger.models import Medium
    from ketang.selection.notices.actions import draft, send
    from ketang.selection.notices.models import Notice
    from ketang_reports import checked, sketched

    if (standing := list(Notice.objects.order_by("id"))) != []:
        return standing
    for title, content in (("手工编织入门", b"knitting"), ("盆栽养护入门", b"plants")):
        submission = _submission(people, title)
        checked(submission, sketched(hours="9.0", form={"phone": "12"}), content=content, actor=people["supplier"])
        submission.refresh_from_db()
        notice = draft(actor=people["clerk"], submission=submission)
    # The date stands in a field, where it must be the same each day.
    Notice.objects.update(due_at=datetime(2099, 6, 30, 15, 59, 59, tzinfo=UTC))
    notice.refresh_from_db()
    send(actor=people["clerk"], notice=notice)
    submission.refresh_from_db()
    paper = register(
        actor=SYSTEM, door=Door.DESK, medium=Medium.PAPER, received_at=notice.made_at, call=submission.call
    )
    enter(actor=people["clerk"], arrival=paper, submission=submission)
    return list(Notice.objects.order_by("id"))


@place
def arrival_late(people: Any) -> str:
    """An arrival with a version that came too late, and paper in the days of grace."""
    return str(_after_deadline(people)[0].uuid)


@place
def arrival_accepted(people: Any) -> str:
    """An arrival that was late and accepted."""
    return str(_after_deadline(people)[1].submission.uuid)


@place
def sealed_call(people: Any) -> str:
    """A call whose list was sealed, and once more after a late version was accepted."""
    return str(_after_deadline(people)[0].call.uuid)


@place
def late_acceptance(people: Any) -> str:
    """That acceptance."""
    return str(_after_deadline(people)[1].uuid)


def _after_deadline(people: Any) -> Any:
    """Two submissions of a call that closed: one with a late version beside one in time, one that was late and accepted."""
    from datetime import UTC, datetime, timedelta

    from ketang.people.organisation.queries import suppliers_of
    from ketang.selection.calls.actions import create, publish
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call
    from ketang.selection.calls.shipped import shipped_call
    from ketang.selection.intake.acceptance import LateAcceptance
    from ketang.selection.intake.actions import receive, start
    from ketang.selection.intake.late_ones import accept_late
    from ketang.selection.intake.models import Door, Submission
    from ketang.selection.ledger.actions import enter, register
    from ketang.selection.ledger.models import Medium
    from ketang.selection.sealing.actions import seal

    if (standing := LateAcceptance.objects.first()) is not None:
        return Submission.objects.get(title="月嫂护理基础"), standing
    shipped = read_call(shipped_call("tianjin-2023"))
    title = shipped.title.model_copy(
        update={"zh": "网络课程资源征集（上一期）", "en": "Call for online courses, last round"}
    )
    far = datetime(2098, 8, 31, 23, 59, 59)
    file = shipped.model_copy(update={"id": "last-round", "title": title, "closes": far, "grace_days": 3})
    made = publish(call=create(file=file, actor=people["clerk"]), actor=people["clerk"])
    closes = datetime(2025, 8, 31, 15, 59, 59, tzinfo=UTC)
    unit = suppliers_of(people["supplier"]).first()
    sent = [
        start(actor=people["supplier"], call=made, organisation=unit, title=name, category="P2(3)")
        for name in ("月嫂护理基础", "收纳整理")
    ]
    # A draft is begun before the deadline: the call is put back to when it closed only now.
    Call.objects.filter(pk=made.pk).update(
        closes_at=closes, file={**made.file, "closes": "2025-08-31T23:59:59"}, state="closed"
    )
    for draft, day, digest in ((sent[0], -1, "1a"), (sent[0], 2, "2b"), (sent[1], 1, "3c")):
        receive(
            actor=people["supplier"], submission=draft, door=Door.WEB, name="课程包.zip", digest=digest * 32, size=1_200_000,
            received_at=closes + timedelta(days=day),
        )  # fmt: skip
    at = closes + timedelta(days=2)
    paper = register(
        actor=people["clerk"], door=Door.DESK, medium=Medium.PAPER, received_at=at, call=Call.objects.get(pk=made.pk)
    )
    enter(actor=people["clerk"], arrival=paper, submission=sent[0])
    late = sent[1].versions.get()
    seal(actor=people["clerk"], call=Call.objects.get(pk=made.pk))
    accepted = accept_late(
        actor=people["clerk"], submission=sent[1], version=late, reason="上传时系统维护，有通知为证。"
    )
    seal(actor=people["clerk"], call=Call.objects.get(pk=made.pk))
    return sent[0], accepted


def _call(people: Any) -> Any:
    from datetime import datetime

    from ketang.selection.calls.actions import create, publish
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call
    from ketang.selection.calls.shipped import shipped_call

    standing = Call.objects.filter(slug="tianjin-2023").first()
    if standing is not None:
        return standing
    file = read_call(shipped_call("tianjin-2023")).model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59)})
    return publish(call=create(file=file, actor=people["clerk"]), actor=people["clerk"])


def _submission(people: Any, title: str) -> Any:
    from ketang.people.organisation.queries import suppliers_of
    from ketang.selection.intake.actions import start

    unit = suppliers_of(people["supplier"]).first()
    return start(actor=people["supplier"], call=_call(people), organisation=unit, title=title, category="P2(3)")


def _received(people: Any) -> Any:
    from ketang.platform.storage.actions import put_bytes
    from ketang.selection.intake.actions import receive
    from ketang.selection.intake.models import Door, Receipt

    standing = Receipt.objects.first()
    if standing is not None:
        return standing
    stored = put_bytes(b"a package that nobody opens")
    sent = _submission(people, "家常面点制作")
    made = receive(
        actor=people["supplier"],
        submission=sent,
        door=Door.WEB,
        name="课程包.zip",
        digest=stored.digest,
        size=stored.size,
    )
    # Its code is typed in a state, where nothing is filled in from here.
    made.uuid = UUID("e8619ba5-0000-4000-8000-000000000001")
    made.save(update_fields=["uuid"])
    return made


_OLD_LEDGER = """2026年课程资源收件台账

序号,收件日期,供应单位,课程名称,份数,快递单号,联系电话,备注
1,2026.3.5,示例职业学院,中式面点,2,SF1000000091,022-0000 0000,缺承诺书
2,3月6日,同上,西式面点,一式两份,SF1000000092,,
3,昨天,示例培训学校,老年人照护,1,,,
4,3月8日,示例培训学校,急救,1,1.23457E+14,,
1,2026.3.5,示例职业学院,中式面点,2,SF1000000091,022-0000 0000,重复登记
"""


def _brought(people: Any, name: str, words: str = _OLD_LEDGER) -> Any:
    import io

    from ketang.selection.importing import actions

    made = actions.bring(actor=people["clerk"], file=io.BytesIO(words.encode()), name=name)
    actions.map_columns(
        actor=people["clerk"], of=made, columns=made.columns, year=2026, medium=made.medium, call=_call(people)
    )
    return made


@place
def import_draft(people: Any) -> str:
    """An old ledger that was brought and not taken in."""
    return str(_brought(people, "示例旧台账.csv").uuid)


@place
def import_taken(people: Any) -> str:
    """An old ledger in the ledger, without the rows that could not be read."""
    from ketang.selection.importing.actions import confirm

    made = _brought(
        people, "示例旧台账二月.csv", _OLD_LEDGER.replace("SF10000000", "SF20000000").replace("学院", "学校")
    )
    confirm(actor=people["clerk"], of=made)
    return str(made.uuid)


@place
def import_undone(people: Any) -> str:
    """An old ledger that was taken back."""
    from ketang.selection.importing.actions import confirm, undo

    made = _brought(people, "示例旧台账一月.csv", "收件日期,供应单位\n2026-01-05,示例技工学校\n")
    confirm(actor=people["clerk"], of=made)
    undo(actor=people["clerk"], of=made, reason="传错了文件")
    return str(made.uuid)


@place
def import_going(people: Any) -> str:
    """An old ledger whose import goes on."""
    from ketang.selection.importing.models import ImportState, SheetImport

    made = _brought(people, "示例旧台账十年.csv", "收件日期,供应单位\n2026-02-05,示例技工学校\n")
    SheetImport.objects.filter(pk=made.pk).update(state=ImportState.TAKING)
    return str(made.uuid)


@place
def import_stopped(people: Any) -> str:
    """An old ledger whose import stopped."""
    from ketang.selection.importing.models import ImportState, SheetImport

    made = _brought(people, "示例旧台账三月.csv", "收件日期,供应单位\n2026-02-06,示例技工学校\n")
    SheetImport.objects.filter(pk=made.pk).update(state=ImportState.STOPPED)
    return str(made.uuid)


def _awards(people: Any) -> Any:
    """Two calls with a final ranking: one whose list is being drawn up, one whose list two people approved."""
    from datetime import datetime

    from ketang.people.account.actions import open_by_command
    from ketang.people.role.actions import appoint
    from ketang.people.role.models import Role
    from ketang.selection.awarding.approving import approve
    from ketang.selection.awarding.lists import make_list, put_proposal
    from ketang.selection.awarding.models import AwardList
    from ketang.selection.awarding.queries import digest_of
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call

    if AwardList.objects.exists():
        return list(AwardList.objects.order_by("id"))
    second = open_by_command(login="clerk-2", name="示例经办乙").account
    appoint(actor=people["administrator"], account=second, role=Role.CLERK)
    shipped, made = read_call(shipped_call("tianjin-2023")), []
    for number, slug in enumerate(("award-draft", "award-done", "award-paid", "award-asked")):
        fee = shipped.fee.model_copy(update={"budget": Decimal("40000.00")})
        file = shipped.model_copy(update={"id": slug, "closes": datetime(2001 + number, 8, 31, 23, 59, 59), "fee": fee})
        call = create(file=file, actor=people["clerk"])
        Call.objects.filter(pk=call.pk).update(state=CallState.ARCHIVED)
        _ranked(call)
        found = make_list(actor=people["clerk"], call=call)
        put_proposal(award_list=found)
        found.refresh_from_db()
        made.append(found)
    for found in made[1:]:
        for account in (people["clerk"], second):
            approve(actor=account, award_list=found, digest=digest_of(found))
    return made


def _ranked(call: Any) -> None:
    """Four ranked submissions. They came by no door of this instance, so no list of arrivals shows them."""
    from datetime import UTC, datetime

    from ketang.people.organisation.models import Organisation
    from ketang.selection.checking.models import Check, CheckState
    from ketang.selection.intake.models import Submission, Version
    from ketang.selection.ranking.models import Ranking

    ranked = []
    courses = (("示例职业学院", "unit", "中式面点", "9.42"), ("示例教师", "person", "居家收纳", "8.37"), ("示例学堂", "unit", "快递收寄", "7.15"), ("示例工坊", "unit", "陶艺入门", "4.80"))  # fmt: skip
    for place, (supplier, kind, title, score) in enumerate(courses, start=1):
        unit, _made = Organisation.objects.get_or_create(kind=kind, name=supplier)
        one = Submission.objects.create(
            call=call, organisation=unit, title=title, category="P2(3)", state="accepted", number=f"{call.slug.upper()}-{place:04d}"
        )  # fmt: skip
        at = datetime(2001, 3, 2, 1, 0, tzinfo=UTC)
        one.latest = Version.objects.create(submission=one, index=1, door="web", name="课程包.zip", digest="0" * 64, size=1, received_at=at)  # fmt: skip
        one.save(update_fields=["latest"])
        Check.objects.create(version=one.latest, state=CheckState.DONE)
        score += "00"
        ranked.append({"submission": str(one.uuid), "place": place, "raw": score, "adjusted": score, "sheets": 3})
    Ranking.objects.create(call=call, method="example/1", inputs="0" * 64, result={"rows": ranked}, is_final=True)


@place
def award_draft(people: Any) -> str:
    """A list that is being drawn up."""
    return str(_awards(people)[0].uuid)


@place
def award_draft_call(people: Any) -> str:
    """Its call."""
    return str(_awards(people)[0].call.uuid)


@place
def award_draft_row(people: Any) -> str:
    """A row that may be changed."""
    return str(_awards(people)[0].rows.get(place=3).uuid)


@place
def award_done_call(people: Any) -> str:
    """A call whose list was approved."""
    return str(_awards(people)[1].call.uuid)


@place
def award_done_row(people: Any) -> str:
    """An award that stands."""
    return str(_awards(people)[1].rows.get(place=1).uuid)


@place
def award_going_call(people: Any) -> str:
    """A call whose list is being worked out; no worker runs here."""
    from datetime import datetime

    from ketang.selection.awarding.lists import ask_proposal, make_list
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call

    _awards(people)
    if (known := Call.objects.filter(slug="award-going").first()) is not None:
        return str(known.uuid)
    file = read_call(shipped_call("tianjin-2023")).model_copy(
        update={"id": "award-going", "closes": datetime(2000, 8, 31, 23, 59, 59)}
    )
    call = create(file=file, actor=people["clerk"])
    Call.objects.filter(pk=call.pk).update(state=CallState.ARCHIVED)
    _ranked(call)
    ask_proposal(actor=people["clerk"], award_list=make_list(actor=people["clerk"], call=call))
    return str(call.uuid)


def _announced(people: Any) -> Any:
    """The approved list on public notice, with an open objection and one that was answered."""
    from datetime import UTC, datetime

    from ketang.selection.announcing.actions import announce, answer, send_objection
    from ketang.selection.announcing.models import PublicNotice

    if (standing := PublicNotice.objects.filter(call__slug="award-done").first()) is not None:
        return standing
    made = announce(actor=people["clerk"], call=_awards(people)[1].call, shows_amounts=True)
    PublicNotice.objects.filter(pk=made.pk).update(ends_at=datetime(2099, 3, 9, 16, 0, tzinfo=UTC))
    made.refresh_from_db()
    words = "《居家收纳》第 3 课的演示与一门公开课相同，见附件。"
    said = {"name": "示例市民", "mail": "citizen@example.org", "words": words}
    send_objection(notice=made, entry=made.entries.get(place=2), evidence=("对照.pdf", b"%PDF-1.7 example"), **said)
    second = send_objection(notice=made, name="示例学员", phone="022-00000000", words="公示里的单位名称写错了。")
    answer(actor=people["clerk"], objection=second, upheld=False, words="经核对，名称与登记证一致。")
    return made


@place
def announcement(people: Any) -> str:
    """A public notice that runs."""
    return str(_announced(people).uuid)


@place
def objection_open(people: Any) -> str:
    """An objection that waits for its answer."""
    return str(_announced(people).objections.get(state="open").uuid)


@place
def objection_answered(people: Any) -> str:
    """One that was answered."""
    return str(_announced(people).objections.exclude(state="open").get().uuid)


def _payments(people: Any) -> Any:
    """Final awards: of a unit whose data was given, of a person whose tax was picked, and one of whom nothing was asked."""
    from datetime import UTC, datetime

    from kebao.identity.resident_number import check_character
    from ketang.selection.announcing.actions import announce, settle
    from ketang.selection.announcing.models import PublicNotice
    from ketang.selection.awarding.models import Decision
    from ketang.selection.awarding.tax import Basis
    from ketang.selection.paying.actions import ask, give, set_basis
    from ketang.selection.paying.links import link_of
    from ketang.selection.paying.models import Payment
    from ketang_accounts import credit_code

    call = _awards(people)[2].call
    if not PublicNotice.objects.filter(call=call).exists():
        notice = announce(actor=people["clerk"], call=call, shows_amounts=False)
        PublicNotice.objects.filter(pk=notice.pk).update(ends_at=datetime(2003, 3, 9, 16, 0, tzinfo=UTC))
        settle(notice=notice)
        unit, person = Decision.objects.filter(submission__call=call, outcome="selected").order_by("row__place")
        data = {"name": "示例职业学院", "account": "030200001234", "bank": "示例银行和平支行"}
        of_unit = data | {"credit_code": credit_code(2), "bank_code": "102110000012"}
        of_person = data | {"name": "示例教师", "account": "6222000000000000012"}
        of_person["resident_number"] = "11010119900101001" + check_character("11010119900101001")
        for decision, given in ((unit, of_unit), (person, of_person)):
            link = link_of(ask(actor=people["finance"], decision=decision).rpartition("/pay/")[2])
            if link is not None:
                give(link=link, given=given)
        set_basis(actor=people["finance"], payment=Payment.objects.get(decision=person), basis=Basis.LABOUR)
    return list(Decision.objects.filter(submission__call=call, outcome="selected").order_by("row__place"))


@place
def payment_unit(people: Any) -> str:
    """An award of a unit that gave its data."""
    return str(_payments(people)[0].uuid)


@place
def payment_person(people: Any) -> str:
    """One of a person, with tax."""
    return str(_payments(people)[1].uuid)


@place
def payment_token(people: Any) -> str:
    """A link that nobody has used."""
    from datetime import UTC, datetime

    from ketang.selection.announcing.actions import announce, settle
    from ketang.selection.announcing.models import PublicNotice
    from ketang.selection.paying.actions import ask

    call = _awards(people)[3].call
    notice = announce(actor=people["clerk"], call=call, shows_amounts=False)
    PublicNotice.objects.filter(pk=notice.pk).update(ends_at=datetime(2004, 3, 9, 16, 0, tzinfo=UTC))
    settle(notice=notice)
    entry = notice.entries.get(place=2)
    return str(ask(actor=people["finance"], decision=entry.decision).rpartition("/pay/")[2])


@place
def review_call(people: Any) -> str:
    """A call in review with a panel, conflicts, a plan in force, one worked out and one that waits."""
    return str(_review(people).uuid)


@place
def review_empty_call(people: Any) -> str:
    """A call that nobody reviews yet."""
    from ketang.selection.calls.models import Call

    _review(people)
    return str(Call.objects.get(slug="review-empty").uuid)


@place
def review_expert(people: Any) -> str:
    """An expert with an account who sits on the panel."""
    from ketang.selection.experts.models import Expert

    _review(people)
    return str(Expert.objects.get(name="示例专家甲").uuid)


@place
def review_expert_left(people: Any) -> str:
    """An expert who left the pool."""
    from ketang.selection.experts.models import Expert

    _review(people)
    return str(Expert.objects.get(name="示例专家己").uuid)


@place
def review_seat(people: Any) -> str:
    """The seat of that expert, declared."""
    from ketang.selection.experts.models import PanelSeat

    return str(PanelSeat.objects.get(call=_review(people), expert__name="示例专家甲").uuid)


@place
def review_own_seat(people: Any) -> str:
    """A seat of the same expert that is not declared yet."""
    from ketang.selection.experts.models import PanelSeat

    _review(people)
    return str(PanelSeat.objects.get(call__slug="review-empty", expert__name="示例专家甲").uuid)


@place
def review_import(people: Any) -> str:
    """A list of experts that was brought."""
    from ketang.selection.experts.models import ExpertImport

    _review(people)
    return str(ExpertImport.objects.get().uuid)


@place
def review_package(people: Any) -> str:
    """A submission with experts, one of them ended, and conflicts."""
    from ketang.selection.intake.models import Submission

    return str(Submission.objects.get(call=_review(people), number="REVIEW-PANEL-0001").uuid)


@place
def review_candidate(people: Any) -> str:
    """An expert who could score it."""
    from ketang.selection.assigning.situation import situation_of
    from ketang.selection.intake.models import Submission

    one = Submission.objects.get(call=_review(people), number="REVIEW-PANEL-0001")
    now = situation_of(one.call, only=one)
    return str(next(seat for key, seat in now.seats.items() if now.bar(one.pk, key) is None).expert.uuid)


@place
def review_assignment(people: Any) -> str:
    """An assignment that stands."""
    from ketang.selection.assigning.models import Assignment

    return str(Assignment.objects.filter(call=_review(people), ended_at=None).order_by("id")[0].uuid)


@place
def review_plan(people: Any) -> str:
    """The plan that was worked out last."""
    from ketang.selection.assigning.models import Plan

    return str(Plan.objects.filter(call=_review(people)).exclude(made_at=None).order_by("-id")[0].uuid)


@place
def review_plan_going(people: Any) -> str:
    """A plan that is being worked out."""
    from ketang.selection.assigning.models import Plan

    return str(Plan.objects.get(call=_review(people), made_at=None, failed="").uuid)


@place
def review_plan_failed(people: Any) -> str:
    """A plan that was not worked out."""
    from ketang.selection.assigning.models import Plan

    return str(Plan.objects.filter(call=_review(people)).exclude(failed="")[0].uuid)


def _review(people: Any) -> Any:
    """Six experts, five on a panel; three submissions that came by no door of this instance, so no list of arrivals shows them."""
    from datetime import UTC, datetime

    from ketang.people.organisation.models import Organisation, OrganisationKind
    from ketang.selection.assigning import actions as assigning
    from ketang.selection.assigning.models import Assignment, Plan
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call
    from ketang.selection.experts import actions, conflicts, declaring, panel
    from ketang.selection.experts.details import Details
    from ketang.selection.experts.models import Expert, ExpertImport, PanelSeat
    from ketang.selection.scoring.models import BlindCopy
    from ketang_review import in_review

    if (standing := Call.objects.filter(slug="review-panel").first()) is not None:
        return standing
    clerk, shipped = people["clerk"], read_call(shipped_call("tianjin-2023"))
    calls = []
    for number, slug in enumerate(("review-panel", "review-empty")):
        file = shipped.model_copy(update={"id": slug, "closes": datetime(2003 + number, 8, 31, 23, 59, 59)})
        calls.append(create(file=file, actor=clerk))
    Call.objects.filter(pk__in=[one.pk for one in calls]).update(state=CallState.IN_REVIEW)
    fields = (("P2(3)",), ("P2(3)", "P2(4)"), ("P2(1)",), (), ("P2(3)",), ())
    experts = [
        actions.add(
            actor=clerk,
            details=Details(
                name=f"示例专家{name}", unit=f"示例研究所{number}", title="高级技师", categories=fields[number - 1], load_limit=6,
                occupations=("养老护理员",) if number == 1 else (), mail=f"expert-{number}@example.org",
            ),
        )
        for number, name in enumerate("甲乙丙丁戊己", 1)
    ]  # fmt: skip
    actions.leave(actor=clerk, expert=experts[5], reason="退休")
    Expert.objects.filter(pk=experts[0].pk).update(account=people["expert"])
    panel.seat(actor=clerk, call=calls[0], experts=[str(one.uuid) for one in experts[:4]])
    panel.seat(actor=clerk, call=calls[1], experts=[str(experts[0].uuid)])
    seat = PanelSeat.objects.select_related("expert", "call").get(call=calls[0], expert=experts[0])
    panel.change_seat(actor=clerk, seat=seat, load_limit=6, chairs=True)
    declaring.sign(actor=people["expert"], seat=seat, signed_as="示例专家甲", relations=["示例亲属"])
    packages = []
    for number, title in enumerate(("养老护理员：饮水照护", "直播销售员：开播准备", "法律援助入门"), 1):
        unit = Organisation.objects.create(kind=OrganisationKind.UNIT, name=f"示例评审{number}号学校")
        packages.append(in_review(calls[0], unit, number, title=title, category="P2(1)" if number == 3 else "P2(3)"))
    conflicts.add(actor=clerk, expert=experts[1], submission=packages[0], reason="曾在该校兼课")
    conflicts.add(actor=clerk, expert=experts[2], submission=packages[0], reason="亲属在该校任职")
    conflicts.lift(actor=clerk, conflict=packages[0].conflicts.order_by("-id")[0], reason="核实为同名")
    for one in packages:
        assigning.assign(actor=clerk, submission=one, expert=experts[0])
    made = assigning.assign(actor=clerk, submission=packages[0], expert=experts[3])
    assigning.end(actor=clerk, assignment=made, reason="改派")
    _plans(clerk, calls[0], Plan)
    row = {"name": "示例专家庚", "unit": "示例学院", "categories": "P2(3)", "load_limit": "8"}
    ExpertImport.objects.create(
        name="示例专家名单.xlsx",
        rows=[[2, row], [3, {"name": "示例专家甲", "unit": "示例研究所1"}], [4, {"name": "", "unit": "示例学院"}]],
    )
    Call.objects.filter(pk__in=[one.pk for one in calls]).update(state=CallState.ARCHIVED)
    at = datetime(2026, 3, 4, 9, tzinfo=UTC)
    PanelSeat.objects.exclude(declared_at=None).update(declared_at=at)
    Assignment.objects.filter(call=calls[0]).update(made_at=at)
    for alias, copy in enumerate(BlindCopy.objects.filter(call=calls[0]).order_by("id"), 1001):  # not drawn at random
        BlindCopy.objects.filter(pk=copy.pk).update(alias=alias)
    return Call.objects.get(pk=calls[0].pk)


def _plans(clerk: Any, call: Any, plans: Any) -> None:
    """One that failed, one that was worked out, with what it lacks, and one that waits."""
    from datetime import UTC, datetime

    from ketang.selection.assigning.proposing import proposal
    from ketang.selection.assigning.situation import situation_of

    asked, at = {"wanted": 4, "balance": 400}, datetime(2026, 3, 5, 9, tzinfo=UTC)
    common = {"call": call, "asked": asked, "asked_at": at, "asked_by": clerk}
    plans.objects.create(**common, failed="计算失败 · The plan could not be worked out")
    found = proposal(situation_of(call), wanted=4, balance=400)
    plans.objects.create(
        **common, rows=found.rows, lacking=found.lacking, cost=found.cost, bound=found.bound, seconds=0.4, made_at=at
    )
    plans.objects.create(**common)


def accounts() -> dict[str, Any]:
    """An account of each role, with a second factor where the role needs one; everybody is invented."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from ketang.people.account.actions import open_by_command, open_with_number
    from ketang.people.organisation.actions import (
        add_member,
        register_centre,
        register_organisation,
        register_recommender,
    )
    from ketang.people.organisation.models import OrganisationKind
    from ketang.people.role.actions import appoint, appoint_first_administrator
    from ketang.people.role.models import APPOINTED, SECOND_FACTOR, Role
    from ketang_accounts import credit_code

    found: dict[str, Any] = {}
    for role in Role:
        if role is not Role.VISITOR:
            found[role.value] = open_by_command(login=f"{role.value}-1", name=f"示例{role.label}").account
    found["finance"].set_password("half-way-in-7431")  # signs in by typing it, as far as the second step
    found["finance"].save()
    appoint_first_administrator(account=found["administrator"])
    for role in sorted(APPOINTED):
        if role is not Role.ADMINISTRATOR:
            appoint(actor=found["administrator"], account=found[role.value], role=role)
    register_organisation(
        actor=found["supplier"], kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
    )
    body = register_recommender(actor=found["administrator"], kind=OrganisationKind.BUREAU, name="示例人社局")
    add_member(invited_by=found["administrator"], account=found["recommender"], organisation=body, manages=True)
    centre = register_centre(actor=found["administrator"], name="示例区残疾人培训中心")
    add_member(invited_by=found["administrator"], account=found["centre"], organisation=centre, manages=True)
    EmailAddress.objects.create(user=found["supplier"], email="supplier@example.org", verified=True, primary=True)
    EmailAddress.objects.create(user=found["supplier"], email="second@example.org", verified=False)
    found["newcomer"] = open_with_number(actor=found["clerk"], name="示例新学员").account
    for role in SECOND_FACTOR:
        TOTP.activate(found[role.value], generate_totp_secret())
        RecoveryCodes.activate(found[role.value])
    return found


def session_of(account: Any) -> str:
    """A session as after signing in, with the second factor given."""
    from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
    from allauth.account.internal.userkit import user_id_to_str
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    now = time.time()
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(account)
    session["account_authentication_methods"] = [
        {"method": "password", "at": now, "username": account.login, "reauthenticated": True},
        {"method": "mfa", "at": now, "type": "totp"},
    ]
    session.create()
    return str(session.session_key)


def _meeting(people: Any) -> Any:
    """A call in review with three experts' sheets, one of whom left, a trial, a computed ranking, and an open meeting."""
    from datetime import UTC, datetime
    from decimal import Decimal

    from ketang.people.organisation.models import Organisation
    from ketang.platform.queue.models import Job
    from ketang.platform.queue.running import run
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call
    from ketang.selection.experts.models import Conflict, Expert, PanelSeat
    from ketang.selection.ranking import actions, meeting
    from ketang.selection.ranking.models import Choice, Meeting, Ranking
    from ketang_sheets import accepted, scored, seated

    if (known := Meeting.objects.filter(call__slug="in-meeting").first()) is not None:
        return known
    file = read_call(shipped_call("tianjin-2023")).model_copy(
        update={"id": "in-meeting", "closes": datetime(2004, 8, 31, 23, 59, 59)}
    )
    call = create(file=file, actor=people["clerk"])
    Call.objects.filter(pk=call.pk).update(state=CallState.ARCHIVED)
    unit, _made = Organisation.objects.get_or_create(kind="unit", name="示例职业学院")
    categories = ("P2(3)", "P2(1)", "P2(2)", "P2(6)", "P2(3)", "P2(4)")
    packages = [
        accepted(call, unit, number, category=category) for number, category in enumerate(categories, start=401)
    ]
    own = Expert.objects.filter(account=people["expert"]).first()
    seats = [seated(call, name, None) for name in ("评审员甲", "评审员乙")]
    seats.append(seated(call, "评审员丙", None if own else people["expert"], expert=own))
    given = (
        ("6", "8", "7.5"),
        ("5", "7", "6"),
        ("7", "6", "7"),
        ("4", "6.5", None),
        (None, "9", "8"),
        ("6.5", None, "8"),
    )
    criteria = [one.id for one in file.rubric.criteria]
    for place, (package, row) in enumerate(zip(packages, given, strict=True)):
        for seat, score in zip(seats, row, strict=True):
            if score is not None:
                shifts = {one: ((place * 2 + k) % 3 - 1) * 0.5 for k, one in enumerate(criteria)}
                scored(seat, package, {one: f"{float(score) + shift:g}" for one, shift in shifts.items()})
    at = datetime(2004, 9, 20, 1, 0, tzinfo=UTC)
    PanelSeat.objects.filter(pk=seats[1].pk).update(left_at=at, left_because="工作调动")
    weights = {one: Decimal(60 if k == 0 else 0) for k, one in enumerate(criteria)}
    for more in ({"weights": weights, "preferred": ["P2(1)", "P2(4)"]}, {}):  # the trial first: pages show the newest
        asked = actions.ask_ranking(actor=people["clerk"], call=call, line=3, **more)
        run(str(Job.objects.get(name="ranking.compute", arguments__ranking=str(asked.uuid)).uuid))
        Ranking.objects.filter(pk=asked.pk).update(made_at=at)
    made = meeting.open_meeting(actor=people["clerk"], call=call)
    Conflict.objects.create(expert=seats[2].expert, submission=packages[3], ground="declared")
    meeting.vote(actor=people["expert"], meeting=made, submission=packages[0], choice=Choice.FOR)
    return made


@place
def meeting_call(people: Any) -> str:
    """Its call."""
    return str(_meeting(people).call.uuid)


@place
def meeting_ranking(people: Any) -> str:
    """Its ranking."""
    return str(_meeting(people).call.rankings.order_by("-id")[0].uuid)


@place
def meeting_trial(people: Any) -> str:
    """A ranking that tried other weights and preferred categories."""
    return str(_meeting(people).call.rankings.order_by("id")[0].uuid)


@place
def meeting_expert(people: Any) -> str:
    """An expert that was ranked."""
    return str(_meeting(people).call.seats.get(expert__name="评审员甲").expert.uuid)


@place
def meeting_seat_left(people: Any) -> str:
    """The seat of who left after submitting."""
    return str(_meeting(people).call.seats.get(expert__name="评审员乙").uuid)


@place
def meeting_package(people: Any) -> str:
    """The first of its packages."""
    return str(_meeting(people).call.submissions.order_by("id").first().uuid)


def main() -> None:
    """Fill, and say where everything is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketang.settings")
    import django

    django.setup()
    from interface import (
        certificate_places,
        exam_places,
        lesson_places,
        lti_places,
        offline_places,
        paper_places,
        review_places,
    )

    for make in (
        lesson_places.kinds_course, lesson_places.noted, lesson_places.work, lesson_places.work_marked,
        certificate_places.certificate, certificate_places.certificate_revoked, certificate_places.certificate_doubtful, exam_places.exam_measured, exam_places.exam_unmeasured, exam_places.practised,
        offline_places.packaged, offline_places.brought, offline_places.brought_before,
        paper_places.printing, paper_places.printed_group, paper_places.printed_entry,
        lti_places.platform, lti_places.lti_go, lti_places.lti_known, lti_places.lti_nowhere, lti_places.lti_choose,
        review_places.review_begun, review_places.review_submitted, review_places.review_waiting, review_places.progress_call,
        review_places.unconfirmed,
        review_places.statistics_paid, review_places.statistics_asked,
    ):  # fmt: skip
        place(make)
    people = accounts()
    found = {
        "places": {word: make(people) for word, make in PLACES.items()},
        "sessions": {role: session_of(account) for role, account in people.items()},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
