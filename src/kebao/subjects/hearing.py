"""The sound of a resource for a rule, or why there is none to judge."""

from __future__ import annotations

from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, inapplicable
from kebao.subjects.abstaining import FILE_UNUSABLE, NOT_MEASURED
from kebao.subjects.course import Timed
from kebao.subjects.listening import Listening

NO_SOUND = inapplicable("没有声音。", "It has no sound.")
NO_SPEECH = inapplicable("没有听到讲话。", "No speech is heard in it.")
NO_PHRASES = inapplicable(
    "没有分得清的讲话和停顿，无从比较。", "There are no phrases with gaps between them to compare."
)
ONE_CHANNEL = inapplicable("只有一个声道。", "It has one channel alone.")


def listen(resource: Timed) -> Listening | Abstention:
    """Its sound as measured."""
    if not isinstance(resource.media, MediaFacts):
        return FILE_UNUSABLE
    if not resource.media.audio:
        return NO_SOUND
    return resource.listening or NOT_MEASURED


def listen_to_speech(resource: Timed) -> Listening | Abstention:
    """Its sound, where there is speech enough to compare with."""
    heard = listen(resource)
    if isinstance(heard, Abstention) or heard.is_spoken:
        return heard
    return NO_SPEECH
