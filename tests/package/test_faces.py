"""Where two faces differ: fields, rows by their ids, and nothing that only looks different."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from kebao.package.faces import Difference, differences
from kebao.package.manifest import Manifest
from package.manifests import FULL, MANIFESTS, full


def changed(**fields: Any) -> Manifest:
    return Manifest.model_validate({**FULL, **fields})


@settings(max_examples=50, deadline=None)
@given(MANIFESTS)
def test_a_manifest_does_not_differ_from_itself(manifest: Manifest) -> None:
    assert differences(manifest, manifest) == ()


def test_white_space_trailing_zeros_and_origin_do_not_count() -> None:
    other = changed(title="老年人饮水照护入门", audience="初学者  家庭照护者", hours=Decimal("1.000"), origin=None)
    assert differences(full(), other) == ()


@pytest.mark.parametrize(
    "fields, wanted",
    [
        ({"title": "饮水照护"}, [Difference("title", "老年人饮水照护入门", "饮水照护")]),
        ({"hours": None}, [Difference("hours", "1", "")]),
        ({"categories": ["P2(3)"]}, [Difference("categories", "P2(3)、P2(7)", "P2(3)")]),
        ({"form": {**FULL["form"], "own_rights": None, "phone": "1"}}, [Difference("form.own_rights", "是", ""), Difference("form.phone", "022-28000000", "1")]),
        ({"papers": FULL["papers"][:2]}, [Difference("papers.2", "试卷3", "")]),
        ({"papers": [*FULL["papers"], {"id": "p4", "title": "试卷4"}]}, [Difference("papers.3", "", "试卷4")]),
        (
            {"papers": [FULL["papers"][1], {**FULL["papers"][0], "total": 50}, FULL["papers"][2]]},
            [Difference("papers.0.total", "100", "50"), Difference("papers", "p1、p2、p3", "p2、p1、p3")],
        ),
        ({"rights": []}, [Difference("rights.0", "片头音乐", "")]),
        ({"rights": [{**FULL["rights"][0], "owner": "乙"}]}, [Difference("rights.0.owner", "某出版社", "乙")]),
        (
            {"resources": [FULL["resources"][0], {**FULL["resources"][1], "ranges": [FULL["resources"][1]["ranges"][0]]}, *FULL["resources"][2:]]},
            [Difference("resources.1.ranges.1", "05:30 1:10:00.5 演示", "")],
        ),
        (
            {"catalogue": [{**FULL["catalogue"][0], "children": []}, FULL["catalogue"][1]]},
            [Difference("catalogue.0.children.0", "尊重老人", ""), Difference("catalogue.0.children.1", "试温", "")],
        ),
    ],
)  # fmt: skip
def test_each_difference_is_named_once_at_its_field(fields: dict[str, Any], wanted: list[Difference]) -> None:
    assert list(differences(full(), changed(**fields))) == wanted
