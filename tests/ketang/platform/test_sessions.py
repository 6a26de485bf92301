"""Sessions of visitors do not pile up: the worker's sweep takes those away that have expired."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from ketang.platform.queue.sweeping import prune


@pytest.mark.django_db
def test_expired_sessions_go_and_others_stay() -> None:
    for _visitor in range(3):
        assert Client().get("/checks/try").status_code == 200
    expired, standing = Session.objects.order_by("pk")[:1], Session.objects.order_by("pk")[1:]
    kept = sorted(session.pk for session in standing)
    Session.objects.filter(pk=expired[0].pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    prune()
    assert sorted(Session.objects.values_list("pk", flat=True)) == kept
    assert len(kept) == 2
