"""Addresses of recommending bodies. After the link was opened, no address holds a secret."""

from __future__ import annotations

from django.urls import path

from ketang.web.recommender import letters, link, pages

urlpatterns = [
    path("r/<str:token>", link.opened, name="recommender-link"),
    path("recommending/", pages.listed, name="recommending"),
    path("recommending/add", pages.add, name="recommending-add"),
    path("recommending/forward", pages.forward, name="recommending-forward"),
    path("recommending/listed/<uuid:uuid>", pages.change, name="recommending-change"),
    path("recommending/issue", pages.issue, name="recommending-issue"),
    path("recommending/status", pages.status, name="recommending-status"),
    path("recommending/letters/<uuid:uuid>", letters.one, name="recommending-letter"),
    path("recommending/letters/<uuid:uuid>/letter.<str:kind>", letters.paper, name="recommending-letter-paper"),
    path("recommending/uploads/", pages.collection, name="recommending-uploads"),
    path("recommending/uploads/<uuid:uuid>", pages.upload, name="recommending-upload"),
]
