"""Whom a real package names is read from its own forms when it is checked, and for packages checked before; never shown to experts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.selection.experts import panel
from ketang.selection.experts.actions import add
from ketang.selection.experts.details import Details
from ketang.selection.experts.models import Conflict, Expert, Ground, PackageNames
from ketang.selection.intake.models import Submission
from ketang_accounts import signed_in
from review_rows import accept

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {
    "units": ["天津市晴禾职业培训学校"], "codes": [], "people": ["教务处"], "owners": ["天津市晴禾职业培训学校"],
    "teachers": "本单位专职教师。", "mails": ["course@qinghe.example.com"], "phones": ["022-28000000"],
}  # fmt: skip
"""As the sample package's own form has it; the submission is of 示例培训学校, and nothing was filled in on the web."""


def work(*names: str) -> list[str]:
    """Do the waiting jobs of these names, and those that they ask for; the names of what was done, in order."""
    done = []
    while (job := Job.objects.filter(name__in=names, state=JobState.WAITING).order_by("id").first()) is not None:
        run(str(job.uuid))
        job.refresh_from_db()
        assert (job.state, job.message) == (JobState.DONE, "")
        done.append(job.name)
    return done


def seated(actor: Account, submission: Submission, *details: Details) -> list[Expert]:
    made = [add(actor=actor, details=one) for one in details]
    panel.seat(actor=actor, call=submission.call, experts=[str(one.uuid) for one in made])
    return made


def test_a_mailed_package_names_its_people_and_the_office_reads_why(
    supplier_draft: Submission, administrator: Account, actors: dict[Role, Actor], small_package: bytes, settings: object,
    tmp_path: object,
) -> None:  # fmt: skip
    settings.WORK = f"{tmp_path}/work"  # type: ignore[attr-defined]
    accept(supplier_draft, administrator, small_package)
    assert PackageNames.objects.count() == 0  # it was not checked here
    near, call_by, clean = seated(
        administrator, supplier_draft, Details("专家一", unit="天津市晴禾职业培训学校 教研室", mail="course@qinghe.example.com"),
        Details("专家二", phone="02228000000"), Details("专家三", unit="示例研究所", mail="c@example.org", phone="13900000000"),
    )  # fmt: skip
    assert work("experts.conflicts", "experts.read_names") == [
        "experts.conflicts", "experts.read_names", "experts.conflicts",
    ]  # fmt: skip
    assert PackageNames.objects.get(version=supplier_draft.latest).said == SAID
    inside = "（写在课程包自己的表里）"
    assert list(Conflict.objects.order_by("expert_id", "ground").values_list("expert", "ground", "reason")) == [
        (near.pk, Ground.CONTACT, f"电子邮箱相同：course@qinghe.example.com{inside}"),
        (near.pk, Ground.UNIT, f"专家的工作单位与供应单位相同，或是其中一个部门{inside}"),
        (call_by.pk, Ground.CONTACT, f"电话号码相同：02228000000{inside}"),
    ]
    assert not Conflict.objects.filter(expert=clean).exists()
    assert work("experts.conflicts", "experts.read_names") == []
    address = reverse("office-assigned", args=[supplier_draft.uuid])
    assert inside in signed_in(actors[Role.CLERK]).get(address).content.decode()  # type: ignore[arg-type]  # an account
    expert = actors[Role.EXPERT]
    assert isinstance(expert, Account)
    Expert.objects.filter(pk=near.pk).update(account=expert)
    client = signed_in(expert)
    assert client.get(address).status_code == 403
    pages = [reverse("review"), reverse("review-declarations")]
    shown = [client.get(page, follow=True).content.decode() for page in pages]
    assert [word for word in ("晴禾", "qinghe", inside) if word in "".join(shown)] == []


def test_the_check_keeps_them_at_once_and_what_cannot_be_read_is_read_once(
    supplier_draft: Submission, administrator: Account, small_package: bytes, settings: object, tmp_path: object
) -> None:
    settings.WORK = f"{tmp_path}/work"  # type: ignore[attr-defined]
    supplier_draft.draft = {"form": {"contact": "网上填的联系人"}}
    supplier_draft.save(update_fields=["draft"])
    accept(supplier_draft, administrator, small_package)
    from ketang.selection.checking.models import Check, CheckState

    Check.objects.update(state=CheckState.WAITING)
    run(str(Job.objects.get(name="checking.begin").uuid))
    assert (
        PackageNames.objects.get(version=supplier_draft.latest).said == SAID
    )  # as it came, not as the web form has it
    PackageNames.objects.all().delete()
    assert supplier_draft.latest is not None
    from ketang.platform.storage.actions import put_bytes

    supplier_draft.latest.digest = put_bytes(b"PK\x03\x04 and nothing more").digest
    supplier_draft.latest.save(update_fields=["digest"])
    seated(administrator, supplier_draft, Details("专家一"))
    names = ("experts.conflicts", "experts.read_names")
    assert work(*names) == ["experts.conflicts", "experts.read_names", "experts.conflicts"]
    assert PackageNames.objects.get(version=supplier_draft.latest).said == {}
