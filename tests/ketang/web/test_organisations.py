"""Members and invitations in the browser; one's own data."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.test import Client

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.invitation.models import InvitationState
from ketang.people.organisation.models import Membership, Organisation


@pytest.fixture
def manager(unit: Organisation) -> Client:
    """The unit's manager, signed in."""
    client = Client()
    client.force_login(Account.objects.get(login="manager"))
    return client


def of(unit: Organisation) -> str:
    return f"/supplier/organisations/{unit.uuid}"


def test_a_colleague_comes_by_a_link_that_works_once(manager: Client, unit: Organisation) -> None:
    page = manager.post(of(unit), {"email": "new@example.org"}).content.decode()
    (link,) = re.findall(r"http://testserver(/invitations/\S+?)<", page)
    assert link not in manager.get(of(unit)).content.decode()
    visitor = Client()
    assert "请先登录或注册" in visitor.get(link).content.decode()
    colleague = open_by_command(login="colleague", name="示例同事").account
    visitor.force_login(colleague)
    assert "邀请您加入示例培训学校" in visitor.get(link).content.decode()
    assert visitor.post(link).headers["Location"] == of(unit)
    assert unit.invitations.get().state == InvitationState.ACCEPTED
    assert "这个邀请已经用过。" in visitor.get(link).content.decode()
    assert visitor.post(of(unit), {"email": ""}).status_code == 403  # a member who does not manage


def test_strangers_see_nothing(unit: Organisation) -> None:
    stranger = Client()
    assert stranger.get(of(unit)).headers["Location"].startswith("/account/login/")
    stranger.force_login(open_by_command(login="stranger", name="示例旁人").account)
    assert stranger.get(of(unit)).status_code == 403
    assert stranger.post(f"{of(unit)}/change", {"remove": "x"}).status_code == 403
    assert stranger.get("/invitations/nothing").status_code == 404


def test_members_are_changed_and_the_last_manager_stays(manager: Client, unit: Organisation) -> None:
    own = Account.objects.get(login="manager")
    colleague = open_by_command(login="colleague", name="示例同事").account
    Membership.objects.create(account=colleague, organisation=unit)
    page = manager.post(f"{of(unit)}/change", {"demote": str(own.uuid)}, follow=True).content.decode()
    assert "这是最后一位管理员，请先让另一位成员管理。" in page
    manager.post(f"{of(unit)}/change", {"promote": str(colleague.uuid)})
    assert Membership.current.get(account=colleague).manages
    manager.post(f"{of(unit)}/change", {"remove": str(colleague.uuid)})
    assert not Membership.current.filter(account=colleague).exists()
    assert manager.post(f"{of(unit)}/change", {"remove": "no uuid"}).status_code == 404


@pytest.mark.django_db
def test_one_s_own_data_is_given_out_and_the_account_closed(client: Client) -> None:
    opened = open_by_command(login="learner", name="示例学员")
    client.post("/account/login/", {"login": "learner", "password": opened.password})
    assert client.post("/account/data/copy").headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": opened.password})
    answer = client.post("/account/data/copy")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "people/account.json" in archive.namelist()
    assert "请勾选，表示您知道账号不能恢复。" in client.post("/account/data/close").content.decode()
    assert "保留下来的内容" in client.post("/account/data/close", {"sure": "on"}).content.decode()
    opened.account.refresh_from_db()
    assert (opened.account.name, opened.account.is_active) == ("", False)
    assert client.get("/account/").status_code == 302
