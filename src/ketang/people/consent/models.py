"""What somebody agreed to, with the very text that was shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a consent is for. Sensitive personal data (PIPL art. 28–29) has consents of its own."""

    TERMS = "terms", _("使用条款")
    NEEDS = "needs", _("学习所需设置")
    IDENTITY = "identity", _("身份和银行资料")
    ASSISTANCE = "assistance", _("由他人协助操作")
    CLASS = "class", _("由培训中心查看学习进度")
    EXCHANGE = "exchange", _("把学习结果发到外部记录库")
    PLATFORM = "platform", _("把考试成绩送回其他学习平台")


class ConsentText(models.Model):
    """One wording, kept once under its digest."""

    digest = models.CharField(_("摘要"), max_length=64, primary_key=True)
    purpose = models.CharField(_("用途"), max_length=20, choices=Purpose.choices)
    language = models.CharField(_("语言"), max_length=10)
    text = models.TextField(_("文本"))

    class Meta:
        verbose_name = _("同意书文本")
        verbose_name_plural = _("同意书文本")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.digest[:12]}"


class Consent(models.Model):
    """An account agreed to a text, until it takes that back."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("同意时间"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "text"], condition=Q(withdrawn_at=None), name="one_consent_a_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.text}"
