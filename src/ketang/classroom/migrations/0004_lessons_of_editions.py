import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models, transaction

SHOWN = (
    "title", "supplier", "introduction", "words", "seconds", "has_captions", "has_transcript", "has_sign",
    "has_descriptions", "left_out", "message",
)  # fmt: skip
STATES = {"published": "current", "preparing": "preparing", "failed": "failed"}


def first_editions(apps: Any, _schema_editor: Any) -> None:
    """Each course gets its first edition, with its lessons; what waits to be prepared is asked for by the edition."""
    courses, editions = apps.get_model("classroom", "Course"), apps.get_model("classroom", "Edition")
    jobs = apps.get_model("common", "Job")
    for course in courses.objects.filter(editions=None).select_related("decision__version").iterator():
        with transaction.atomic():
            _first_edition(course, editions, jobs)


def _first_edition(course: Any, editions: Any, jobs: Any) -> None:
    version, has_lessons = course.decision.version, course.lessons.exists()
    edition = editions.objects.create(
        course=course, number=1, version=version, name=version.name, digest=version.digest,
        state="current" if has_lessons else STATES.get(course.state, "dropped"), created_at=course.created_at,
        shown_at=course.published_at, **{name: getattr(course, name) for name in SHOWN},
    )  # fmt: skip
    if edition.state == "current":
        course.current = edition
        course.save(update_fields=["current"])
    for lesson in course.lessons.all():
        sounds = lesson.content_type.startswith("audio/")
        lesson.kind = ("audio" if sounds else "video") if lesson.media_id else "text"
        lesson.edition, lesson.thread = edition, uuid.uuid4()
        lesson.save(update_fields=["kind", "edition", "thread"])
    unfinished = jobs.objects.filter(state__in=("waiting", "running"))
    for job in unfinished.filter(name__in=("catalogue.prepare", "catalogue.fail")):
        if job.arguments.get("course") == str(course.uuid):
            job.arguments, job.key = {"edition": str(edition.uuid)}, job.key and f"catalogue.prepare:{edition.uuid}"
            job.save(update_fields=["arguments", "key"])


class Migration(migrations.Migration):
    # Rows are changed and then their table: PostgreSQL allows that only in transactions of their own.
    atomic = False

    dependencies = [("classroom", "0003_editions")]

    operations = [
        migrations.RunPython(first_editions, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="lesson",
            options={"ordering": ["edition", "order"], "verbose_name": "课", "verbose_name_plural": "课"},
        ),
        migrations.RemoveConstraint(
            model_name="lesson",
            name="lesson_order_once",
        ),
        migrations.RemoveField(
            model_name="lesson",
            name="course",
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True), ("current__isnull", False), _connector="OR"
                ),
                name="published_with_an_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.UniqueConstraint(fields=("edition", "order"), name="lesson_order_once"),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.UniqueConstraint(fields=("edition", "thread"), name="lesson_thread_once"),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="thread",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lessons", to="classroom.edition"
            ),
        ),
    ]
