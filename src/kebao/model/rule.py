"""A rule: names one fault, reads the facts of a subject, yields findings.

Limits are keyword-only arguments without defaults; their values stand in a rulebook, never in code. The decorated
function is replaced by a `Rule`, so that a rule without title, rationale, message, mend or examples does not import.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.text import Text

Yielded = Finding | Abstention


@dataclass(frozen=True)
class Example:
    """A subject made by `make()` with the outcome that the rule must give for it.

    `limits` stand in for the rulebook's in this example alone; a limit that is not named comes from the rulebook that
    first binds the rule.
    """

    make: Callable[[], Any]
    outcome: Outcome
    says: str = ""  # what the example shows, for the rule's page; Chinese
    limits: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """One rule with all that its page, its report line and its tests need."""

    id: str
    clauses: tuple[str, ...]
    severity: Severity
    title: Text
    rationale: Text
    message: Text
    mend: Text
    looks_at: type
    examples: tuple[Example, ...]
    judge: Callable[..., Iterator[Yielded]]
    limits: tuple[str, ...]
    area: str
    cant_tell: Text | None = None

    def __call__(self, subject: Any, **limits: Any) -> Iterator[Yielded]:
        """Judge one subject."""
        return self.judge(subject, **limits)


def rule(
    *,
    id: str,  # noqa: A002  the word that the rulebook and the report use
    clauses: tuple[str, ...],
    severity: Severity,
    title: Text,
    rationale: Text,
    message: Text,
    mend: Text,
    looks_at: type,
    examples: tuple[Example, ...],
    cant_tell: Text | None = None,
) -> Callable[[Callable[..., Iterator[Yielded]]], Rule]:
    """Turn a generator function into a `Rule`.

    Args:
        id: the file's name with hyphens; also the id in reports and rulebooks.
        clauses: ids of the clauses it serves in the texts that ship (`A2(2).3`, `1.2.2`, `M2.1`).
        severity: how binding, unless a rulebook's binding says otherwise.
        title: the fault in a few words.
        rationale: why the clause matters to learners or to the office.
        message: one sentence; placeholders are names of evidence, `limit`, `title`, `path`, or keys of `values`.
        mend: what to do about it, in words a teacher understands.
        looks_at: the class of subject.
        examples: at least one that passes and one that does not.
        cant_tell: written criteria for answering `cantTell`; demanded where an example has that outcome.

    Raises:
        ValueError: something of the above is missing or does not fit.
    """

    def wrap(function: Callable[..., Iterator[Yielded]]) -> Rule:
        module = inspect.getmodule(function)
        path = PurePath(inspect.getfile(function))
        if module is not None and module.__name__.startswith("kebao.rules.") and path.stem != id.replace("-", "_"):
            raise ValueError(f"rule {id!r} stands in {path.name}; file name and id must agree")
        outcomes = {example.outcome for example in examples}
        if Outcome.PASSED not in outcomes or not outcomes & {Outcome.FAILED, Outcome.CANT_TELL}:
            raise ValueError(f"rule {id!r} needs an example that passes and one that fails")
        if Outcome.CANT_TELL in outcomes and cant_tell is None:
            raise ValueError(f"rule {id!r} may answer cantTell, so it needs written criteria")
        for text in (message, mend):
            _ = text.placeholders  # raises where the languages disagree
        parameters = list(inspect.signature(function).parameters.values())
        if len([p for p in parameters if p.kind is not p.KEYWORD_ONLY]) != 1:
            raise ValueError(f"rule {id!r} takes one subject, and limits by keyword")
        if any(p.default is not p.empty for p in parameters):
            raise ValueError(f"rule {id!r}: limits have no default here; they stand in the rulebook")
        return Rule(
            id=id,
            clauses=clauses,
            severity=severity,
            title=title,
            rationale=rationale,
            message=message,
            mend=mend,
            looks_at=looks_at,
            examples=examples,
            judge=function,
            limits=tuple(p.name for p in parameters if p.kind is p.KEYWORD_ONLY),
            area=path.parent.name,
            cant_tell=cant_tell,
        )

    return wrap
