"""Addresses of the office."""

from __future__ import annotations

from django.urls import path

from ketang.web.office import arrivals, awards, calls, desk, feedback, ledger, papers, rechecks, rulings, trolley

urlpatterns = [
    path("", arrivals.arrivals, name="office"),
    path("ledger/", ledger.ledger, name="office-ledger"),
    path("ledger/<uuid:uuid>", ledger.one, name="office-ledger-one"),
    path("ledger/<uuid:uuid>/act", ledger.act, name="office-ledger-act"),
    path("desk/", desk.desk, name="office-desk"),
    path("desk/register", desk.register, name="office-desk-register"),
    path("desk/parcels/<uuid:uuid>", desk.parcel, name="office-desk-parcel"),
    path("desk/parcels/<uuid:uuid>/tally", desk.tally, name="office-desk-tally"),
    path("desk/parcels/<uuid:uuid>/pair", desk.pair, name="office-desk-pair"),
    path("desk/parcels/<uuid:uuid>/undo", desk.undo, name="office-desk-undo"),
    path("desk/parcels/<uuid:uuid>/slip", desk.slip, name="office-desk-slip"),
    path("desk/trolleys/", trolley.begin, name="office-desk-trolleys"),
    path("desk/trolleys/<uuid:uuid>", trolley.trolley, name="office-desk-trolley"),
    path("arrivals/<uuid:uuid>", arrivals.one, name="office-arrival"),
    path("arrivals/<uuid:uuid>/decide", arrivals.decide, name="office-arrival-decide"),
    path("arrivals/<uuid:uuid>/recheck", rechecks.submission, name="office-arrival-recheck"),
    path("arrivals/<uuid:uuid>/award", awards.decide, name="office-arrival-award"),
    path("decisions/<uuid:uuid>/undo", awards.undo, name="office-decision-undo"),
    path("decisions/<uuid:uuid>/publish", awards.publish, name="office-decision-publish"),
    path("checks/<uuid:uuid>/findings/<str:fingerprint>", rulings.finding, name="office-ruling-finding"),
    path("checks/<uuid:uuid>/waive", rulings.waive, name="office-ruling-waive"),
    path("checks/<uuid:uuid>/look", rulings.look, name="office-ruling-look"),
    path("rulings/<uuid:uuid>/undo", rulings.undo, name="office-ruling-undo"),
    path("arrivals/<uuid:uuid>/acceptance.<str:kind>", papers.acceptance, name="office-acceptance-form"),
    path("calls/<uuid:uuid>/transfers", papers.transfers, name="office-transfers"),
    path("transfers/<uuid:uuid>", papers.one, name="office-transfer"),
    path("transfers/<uuid:uuid>/list.<str:kind>", papers.taken, name="office-transfer-list"),
    path("courses/", awards.courses, name="office-courses"),
    path("courses/<uuid:uuid>/withdraw", awards.withdraw, name="office-course-withdraw"),
    path("feedback/", feedback.every, name="office-feedback"),
    path("feedback/<uuid:uuid>", feedback.one, name="office-feedback-one"),
    path("calls/", calls.calls, name="office-calls"),
    path("calls/new", calls.make, name="office-call-new"),
    path("calls/<uuid:uuid>", calls.one, name="office-call"),
    path("calls/<uuid:uuid>/recheck", rechecks.call, name="office-call-recheck"),
    path("calls/<uuid:uuid>/edit", calls.edit, name="office-call-edit"),
    path("calls/<uuid:uuid>/move", calls.move, name="office-call-move"),
    path("calls/<uuid:uuid>/clone", calls.clone, name="office-call-clone"),
    path("calls/<uuid:uuid>/export", calls.export, name="office-call-export"),
]
