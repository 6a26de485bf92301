"""An expert's invitation as it leaves: over a real SMTP server, with a link that works once and stands nowhere in the instance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

import pytest
from django.test import Client
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import holds
from ketang.platform.audit.models import AuditEntry
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.selection.experts.actions import add
from ketang.selection.experts.details import Details
from ketang.selection.experts.inviting import MARK
from ketang.selection.experts.models import Expert
from ketang_accounts import signed_in
from ketang_postman import Postman, delivering

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postman() -> Iterator[Postman]:
    with delivering() as keeps:
        yield keeps


@pytest.fixture
def expert(administrator: Account) -> Expert:
    return add(actor=administrator, details=Details(name="专家甲", unit="示例研究所", mail="expert@example.org"))


def invited(office: Client, expert: Expert) -> str:
    """What the office's page says after it had the link sent."""
    answer = office.post(reverse("office-expert", args=[expert.uuid]), {"how": "send"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def delivered() -> None:
    for job in Job.objects.filter(state=JobState.WAITING, name__startswith="outbox."):
        run(str(job.uuid))


def link_in(mail: Message) -> list[str]:
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    return re.findall(r"https?://[^\s]+(/invitations/[^\s]+)", content.decode())


def test_the_link_in_the_letter_makes_the_account_the_experts(
    postman: Postman, administrator: Account, expert: Expert
) -> None:
    office = signed_in(administrator)
    assert "secret" not in invited(office, expert)
    delivered()
    (mail,) = postman.mails
    letter = Letter.objects.get()
    assert (mail["To"], letter.state, MARK in letter.text) == ("expert@example.org", LetterState.SENT, True)
    zh, en = link_in(mail)
    assert zh == en
    token = zh.removeprefix("/invitations/").rstrip("/")
    told = [
        letter.text,
        *(str(one.payload) for one in AuditEntry.objects.all()),
        *(str(one.arguments) for one in Job.objects.all()),
    ]
    assert [one for one in told if token in one] == []
    account = Account.objects.create(login="expert-a", name="专家甲")
    theirs = signed_in(account)
    assert theirs.get(zh).status_code == 200
    assert theirs.post(zh).status_code == 302
    expert.refresh_from_db()
    assert (expert.account, holds(account, Role.EXPERT)) == (account, True)
    other = Account.objects.create(login="other", name="别人")
    assert signed_in(other).post(zh).status_code == 200  # told that it was used
    expert.refresh_from_db()
    assert (expert.account, holds(other, Role.EXPERT)) == (account, False)


def test_a_second_letter_ends_the_first_ones_link(postman: Postman, administrator: Account, expert: Expert) -> None:
    office = signed_in(administrator)
    invited(office, expert)
    delivered()
    invited(office, expert)
    delivered()
    (first, *_), (second, *_) = (link_in(mail) for mail in postman.mails)
    account = Account.objects.create(login="expert-a", name="专家甲")
    theirs = signed_in(account)
    theirs.post(first)
    expert.refresh_from_db()
    assert expert.account is None
    theirs.post(second)
    expert.refresh_from_db()
    assert expert.account == account


def test_without_an_address_nothing_is_sent(postman: Postman, administrator: Account) -> None:
    nobody = add(actor=administrator, details=Details(name="专家乙", unit="示例研究所"))
    assert "没有邮箱" in invited(signed_in(administrator), nobody)
    assert (Letter.objects.count(), postman.mails) == (0, [])
