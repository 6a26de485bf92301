"""The kept settings of an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """How pages look to one account (empty: never chosen), which `columns` its lists show by the list's name, and whether a letter tells it each day what waits. A setting is stored; why somebody chose it is not asked."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference"
    )
    display = models.CharField(_("显示设置"), max_length=60, blank=True)
    columns: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("列表里显示的列"), default=dict, blank=True
    )
    digest = models.BooleanField(_("每天来信"), default=False)

    class Meta:
        verbose_name = _("偏好设置")
        verbose_name_plural = _("偏好设置")

    def __str__(self) -> str:
        return self.display
