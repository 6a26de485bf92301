"""Addresses of the office."""

from __future__ import annotations

from django.urls import path

from ketang.web.office import arrivals, calls

urlpatterns = [
    path("", arrivals.arrivals, name="office"),
    path("arrivals/<uuid:uuid>", arrivals.one, name="office-arrival"),
    path("arrivals/<uuid:uuid>/decide", arrivals.decide, name="office-arrival-decide"),
    path("calls/", calls.calls, name="office-calls"),
    path("calls/new", calls.make, name="office-call-new"),
    path("calls/<uuid:uuid>", calls.one, name="office-call"),
    path("calls/<uuid:uuid>/edit", calls.edit, name="office-call-edit"),
    path("calls/<uuid:uuid>/move", calls.move, name="office-call-move"),
    path("calls/<uuid:uuid>/clone", calls.clone, name="office-call-clone"),
    path("calls/<uuid:uuid>/export", calls.export, name="office-call-export"),
]
