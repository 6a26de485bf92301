"""Addresses of finance."""

from __future__ import annotations

from django.urls import path

from ketang.web.finance import decisions, payments

urlpatterns = [
    path("", decisions.decisions, name="finance"),
    path("payments/", payments.payments, name="finance-payments"),
    path("payments/export.xlsx", payments.export, name="finance-payments-export"),
    path("payments/<uuid:uuid>", payments.one, name="finance-payment"),
]
