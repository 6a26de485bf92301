"""What an action refused, said on the form it came from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from ketang.platform.refusal import Refused


@contextmanager
def said_on(form: BaseForm) -> Iterator[None]:
    """Run an action; what it refuses stands by the field it is about, or at the head of the form. Ask `form.is_valid()` after it."""
    try:
        yield
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
