"""From the arrival to a part of a published video, on SQLite with a folder and on PostgreSQL with S3."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import RequestFactory, override_settings

import making
from ketang.classroom.catalogue.actions import publish, withdraw
from ketang.classroom.catalogue.models import CourseState
from ketang.classroom.catalogue.queries import public_courses
from ketang.people.account.actions import open_by_command
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import OrganisationKind
from ketang.people.role.actions import appoint, appoint_first_administrator
from ketang.people.role.models import Role
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.selection.awarding.actions import confirm, select, undo
from ketang.selection.awarding.queries import spent
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door
from ketang.web.public.courses import media
from ketang_accounts import credit_code
from ketang_columns import Column


def test_the_thread(column: Column, small_package: bytes, shipped_call: str, tmp_path: Path) -> None:
    chief, head = (open_by_command(login=name, name=name).account for name in ("chief", "head"))
    appoint_first_administrator(account=chief)
    unit = register_organisation(actor=head, kind=OrganisationKind.UNIT, name="示例学校", credit_code=credit_code(3))
    file = read_call(shipped_call).model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59)})
    call = calls.publish(call=calls.create(file=file, actor=chief), actor=chief)
    draft = intake.start(actor=head, call=call, organisation=unit, title="饮水照护", category="P2(3)")
    stored = put_bytes(small_package)
    intake.receive(
        actor=head, submission=draft, door=Door.WEB, name=f"{making.NAME}.zip", digest=stored.digest, size=stored.size
    )
    Check.objects.update(state=CheckState.DONE)
    intake.find_complete(actor=chief, submission=draft)
    intake.accept(actor=chief, submission=draft)
    with pytest.raises(Refused):
        select(actor=chief, submission=draft, amount=Decimal("20000.01"))
    undo(actor=chief, decision=select(actor=chief, submission=draft, amount=Decimal(1)), reason="金额写错")
    decision = select(actor=chief, submission=draft, amount=Decimal("19999.99"))
    assert spent(call) == Decimal("19999.99")

    with pytest.raises(Refused):
        publish(actor=chief, decision=decision)
    clerk = open_by_command(login="clerk-2", name="clerk-2").account
    appoint(actor=chief, account=clerk, role=Role.CLERK)
    confirm(actor=clerk, decision=decision)
    course = publish(actor=chief, decision=decision)
    with override_settings(WORK=str(tmp_path / "work")):
        run(str(Job.objects.get(name="catalogue.prepare").uuid))
    course.refresh_from_db()
    assert (course.state, course.lessons.count()) == (CourseState.PUBLISHED, 5)
    assert list(public_courses()) == [course]
    part = media(RequestFactory().get("/", headers={"range": "bytes=4-7"}), str(course.uuid), 1)
    assert (part.status_code, b"".join(part)) == (206, b"ftyp")  # type: ignore[arg-type]
    withdraw(actor=chief, course=course, reason="单位来函")
    undo(actor=chief, decision=decision, reason="单位来函")
    assert list(public_courses()) == []
    assert isinstance(verify(), Whole)
