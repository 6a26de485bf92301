"""A published course of every kind of lesson, to be carried away: its film is short and real, its rows are made directly."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from ketang.classroom.catalogue.article import article_of_html
from ketang.classroom.catalogue.models import Course, LessonFile
from ketang.classroom.offline.actions import ask
from ketang.classroom.offline.models import Choice, OfflinePackage, PackageState
from ketang.classroom.offline.queries import zip_of
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.models import StoredFile
from learning_rows import published_course
from making import make_clip

TITLE = "老年人饮水照护：入门/一"
CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:04.000\n先试水温。\n\n00:00:04.500 --> 00:00:20.000\n再慢慢喂。\n"
DESCRIPTIONS = "WEBVTT\n\n00:00:02.000 --> 00:00:05.000\n她用手腕内侧试水。\n"
LINES = [
    {"start": "0.500", "end": "4.000", "text": "先试水温。"}, {"start": "4.500", "end": "20.000", "text": "再慢慢喂。"},
]  # fmt: skip
TABLE = {"head": ["时间", "喝水（毫升）"], "rows": [["早上", "200"], ["中午", "150"]], "left_out": 0}
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\3\1\1\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"


def whole_course(folder: Path, seconds: int = 60) -> Course:
    """Film (captions, sign, description, chapters), recording, text, chart with a picture and a table to save, task, simulation."""
    film = put_bytes(make_clip(folder / "film.mp4", seconds).read_bytes())
    sign = put_bytes(make_clip(folder / "sign.mp4", seconds, size=(160, 120), channels=0).read_bytes())
    length = {"seconds": seconds, "counts_ms": seconds * 1000}
    picture = article_of_html('<figure><img src="files/1" alt="杯子"></figure><p>一天几杯水。</p>', lambda own: own)
    lessons: tuple[dict[str, Any], ...] = (
        {"kind": "video", "title": "试水温", "chapter": "饮水", "media": film, "content_type": "video/mp4", **length, "captions": put_bytes(CAPTIONS.encode()),
         "descriptions": put_bytes(DESCRIPTIONS.encode()), "sign": sign, "sign_type": "video/mp4", "transcript": LINES,
         "chapters": [{"start": "0.000", "text": "试"}, {"start": "4.500", "text": "喂"}], "text": "先试水温。再慢慢喂。", "stretches": [[0, seconds * 1000, "实操"]]},
        {"kind": "audio", "title": "听一听", "chapter": "饮水", "media": film, "content_type": "video/mp4", **length, "transcript": LINES},
        {"kind": "text", "title": "饮水要点", "text": "少量多次。\n\n不要太烫。", "counts_ms": 60_000},
        {"kind": "chart", "title": "一天喝多少", "text": "喝多少", "article": picture.html, "table": TABLE, "counts_ms": 120_000},
        {"kind": "task", "title": "任务单", "text": "喂一杯水。", "counts_ms": 600_000},
        {"kind": "simulation", "title": "选一选", "text": "一题：水温多少？", "counts_ms": 600_000},
    )  # fmt: skip
    course = published_course(TITLE, lessons)
    chart, game = course.lessons.get(kind="chart"), course.lessons.get(kind="simulation")
    LessonFile.objects.bulk_create(
        [
            LessonFile(lesson=chart, number=1, name="picture", file=put_bytes(PICTURE), content_type="image/png"),
            LessonFile(lesson=chart, number=2, name="表/喝水.csv", file=put_bytes(b"a,b\n")),
            LessonFile(lesson=game, number=1, name="页.html", file=put_bytes(b"<p>"), content_type="text/html"),
        ]
    )
    return course


def make_waiting() -> None:
    """Do the waiting work on packages, as a worker does."""
    while (job := Job.objects.filter(name="offline.make", state=JobState.WAITING).first()) is not None:
        run(str(job.uuid))


def made(course: Course, choice: Choice = Choice.P480) -> OfflinePackage:
    """Its package, made."""
    assert course.current is not None
    ask(course.current, choice)
    make_waiting()
    found = OfflinePackage.objects.get(edition=course.current, choice=choice)
    assert found.state == PackageState.MADE
    return found


def unzipped(package: OfflinePackage, ticket: str, folder: Path) -> Path:
    """The package with a ticket, unzipped; gives the folder of its pages."""
    whole = zip_of(package, ticket)
    content = b"".join(whole.read(0, whole.size - 1))
    assert len(content) == whole.size
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        opened.extractall(folder)
    return next(one for one in folder.iterdir() if one.is_dir())


def held() -> set[str]:
    """Digests of everything in the store."""
    return set(StoredFile.objects.values_list("digest", flat=True))
