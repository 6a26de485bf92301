"""A spreadsheet of experts: brought, looked at row by row with what is wrong, and taken in; or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.experts.columns import Field, details_in, fields_in
from ketang.selection.experts.details import Details, put_into
from ketang.selection.experts.models import Expert, ExpertImport
from ketang.selection.experts.permissions import may_keep_experts
from ketang.selection.experts.queries import known_categories
from ketang.selection.importing.days import shown
from ketang.selection.importing.fields import HEADER_WITHIN, plain
from ketang.selection.importing.reading import ReadSheet, read_sheets

MOST = 2000
"""Rows of one spreadsheet."""
DRAFT_DAYS = 7
"""How long rows are kept of what was brought and never taken in."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it would be taken in: `details`, or `fault` in words."""

    line: int
    said: dict[str, str]
    details: Details | None
    fault: str = ""


def bring(*, actor: Actor, file: BinaryIO, name: str) -> ExpertImport:
    """Read a spreadsheet; its rows are kept until they are taken in, its bytes are not.

    Raises:
        Refused: as `read_sheets`; no header with 姓名 on the first sheet that has anything; too many rows.

    Effects: the import; `experts.bring`; what was brought long ago goes.
    """
    require(may_keep_experts(actor))
    sheet = read_sheets(file, name)[0]
    line, columns = _header(sheet)
    rows = []
    for at, cells in sheet.rows:
        said = {columns[place].value: shown(cell) for place, cell in enumerate(cells) if place in columns}
        if at > line and any(said.values()):
            rows.append([at, said])
    if not rows:
        raise Refused(_("表里没有专家。"), field="file")
    if len(rows) > MOST:
        raise Refused(_("一次最多导入 %(most)s 位，请分成几个文件。") % {"most": MOST}, field="file")
    with audited():
        before = timezone.now() - timedelta(days=DRAFT_DAYS)
        ExpertImport.objects.filter(taken_at=None, brought_at__lt=before).delete()
        made = ExpertImport.objects.create(
            name=name[-255:], rows=rows, brought_by=actor if isinstance(actor, Account) else None
        )
        record(actor=actor, action="experts.bring", of=made, payload={"rows": len(rows)})
    return made


def weighed(of: ExpertImport) -> list[Row]:
    """Every row with what would become of it."""
    categories = {plain(word): key for key, name in known_categories() for word in (key, name)}
    pool = list(Expert.objects.filter(left_at=None).values_list("name", "unit", "mail"))
    people = {(name, unit) for name, unit, _mail in pool}
    mails = {mail.casefold() for *_names, mail in pool if mail}
    found = []
    for line, said in of.rows:
        try:
            details = details_in(said, categories)
            if (details.name, details.unit) in people or (details.mail and details.mail.casefold() in mails):
                raise Refused(_("专家库里或者前面的行里已有这位专家，不重复导入。"))
        except Refused as refused:
            label = f"{Field(refused.field).label}：" if refused.field in Field.values else ""
            found.append(Row(line, said, None, f"{label}{refused}"))
            continue
        people.add((details.name, details.unit))
        mails |= {details.mail.casefold()} - {""}
        found.append(Row(line, said, details))
    return found


def take(*, actor: Actor, of: ExpertImport) -> int:
    """Take the sound rows into the pool.

    Returns:
        How many.

    Raises:
        Refused: it was taken in before; no row is sound.

    Effects: the experts; the import's rows go; `experts.take`.
    """
    require(may_keep_experts(actor))
    with audited():
        held = ExpertImport.objects.select_for_update().get(pk=of.pk)
        if held.taken_at is not None:
            raise Refused(_("这份名单已经导入过。"))
        made = []
        for row in weighed(held):
            if row.details is not None:
                made.append(Expert(added_by=actor if isinstance(actor, Account) else None))
                put_into(made[-1], row.details)
        if not made:
            raise Refused(_("没有可以导入的行。请改好文件以后重新上传。"))
        Expert.objects.bulk_create(made, batch_size=500)
        held.rows, held.taken_at, held.count = [], timezone.now(), len(made)
        held.save(update_fields=["rows", "taken_at", "count"])
        record(actor=actor, action="experts.take", of=held, payload={"count": len(made)})
    of.refresh_from_db()
    return len(made)


def _header(sheet: ReadSheet) -> tuple[int, dict[int, Field]]:
    for line, cells in sheet.rows[:HEADER_WITHIN]:
        columns = fields_in(cells)
        if Field.NAME in columns.values():
            return line, columns
    raise Refused(_("没有找到表头：表头里要有“姓名”这一列。可以下载模板填写。"), field="file")
