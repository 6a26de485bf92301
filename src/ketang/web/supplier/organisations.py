"""An organisation: its members, its invitations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ketang.people.account.models import Account
from ketang.people.invitation.actions import VALID_DAYS, invite_member, revoke_invitation
from ketang.people.invitation.models import Invitation, InvitationState
from ketang.people.invitation.queries import invitations_to
from ketang.people.organisation.actions import remove_member, set_manager
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.organisation.queries import members_of
from ketang.people.permissions import may_manage_organisation, may_see_organisation, require
from ketang.platform.refusal import Refused
from ketang.web.refusals import said_on


class InviteForm(forms.Form):
    """Somebody new."""

    email = forms.EmailField(
        label=gettext_lazy("对方的电子邮箱"), help_text=gettext_lazy("只用来记住这个链接发给了谁。"), required=False
    )
    manages = forms.BooleanField(label=gettext_lazy("也可以邀请和移出成员"), required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, uuid: str) -> HttpResponse:
    """Members and invitations; a new link is shown once, on the answer to the form that made it."""
    found = get_object_or_404(Organisation, uuid=uuid)
    require(may_see_organisation(request.user, found))
    form, link = InviteForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            sent = invite_member(actor=request.user, organisation=found, **form.cleaned_data)
            link = request.build_absolute_uri(reverse("invitation", args=[sent.token]))
            form = InviteForm()
    return render(request, "web/supplier/organisation.html", _shown(request, found, form, link))


def _shown(request: HttpRequest, found: Organisation, form: InviteForm, link: str) -> dict[str, Any]:
    manages = may_manage_organisation(request.user, found)
    still = [one for one in invitations_to(found) if one.state == InvitationState.OPEN] if manages else []
    return {
        "organisation": found,
        "members": members_of(found),
        "manages": manages,
        "invites": manages and found.kind != OrganisationKind.PERSON,
        "invitations": still,
        "form": form,
        "link": link,
        "days": VALID_DAYS,
    }


@login_required
@require_POST
def change(request: HttpRequest, uuid: str) -> HttpResponse:
    """One button of the page: remove a member, let a member manage or not, take an invitation back."""
    found = get_object_or_404(Organisation, uuid=uuid)
    require(may_see_organisation(request.user, found))
    try:
        if withdrawn := request.POST.get("revoke"):
            revoke_invitation(
                actor=request.user, invitation=get_object_or_404(Invitation, uuid=_uuid(withdrawn), organisation=found)
            )
        elif removed := request.POST.get("remove"):
            remove_member(
                actor=request.user, account=get_object_or_404(Account, uuid=_uuid(removed)), organisation=found
            )
        else:
            word = "promote" if "promote" in request.POST else "demote"
            account = get_object_or_404(Account, uuid=_uuid(request.POST.get(word, "")))
            set_manager(actor=request.user, account=account, organisation=found, manages=word == "promote")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已经修改。"))
    left = not may_see_organisation(request.user, found)
    return HttpResponseRedirect(reverse("account") if left else reverse("organisation", args=[found.uuid]))


def _uuid(text: str) -> UUID:
    """What a button says it is about; Http404 when it was tampered with."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
