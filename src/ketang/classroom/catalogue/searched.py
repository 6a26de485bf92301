"""What visitors search among the courses that are public, and how many there are of a kind. `indexing` keeps it in step."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course, Lesson


class Part(models.IntegerChoices):
    """Where words stand; a hit in the title comes before one in the introduction, and that before one in a lesson."""

    TITLE = 0
    ABOUT = 1
    LESSON = 2


class CatalogueEntry(models.Model):
    """A course that is public, as the catalogue lists it; its key tells the order of publication. There is none for any other course.

    `tenths` are tenths of an hour; `needs` are ids of `Need` that are met; `marks` are `[kind, value]` under which it was counted.
    Beside it stands its bag of words (`platform.search.bags`): whoever writes rows of this table writes bags too (`indexing.py`).
    """

    course = models.OneToOneField(Course, models.CASCADE, related_name="entry")
    lessons = models.PositiveIntegerField(_("课数"))
    tenths = models.PositiveIntegerField(_("学时（十分之一）"))
    needs: models.JSONField[list[str], list[str]] = models.JSONField(_("照顾到的需要"), default=list)
    marks: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)

    class Meta:
        verbose_name = _("目录里的课程")
        verbose_name_plural = _("目录里的课程")
        indexes: ClassVar = [
            models.Index(fields=["tenths", "-id"], name="catalogue_shortest"),
            models.Index(fields=["-tenths", "-id"], name="catalogue_longest"),
        ]

    def __str__(self) -> str:
        return str(self.course_id)


class CatalogueText(models.Model):
    """Words of a listed course as they are searched (`platform.search.pairs.compact`); of a lesson its transcript or its text."""

    entry = models.ForeignKey(CatalogueEntry, models.CASCADE, related_name="texts")
    part = models.PositiveSmallIntegerField(choices=Part)
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, related_name="+", db_index=False)
    text = models.TextField()

    class Meta:
        verbose_name = _("课程的检索内容")
        verbose_name_plural = _("课程的检索内容")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.part}"


class CatalogueCount(models.Model):
    """How many listed courses there are of a kind: kept, so that no page counts them. `name` is in both languages where the value is none."""

    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=200, blank=True)
    name: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, blank=True)
    courses = models.PositiveIntegerField(_("门数"), default=0)

    class Meta:
        verbose_name = _("目录的计数")
        verbose_name_plural = _("目录的计数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "value"], name="catalogue_counted_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}: {self.courses}"
