"""Django finds the tables of the classroom here."""

from __future__ import annotations

from ketang.classroom.catalogue.models import Course, Edition, Lesson

__all__ = ["Course", "Edition", "Lesson"]
