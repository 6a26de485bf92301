"""Whether one's settings are counted in statistics: a consent of its own, given and taken back with one button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.people.account.models import Account
from ketang.people.consent.actions import give_consent, withdraw_consent
from ketang.people.consent.models import Purpose
from ketang.people.consent.queries import has_consented


def consent_text() -> str:
    """What somebody agrees to."""
    return _(
        "把我的显示设置（文字大小、颜色、间距、易读、口述、动画、时间）和别人的合在一起，统计每门课有多少人用。"
        "只公布 10 人及以上的数字，看不出是谁。不同意，不影响学习。可以随时取消。"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counted(request: HttpRequest) -> HttpResponse:
    """How it stands, and the button for the other. Only for oneself: nobody agrees for another."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    account, text = request.user, consent_text()
    if request.method == "POST":
        if request.POST.get("agree") == "yes":
            give_consent(account=account, purpose=Purpose.NEEDS, language=get_language() or "", text=text)
        else:
            withdraw_consent(account=account, purpose=Purpose.NEEDS)
        messages.success(request, _("已经修改。"))
        return HttpResponseRedirect(reverse("learn-counted"))
    agreed = has_consented(account, Purpose.NEEDS)
    return render(request, "web/learner/counted.html", {"text": text, "agreed": agreed})
