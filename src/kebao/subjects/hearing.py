"""The sound of a resource for a rule, or why there is none to judge; and the judgement that several rules on balance share."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.media.facts import MediaFacts
from kebao.media.hearing.balance import Balance, Kind
from kebao.model.finding import Abstention, Finding, Measured, inapplicable
from kebao.model.outcome import Outcome
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


def balance_of(resource: Timed) -> tuple[Listening, Balance] | Abstention:
    """Its sound with the speech held against what sounds behind it."""
    heard = listen(resource)
    if isinstance(heard, Abstention):
        return heard
    balance = heard.speech_balance
    return NO_PHRASES if balance is None else (heard, balance)


def balance_finding(
    resource: Timed, heard: Listening, balance: Balance, limit: float, outcome: Outcome = Outcome.FAILED
) -> Finding:
    """The words stand less than `limit` LU over what is behind them, from the first phrase to the last."""
    span = heard.span(balance.first, balance.end)
    return Finding(
        at=resource.at(span=span),
        evidence=(Measured("ratio", balance.ratio, limit=limit, unit="LU"), heard.loudness_curve(marks=(span,))),
        outcome=outcome,
    )


def out_of_proportion(
    resource: Timed, kind: Kind, *, fail_lu: float, ask_lu: float, margin_lu: float, sure_lu: float
) -> Iterator[Finding | Abstention]:
    """A finding when the words stand less than `ask_lu` over a background of this kind.

    Failed only below `fail_lu` less the error of the measurement (`margin_lu`), and where the pauses inside phrases are not
    `sure_lu` louder than the gaps between them: there soft words were taken for pauses.
    """
    found = balance_of(resource)
    if isinstance(found, Abstention):
        yield found
        return
    heard, balance = found
    if balance.kind != kind or balance.ratio >= ask_lu:
        return
    is_sure = balance.ratio < fail_lu - margin_lu and (balance.ducked is None or balance.ducked > -sure_lu)
    yield balance_finding(resource, heard, balance, ask_lu, Outcome.FAILED if is_sure else Outcome.CANT_TELL)
