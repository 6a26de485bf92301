"""Reading the log: what happened to a thing, and whether the log is whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet

from ketang.platform.audit import chain
from ketang.platform.audit.anchor import Anchor
from ketang.platform.audit.models import AuditEntry, AuditHead
from ketang.platform.audit.naming import key_of


@dataclass(frozen=True, slots=True)
class Whole:
    """Every row is as it was written."""

    head: Anchor


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is not as it was written. `fault` is a word of `FAULTS`."""

    number: int
    fault: str


FAULTS = {
    "missing": "这一条不见了 · this row is gone",
    "changed": "这一条被改过，或被换了位置 · this row was changed or moved",
    "payload-changed": "这一条的内容被改过 · the content of this row was changed",
    "payload-gone": "这一条的内容被删，没有注销记录 · the content of this row is gone and no entry says why",
    "cut": "记录在这一条之前被截断 · the log was cut off before this row",
    "added": "记录末尾之后多出这一条 · this row was added behind the head",
    "head": "末尾的封印不对 · the seal of the head is wrong",
    "anchor": "这一条与库外保存的摘要不符 · this row differs from the anchor kept outside the database",
}


def history(of: models.Model) -> QuerySet[AuditEntry]:
    """What was done to one thing, oldest first."""
    return AuditEntry.objects.filter(object_kind=of._meta.label_lower, object_key=key_of(of))


def verify(anchors: Iterable[Anchor] = ()) -> Whole | Broken:
    """Walk the log from its first row; the first fault, or the head. Reads every row once."""
    erased = set(
        AuditEntry.objects.filter(action="audit.erase", object_kind=AuditEntry._meta.label_lower).values_list(
            "object_key", flat=True
        )
    )
    wanted = {anchor.number: anchor.digest for anchor in anchors}
    last = Anchor(0, chain.GENESIS)
    for row in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        fault = _fault(row, last, payload_may_be_gone=str(row.number) in erased)
        if fault is None and not chain.same(wanted.get(row.number, row.digest), row.digest):
            fault = "anchor"
        if fault is not None:
            return Broken(last.number + 1 if fault == "missing" else row.number, fault)
        last = Anchor(row.number, row.digest)
    return _end(last, wanted)


def _fault(row: AuditEntry, last: Anchor, *, payload_may_be_gone: bool) -> str | None:
    if row.number != last.number + 1:
        return "missing"
    if not chain.same(row.previous, last.digest) or not chain.same(row.digest, chain.row_digest(row)):
        return "changed"
    if row.payload is None:
        return None if payload_may_be_gone else "payload-gone"
    if not chain.same(row.payload_digest, chain.payload_digest(row.payload, row.payload_salt)):
        return "payload-changed"
    return None


def _end(last: Anchor, wanted: dict[int, str]) -> Whole | Broken:
    """Whether the log ends where the head and the anchors say."""
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        if last.number or any(wanted):
            return Broken(last.number + 1, "head")
        return Whole(last)
    if not chain.same(head.seal, chain.seal(head.number, head.digest)):
        return Broken(last.number + 1, "head")
    if head.number > last.number or any(number > last.number for number in wanted):
        return Broken(last.number + 1, "cut")
    if head.number < last.number:
        return Broken(head.number + 1, "added")
    if not chain.same(head.digest, last.digest):
        return Broken(last.number, "head")
    return Whole(last)
