"""Words of the look at a medium, shared by its forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kebao.model.finding import Measured
from kebao.model.location import Span
from kebao.model.medium import CaptionsSeen, Fact, MediumReport, Spectrum
from kebao.model.outcome import Outcome
from kebao.model.text import Language, Text
from kebao.report.curves import shown
from kebao.report.words import COLON, WORDS
from kebao.text.measures import percent_shown

_SAID: dict[str, Text] = {
    "look": Text(zh="音视频测量报告", en="Report on a video or recording"),
    "measured": Text(zh="声音和画面的测量", en="Sound and picture, measured"),
    "sound": Text(zh="声音", en="Sound"),
    "picture": Text(zh="画面", en="Picture"),
    "timeline": Text(zh="问题时间轴", en="Findings along the time"),
    "to_mend": Text(zh="要处理的问题", en="What to do"),
    "shots": Text(zh="镜头", en="Shots"),
    "keyframes": Text(zh="画面总览", en="Contact sheet"),
    "captions": Text(zh="字幕", en="Captions"),
    "speech": Text(zh="讲话", en="speech"),
    "speech_and_captions": Text(zh="讲话和字幕的时间", en="Speech and captions along the time"),
    "spectrum": Text(zh="频谱", en="Spectrum"),
    "band": Text(zh="频率", en="Frequency"),
    "level": Text(zh="电平（dB）", en="Level (dB)"),
    "hum": Text(zh="电流声", en="hum"),
    "passed": Text(zh="查过，没有这些问题：", en="Looked for, not found: "),
    "untested": Text(zh="未检查", en="Not tested"),
    "rest": Text(zh="其他检查", en="Other checks"),
    "file": Text(zh="文件", en="The file"),
    "bytes": Text(zh="大小", en="Size"),
    "open_at": Text(zh="从 {time} 打开", en="open at {time}"),
    "colour": Text(zh="平均颜色", en="mean colour"),
    "shown": Text(zh="下面只显示 {span} 这一段。", en="Only the stretch {span} is shown."),
    "shots_more": Text(
        zh="共 {n} 个镜头，只显示其中 {m} 个；全部在 JSON 里。",
        en="{n} shots, of which {m} are shown; the JSON holds all.",
    ),
}
_NONE = Text(zh="没有发现问题。", en="Nothing was found.")
_NO_ERRORS = Text(zh="没有必须改的问题", en="nothing that must be mended")
_UNMEASURED = Text(zh="只看了文件信息：", en="Container facts alone: ")
_UNCAPTIONED = Text(zh="没有字幕的讲话：{spans}", en="speech without captions: {spans}")
_SPANS_MOST = 8
_HUM = Text(zh="发现电流声：{hertz}", en="hum found at {hertz}")
_COVERED = Text(
    zh="{name}：{count} 条，覆盖讲话时间的 {covered}", en="{name}: {count} cues, covering {covered} of the speech"
)
_COUNTED = Text(zh="{name}：{count} 条", en="{name}: {count} cues")
_NUMBERS: dict[str, Text] = {
    "integrated": Text(zh="整体响度", en="integrated loudness"),
    "range": Text(zh="响度范围", en="loudness range"),
    "true_peak": Text(zh="真峰值", en="true peak"),
    "speech": Text(zh="讲话响度", en="loudness of speech"),
    "noise": Text(zh="背景杂音", en="background noise"),
}


def said(name: str, language: Language) -> str:
    """One of the page's own words."""
    return _SAID[name].to(language)


def told(name: str, language: Language, **values: object) -> str:
    """A sentence of the page with its values."""
    return _SAID[name].format(**values).to(language)


def found_sentence(report: MediumReport, language: Language) -> str:
    """What there is to do, counted."""
    counts = Counter(
        "cant_tell" if finding.outcome is Outcome.CANT_TELL else f"{finding.severity}" for finding in report.findings
    )
    names = {"error": "errors", "warning": "warnings", "cant_tell": "cant_tell", "advice": "advice"}
    parts = []
    for kind, word in names.items():
        if counts[kind]:
            name = WORDS[word].to(language)
            parts.append(
                f"{counts[kind]} {'条' if kind == 'advice' else '处'}{name}"
                if language == "zh"
                else f"{counts[kind]} {name}"
            )
    if parts and not counts["error"]:
        parts.insert(0, _NO_ERRORS.to(language))
    lead = _UNMEASURED.to(language) if report.not_measured is not None else ""
    if not parts:
        return lead + _NONE.to(language)
    return lead + (f"{'，'.join(parts)}。" if language == "zh" else f"{', '.join(parts)}.")


def number_words(value: Measured, language: Language) -> str:
    """A value of the whole medium with its name and unit."""
    name = _NUMBERS.get(value.name)
    words = shown(float(value.value))
    return COLON.format(name=name, value=f"{words} {value.unit}".strip()).to(language) if name else words


def number_name(value: Measured, language: Language) -> str:
    """What a value of the whole medium is called."""
    return _NUMBERS[value.name].to(language) if value.name in _NUMBERS else value.name


def counted(fact: Fact, language: Language) -> str:
    """A rule that did not judge, and why."""
    return COLON.format(name=fact.name, value=fact.value).to(language)


def covered_words(captions: CaptionsSeen, language: Language) -> str:
    """Captions in one sentence."""
    name = f"{captions.name} ({captions.language})" if captions.language else captions.name
    if captions.covered is None:
        return _COUNTED.format(name=name, count=captions.count).to(language)
    return _COVERED.format(name=name, count=captions.count, covered=percent_shown(captions.covered)).to(language)


def uncaptioned_words(captions: CaptionsSeen, speech: Sequence[Span], language: Language) -> str:
    """Stretches of speech of two seconds and more that no caption covers; empty where there are none."""
    bare = [span for span in without(speech, captions.stretches) if span.seconds >= 2]
    if not bare:
        return ""
    joined = ("、" if language == "zh" else ", ").join(str(span) for span in bare[:_SPANS_MOST])
    more = "……" if len(bare) > _SPANS_MOST else ""
    return _UNCAPTIONED.format(spans=joined + more).to(language)


def without(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of the spans where the others are taken out; both sorted."""
    left = []
    for span in spans:
        start = span.start
        for other in taken:
            if other.end <= start or other.start >= span.end:
                continue
            if other.start > start:
                left.append(Span(start, other.start))
            start = max(start, other.end)
        if start < span.end:
            left.append(Span(start, span.end))
    return left


def hertz(value: float) -> str:
    """A frequency for the eye."""
    return f"{shown(value / 1000)} kHz" if value >= 1000 else f"{value:.0f} Hz"


def hum_words(spectrum: Spectrum, language: Language) -> str:
    """The hum that was found."""
    joined = ("、" if language == "zh" else ", ").join(hertz(tone.hertz) for tone in spectrum.hum)
    return _HUM.format(hertz=joined).to(language)
