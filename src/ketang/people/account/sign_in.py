"""django-allauth's adapter: accounts without an address sign in by login name and have nothing to verify."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponseBase


class SignIn(DefaultAccountAdapter):
    """What django-allauth asks about accounts."""

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
