"""One file from a form that works without scripts: sent by tus before, or in the form itself now."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.models import Upload
from ketang.web.uploads import tus


def sent_file(request: HttpRequest, form: forms.Form, owner: str) -> Upload | None:
    """The file of a form with the field `package`; None with the reason on the form."""
    if key := request.POST.get("upload"):
        form.errors.clear()
        try:
            found = Upload.objects.filter(uuid=key, owner=owner).first()
        except ValidationError:
            found = None
        if found is None or found.is_open or not uploads.claim(upload=found):
            form.add_error(None, _("文件还没有传完。请再选一次同一个文件，会接着传。"))
            return None
        return _not_empty(found, form)
    if not form.is_valid():
        return None
    sent = form.cleaned_data["package"]
    if sent.size > settings.UPLOAD_BYTES:
        form.add_error("package", tus.beyond(settings.UPLOAD_BYTES))
        return None
    made = uploads.create(owner=owner, name=sent.name, length=sent.size)
    uploads.append(upload=made, offset=0, source=sent)
    return _not_empty(made, form)


def _not_empty(upload: Upload, form: forms.Form) -> Upload | None:
    if upload.length == 0:
        form.add_error(None, _("这个文件是空的，请重新选择。"))
        return None
    return upload
