"""What happens on django-allauth's own pages goes into the audit log too: its signals are the only place to hear of it."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.dispatch import Signal

from ketang.people.account.models import Account
from ketang.platform.audit.actions import audited, record

EVENTS: dict[str, Signal] = {
    "people.sign_up": account_signals.user_signed_up,
    "people.sign_in": account_signals.user_logged_in,
    "people.set_password": account_signals.password_set,
    "people.change_password": account_signals.password_changed,
    "people.reset_password": account_signals.password_reset,
    "people.add_address": account_signals.email_added,
    "people.confirm_address": account_signals.email_confirmed,
    "people.change_address": account_signals.email_changed,
    "people.remove_address": account_signals.email_removed,
    "people.add_second_factor": factor_signals.authenticator_added,
    "people.remove_second_factor": factor_signals.authenticator_removed,
    "people.reset_second_factor": factor_signals.authenticator_reset,
}


def listen() -> None:
    """Begin to write; called once when the application is ready."""
    for action, signal in EVENTS.items():
        signal.connect(_writer(action), weak=False, dispatch_uid=f"ketang.{action}")


def _writer(action: str) -> Any:
    def write(
        *, user: Account | None = None, email_address: Any = None, authenticator: Any = None, **_more: Any
    ) -> None:
        account = user or email_address.user
        payload = {}
        if email_address is not None:
            payload["address"] = email_address.email
        if authenticator is not None:
            payload["kind"] = authenticator.type
        with audited():
            record(actor=account, action=action, of=account, payload=payload)

    return write
