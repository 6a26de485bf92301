"""The product's addresses and those of the acceptance suite: pages that break, each in its way."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from ketang.urls import handler400, handler403, handler404
from ketang.urls import urlpatterns as product
from ketang.web.public import errors

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bad(request: HttpRequest) -> HttpResponse:
    """What cannot be read."""
    raise BadRequest


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    raise RuntimeError("the acceptance suite looks at the page of a failure")


def handler500(request: HttpRequest) -> HttpResponse:
    """The product's own page of a failure, of a site whose settings name its office."""
    site = {
        "host_unit": "示例残联",
        "telephone": "022-00000000",
        "email": "office@example.org",
        "address": "示例路 1 号",
    }
    with override_settings(SITE=site):
        return errors.failed(request)


urlpatterns = [*product, path("breaks/400", bad), path("breaks/500", broken)]
