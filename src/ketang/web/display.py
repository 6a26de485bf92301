"""A person's settings for pages and lessons. Kept in a cookie, and with the account of who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.preference.actions import keep_display
from ketang.people.preference.display import Display
from ketang.people.preference.queries import display_of

COOKIE = "display"
YEAR_SECONDS = 365 * 24 * 3600
WORDS: dict[str, dict[str, str | Promise]] = {
    "size": {"standard": _("标准"), "large": _("大号（长者模式）")},
    "theme": {
        "auto": _("跟随我的设备"), "light": _("浅色"), "dark": _("深色"), "contrast": _("黑底黄字（高对比）"),
    },
    "spacing": {"standard": _("标准"), "wide": _("宽松")},
    "reading": {"plain": _("标准"), "easy": _("易读：一句一行，每行短一些")},
    "captions": {"on": _("打开"), "off": _("关闭")},
    "sign": {"on": _("打开"), "off": _("关闭")},
    "description": {"on": _("打开"), "off": _("关闭")},
    "motion": {"auto": _("跟随我的设备"), "less": _("减少")},
    "time": {"once": _("不需要"), "half": _("多一半"), "double": _("多一倍")},
}  # fmt: skip
"""The words of each choice, in the order in which it is offered."""


def display(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: once a sign-in, what the account keeps comes into this browser; an account that keeps nothing takes its settings over."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, Account) or "display" in request.session:
            return get_response(request)
        here, kept = request.COOKIES.get(COOKIE, ""), display_of(request.user) or ""
        if not kept and here:
            kept = str(Display.read(here))
            keep_display(account=request.user, display=kept)
        request.session["display"] = kept
        if kept in ("", here):
            return get_response(request)
        request.COOKIES[COOKIE] = kept
        response = get_response(request)
        if COOKIE not in response.cookies:
            keep(response, Display.read(kept), secure=request.is_secure())
        return response

    return answer


def keep(response: HttpResponse, chosen: Display, *, secure: bool) -> None:
    """Set the cookie: a choice of looks, which names nobody."""
    response.set_cookie(COOKIE, str(chosen), max_age=YEAR_SECONDS, secure=secure, httponly=True, samesite="Lax")
