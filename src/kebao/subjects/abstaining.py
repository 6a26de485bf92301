"""Reasons that several rules give for not judging, said the same way everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, inapplicable, untested

if TYPE_CHECKING:
    from kebao.subjects.course import Video

ALONE = inapplicable("只检查一个文件，不是整个课程包。", "One file alone is checked, not a whole package.")
NO_RESOURCES = inapplicable(
    "没有课程学习资源，已作为缺少的部分报告。", "There are no learning resources; they are reported as a missing part."
)
NO_CATALOGUE = inapplicable(
    "没有课程目录，已作为缺少的部分报告。", "There is no catalogue; it is reported as a missing part."
)
FILE_UNUSABLE = inapplicable(
    "文件不在或打不开，已另外报告。", "The file is absent or cannot be opened; that is reported by itself."
)
NOT_UNDERSTOOD = untested(
    "填的内容没有读懂，已另外报告。", "What is filled in was not understood; that is reported by itself."
)
NOT_MEASURED = untested(
    "这次没有测量声音和画面（用了 --no-media，或文件解不开）。",
    "Sound and picture were not measured (--no-media was given, or the file could not be decoded).",
)
TITLE_EMPTY = inapplicable("没有名称，已另外报告。", "It has no name; that is reported by itself.")
NO_PICTURE = inapplicable("没有画面。", "There is no picture.")


def picture_unwatched(video: Video) -> Abstention:
    """Why a video's picture is not judged: there is none, the file is unusable, or nothing was measured."""
    if not isinstance(video.media, MediaFacts):
        return FILE_UNUSABLE
    return NO_PICTURE if video.media.video is None else NOT_MEASURED
