"""The label that a supplier prints and sticks on the parcel; its code is read by a scanner and by a person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kebao.text.package_name import PARCEL_TEXT
from ketang.selection.desk.codes import label_code
from ketang.web.drawn_codes import bars, qr
from ketang.web.supplier.own import own_submission


@login_required
@require_safe
def label(request: HttpRequest, uuid: str) -> HttpResponse:
    """The words that P7.1 wants on the cover, where it goes, what is in it, and its code as bars and QR code."""
    submission = own_submission(request, uuid)
    code = label_code(submission.uuid)
    shown = {
        "submission": submission, "code": code, "parcel_text": PARCEL_TEXT, "contact": submission.call.content.contact,
        "bars": bars(code.replace("-", ""), _("标签代码的条码")), "qr": qr(code.replace("-", ""), _("标签代码的二维码")),
    }  # fmt: skip
    return render(request, "web/supplier/label.html", shown)
