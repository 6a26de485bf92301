"""A public course of the suite's instance with a lesson of each kind."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

TEXT = """# 面团怎么揉

先把手洗干净，再把面粉过一遍筛。

## 三步

1. 和面：水分三次加。
2. 揉面：用掌根推出去，再折回来。
3. 醒面：盖上湿布。

## 多少水

| 面粉（克） | 水（克） | 做什么 |
|---|---|---|
| 300 | 150 | 馒头 |
| 300 | 135 | 手擀面 |

## 怎样算好

> 面团不粘手、不粘盆，就是揉好了。
"""
TASK = """# 任务：揉一团面

- [ ] 面粉 300 克
- [ ] 温水 150 克

做好以后，拍一张面团的照片，写一句：醒了多少分钟。
"""
TABLE = {
    "head": ["时间", "面团有多高（厘米）", "温度"],
    "rows": [["开始", "6", "28"], ["20 分钟", "7.5", "28"], ["40 分钟", "9", "27.5"], ["60 分钟", "11", "27"]], "left_out": 0,
}  # fmt: skip


def kinds_course(people: Any) -> str:
    """Its address."""
    return str(_course(people).uuid)


def _finish(account: Any, course: Any) -> None:
    """All of the film and the task is counted: what the suite itself plays and reads changes nothing."""
    from uuid import UUID

    from ketang.classroom.learning.actions import report
    from ketang.classroom.learning.crediting import Read, Watched
    from ketang.classroom.learning.tickets import Ticket, now_ms

    now = now_ms()
    begun = now - 3_600_000
    for number, (kind, entry) in enumerate(
        (("audio", Watched(1, begun, 0, 8000, 100)), ("task", Read(1, begun, 600_000)))
    ):
        lesson = course.lessons.get(kind=kind)
        ticket = Ticket(account.pk, lesson.pk, lesson.thread, begun)
        report(ticket=ticket, sitting=UUID(int=7_000 + number), entries=[entry], now=now - 60_000 + number)


def noted(people: Any) -> str:
    """A note of the learner's, on the lesson that is heard; there is another without a moment."""
    from ketang.classroom.notes.actions import write_note
    from ketang.classroom.notes.models import Note

    lesson = _course(people).lessons.select_related("edition").get(order=2)
    if not Note.objects.exists():
        for who in ("learner", "supplier"):
            write_note(account=people[who], lesson=lesson, words="淡淡的酒香，不是酸味。\n酸了就是过了。", at="0:03")
            write_note(account=people[who], lesson=lesson, words="明天在家试一次。")
        _finish(people["supplier"], _course(people))
    return str(Note.objects.order_by("pk")[0].uuid)


def _works(people: Any) -> Any:
    """The learner's work on the task: done again once, and waiting; both of a minute that does not change."""
    from datetime import UTC, datetime

    from ketang.classroom.tasks.actions import hand_in, mark
    from ketang.classroom.tasks.models import Work

    if not Work.objects.exists():
        sheet = _course(people).lessons.select_related("edition").get(kind="task")
        first = hand_in(learner=people["learner"], lesson=sheet, words="醒了 20 分钟。", files=[_photograph()])
        mark(
            actor=people["clerk"],
            work=first,
            passed=False,
            comment="面还没有醒够，按一下会回弹。再醒 20 分钟，拍一张按过的照片。",
        )
        hand_in(
            learner=people["learner"],
            lesson=sheet,
            words="又醒了 25 分钟，按下去不回弹了。",
            files=[_photograph(), _recording()],
        )
        at = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
        Work.objects.update(sent_at=at)
        Work.objects.filter(pk=first.pk).update(
            marked_at=at, seen_at=at
        )  # else pages of my learning told of it until one was opened
    return Work.objects.order_by("pk")


def work(people: Any) -> str:
    """The one that waits."""
    return str(_works(people)[1].uuid)


def work_marked(people: Any) -> str:
    """The one to be done again."""
    return str(_works(people)[0].uuid)


def _photograph() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(_picture())).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def _recording() -> bytes:
    """A second of silence."""
    import io
    import wave

    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"\0\0" * 8000)
    return out.getvalue()


def _course(people: Any) -> Any:
    from datetime import UTC, datetime

    from ketang.classroom.catalogue.actions import show
    from ketang.classroom.catalogue.models import Course
    from ketang.classroom.catalogue.own import begin_own
    from ketang.classroom.catalogue.preparing import Prepared, put_in
    from ketang.platform.storage.actions import put_bytes

    if (standing := Course.objects.filter(title="面点制作入门").first()) is not None:
        return standing
    stored = put_bytes(b"a package of dough that nobody opens")
    made = begin_own(
        actor=people["clerk"], title="面点制作入门", supplier="示例残联", name="面点.zip", digest=stored.digest
    )
    lessons, files = _lessons()
    put_in(made.editions.get(), Prepared(lessons, "从揉面开始。", files=files))
    made.refresh_from_db()
    show(actor=people["clerk"], course=made, despite="示例课程，不必检查。")
    Course.objects.filter(pk=made.pk).update(published_at=datetime(2026, 1, 5, tzinfo=UTC))
    return made


def _lessons() -> tuple[list[Any], list[Any]]:
    from ketang.classroom.catalogue.article import article_of_html, article_of_markdown, article_of_text
    from ketang.classroom.catalogue.models import Lesson, LessonFile
    from ketang.platform.storage.actions import put_bytes, put_path
    from making import make_clip

    with tempfile.TemporaryDirectory() as folder:
        film = put_path(make_clip(Path(folder) / "film.mp4", 8))
    told, task = article_of_markdown(TEXT), article_of_markdown(TASK)
    chapters = [{"start": "0.000", "text": "看"}, {"start": "3.500", "text": "按"}]
    spoken = article_of_text("面醒好了，会有淡淡的酒香。\n用手指按一下，不回弹就可以了。")
    lines = [
        {"start": "1.000", "end": "3.000", "text": "面醒好了，会有淡淡的酒香。"}, {"start": "4.000", "end": "7.000", "text": "用手指按一下，不回弹就可以了。"},
    ]  # fmt: skip
    picture = article_of_html(
        '<figure><img src="files/1" alt="面团慢慢变高的照片"></figure><p>温度高，醒得快。</p>', lambda own: own
    )
    chart = Lesson(
        kind="chart",
        order=3,
        chapter="醒面",
        title="面团长多高",
        text="面团有多高",
        article=picture.html,
        table=TABLE,
        counts_ms=120_000,
    )
    lessons = [
        Lesson(kind="text", order=1, chapter="揉面", title="面团怎么揉", text=told.words, article=told.html, counts_ms=120_000,
               stretches=[[0, 120_000, "讲授"]]),
        Lesson(kind="audio", order=2, chapter="醒面", title="听：面醒好了没有", seconds=8, media=film, content_type="video/mp4", transcript=lines, chapters=chapters,
               text=spoken.words, article=spoken.html, counts_ms=8000, stretches=[[0, 8000, "讲授"]]),
        chart,
        Lesson(kind="task", order=4, chapter="实操", title="揉一团面 · 任务单", text=task.words, article=task.html, counts_ms=600_000,
               stretches=[[0, 600_000, "实操"]]),
    ]  # fmt: skip
    words = article_of_text("一题：面团醒多久？天热 40 分钟，天冷要一个小时。")
    game = Lesson(
        kind="simulation",
        order=5,
        chapter="醒面",
        title="选一选：醒多久",
        text=words.words,
        article=words.html,
        counts_ms=600_000,
    )
    lessons.append(game)
    page = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>醒多久</title><body style="font-family:sans-serif"><h1>天热的时候，面团醒多久？</h1><p>40 分钟</p>'
    files = [
        LessonFile(
            lesson=game,
            number=1,
            name="仿真/页.html",
            file=put_bytes(page.encode()),
            content_type="text/html; charset=utf-8",
        ),
        LessonFile(lesson=chart, number=1, name="picture", file=put_bytes(_picture()), content_type="image/png"),
        LessonFile(lesson=chart, number=2, name="面团.csv", file=put_bytes("时间,面团有多高（厘米）,温度\n".encode())),
    ]
    return lessons, files


def _picture() -> bytes:
    import io

    from PIL import Image, ImageDraw

    image, out = Image.new("RGB", (640, 300), "#f3efe2"), io.BytesIO()
    pen = ImageDraw.Draw(image)
    for place, height in enumerate((60, 90, 130, 180)):
        pen.ellipse(
            (40 + place * 150, 250 - height, 150 + place * 150, 250), fill="#e0c68f", outline="#7a5b1e", width=3
        )
    image.save(out, "PNG")
    return out.getvalue()
