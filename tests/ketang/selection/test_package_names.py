"""Whom a mailed package names in its own forms: compared with experts where the web form says nothing; planted ones are found, others are not."""

from __future__ import annotations

from typing import Any

import pytest

from kebao.package.manifest import Manifest
from ketang.people.account.models import Account
from ketang.platform.queue.models import Job
from ketang.selection.calls.models import Call
from ketang.selection.experts import conflicts, panel
from ketang.selection.experts.models import Conflict, Expert, Ground, PackageNames
from ketang.selection.experts.naming import MOST_SIGNS, keep_names, names_of
from ketang.selection.intake.models import Submission
from ketang_review import expert, in_review, of_unit

pytestmark = pytest.mark.django_db

INSIDE = "（写在课程包自己的表里）"
MAILED = Manifest.model_validate(
    {
        "supplier": {"name": "示例寅教育科技", "kind": "单位", "credit_code": "91120000MA00000019"},
        "form": {
            "unit": "示例寅职业培训学校", "contact": "联系人寅", "phone": "022-8700 0000", "email": "Desk@Yin.example.org",
            "introduction": {"teachers": "主讲教师：卯大江，副教授；助教李明珠老师、辰溪（高级技师）。"},
        },
        "rights": [
            {"what": "教材", "owner": "巳作者、午作者"}, {"what": "图片", "owner": "示例图库"},
            {"what": "视频", "owner": "本单位", "own": True},
        ],
    }
)  # fmt: skip
"""Nothing of it stands in any row of the submission."""


@pytest.fixture
def mailed(call: Call) -> Submission:
    """It came by mail: the web form is empty."""
    made = in_review(call, of_unit(1), 1)
    assert made.latest is not None
    keep_names(made.latest, MAILED)
    return made


def grounds(actor: Account, call: Call, **of: Any) -> dict[str, str]:
    """Computed conflicts of one seated expert with these details, by ground."""
    one = expert(actor, Expert.objects.count(), **of)
    panel.seat(actor=actor, call=call, experts=[str(one.uuid)])
    conflicts.recompute(call=call)
    return {str(row.ground): row.reason for row in Conflict.objects.filter(expert=one, lifted_at=None)}


@pytest.mark.parametrize(
    ("of", "found"),
    [
        ({"unit": "示例寅职业培训学校教务处"}, {Ground.UNIT: f"专家的工作单位与供应单位相同，或是其中一个部门{INSIDE}"}),
        ({"unit": "示例寅教育科技"}, {Ground.UNIT: f"专家的工作单位与供应单位相同，或是其中一个部门{INSIDE}"}),
        ({"mail": "desk@yin.example.org"}, {Ground.CONTACT: f"电子邮箱相同：desk@yin.example.org{INSIDE}"}),
        ({"phone": "(022)87000000"}, {Ground.CONTACT: f"电话号码相同：02287000000{INSIDE}"}),
        ({"name": "联系人寅"}, {Ground.COSIGNED: f"姓名出现在这个供应单位的《示例课程1》里{INSIDE}"}),
        ({"name": "巳作者"}, {Ground.COSIGNED: f"姓名出现在这个供应单位的《示例课程1》里{INSIDE}"}),
        ({"name": "卯大江"}, {Ground.COSIGNED: f"姓名出现在这个供应单位的《示例课程1》里{INSIDE}"}),
        ({"name": "辰溪"}, {Ground.COSIGNED: f"姓名出现在这个供应单位的《示例课程1》里{INSIDE}"}),
        ({"name": "李明珠"}, {Ground.COSIGNED: f"姓名出现在这个供应单位的《示例课程1》里{INSIDE}"}),
        ({"relations": ("午作者",)}, {Ground.RELATION: f"专家列出的“午作者”{INSIDE}"}),
        ({"relations": ("辰溪",)}, {Ground.RELATION: f"专家列出的“辰溪”{INSIDE}"}),
        ({"relations": ("示例寅职业培训学校",)}, {Ground.RELATION: f"专家列出的“示例寅职业培训学校”{INSIDE}"}),
    ],
)  # fmt: skip
def test_what_stands_in_the_package_alone_is_found_and_told_as_such(
    administrator: Account, call: Call, mailed: Submission, of: dict[str, Any], found: dict[str, str]
) -> None:
    assert grounds(administrator, call, **of) == found


@pytest.mark.parametrize(
    "of",
    [
        {"name": "李明"}, {"name": "明珠"}, {"name": "大江"}, {"name": "作者"}, {"name": "示例图库"}, {"unit": "示例寅"}, {"name": "图库"},
        {"mail": "desk@example.org"}, {"phone": "87000000"}, {"phone": "022"}, {"relations": ("李明", "示例图库")},
        {"name": "本单位"}, {"unit": "示例丑职业培训学校"},
    ],
)  # fmt: skip
def test_others_are_not(administrator: Account, call: Call, mailed: Submission, of: dict[str, Any]) -> None:
    assert grounds(administrator, call, **of) == {}


def test_what_the_web_form_says_too_is_told_as_before(administrator: Account, call: Call, mailed: Submission) -> None:
    Submission.objects.update(draft={"form": {"contact": "联系人寅", "email": "desk@yin.example.org"}})
    of = {"name": "联系人寅", "mail": "desk@yin.example.org"}
    assert grounds(administrator, call, **of) == {
        Ground.CONTACT: "电子邮箱相同：desk@yin.example.org", Ground.COSIGNED: "姓名出现在这个供应单位的《示例课程1》里",
    }  # fmt: skip


def test_who_stood_together_in_another_package_is_found(administrator: Account, call: Call, mailed: Submission) -> None:
    other = in_review(call, of_unit(2), 2)
    assert other.latest is not None
    keep_names(other.latest, Manifest.model_validate({"rights": [{"what": "图片", "owner": "巳作者、未作者"}]}))
    found = grounds(administrator, call, name="未作者")
    assert found == {Ground.COSIGNED: f"姓名出现在这个供应单位的《示例课程2》里{INSIDE}"}
    with_first = Conflict.objects.get(submission=mailed, lifted_at=None)
    assert with_first.reason == f"曾与这份申报里的人一起出现在《示例课程2》里{INSIDE}"


def test_only_the_version_that_counts_is_compared(administrator: Account, call: Call, mailed: Submission) -> None:
    from ketang.selection.intake.models import Version

    assert mailed.latest is not None
    anew = Version.objects.create(
        submission=mailed, index=2, door="web", name="课.zip", digest="f" * 64, size=1, received_at=mailed.created_at
    )
    Submission.objects.filter(pk=mailed.pk).update(latest=anew)
    assert grounds(administrator, call, name="联系人寅") == {}
    keep_names(anew, MAILED)
    conflicts.recompute(call=call)
    assert [one.ground for one in Conflict.objects.filter(lifted_at=None)] == [Ground.COSIGNED]


def test_a_reading_that_says_something_else_has_conflicts_looked_for(administrator: Account, call: Call) -> None:
    made = in_review(call, of_unit(1), 1)
    panel.seat(actor=administrator, call=call, experts=[str(expert(administrator, 1).uuid)])
    Job.objects.all().delete()
    assert made.latest is not None
    counts = []
    for manifest in (MAILED, MAILED, None):
        keep_names(made.latest, manifest)
        counts.append(Job.objects.filter(name="experts.conflicts").delete()[0])
    assert (counts, PackageNames.objects.get().said) == ([1, 0, 1], {})


def test_what_is_kept_is_short_and_says_everything_once() -> None:
    long = Manifest.model_validate(
        {
            "supplier": {"name": "示例教师", "kind": "个人"}, "free_use": {"by": "本单位"},
            "form": {"introduction": {"teachers": "师" * 9000}}, "rights": [{"what": "图", "owner": "甲"}] * 500,
        }
    )  # fmt: skip
    assert names_of(long) == {
        "units": [], "codes": [], "people": ["示例教师"], "owners": ["甲", "本单位"], "teachers": "师" * MOST_SIGNS,
        "mails": [], "phones": [],
    }  # fmt: skip
