"""Django finds the tables of the classroom here."""

from __future__ import annotations

from ketang.classroom.catalogue.models import Course, Edition, Lesson, RightsComplaint
from ketang.classroom.learning.models import Progress, Sitting, Study
from ketang.classroom.renditions.models import Conversion, Rendition

__all__ = [
    "Conversion",
    "Course",
    "Edition",
    "Lesson",
    "Progress",
    "Rendition",
    "RightsComplaint",
    "Sitting",
    "Study",
]
