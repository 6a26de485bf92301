"""What the experts' pages of the suite stand on: a blind copy with a film, a sheet that is begun and one that was submitted."""

from __future__ import annotations

from typing import Any

WORDS = {
    "intro": "本课教居家照护者怎样协助老人饮水。由〔供应单位〕录制。",
    "facts": [["occupation", "养老护理员 五级"], ["standard", "养老护理员国家职业技能标准 2019年版"], ["audience", "初学的照护人员"], ["hours", "1"]],
    "catalogue": [{"depth": 0, "title": "饮水照护", "hours": "1"}, {"depth": 1, "title": "试水温", "hours": "0.5"}],
    "form": [["source", "自行录制。"], ["process", "先看演示，再练习。"]],
    "papers": [
        {
            "title": "试卷1", "total": "100", "pass": "60",
            "questions": [
                {"number": "1", "kind": "single", "stem": "喂水前先做什么？", "options": ["洗手", "关灯"], "answer": "A", "score": "2", "explanation": "先洗手，再试温。"},
                {"number": "2", "kind": "truefalse", "stem": "水温要先试再喂。", "options": [], "answer": "对", "score": "2", "explanation": ""},
            ],
        }
    ],
    "rights": [{"what": "背景音乐", "kind": "音乐", "own": None, "owner": "某音乐人", "licence": "CC BY 4.0", "citation": "", "evidence": True}],
}  # fmt: skip
SCORES = {"standard": "8", "teaching": "7.5", "practice": "9", "resources": "6", "exams": "10", "media": "5.5"}


def review_begun(people: Any) -> str:
    """A package that is looked at and partly scored."""
    return str(_assignments(people)[0].uuid)


def review_submitted(people: Any) -> str:
    """A package whose sheet was submitted twice."""
    return str(_assignments(people)[1].uuid)


def review_waiting(people: Any) -> str:
    """A package whose blind copy is not made yet."""
    return str(_assignments(people)[2].uuid)


def progress_call(people: Any) -> str:
    """A call of which one package is scored enough, one has no blind copy that could be made, one is waited for, one is nobody's."""
    from datetime import UTC, datetime
    from decimal import Decimal

    from ketang.people.organisation.models import Organisation
    from ketang.selection.assigning.counting import recount
    from ketang.selection.assigning.models import Assignment
    from ketang.selection.awarding.models import Decision
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call
    from ketang.selection.ranking.actions import ask_ranking
    from ketang.selection.scoring.models import BlindCopy, Sheet
    from ketang_sheets import accepted, scored, seated

    if (known := Call.objects.filter(slug="in-progress").first()) is not None:
        return str(known.uuid)
    file = read_call(shipped_call("tianjin-2023")).model_copy(
        update={"id": "in-progress", "closes": datetime(2005, 8, 31, 23, 59, 59)}
    )
    call = create(file=file, actor=people["clerk"])
    Call.objects.filter(pk=call.pk).update(state=CallState.ARCHIVED)
    unit, _made = Organisation.objects.get_or_create(kind="unit", name="示例职业学院")
    at = datetime(2005, 9, 20, 1, 0, tzinfo=UTC)
    seats = [seated(call, name) for name in ("评审员丁", "评审员戊", "评审员己")]
    packages = [accepted(call, unit, number) for number in range(501, 505)]
    for seat in seats:
        scored(seat, packages[0], "8", at=at)
    scored(seats[0], packages[1], "6.5", at=at)
    for seat, package in ((seats[1], packages[1]), (seats[1], packages[2]), (seats[2], packages[2])):
        Assignment.objects.create(
            call=call, submission=package, version=package.latest, expert=seat.expert, means="hand", made_at=at
        )
    Sheet.objects.create(
        assignment=Assignment.objects.get(submission=packages[2], expert=seats[1].expert), revision=2, changed_at=at
    )
    shown = [
        [
            "1. 试水温",
            {"zh": "画面里的台标和人像，机器去不掉。", "en": "Logos and faces in the picture cannot be taken out."},
        ]
    ]
    copies = BlindCopy.objects.filter(call=call)
    copies.update(asked_at=at)
    copies.filter(submission=packages[0]).update(made_at=at, hidden=[["供应单位", 4], ["电话", 1]], shown=shown)
    copies.filter(submission=packages[1]).update(
        failed_at=at, message={
            "zh": "压缩包里有一个文件损坏，读不出来。",
            "en": "A file in the archive is damaged and cannot be read.",
        },
    )  # fmt: skip
    copies.filter(submission=packages[3]).delete()
    recount(call)
    ask_ranking(actor=people["clerk"], call=call)  # no worker runs here: it is waited for
    Decision.objects.create(
        submission=packages[3], version=packages[3].latest, outcome="selected", amount=Decimal(12000),
        decided_by=people["clerk"], despite="人工核对过", decided_at=at,
    )  # fmt: skip
    return str(call.uuid)


def unconfirmed(people: Any) -> str:
    """A submission that one person selected."""
    from ketang.selection.intake.models import Submission

    return str(Submission.objects.get(call__uuid=progress_call(people), number="DEMO-0504").uuid)


def statistics_paid(people: Any) -> str:
    """A call with awards that is counted."""
    return str(_tallied(people)[0].uuid)


def statistics_asked(people: Any) -> str:
    """The next one."""
    return str(_tallied(people)[1].uuid)


def _tallied(people: Any) -> list[Any]:
    """Two calls with awards; beside them stands what a worker would have tallied."""
    from decimal import Decimal

    from django.utils import timezone

    from interface.places import _awards
    from ketang.selection.intake.models import Submission
    from ketang.selection.tallying.kinds import kind_of
    from ketang.selection.tallying.models import ClauseWords, TalliedFault, Tally

    calls = [made.call for made in _awards(people)[2:]]
    if Tally.objects.filter(call__in=calls).exists():
        return calls
    book = calls[0].file["rulebooks"][0]
    hours = {"中式面点": "12.5", "居家收纳": "8.0", "快递收寄": "6.0"}
    districts = {
        "中式面点": ("120103", "address"),
        "居家收纳": ("120116", "code"),
        "快递收寄": ("120116", "recommender"),
    }
    words = {
        ("A2(2).3", ""): ("课程学习资源。包括多种资源类型。", "Learning resources. Of several kinds."),
        ("A2(2).3", "lecture-too-long"): ("单次讲课过长", "Lecture too long"),
        ("A4(1)", ""): ("声音和画面应同步，无电流声。", "Sound and picture are in step, without hum."),
        ("A4(1)", "audio-hum"): ("有电流声", "Hum"),
    }
    for place, ((clause, rule), (zh, en)) in enumerate(words.items()):
        said = {"words": {"zh": zh, "en": en}, "place": place}
        ClauseWords.objects.get_or_create(rulebook=book, clause=clause, rule=rule, defaults=said)
    for one in Submission.objects.filter(call__in=calls).select_related("organisation"):
        district, known_by = districts.get(one.title, ("", ""))
        tally = Tally.objects.create(
            submission=one, call=one.call, district=district, district_from=known_by,
            supplier_kind=kind_of(one.organisation), hours=Decimal(hours[one.title]) if one.title in hours else None,
            check_of=one.latest.checks.first(), change=timezone.now(), basis="",
        )  # fmt: skip
        if one.title in ("中式面点", "陶艺入门"):
            for rule in ("", "lecture-too-long"):
                TalliedFault.objects.create(
                    tally=tally, call=one.call, rulebook=book, clause="A2(2).3", rule=rule, gravity="warning"
                )
        if one.title == "陶艺入门":
            for rule in ("", "audio-hum"):
                TalliedFault.objects.create(
                    tally=tally, call=one.call, rulebook=book, clause="A4(1)", rule=rule, gravity="error"
                )
    return calls


def _assignments(people: Any) -> list[Any]:
    from datetime import UTC, datetime

    from django.utils import timezone

    from ketang.people.organisation.models import Organisation
    from ketang.selection.assigning.counting import recount
    from ketang.selection.assigning.models import Assignment
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call
    from ketang.selection.experts.models import Expert, PanelSeat
    from ketang.selection.intake.models import Submission, Version
    from ketang.selection.scoring.models import BlindCopy

    if (standing := list(Assignment.objects.filter(call__slug="blind-review").order_by("id"))) != []:
        return standing
    file = read_call(shipped_call("tianjin-2023")).model_copy(
        update={"id": "blind-review", "closes": datetime(2011, 8, 31, 23, 59, 59)}
    )
    call = create(file=file, actor=people["clerk"])
    # Not in the public list, whose pages are looked at without it: only what is sent asks for its state.
    Call.objects.filter(pk=call.pk).update(state=CallState.ARCHIVED)
    expert, _made = Expert.objects.get_or_create(account=people["expert"], defaults={"name": "示例专家"})
    at = datetime(2011, 9, 2, 1, 0, tzinfo=UTC)
    PanelSeat.objects.create(call=call, expert=expert, seated_at=at, declared_at=at, declared="…", signed_as="示例专家")
    unit, _made = Organisation.objects.get_or_create(kind="unit", name="示例职业学院")
    made = []
    for number, title in enumerate(("老年人饮水照护", "中式面点", "手机摄影"), start=1):
        one = Submission.objects.create(
            call=call, organisation=unit, title=title, category="P2(3)", state="accepted", number=f"BLIND-{number:04d}"
        )
        one.latest = Version.objects.create(
            submission=one, index=1, door="web", name="课程包.zip", digest="0" * 64, size=1, received_at=at
        )
        one.save(update_fields=["latest"])
        made.append(
            Assignment.objects.create(
                call=call, submission=one, version=one.latest, expert=expert, means="hand", made_at=at
            )
        )
        BlindCopy.objects.create(
            call=call, submission=one, version=one.latest, alias=310 + number, title="" if number == 3 else title,
            words=WORDS, masks=[["示例职业学院", "供应单位"]], hidden=[["供应单位", 2], ["电话", 1]], asked_at=at,
            shown=[["1. 试水温", {"zh": "画面里的台标和人像，机器去不掉。", "en": "Logos and faces in the picture cannot be taken out."}]],
            made_at=None if number == 3 else timezone.now(),
        )  # fmt: skip
    _found(made[0], _parts(made[0]), people)
    _sheets(made)
    recount(call)
    return made


def _parts(assignment: Any) -> Any:
    import tempfile
    from io import BytesIO
    from pathlib import Path

    from ketang.platform.storage.actions import put_bytes, put_path
    from ketang.selection.scoring.blinding import Blinder
    from ketang.selection.scoring.copying import A_PROGRAM
    from ketang.selection.scoring.models import BlindCopy, BlindPage, BlindPart
    from ketang.selection.scoring.pdf_pages import drawn_pages
    from making import make_clip

    copy = BlindCopy.objects.get(version=assignment.version)
    with tempfile.TemporaryDirectory() as folder:
        film = put_path(make_clip(Path(folder) / "film.mp4", 8))
    captions = put_bytes("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n先洗手。\n".encode())
    lines = [{"start": "1.000", "end": "3.000", "text": "先洗手。"}]
    parts = [
        BlindPart(copy=copy, number=1, kind="video", chapter="饮水照护", title="试水温", seconds=8, stored=film, size=film.size,
                  content_type="video/mp4", captions=captions, transcript=lines),
        BlindPart(copy=copy, number=2, kind="text", chapter="饮水照护", title="饮水要点", text="少量多次，先试后喂。"),
        BlindPart(copy=copy, number=3, kind="simulation", title="模拟练习", text="一步一步：先洗手，再试水温。",
                  without={"zh": A_PROGRAM.zh, "en": A_PROGRAM.en}),
        BlindPart(copy=copy, number=4, kind="text", title="讲义", kept_pages=2),
    ]  # fmt: skip
    made = BlindPart.objects.bulk_create(parts)
    with drawn_pages(BytesIO(handout()), Blinder([("示例职业学院", "供应单位")])) as (pages, _count):
        BlindPage.objects.bulk_create(
            BlindPage(part=made[3], number=number, stored=put_path(one.picture), width=one.width, height=one.height, words=one.words)
            for number, one in enumerate(pages, start=1)
        )  # fmt: skip
    return made


def handout() -> bytes:
    """A handout of two pages that names its supplier."""
    from importlib.resources import files

    import typst

    words = (
        '#set text(font: "Noto Sans SC", lang: "zh", size: 15pt)\n#set page(paper: "a5")\n= 饮水照护讲义\n示例职业学院编\n\n'
        "+ 先洗手，再试水温。\n+ 少量多次，先试后喂。\n+ 喂完坐二十分钟。\n#pagebreak()\n= 练习\n两人一组，互相协助饮水。"
    )
    compiler = typst.Compiler(font_paths=[str(files("pylopdf_fonts_zh_cn"))], ignore_system_fonts=True)
    made: bytes = compiler.compile(input=words.encode())
    return made


def _found(assignment: Any, parts: Any, people: Any) -> None:
    """The report of the suite's trial with curves, as that of what was assigned."""
    from interface.places import check_curves
    from ketang.selection.checking.models import Check
    from ketang.selection.checking.queries import report_of
    from ketang.selection.ruling.models import Ruling

    trial = Check.objects.get(uuid=check_curves(people))
    report = report_of(trial)
    assert report is not None
    check = Check.objects.create(
        version=assignment.version, name="课程包.zip", digest=trial.digest, rulebooks=trial.rulebooks, state="done",
        report=trial.report, early_report=trial.report, verdict=trial.verdict, errors=trial.errors,
    )  # fmt: skip
    technical = [one for one in report.findings if any(clause.startswith("A") for _book, clause in one.clauses)]
    reasons = ("另有一份清楚的底本，已补交。", "示例职业学院来函说明过，确有杂音。")
    for one, kind, reason in zip(technical, ("dismiss", "confirm"), reasons, strict=False):
        Ruling.objects.create(
            submission=assignment.submission, check_of=check, kind=kind, fingerprint=one.fingerprint, reason=reason,
            said={"zh": one.message.zh, "en": one.message.en}, made_by=people["clerk"], signed_as="示例经办人员", role="clerk",
        )  # fmt: skip
    film = next(finding.at.path for finding in report.findings if finding.at.span is not None)
    parts[0].path = film
    parts[0].save(update_fields=["path"])


def _sheets(made: list[Any]) -> None:
    from datetime import UTC, datetime
    from decimal import Decimal

    from ketang.selection.scoring.actions import content_of
    from ketang.selection.scoring.models import Sheet, SubmittedSheet
    from ketang.selection.scoring.rubric import digest_of, weighted

    rubric = made[0].call.content.rubric
    begun = {
        "scores": {"standard": "8", "teaching": "7.5"}, "notes": {"teaching": "讲得清楚"},
        "moments": [{"part": 1, "second": 5, "words": "这里演示完整"}], "overall": "",
    }  # fmt: skip
    Sheet.objects.create(assignment=made[0], filled=begun, private="第二课再看一遍", revision=3, seconds=1380)
    before = None
    for index, media in enumerate(("5.5", "7"), start=1):
        scores = {**SCORES, "media": media}
        sheet = SubmittedSheet(
            assignment=made[1], call=made[1].call, submission=made[1].submission, index=index, scores=scores,
            notes={"media": "第二课有电流声"}, moments=[], overall="实用，适合初学。", rubric=rubric.model_dump(mode="json"),
            total=Decimal(weighted(rubric, scores)), signed_as="示例专家", submitted_at=datetime(2011, 9, 10 + index, tzinfo=UTC),
            supersedes=before, reason="" if before is None else "重看了第二课，电流声只有一处。",
        )  # fmt: skip
        sheet.digest = digest_of(content_of(sheet))
        sheet.save()
        before = sheet
