"""`ketang catalogue`: what visitors search among the courses."""

from __future__ import annotations

import click

from ketang.command.setup import with_django


@click.group("catalogue")
def catalogue() -> None:
    """课程目录的检索。 · The search among courses."""


@catalogue.command("rebuild")
@with_django
def rebuild() -> None:
    """重新建立检索内容。 · Make what is searched anew.

    建完以前访客看到的是原来的目录；SQLite 上别的写入要等它结束（一千门课约 7 秒）。 · Visitors see the old catalogue until it is
    done; on SQLite other writes wait for it (7 seconds for a thousand courses).
    """
    from ketang.classroom.catalogue.indexing import rebuild as made_anew

    done = made_anew()
    click.echo(f"目录里有 {done} 门课程 · the catalogue lists {done} courses")


def list_what_is_public() -> None:
    """List courses that were public before there was a catalogue. Nothing where any is listed."""
    from ketang.classroom.catalogue.indexing import rebuild as made_anew
    from ketang.classroom.catalogue.models import Course, CourseState
    from ketang.classroom.catalogue.searched import CatalogueEntry

    if not CatalogueEntry.objects.exists() and Course.objects.filter(state=CourseState.PUBLISHED).exists():
        made_anew()
