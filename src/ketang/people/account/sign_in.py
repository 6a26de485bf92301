"""django-allauth's adapter: accounts without an address sign in by login name and have nothing to verify."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account


class SignIn(DefaultAccountAdapter):
    """What django-allauth asks about accounts."""

    def pre_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponseBase | None:
        """Turn away who comes with a one-time password that is too old; the answer is theirs instead of the page."""
        if user.password_until is not None and user.password_until < timezone.now():
            messages.error(request, _("这个一次性密码已经过期。请向发给您的培训中心要一个新的。"))
            return HttpResponseRedirect(reverse("account_login"))
        answer: HttpResponseBase | None = super().pre_login(request, user, **more)
        return answer

    def get_login_stages(self) -> list[str]:
        """The stages, with ours in place of the library's for the address."""
        ours = f"{AddressVerification.__module__}.{AddressVerification.__qualname__}"
        theirs = f"{EmailVerificationStage.__module__}.{EmailVerificationStage.__qualname__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]


class AddressVerification(EmailVerificationStage):
    """An address must be verified before anybody comes in by it; who has none passes."""

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        """The answer to send instead of signing in, if any, and whether signing in goes on."""
        account = self.login.user
        if not self.login.email and not account.email and not account.emailaddress_set.exists():
            return None, True
        answer: tuple[HttpResponseBase | None, bool] = super().handle()
        return answer
