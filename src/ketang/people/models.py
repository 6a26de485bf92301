"""Django finds the tables of people here."""

from __future__ import annotations

from ketang.people.account.models import Account
from ketang.people.consent.models import Consent, ConsentText
from ketang.people.feedback.models import Feedback
from ketang.people.invitation.models import Invitation
from ketang.people.organisation.models import Membership, Organisation
from ketang.people.preference.models import Preference
from ketang.people.role.models import Appointment

__all__ = [
    "Account",
    "Appointment",
    "Consent",
    "ConsentText",
    "Feedback",
    "Invitation",
    "Membership",
    "Organisation",
    "Preference",
]
