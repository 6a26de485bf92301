"""Addresses for everybody."""

from __future__ import annotations

from django.urls import path

from ketang.web.public import (
    account,
    calls,
    courses,
    display,
    feedback,
    hand_in,
    health,
    home,
    invitation,
    lookup,
    pages,
    privacy,
    sealed,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("account/", account.account, name="account"),
    path("calls/", calls.calls, name="calls"),
    path("calls/feed", calls.CallsFeed(), name="calls-feed"),
    path("calls/<slug:slug>", calls.one, name="call"),
    path("calls/<slug:slug>/sealed/<int:number>.json", sealed.sealed, name="sealed-list"),
    path("keys/", sealed.keys, name="keys"),
    path("keys/<str:fingerprint>.pem", sealed.key, name="key"),
    path("courses/", courses.courses, name="courses"),
    path("courses/<uuid:uuid>/", courses.one, name="course"),
    path("courses/<uuid:uuid>/<int:order>/", courses.lesson, name="lesson"),
    path("courses/<uuid:uuid>/<int:order>/media", courses.media, name="lesson-media"),
    path("courses/<uuid:uuid>/<int:order>/captions.vtt", courses.captions, name="lesson-captions"),
    path("courses/<uuid:uuid>/<int:order>/descriptions.vtt", courses.descriptions, name="lesson-descriptions"),
    path("courses/<uuid:uuid>/<int:order>/sign", courses.sign, name="lesson-sign"),
    path("courses/<uuid:uuid>/<int:order>/poster.jpg", courses.poster, name="lesson-poster"),
    path("templates/<slug:name>", calls.template, name="template"),
    path("account/data", privacy.own, name="own-data"),
    path("account/data/copy", privacy.copy, name="own-data-copy"),
    path("account/data/close", privacy.close, name="close-account"),
    path("u/<str:token>", hand_in.hand_in, name="hand-in"),
    path("u/<str:token>/uploads/", hand_in.collection, name="hand-in-uploads"),
    path("u/<str:token>/uploads/<uuid:uuid>", hand_in.upload, name="hand-in-upload"),
    path("lookup", lookup.lookup, name="lookup"),
    path("invitations/<str:token>", invitation.invitation, name="invitation"),
    path("display", display.display, name="display"),
    path("feedback", feedback.feedback, name="feedback"),
    path("feedback/<uuid:uuid>", feedback.received, name="feedback-received"),
    path("contact", pages.contact, name="contact"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("healthz", health.health, name="health"),
]
