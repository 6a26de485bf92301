"""Django finds the tables of the classroom here."""

from __future__ import annotations

from ketang.classroom.catalogue.models import Course, Edition, Lesson
from ketang.classroom.learning.models import Progress, Sitting, Study

__all__ = ["Course", "Edition", "Lesson", "Progress", "Sitting", "Study"]
