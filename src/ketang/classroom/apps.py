"""The classroom as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Classroom(AppConfig):
    """What learners see."""

    name = "ketang.classroom"
    verbose_name = _("课堂")

    def ready(self) -> None:
        """A decision on which a published course stands is not undone; editions hold their packages, wait for conversions and bring their papers; the room's share of personal data is registered."""
        from ketang.classroom.catalogue import queries as catalogue
        from ketang.classroom.catalogue.actions import keep_decision
        from ketang.classroom.catalogue.preparing import also_take, conversion_ended
        from ketang.classroom.certificates import privacy as certificates
        from ketang.classroom.exams import preparing as exams
        from ketang.classroom.exams import privacy as exams_privacy
        from ketang.classroom.exchange import privacy as exchange
        from ketang.classroom.groups import privacy as groups
        from ketang.classroom.learning import privacy as learning
        from ketang.classroom.lti import privacy as lti
        from ketang.classroom.notes import privacy as notes
        from ketang.classroom.offline import privacy as offline
        from ketang.classroom.papers import privacy as papers
        from ketang.classroom.practice import privacy as practice
        from ketang.classroom.renditions.actions import on_ended
        from ketang.classroom.tasks import privacy as tasks
        from ketang.people.privacy import registry
        from ketang.platform.storage.holding import register_holder
        from ketang.selection.awarding.actions import before_undoing

        before_undoing(keep_decision)
        register_holder(catalogue.holds)
        on_ended(conversion_ended)
        also_take(exams.take)
        registry.register(learning.SHARE)
        registry.register(groups.SHARE)
        registry.register(notes.SHARE)
        registry.register(offline.SHARE)
        registry.register(exams_privacy.SHARE)
        registry.register(certificates.SHARE)
        registry.register(tasks.SHARE)
        registry.register(practice.SHARE)
        registry.register(papers.SHARE)
        registry.register(exchange.SHARE)
        registry.register(lti.SHARE)
        _vet_store()


def _vet_store() -> None:
    """A store that is named wrongly is said when the program starts, not to a learner; its password is said to nobody."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from ketang.classroom.exchange.store import NotAStore, Store

    try:
        if settings.XAPI:
            Store.read(settings.XAPI)
    except NotAStore:
        raise ImproperlyConfigured(
            "KETANG_XAPI: 要写成 https://登录名:密码@主机/路径 · must be https://login:password@host/path"
        ) from None
