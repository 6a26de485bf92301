"""Rows as xAPI 1.0.3 statements. Pure: the same row gives the same statement, with the same identity, on every try.

A learner is an account of this site, named by a number that says nothing: no name, no login, no address leaves the house.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

VERBS = "http://adlnet.gov/expapi/verbs/"
KINDS = "http://adlnet.gov/expapi/activities/"
EARNED = "http://id.tincanapi.com/verb/earned"
CERTIFICATE = "https://www.opigno.org/en/tincan_registry/activity_type/certificate"
VERSION = "1.0.3"
LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Thing:
    """A course, a lesson, a paper: its address, its kind (an IRI) and its name."""

    address: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Score:
    """Points reached, points there are, and whether they pass."""

    got: Decimal
    most: Decimal
    passed: bool


def statement(
    *,
    origin: str,
    source: str,
    learner: uuid.UUID,
    verb: str,
    of: Thing,
    inside: Thing | None,
    at: datetime,
    score: Score | None = None,
    used_ms: int | None = None,
    registration: uuid.UUID | None = None,
) -> dict[str, Any]:
    """A statement.

    Args:
        origin: of this site, `https://…`, which names its accounts.
        source: of which row it tells; its identity is made of it.
        learner: number of the account.
        verb: an IRI, or the last word of one of ADL's.
        of: what was done.
        inside: the course that it is part of.
        at: when.
        score: of an exam.
        used_ms: milliseconds that counted; None where nobody measured.
        registration: of the attempt.
    """
    address = verb if "://" in verb else f"{VERBS}{verb}"
    told: dict[str, Any] = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{origin}#{source}")),
        "actor": {"objectType": "Agent", "account": {"homePage": origin, "name": str(learner)}},
        "verb": {"id": address, "display": {"en-US": address.rsplit("/", 1)[1]}},
        "object": _activity(of),
        "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    result: dict[str, Any] = {}
    if score is not None:
        result = {
            "score": {
                "raw": float(score.got), "min": 0, "max": float(score.most),
                "scaled": float(round(score.got / score.most, 4)) if score.most else 0.0,
            },
            "success": score.passed,
        }  # fmt: skip
    if score is not None or verb == "completed":
        result["completion"] = True
    if used_ms:
        result["duration"] = f"PT{used_ms / 1000:.2f}S"
    if result:
        told["result"] = result
    context: dict[str, Any] = {"platform": "Ketang", "language": LANGUAGE}
    if inside is not None:
        context["contextActivities"] = {"parent": [_activity(inside)]}
    if registration is not None:
        context["registration"] = str(registration)
    return told | {"context": context, "version": VERSION}


def _activity(thing: Thing) -> dict[str, Any]:
    return {
        "objectType": "Activity", "id": thing.address,
        "definition": {"type": thing.kind, "name": {LANGUAGE: thing.name}},
    }  # fmt: skip
