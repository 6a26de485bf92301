"""What a snapshot says, and its canonical bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

FORMAT = "kebao.snapshot/1"
"""Name of the format; it stands first in the file and is signed with the rest."""


def _moment(value: str) -> str:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or moment.isoformat(timespec="microseconds") != value:
        raise ValueError("write a moment as 2023-08-31T23:59:59.000000+08:00")
    return value


Moment = Annotated[str, AfterValidator(_moment)]
"""ISO 8601 with microseconds and the offset of the call's time zone at that moment."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Signs = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Count = Annotated[int, Field(ge=0)]
Lateness = Literal["in-time", "in-grace", "in-mending", "accepted-late", "late"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Electronic(_Part):
    """A package that came as a file: its number and receipt, the moment that counts, its SHA-256 and size in bytes.

    What waits to be assigned to a submission has its number in the ledger for both.
    """

    position: Annotated[int, Field(ge=1)]
    kind: Literal["electronic"]
    number: Signs
    receipt: Signs
    received_at: Moment
    sha256: Sha256
    bytes: Count
    lateness: Lateness


class Paper(_Part):
    """A package on paper: its number and the moment that counts (by post the end of the postmark's day); there are no bytes to compare."""

    position: Annotated[int, Field(ge=1)]
    kind: Literal["paper"]
    number: Signs
    received_at: Moment
    lateness: Lateness


Arrival = Annotated[Electronic | Paper, Field(discriminator="kind")]


class Entry(_Part):
    """One arrival. `check` begins its own SHA-256 and helps to find what was changed; what proves is the signature."""

    arrival: Arrival
    check: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Call(_Part):
    """The call whose list was sealed."""

    id: Signs
    title: Signs
    organiser: Signs
    closes_at: Moment
    time_zone: Signs


class AuditHead(_Part):
    """The last row of the system's audit chain at that moment: it anchors the chain in every copy of the snapshot."""

    number: Count
    digest: Sha256


class Former(_Part):
    """The snapshot of the same call before this one: its number, and the SHA-256 of its file."""

    number: Annotated[int, Field(ge=1)]
    sha256: Sha256


class Snapshot(_Part):
    """A list of arrivals, the `number`-th that was sealed of its call. Names of courses and suppliers are left out."""

    schema_: Annotated[Literal["kebao.snapshot/1"], Field(alias="schema")]
    call: Call
    number: Annotated[int, Field(ge=1)]
    former: Former | None
    made_at: Moment
    audit_head: AuditHead
    count: Count
    entries: tuple[Entry, ...]
    public_key: Sha256
    """The 32 bytes of the Ed25519 key, in hex."""
    fingerprint: Sha256
    """SHA-256 of those bytes."""


class Sealed(Snapshot):
    """A snapshot with its signature: 64 bytes in hex, over `signed_bytes`."""

    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


def moment(at: datetime) -> str:
    """A moment as the snapshot writes it; `at` is aware, in the call's time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.isoformat(timespec="microseconds")


def entry(arrival: Electronic | Paper) -> Entry:
    """An arrival with its check."""
    return Entry(arrival=arrival, check=check_of(arrival))


def check_of(arrival: Electronic | Paper) -> str:
    """The first 16 hex digits of the SHA-256 of the arrival's canonical bytes."""
    return hashlib.sha256(canonical(arrival.model_dump(mode="json"))).hexdigest()[:16]


def canonical(content: Any) -> bytes:
    """JSON in UTF-8 without spaces, members in the order of the schema, only the escapes that JSON demands."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def signed_bytes(snapshot: Snapshot) -> bytes:
    """What the signature covers: the canonical bytes of everything but the signature."""
    return canonical(snapshot.model_dump(mode="json", by_alias=True, exclude={"signature"}))


def file_bytes(sealed: Sealed) -> bytes:
    """The file: canonical, and one line end. No other bytes are the same snapshot."""
    return canonical(sealed.model_dump(mode="json", by_alias=True)) + b"\n"


def snapshot_schema() -> dict[str, Any]:
    """JSON Schema of the file."""
    schema = Sealed.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:kebao.snapshot:1",
        **schema,
        "title": "封存的截止名单 · Sealed snapshot",
    }
