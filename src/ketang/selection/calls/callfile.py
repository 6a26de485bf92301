"""A call as a file: what can be exported, edited with any editor, imported and cloned. Schema `ketang_call: 1`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import yaml
from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

FILE_BYTES = 1 << 20
"""Largest call file that is read."""
TEMPLATES = (
    "form",
    "undertaking",
    "unit-introduction",
    "person-introduction",
    "course-introduction",
    "workbook",
    "paper",
    "task-sheet",
    "label",
)
"""Templates that a call may offer; `ketang.selection.calls.templates` makes them."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


def _plain(value: Decimal) -> Decimal:
    if value != value.quantize(Decimal("0.01")):
        raise ValueError("two decimals at most")
    return value.quantize(Decimal("0.01"))


@cache
def _zones() -> set[str]:
    """The zones of this machine: hundreds of files are looked at for them, and each page of a call asks."""
    return available_timezones()


Money = Annotated[Decimal, Field(ge=0, le=Decimal("100000000")), AfterValidator(_plain)]
"""Yuan with two decimals."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(_Part):
    """The same words in Chinese and English; English may be empty, then the Chinese is shown."""

    zh: Name
    en: Words = ""


class Paragraph(_Part):
    """A paragraph of the announcement; `clause` is its id in the rulebook, if it has one."""

    clause: str = ""
    zh: Words
    en: Words = ""


class Category(_Part):
    """A category of courses; `clause` holds the text's own words."""

    id: Name
    name: Both
    clause: Words = ""
    preferred: bool = True


class Material(_Part):
    """Something each package must bring, and the templates for it."""

    id: Name
    name: Both
    templates: tuple[str, ...] = ()

    @field_validator("templates")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in TEMPLATES:
                raise ValueError(f"unknown template {name}; known: {', '.join(TEMPLATES)}")
        return value


class Contact(_Part):
    """How to reach the office, in writing too."""

    person: Words = ""
    phone: Words = ""
    mail: Words = ""
    fax: Words = ""
    address: Words = ""


class Fee(_Part):
    """Yuan: the most for one `scope`, and for the call as a whole (`budget`; None is no limit)."""

    cap: Money = Decimal("20000.00")
    scope: Literal["package", "supplier", "call"] = "package"
    budget: Money | None = None


class Anchor(_Part):
    """What a score means in words."""

    score: Decimal
    words: Both


class Criterion(_Part):
    """One criterion of the experts."""

    id: Slug
    name: Both
    clauses: tuple[str, ...] = ()
    weight: Decimal = Field(gt=0, le=1000)
    anchors: tuple[Anchor, ...] = ()


class Rubric(_Part):
    """How experts score."""

    note: Both | None = None
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(10)
    step: Decimal = Field(Decimal("0.5"), gt=0)
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Rubric:
        if self.highest <= self.lowest:
            raise ValueError("highest must be above lowest")
        names = [criterion.id for criterion in self.criteria]
        if len(set(names)) != len(names):
            raise ValueError("two criteria have the same id")
        return self


class District(_Part):
    """A district or county; `also` holds older names, places in it, and codes that were in use before."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    name: Both
    also: tuple[Name, ...] = ()


class Region(_Part):
    """Where the organiser's districts are: `id` of each is its code of GB/T 2260, which also stands in credit codes (GB 32100)."""

    name: Both
    districts: tuple[District, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Region:
        names = [district.id for district in self.districts]
        if len(set(names)) != len(names):
            raise ValueError("two districts have the same id")
        return self


class CallFile(_Part):
    """A call. Times are local to `time_zone`.

    `grace_days`: when one copy (electronic or paper) was in time, the other may follow until the end of that many days.
    `mend_days`: how long a supplier has to mend what a notice asks for, unless it says otherwise.
    """

    ketang_call: Literal[1]
    id: Slug
    title: Both
    organiser: Both
    opens: datetime | None = None
    closes: datetime
    time_zone: str = "Asia/Shanghai"
    rulebooks: tuple[str, ...] = Field(min_length=1)
    announcement: tuple[Paragraph, ...] = ()
    categories: tuple[Category, ...] = Field(min_length=1)
    materials: tuple[Material, ...] = ()
    region: Region | None = None
    parcel_text: Words = ""
    name_pattern: Words = ""
    contact: Contact = Contact()
    fee: Fee = Fee()
    notice_days: int = Field(7, ge=0, le=365)
    grace_days: int = Field(0, ge=0, le=365)
    mend_days: int = Field(15, ge=1, le=365)
    rubric: Rubric

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError("unknown time zone; write for example Asia/Shanghai")
        return value

    @field_validator("opens", "closes")
    @classmethod
    def _local(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            raise ValueError("times are local to time_zone: write them without an offset")
        return value

    @model_validator(mode="after")
    def _order(self) -> CallFile:
        if self.opens is not None and self.opens >= self.closes:
            raise ValueError("closes must be after opens")
        names = [category.id for category in self.categories]
        if len(set(names)) != len(names):
            raise ValueError("two categories have the same id")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def closes_at(self) -> datetime:
        """The instant at which it closes."""
        return self.closes.replace(tzinfo=self.zone)

    @property
    def opens_at(self) -> datetime | None:
        """The instant from which packages are taken; None for as soon as it is published."""
        return self.opens and self.opens.replace(tzinfo=self.zone)


class NotACall(Exception):
    """The text is no call. `problems` are (place, what is wrong) in the reader's language."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{place}: {words}" for place, words in problems))
        self.problems = problems


def read_call(text: str | bytes) -> CallFile:
    """A call from YAML or JSON.

    Raises:
        NotACall: too large, no YAML, or not of the schema; every problem with its place.
    """
    if len(text) > FILE_BYTES:
        raise NotACall([("", _("文件超过 1 MB，不像一份征集文件。"))])
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = _("第 %(line)s 行") % {"line": mark.line + 1} if mark is not None else ""
        raise NotACall([(place, _("不是正确的 YAML：请检查缩进、冒号和引号。"))]) from error
    if not isinstance(raw, dict):
        raise NotACall([("", _("里面没有征集的内容。"))])
    return validated(raw)


def validated(raw: dict[str, Any]) -> CallFile:
    """A call from its fields.

    Raises:
        NotACall: not of the schema; every problem with its place.
    """
    try:
        return CallFile.model_validate(raw)
    except ValidationError as error:
        raise NotACall([(_place(item["loc"]), _said(item)) for item in error.errors()]) from error


def call_yaml(call: CallFile) -> str:
    """The call as YAML that `read_call` reads back as the same call."""
    fields = call.model_dump(mode="json")
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=120)


def _place(steps: tuple[int | str, ...]) -> str:
    shown = ""
    for step in steps:
        shown += f"[{step + 1}]" if isinstance(step, int) else (f".{step}" if shown else str(step))
    return shown


def _said(problem: Any) -> str:
    """The commonest mistakes in the reader's language; the rest as the checker says it."""
    kinds = {
        "missing": _("缺少这一项。"),
        "extra_forbidden": _("没有这个字段，请检查拼写。"),
        "string_type": _("应当是文字；数字请加引号。"),
        "datetime_from_date_parsing": _("应当是日期和时间，例如 2026-08-31T23:59:59。"),
        "datetime_parsing": _("应当是日期和时间，例如 2026-08-31T23:59:59。"),
        "string_pattern_mismatch": _("只能用小写字母、数字和连字符。"),
        "too_short": _("至少要有一项。"),
        "string_too_short": _("不能为空。"),
        "decimal_parsing": _("应当是数字。"),
        "greater_than_equal": _("数值太小。"),
        "less_than_equal": _("数值太大。"),
    }
    words = kinds.get(problem["type"])
    return words if words is not None else str(problem["msg"])
