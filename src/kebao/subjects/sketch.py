"""Small packages in memory, for the examples of rules: a conforming course, changed in a few words.

`course()` is a package with which no rule finds fault; every argument replaces one part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kebao.captions.cue import Captions, Cue
from kebao.captions.reading import read_captions
from kebao.media.facts import AudioFacts, MediaFacts, VideoFacts
from kebao.media.measurement import Measurement
from kebao.media.mouths import Mouth
from kebao.media.shown_text import ShownText
from kebao.model.location import Span
from kebao.model.text import Text
from kebao.package.manifest import Manifest
from kebao.questions.model import Question, QuestionKind, QuestionPaper, Source
from kebao.subjects.captions import CaptionTrack
from kebao.subjects.course import Package, Paper, QuestionSubject, Resource, Video
from kebao.subjects.facts import AUDIO_SUFFIXES, MEDIA_SUFFIXES, Fault, ImageFacts


@dataclass(frozen=True)
class SketchedFile:
    """A file in a sketch: what would be known of it."""

    size: int = 1000
    seconds: float | Fraction | None = None
    width: int = 1280
    height: int = 720
    fps: Fraction = Fraction(25)
    sample_rate: int = 48000
    channels: int = 2
    text: str = ""
    fault: Fault | None = None
    digest: str = ""
    measured: Callable[[], Measurement | Fault] | None = None
    subtitles: tuple[Captions, ...] = ()
    encoding: str = "utf-8"
    shown_text: tuple[ShownText, ...] | None = None
    mouths: tuple[Mouth, ...] | None = None


@dataclass(frozen=True)
class SketchedFacts:
    """`Facts` from a dictionary of sketched files."""

    files: Mapping[str, SketchedFile] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file, sorted."""
        return tuple(sorted(self.files))

    def exists(self, path: str) -> bool:
        """Whether it is in the sketch."""
        return path in self.files

    def nearest(self, path: str) -> str | None:
        """A file whose path differs only by case or slashes."""
        wanted = path.replace("\\", "/").casefold()
        return next((known for known in self.paths if known.casefold() == wanted and known != path), None)

    def size(self, path: str) -> int:
        """Bytes."""
        return self.files[path].size if path in self.files else 0

    def digest(self, path: str) -> str:
        """The sketched digest."""
        return self.files[path].digest if path in self.files else ""

    def media(self, path: str) -> MediaFacts | Fault:
        """Facts made from the sketched seconds and size."""
        file = self.files.get(path)
        if file is None or file.fault or file.seconds is None:
            return (file and file.fault) or Fault("no-media", Text(zh="不是音视频", en="not a medium"))
        video = None
        if any(path.lower().endswith(suffix) for suffix in MEDIA_SUFFIXES - AUDIO_SUFFIXES):
            video = VideoFacts("h264", file.width, file.height, file.fps)
        sound = (AudioFacts("aac", file.sample_rate, file.channels),) if file.channels else ()
        seconds = Fraction(file.seconds).limit_denominator(1000)
        return MediaFacts("mov", seconds, video, sound, len(file.subtitles))

    def measurement(self, path: str) -> Measurement | Fault | None:
        """The sketched measurement."""
        file = self.files.get(path)
        return (file.fault or (file.measured and file.measured())) if file is not None else None

    def captions(self, path: str) -> Captions | Fault:
        """The sketched words, read as captions."""
        found = self.fault(path) or self.text(path)
        return found if isinstance(found, Fault) else read_captions(found, self.files[path].encoding)

    def subtitles(self, path: str) -> tuple[Captions, ...] | Fault:
        """The sketched tracks."""
        return self.files[path].subtitles if path in self.files else ()

    def shown_text(self, path: str, moments: tuple[Fraction, ...]) -> tuple[ShownText, ...] | Fault | None:
        """The sketched lines in turn, one at each moment asked for."""
        lines = self.files[path].shown_text if path in self.files else None
        if not lines:
            return lines
        return tuple(replace(lines[n % len(lines)], at=moment) for n, moment in enumerate(moments))

    def mouths(self, path: str, spans: tuple[Span, ...]) -> tuple[Mouth, ...] | Fault | None:
        """The sketched mouths, whichever stretches are asked for."""
        return self.files[path].mouths if spans and path in self.files else None

    def image(self, path: str) -> ImageFacts | Fault:
        """A picture of the sketched size."""
        file = self.files.get(path)
        if file is None or file.fault:
            return (file and file.fault) or Fault("missing", Text(zh="没有这个文件", en="no such file"))
        return ImageFacts("png", file.width, file.height)

    def text(self, path: str) -> str | Fault:
        """The sketched words."""
        return (
            self.files[path].text
            if path in self.files
            else Fault("missing", Text(zh="没有这个文件", en="no such file"))
        )

    def fault(self, path: str) -> Fault | None:
        """The sketched fault."""
        return self.files[path].fault if path in self.files else None


def question(kind: str = "single", serial: int = 1, **changes: Any) -> Question:
    """A sound question of a kind (`single`, `multiple`, `truefalse`); `serial` makes its stem its own."""
    stems = {"single": "喂水前先做什么", "multiple": "下列哪些是试温方法", "truefalse": "水温要先试再喂"}
    fields: dict[str, Any] = {
        "number": str(serial),
        "kind": QuestionKind(kind),
        "stem": f"{stems.get(kind, '题目')}（情形 {serial}）？",
        "options": () if kind == "truefalse" else ("洗手", "关灯", "滴在手腕内侧", "看电视"),
        "answer": {"single": ("A",), "multiple": ("A", "C"), "truefalse": ("对",)}.get(kind, ()),
        "score": Decimal(2),
        "explanation": "先洗手，再试温。",
        "topic": "试温",
        "lesson": ("职业守则", "试温与防烫", "协助饮水")[serial % 3],
    }
    return Question(**{**fields, **changes, "source": Source("", "试题", serial + 1, "")})


def paper(first: int = 1, count: int = 50, **changes: Any) -> QuestionPaper:
    """A sound paper of `count` questions of two points each, numbered in the stems from `first`."""
    kinds = ("single", "single", "multiple", "truefalse")
    questions = tuple(
        question(kinds[n % len(kinds)], n, number=str(n - first + 1)) for n in range(first, first + count)
    )
    fields: dict[str, Any] = {"questions": questions, "total": None, "pass_mark": None}
    return QuestionPaper(**{**fields, **changes})


def _base() -> dict[str, Any]:
    title, unit = "老年人饮水照护入门", "天津市晴禾职业培训学校"
    video = {"kind": "video", "captions": "", "licence": "本单位自有"}
    return {
        "kebao": 1, "id": "yinshui", "version": "1", "title": title, "categories": ["P2(3)"],
        "occupation": {
            "name": "养老护理员", "code": "4-10-01-05", "level": "五级", "scope": "模块", "module": "饮水照护",
            "standard": {"name": "养老护理员国家职业技能标准", "code": "4-10-01-05", "edition": "2019年版"},
        },
        "supplier": {"kind": "单位", "name": unit, "introduction": "材料/单位简介.md"},
        "audience": "初学的养老护理人员和家庭照护者", "content": "饮水照护的守则、试温、协助饮水与记录", "hours": "1.0",
        "intro": (
            "课程名称：老年人饮水照护入门。总学时 1.0。课程目录：职业守则、试温与防烫、协助饮水。"
            "适用学习对象：初学的养老护理人员。主要学习内容：守则、试温、协助饮水。"
        ),
        "catalogue": [{"id": "c1", "title": "饮水照护", "hours": "1.0", "children": [
            {"id": "k1", "title": "职业守则", "hours": "0.1", "use": ["v1"]},
            {"id": "k2", "title": "试温与防烫", "hours": "0.2", "use": ["v2", "t1"]},
            {"id": "k3", "title": "协助饮水", "hours": "0.6", "use": ["v3"]},
        ]}],
        "resources": [
            {**video, "id": "v1", "role": "素养", "title": "尊重老人", "path": "视频/尊重老人.mp4", "captions": "视频/尊重老人.vtt", "transcript": "文本/尊重老人文字稿.md"},
            {**video, "id": "v2", "role": "演示", "title": "试水温", "path": "视频/试水温.mp4", "captions": "视频/试水温.vtt", "transcript": "文本/试水温文字稿.md"},
            {**video, "id": "v3", "role": "实操", "title": "协助坐位饮水", "path": "视频/协助坐位饮水.mp4",
             "captions": "视频/协助坐位饮水.vtt", "transcript": "文本/协助坐位饮水文字稿.md", "task_sheet": "文本/任务单.md"},
            {"kind": "text", "id": "t1", "role": "讲授", "title": "饮水要点", "path": "文本/饮水要点.md", "minutes": "1", "licence": "本单位自有"},
        ],
        "papers": [{"id": f"p{n}", "title": f"试卷{n}", "path": f"试卷/试卷{n}.xlsx", "total": "100", "pass_mark": "60"} for n in (1, 2, 3)],
        "rights": [{"what": "全部视频", "kind": "视频素材", "used_in": "v1 v2 v3", "owner": unit, "own": True, "licence": "自有", "evidence": "材料/版权承诺书.docx", "citation": "本单位录制"}],
        "form": {
            "title": title, "own_rights": True, "digital_skills": False, "unit": unit, "contact": "教务处", "position": "经办",
            "phone": "022-28000000", "email": "course@qinghe.example.com", "address": "天津市河西区示例路 1 号",
            "introduction": {
                "source": "本单位自行录制。", "occupation": "养老护理员。", "standard": "养老护理员国家职业技能标准（2019年版）。",
                "outline": "守则、试温、协助饮水三部分。", "teachers": "本单位专职教师。", "resources": "视频、文本、考题。",
                "format": "线上自学。", "process": "先学守则，再看演示，最后实操。", "hours": "总学时 1.0。", "picture": "1280×720，画面稳定。",
            },
            "remark": "",
        },
        "materials": {"form": "材料/基本情况表.docx", "undertaking": "材料/版权承诺书.docx"},
        "free_use": {"agreed": True, "by": unit, "on": "2023-08-01"},
    }  # fmt: skip


def _captions(topic: str) -> str:
    return f"WEBVTT\n\n00:01.000 --> 00:03.500\n{topic}\n\n00:04.000 --> 00:06.000\n讲话和画面\n"


BASE_FILES: Mapping[str, SketchedFile] = {
    "视频/尊重老人.mp4": SketchedFile(seconds=300), "视频/尊重老人.vtt": SketchedFile(text=_captions("尊重老人")), "文本/尊重老人文字稿.md": SketchedFile(text="尊重老人的讲话和画面。"),
    "视频/试水温.mp4": SketchedFile(seconds=600), "视频/试水温.vtt": SketchedFile(text=_captions("试水温")), "文本/试水温文字稿.md": SketchedFile(text="试水温的讲话和画面。"),
    "视频/协助坐位饮水.mp4": SketchedFile(seconds=1800), "视频/协助坐位饮水.vtt": SketchedFile(text=_captions("协助坐位饮水")), "文本/协助坐位饮水文字稿.md": SketchedFile(text="协助坐位饮水的讲话和画面。"),
    "文本/任务单.md": SketchedFile(text="步骤：一、洗手。二、试温。材料：水杯、温度计。验收标准：老人坐稳，不呛咳。"),
    "文本/饮水要点.md": SketchedFile(text="少量多次，先试后喂。"),
    "试卷/试卷1.xlsx": SketchedFile(), "试卷/试卷2.xlsx": SketchedFile(), "试卷/试卷3.xlsx": SketchedFile(),
    "材料/单位简介.md": SketchedFile(text="本校从事养老护理培训。"),
    "材料/基本情况表.docx": SketchedFile(text="网络课程资源基本情况表"),
    "材料/版权承诺书.docx": SketchedFile(text="本单位承诺拥有版权。"),
}  # fmt: skip


def course(
    *,
    files: Mapping[str, SketchedFile | None] | None = None,
    papers: Mapping[str, QuestionPaper | Fault] | None = None,
    listed: list[dict[str, Any]] | None = None,
    package: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Package:
    """A conforming package of 2 760 s (1.0 学时), changed.

    Args:
        files: files to add, replace, or (None) take away.
        papers: papers to replace by path, as read.
        listed: rows of the manifest's list of papers, all of them, to replace.
        package: fields of `Package` to replace (`name`, `occupations`, `form_document` …).
        changes: top-level fields of the manifest to replace; a dict is merged one level deep.
    """
    described = _base()
    if listed is not None:
        described["papers"] = listed
    for key, value in changes.items():
        merge = isinstance(value, dict) and isinstance(described.get(key), dict)
        described[key] = {**described[key], **value} if merge else value
    known = {**BASE_FILES, **(files or {})}
    bank: dict[str, QuestionPaper | Fault] = {
        f"试卷/试卷{n}.xlsx": paper(first=1000 * n, path=f"试卷/试卷{n}.xlsx") for n in (1, 2, 3)
    }
    return Package(
        manifest=Manifest.model_validate(described),
        facts=SketchedFacts({path: file for path, file in known.items() if file is not None}),
        question_papers={**bank, **(papers or {})},
        **{"name": "网络课程+天津市晴禾职业培训学校+老年人饮水照护入门", **(package or {})},
    )


def clip(*, minutes: float = 10, role: str | None = "讲授", **changes: Any) -> Resource:
    """One video of that length and role, the only resource of a course; `changes` are fields of its entry."""
    entry = {"id": "v", "kind": "video", "role": role, "title": "洗手", "path": "视频/洗手.mp4", **changes}
    made = course(resources=[entry], files={entry["path"]: SketchedFile(seconds=Fraction(str(minutes)) * 60)})
    return made.resources[0]


def paper_of(*questions: Question, **changes: Any) -> Paper:
    """A paper with just these questions, the first of a course; `changes` are fields of its manifest entry."""
    path = "试卷/试卷1.xlsx"
    entry = {"id": "p1", "title": "试卷1", "path": path, **changes}
    made = course(papers={path: QuestionPaper(path=path, questions=questions)})
    listed = (made.manifest.papers[0].model_copy(update=entry), *made.manifest.papers[1:])
    made.manifest = made.manifest.model_copy(update={"papers": listed})
    return made.papers[0]


def one_question(kind: str = "single", **changes: Any) -> QuestionSubject:
    """One question alone in its paper; `changes` are its fields."""
    return paper_of(question(kind, **changes)).subjects[0]


def listed(*titles: str, **changes: Any) -> Package:
    """A course whose catalogue is a flat list of lessons of these titles, 0.1 学时 each; `changes` are fields of every lesson."""
    fields = {"hours": "0.1", "use": ["v1"], **changes}
    return course(catalogue=[{"id": f"k{n}", "title": title, **fields} for n, title in enumerate(titles, start=1)])


def with_music(**changes: Any) -> Package:
    """A course whose rights list holds one piece of somebody else's music, with its authorisation; `changes` are fields of that row."""
    music = {
        "what": "片头音乐", "kind": "音乐", "used_in": "v1", "owner": "晨光音乐工作室", "own": False,
        "licence": "书面授权", "evidence": "材料/音乐授权书.pdf", "citation": "晨光音乐工作室《清晨》",
    }  # fmt: skip
    return course(rights=[{**music, **changes}], files={"材料/音乐授权书.pdf": SketchedFile()})


def captioned(*cues: tuple[float, float, str], text: str | None = None, **changes: Any) -> CaptionTrack:
    """The captions of a video of ten minutes.

    Args:
        cues: start and end in seconds, and the words with line breaks.
        text: the whole file instead of cues.
        changes: fields of the sketched captions file.
    """
    written = (
        text
        if text is not None
        else "WEBVTT\n\n" + "".join(f"{_stamp(start)} --> {_stamp(end)}\n{words}\n\n" for start, end, words in cues)
    )
    made = course(files={"视频/试水温.vtt": SketchedFile(**{"text": written, **changes})})
    video = made.resources[1]
    assert isinstance(video, Video)  # noqa: S101  the sketch says so
    return video.captions[0]


def subtitled(*languages: str) -> CaptionTrack:
    """The captions of a video that holds one track for each language beside its file; an empty word states none."""
    track = (Cue(Fraction(1), Fraction(3), ("先洗手",)),)
    inside = tuple(Captions(track, "mov_text", language=language) for language in languages)
    made = course(files={"视频/试水温.mp4": SketchedFile(seconds=600, subtitles=inside)})
    video = made.resources[1]
    assert isinstance(video, Video)  # noqa: S101  the sketch says so
    return video.captions[-1]


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    return f"{thousandths // 3_600_000:02d}:{thousandths // 60_000 % 60:02d}:{thousandths // 1000 % 60:02d}.{thousandths % 1000:03d}"
