"""The pages as a Django application: it has template tags and no tables."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig


class Web(AppConfig):
    """Views, forms, templates, by audience."""

    name = "ketang.web"

    def ready(self) -> None:
        """Packages to carry away are written as our pages are."""
        from ketang.classroom.offline.carrying import Load, written_by

        # The pages load templates and the player: nobody needs them before a package is made or asked for.
        def write(load: Load) -> Iterator[tuple[str, bytes]]:
            from ketang.web.offline.pages import write as write_pages

            return write_pages(load)

        def version() -> str:
            from ketang.web.offline.pages import version as version_of_pages

            return version_of_pages()

        written_by(write, version)
