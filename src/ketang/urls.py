"""Every address. An audience's pages are in `ketang.web.<audience>.urls`."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("ketang.web.public.urls")),
    path("account/", include("allauth.urls")),
    path("uploads/", include("ketang.web.uploads.urls")),
    path("supplier/", include("ketang.web.supplier.urls")),
    path("office/", include("ketang.web.office.urls")),
    path("review/", include("ketang.web.expert.urls")),
    path("centre/", include("ketang.web.centre.urls")),
    path("learn/", include("ketang.web.learner.urls")),
    path("finance/", include("ketang.web.finance.urls")),
    path("checks/", include("ketang.web.checks.urls")),
    path("", include("ketang.web.recommender.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "ketang.web.public.errors.bad_request"
handler403 = "ketang.web.public.errors.forbidden"
handler404 = "ketang.web.public.errors.not_found"
handler500 = "ketang.web.public.errors.failed"
