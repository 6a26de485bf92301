"""Addresses of the experts."""

from __future__ import annotations

from django.urls import URLPattern, path

from ketang.web.expert import declaring

urlpatterns: list[URLPattern] = [
    path("declarations/", declaring.every, name="review-declarations"),
    path("declarations/<uuid:uuid>", declaring.one, name="review-declaration"),
    path("declarations/<uuid:uuid>/paper.<str:kind>", declaring.paper, name="review-declaration-paper"),
    path("declarations/<uuid:uuid>/<uuid:assignment>", declaring.step_back, name="review-step-back"),
]
