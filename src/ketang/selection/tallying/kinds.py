"""What kind of supplier an organisation is: from what it registered as, its credit code and the end of its name."""

from __future__ import annotations

from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.selection.tallying.models import SupplierKind

SCHOOLS = (
    "学校",
    "学院",
    "大学",
    "中学",
    "小学",
    "职专",
    "中专",
    "技校",
    "幼儿园",
    "培训中心",
    "职教中心",
    "职业教育中心",
)
"""How names of schools end. A training centre registered as a firm ends with 公司 and is a firm."""
_REGISTERED = {
    "11": SupplierKind.INSTITUTION, "12": SupplierKind.INSTITUTION, "13": SupplierKind.ASSOCIATION,
    "19": SupplierKind.INSTITUTION, "91": SupplierKind.FIRM, "92": SupplierKind.SOLE, "93": SupplierKind.FIRM,
}  # fmt: skip
"""GB 32100-2015, characters 1 and 2: 机构编制 (机关, 事业单位, 群众团体, 其他), 工商 (企业, 个体工商户, 农民专业合作社)."""
_BY_DOOR = {"5": SupplierKind.ASSOCIATION, "7": SupplierKind.ASSOCIATION, "8": SupplierKind.ASSOCIATION}
"""Character 1: 民政 (社会团体, 民办非企业单位, 基金会), 宗教, 工会."""
_BY_NAME = (
    (("公司", "企业", "合作社"), SupplierKind.FIRM),
    (("协会", "学会", "商会", "联合会", "基金会", "促进会", "服务社"), SupplierKind.ASSOCIATION),
    (("局", "委员会", "研究院", "研究所", "研究中心"), SupplierKind.INSTITUTION),
)
"""Where the office registered a unit without its code."""


def kind_of(organisation: Organisation) -> SupplierKind:
    """What the supplier is told as."""
    if organisation.kind == OrganisationKind.PERSON:
        return SupplierKind.PERSON
    name, code = organisation.name.rstrip("）)"), organisation.credit_code
    if name.endswith(SCHOOLS):
        return SupplierKind.SCHOOL
    known = _REGISTERED.get(code[:2]) or _BY_DOOR.get(code[:1])
    if known is not None:
        return known
    for ends, kind in _BY_NAME:
        if name.endswith(ends):
            return kind
    if organisation.kind in (OrganisationKind.BUREAU, OrganisationKind.AUTHORITY):
        return SupplierKind.INSTITUTION
    return SupplierKind.ASSOCIATION if organisation.kind == OrganisationKind.ASSOCIATION else SupplierKind.UNKNOWN
