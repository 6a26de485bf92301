"""Django finds the tables of the classroom here."""

from __future__ import annotations

from ketang.classroom.catalogue.models import Course, Edition, Lesson, LessonFile, RightsComplaint
from ketang.classroom.catalogue.searched import CatalogueCount, CatalogueEntry, CatalogueText
from ketang.classroom.certificates.models import Certificate, CertificateCounter, Terms, Upheld
from ketang.classroom.exams.models import AnswerKey, Appeal, Attempt, Entry, Marking, Paper, Pause, Place, Question
from ketang.classroom.exchange.models import Statement
from ketang.classroom.groups.models import Announcement, Assistance, CentreLearner, Enrolment, Group
from ketang.classroom.learning.models import Progress, Sitting, Study
from ketang.classroom.lti.models import Grade, Guest, Launch, Platform, ResourceLink, ToolKey
from ketang.classroom.notes.models import Note
from ketang.classroom.offline.models import BroughtBack, OfflineFile, OfflinePackage
from ketang.classroom.papers.models import Keyed, Printing, Sheet
from ketang.classroom.practice.models import Tried
from ketang.classroom.renditions.models import Conversion, Rendition
from ketang.classroom.tasks.models import Work, WorkFile
from ketang.classroom.usage.models import UsageRow

__all__ = [
    "Announcement",
    "AnswerKey",
    "Appeal",
    "Assistance",
    "Attempt",
    "BroughtBack",
    "CatalogueCount",
    "CatalogueEntry",
    "CatalogueText",
    "CentreLearner",
    "Certificate",
    "CertificateCounter",
    "Conversion",
    "Course",
    "Edition",
    "Enrolment",
    "Entry",
    "Grade",
    "Group",
    "Guest",
    "Keyed",
    "Launch",
    "Lesson",
    "LessonFile",
    "Marking",
    "Note",
    "OfflineFile",
    "OfflinePackage",
    "Paper",
    "Pause",
    "Place",
    "Platform",
    "Printing",
    "Progress",
    "Question",
    "Rendition",
    "ResourceLink",
    "RightsComplaint",
    "Sheet",
    "Sitting",
    "Statement",
    "Study",
    "Terms",
    "ToolKey",
    "Tried",
    "Upheld",
    "UsageRow",
    "Work",
    "WorkFile",
]
