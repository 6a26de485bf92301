"""A form's field as a component: label, hint, error, control; by the kind of its widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ketang.web.components import render

PASSED_ON = ("autocomplete", "inputmode", "pattern", "spellcheck", "rows", "autocapitalize")
"""Attributes of a widget that are options of the component."""
NEVER_PASSED = ("required", "placeholder", "id", "class", "aria-describedby", "aria-invalid")
"""`required` would stop the browser from sending, with its own words in its own language; our error summary tells it instead."""


def render_field(bound: BoundField, **options: Any) -> SafeString:
    """The field's HTML. `heading=True` makes its label the page's heading; `classes` go to the control;
    `label` and `hint` replace the field's own words.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(str(bound))
    kinds: list[tuple[type[forms.Widget], Callable[[BoundField, dict[str, Any]], SafeString]]] = [
        (forms.CheckboxSelectMultiple, _checkboxes),  # before RadioSelect, of which Django derives it
        (forms.RadioSelect, _radios),
        (forms.CheckboxInput, _checkbox),
        (forms.Select, _select),
        (forms.Textarea, _textarea),
        (forms.PasswordInput, _password),
        (forms.FileInput, _file),
    ]
    for kind, drawn in kinds:
        if isinstance(widget, kind):
            return drawn(bound, options)
    return _input(bound, options)


def _common(bound: BoundField, options: dict[str, Any]) -> dict[str, Any]:
    attributes = {
        name: value
        for name, value in bound.field.widget.attrs.items()
        if name not in NEVER_PASSED and name not in PASSED_ON and value is not False
    }
    hint = options.get("hint", bound.help_text)
    return {
        "id": bound.id_for_label or bound.auto_id,
        "name": bound.html_name,
        "hint": {"html" if isinstance(hint, SafeString) else "text": hint} if hint else None,
        "errorMessage": _error(bound),
        "classes": options.get("classes"),
        "attributes": {name: "" if value is True else str(value) for name, value in attributes.items()} or None,
        "disabled": True if bound.field.disabled else None,
        **{name: bound.field.widget.attrs.get(name) for name in PASSED_ON},
    }


def _error(bound: BoundField) -> dict[str, Any] | None:
    if not bound.errors:
        return None
    return {"text": " ".join(str(error) for error in bound.errors), "visuallyHiddenText": _("错误")}


def _label(bound: BoundField, options: dict[str, Any]) -> dict[str, Any]:
    words = options.get("label", bound.label)
    if not bound.field.required and not options.get("heading") and not options.get("search"):
        words = _("{label}（选填）").format(label=words)
    if options.get("heading"):
        return {"text": words, "isPageHeading": True, "classes": "govuk-label--l"}
    return {"text": words, "classes": "govuk-label--s"}


def _legend(bound: BoundField, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "legend": {
            **_label(bound, options),
            "classes": "govuk-fieldset__legend--l" if options.get("heading") else "govuk-fieldset__legend--s",
        }
    }


def _value(bound: BoundField) -> str:
    value = bound.value()
    shown = bound.field.widget.format_value(value)
    return "" if shown is None else str(shown)


def _input(bound: BoundField, options: dict[str, Any]) -> SafeString:
    kind = getattr(bound.field.widget, "input_type", "text")
    # A number field steals the wheel and hides what was typed wrong: text with a numeric keyboard instead.
    numeric = kind == "number"
    whole = isinstance(bound.field, forms.IntegerField) and not isinstance(
        bound.field, forms.FloatField | forms.DecimalField
    )
    common = _common(bound, options)
    if numeric:
        common["attributes"] = {
            k: v for k, v in (common["attributes"] or {}).items() if k not in ("min", "max", "step")
        } or None
        common["inputmode"] = "numeric" if whole else "decimal"
    return render(
        "input",
        {**common, "label": _label(bound, options), "type": "text" if numeric else kind, "value": _value(bound),
         "prefix": {"text": options["prefix"]} if "prefix" in options else None,
         "suffix": {"text": options["suffix"]} if "suffix" in options else None},
    )  # fmt: skip


def _textarea(bound: BoundField, options: dict[str, Any]) -> SafeString:
    limit = getattr(bound.field, "max_length", None)
    common = {**_common(bound, options), "label": _label(bound, options), "value": _value(bound)}
    if not limit:
        return render("textarea", common)
    common["attributes"] = {k: v for k, v in (common["attributes"] or {}).items() if k != "maxlength"} or None
    left, over = _("还可以写 %{count} 个字"), _("超出了 %{count} 个字")
    return render(
        "character-count",
        {**common, "maxlength": limit, "textareaDescriptionText": _("最多 %{count} 个字"),
         "charactersUnderLimitText": {"other": left, "one": left}, "charactersAtLimitText": _("字数已满"),
         "charactersOverLimitText": {"other": over, "one": over}},
    )  # fmt: skip


def _password(bound: BoundField, options: dict[str, Any]) -> SafeString:
    return render(
        "password-input",
        {**_common(bound, options), "label": _label(bound, options), "showPasswordText": _("显示"), "hidePasswordText": _("隐藏"),
         "showPasswordAriaLabelText": _("显示密码"), "hidePasswordAriaLabelText": _("隐藏密码"),
         "passwordShownAnnouncementText": _("密码已显示"), "passwordHiddenAnnouncementText": _("密码已隐藏")},
    )  # fmt: skip


def _file(bound: BoundField, options: dict[str, Any]) -> SafeString:
    several = bool(bound.field.widget.attrs.get("multiple"))
    return render(
        "file-upload", {**_common(bound, options), "label": _label(bound, options), "multiple": several or None}
    )


def _items(bound: BoundField, options: dict[str, Any]) -> list[dict[str, Any]]:
    """Choices with `hints={value: words}` and what is chosen."""
    hints = options.get("hints", {})
    value = bound.value()
    chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {"" if value is None else str(value)}
    found = []
    for key, words in bound.field.choices:  # type: ignore[attr-defined]
        hint = hints.get(str(key))
        found.append(
            {"value": str(key), "html" if isinstance(words, SafeString) else "text": str(words), "checked": str(key) in chosen or None, "selected": str(key) in chosen or None,
             "hint": {"text": str(hint)} if hint else None}
        )  # fmt: skip
    return found


def _radios(bound: BoundField, options: dict[str, Any]) -> SafeString:
    items = [one for one in _items(bound, options) if one["value"] or not bound.field.required]
    common = _common(bound, options)
    return render(
        "radios", {**common, "idPrefix": bound.auto_id, "id": None, "fieldset": _legend(bound, options), "items": items}
    )


def _checkboxes(bound: BoundField, options: dict[str, Any]) -> SafeString:
    common = _common(bound, options)
    return render(
        "checkboxes",
        {**common, "idPrefix": bound.auto_id, "id": None, "fieldset": _legend(bound, options), "items": _items(bound, options)},
    )  # fmt: skip


def _checkbox(bound: BoundField, options: dict[str, Any]) -> SafeString:
    common = _common(bound, options)
    item = {
        "value": "on",
        "id": bound.auto_id,
        "text": str(options.get("label", bound.label)),
        "checked": bool(bound.value()) or None,
        "hint": common["hint"],
    }
    return render("checkboxes", {**common, "idPrefix": bound.auto_id, "hint": None, "id": None, "items": [item]})


def _select(bound: BoundField, options: dict[str, Any]) -> SafeString:
    return render(
        "select", {**_common(bound, options), "label": _label(bound, options), "items": _items(bound, options)}
    )
