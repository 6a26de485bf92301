"""How pages look to one person: size of text, colours, spacing. Kept in a cookie, and with the account of who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.preference.actions import keep_display
from ketang.people.preference.queries import display_of

COOKIE = "display"
YEAR_SECONDS = 365 * 24 * 3600
SIZES: dict[str, str | Promise] = {"standard": _("标准"), "large": _("大号（长者模式）")}
THEMES: dict[str, str | Promise] = {"auto": _("跟随我的设备"), "light": _("浅色"), "dark": _("深色")}
SPACINGS: dict[str, str | Promise] = {"standard": _("标准"), "wide": _("宽松")}


@dataclass(frozen=True, slots=True)
class Display:
    """One choice of each. Its text is `size.theme.spacing`; what is unknown in a text is taken as the default."""

    size: str = "standard"
    theme: str = "auto"
    spacing: str = "standard"

    @classmethod
    def read(cls, text: str) -> Display:
        """The display a text means."""
        found = cls()
        for name, word, known in zip(
            ("size", "theme", "spacing"), text.split("."), (SIZES, THEMES, SPACINGS), strict=False
        ):
            if word in known:
                found = replace(found, **{name: word})
        return found

    def __str__(self) -> str:
        return f"{self.size}.{self.theme}.{self.spacing}"


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
