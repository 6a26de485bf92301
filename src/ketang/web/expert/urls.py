"""Addresses of the experts."""

from __future__ import annotations

from django.urls import URLPattern, path

from ketang.web.expert import declaring, findings, looking, material, meeting, own, sheet

urlpatterns: list[URLPattern] = [
    path("meetings/<uuid:uuid>", meeting.one, name="expert-meeting"),
    path("meetings/packages/<uuid:uuid>", meeting.package, name="expert-meeting-package"),
    path("declarations/", declaring.every, name="review-declarations"),
    path("declarations/<uuid:uuid>", declaring.one, name="review-declaration"),
    path("declarations/<uuid:uuid>/paper.<str:kind>", declaring.paper, name="review-declaration-paper"),
    path("declarations/<uuid:uuid>/<uuid:assignment>", declaring.step_back, name="review-step-back"),
    path("", own.review, name="review"),
    path("<uuid:uuid>/", looking.package, name="review-package"),
    path("<uuid:uuid>/progress", looking.progress, name="review-progress"),
    path("<uuid:uuid>/parts/<int:number>", looking.part, name="review-part"),
    path("<uuid:uuid>/parts/<int:number>/medium", material.medium, name="review-medium"),
    path("<uuid:uuid>/parts/<int:number>/pages/<int:page>", material.page, name="review-page"),
    path("<uuid:uuid>/parts/<int:number>/captions", material.captions, name="review-captions"),
    path("<uuid:uuid>/parts/<int:number>/note", sheet.moment, name="review-moment"),
    path("<uuid:uuid>/papers", looking.papers, name="review-papers"),
    path("<uuid:uuid>/findings", findings.findings, name="review-findings"),
    path("<uuid:uuid>/sheet", sheet.sheet, name="review-sheet"),
    path("<uuid:uuid>/sheet/keep", sheet.keep, name="review-keep"),
    path("<uuid:uuid>/submit", sheet.hand_in, name="review-submit"),
    path("<uuid:uuid>/submitted", sheet.submitted, name="review-submitted"),
    path("<uuid:uuid>/submitted.<str:kind>", sheet.paper, name="review-sheet-paper"),
]
