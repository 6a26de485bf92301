"""Where pylti1p3next reads what platforms signed and signs what we answer. Beside it only `keys` and `sending` import it.

The library knows platforms as `Registered` tells them. What it leaves to its
user (where a state is kept, how an address is asked) is ours, and what it is lenient about is checked here: the audience together
with `azp`, that the token says when it ends, the algorithm.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import jwt
from jwcrypto.common import JWException
from pylti1p3.cookie import CookieService
from pylti1p3.deep_link import DeepLink
from pylti1p3.deep_link_resource import DeepLinkResource
from pylti1p3.deployment import Deployment
from pylti1p3.exception import LtiException, OIDCException
from pylti1p3.lineitem import LineItem
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect
from pylti1p3.registration import Registration
from pylti1p3.request import Request
from pylti1p3.session import SessionService
from pylti1p3.tool_config.abstract import ToolConfAbstract

from ketang.classroom.lti import keys
from ketang.classroom.lti.line import Bounded
from ketang.classroom.lti.models import Launch, Platform
from ketang.classroom.lti.refusing import NotLetIn, Why

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
SCORES: Literal["https://purl.imsglobal.org/spec/lti-ags/scope/score"] = (
    "https://purl.imsglobal.org/spec/lti-ags/scope/score"
)
ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "ES256", "ES384", "ES512"})
"""With which a platform may sign; LTI asks for RS256."""
LEEWAY_SECONDS = 60
"""Clocks of two servers differ."""
KEYS_SECONDS, KEYS_ANEW_SECONDS = 600.0, 15.0
"""So long a platform's keys are kept in a process; so soon they are asked for again when a key is not among them."""


@dataclass(frozen=True, slots=True)
class Asked(Request):
    """What came with a request, as the library asks for it."""

    told: Mapping[str, str]

    def is_secure(self) -> bool:
        """Not asked here: where cookies live is the page's business."""
        return True

    def get_param(self, key: str) -> str:
        """A value; empty for none."""
        return self.told.get(key, "")


def registration(platform: Platform, *, signs: bool = False) -> Registration:
    """A platform as the library knows one; with our key where we are to sign."""
    found = (
        Registration().set_issuer(platform.issuer).set_client_id(platform.client_id).set_auth_login_url(platform.auth_url)
        .set_auth_token_url(platform.token_url).set_key_set_url(platform.keys_url)
    )  # fmt: skip
    if signs:
        ours = keys.signing()
        found.set_tool_private_key(ours.private).set_tool_public_key(ours.public)
    return found


class Registered(ToolConfAbstract[Asked]):
    """Platforms in the database. `platform` is the one that was found last."""

    platform: Platform | None = None

    def check_iss_has_one_client(self, iss: str) -> bool:
        """An issuer may have several clients, always."""
        return False

    def check_iss_has_many_clients(self, iss: str) -> bool:
        """An issuer may have several clients, always."""
        return True

    def find_registration_by_issuer(self, iss: str, *args: Any, **kwargs: Any) -> Registration:
        """Never asked."""
        raise NotImplementedError

    def find_deployment(self, iss: str, deployment_id: str) -> Deployment | None:
        """Never asked."""
        raise NotImplementedError

    def find_registration_by_params(self, iss: str, client_id: str, *args: Any, **kwargs: Any) -> Registration:
        """The platform of this issuer and client; of this issuer alone where the request names no client and there is one."""
        found = list(Platform.objects.filter(issuer=iss, **({"client_id": client_id} if client_id else {}))[:2])
        if not found:
            raise NotLetIn(Why.UNKNOWN, f"iss={iss} client_id={client_id}", status=403)
        if len(found) > 1:
            raise NotLetIn(Why.MANY, f"iss={iss}")
        self.platform = found[0]
        if not self.platform.is_on:
            raise NotLetIn(Why.OFF, status=403)
        return registration(self.platform)

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *args: Any, **kwargs: Any
    ) -> Deployment | None:
        """Whether the platform has it."""
        if self.platform is None or deployment_id not in self.platform.deployments:
            return None
        return Deployment().set_deployment_id(deployment_id)


class _Kept(SessionService):
    """Nonces and states are kept in a row by us: the library's own session is not used. `known` is the nonce that is awaited."""

    def __init__(self, known: str = "") -> None:
        self.known = known

    def save_nonce(self, nonce: str) -> None:
        self.known = nonce

    def check_nonce(self, nonce: str) -> bool:
        return bool(self.known) and nonce == self.known

    def check_state_is_valid(self, state: str, id_token_hash: str) -> bool:
        return True  # a state was used up before the library is asked

    def save_launch_data(self, key: str, jwt_body: Mapping[str, Any]) -> None:
        pass

    def set_state_valid(self, state: str, id_token_hash: str) -> None:
        pass


class _State(CookieService):
    """The state that the library made; the cookie is ours."""

    state = ""

    def get_cookie(self, name: str) -> str | None:
        return None

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        self.state = str(value)


class _Login(OIDCLogin[Asked, Registered, _Kept, _State, str]):
    def get_redirect(self, url: str) -> Redirect[str]:
        raise NotImplementedError  # the address alone is asked for


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that began: where the browser is sent, and what is to come back."""

    platform: Platform
    address: str
    state: str
    nonce: str


def begin(told: Mapping[str, str], launch_url: str) -> Begun:
    """Answer a platform's third-party login. Raises NotLetIn."""
    config, kept, cookie = Registered(), _Kept(), _State()
    login = _Login(Asked(told), config, session_service=kept, cookie_service=cookie)
    try:
        address = login._prepare_redirect_url(launch_url)
    except OIDCException as wrong:
        raise NotLetIn(Why.START, str(wrong)) from wrong
    assert config.platform is not None  # noqa: S101 - found, or NotLetIn
    return Begun(config.platform, address, cookie.state, kept.known)


_WRONG = (LtiException, jwt.PyJWTError, JWException, LookupError, TypeError, ValueError, AttributeError)
"""What the library and those below it say of a token or of keys that are none."""


@contextmanager
def _or(why: Why, status: int = 403) -> Iterator[None]:
    try:
        yield
    except _WRONG as wrong:
        raise NotLetIn(why, str(wrong), status=status) from wrong


_told_keys: dict[str, tuple[float, Any]] = {}


class _Message(MessageLaunch[Asked, Registered, _Kept, _State]):
    """The library's checks, each with a reason of ours."""

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)

    def get_client_id(self) -> str:
        body = self._get_jwt_body()
        audience: Any = body.get("aud")
        if isinstance(audience, list) and len(audience) == 1:
            audience = audience[0]
        client: Any = body.get("azp", audience)
        if not isinstance(client, str):
            raise NotLetIn(Why.CLIENT, f"aud={audience}", status=403)  # of several, `azp` says which is meant
        return client

    def validate_jwt_format(self) -> _Message:
        with _or(Why.FORMAT, 400):
            super().validate_jwt_format()
            if not isinstance(self._jwt["header"], dict) or not isinstance(self._jwt["body"], dict):
                raise LtiException("not an object")
        return self

    def validate_nonce(self) -> _Message:
        with _or(Why.NONCE):
            super().validate_nonce()
        return self

    def validate_registration(self) -> _Message:
        with _or(Why.CLIENT):
            super().validate_registration()
        return self

    def validate_jwt_signature(self) -> _Message:
        if self._jwt["header"].get("alg") not in ALGORITHMS:
            raise NotLetIn(Why.SIGNATURE, f"alg={self._jwt['header'].get('alg')}", status=403)
        with _or(Why.KEYS):
            key, algorithm = self.get_public_key()
        try:
            # The library's own call asks neither for the audience nor that the token ends, and forgives no second.
            jwt.decode(
                self._get_id_token(), key, algorithms=[algorithm], audience=self.get_client_id(),
                leeway=LEEWAY_SECONDS, options={"require": ["exp", "iat", "iss", "aud", "nonce"]},
            )  # fmt: skip
        except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as wrong:
            raise NotLetIn(Why.EXPIRED, str(wrong), status=403) from wrong
        except jwt.InvalidAudienceError as wrong:
            raise NotLetIn(Why.CLIENT, str(wrong), status=403) from wrong
        except (jwt.PyJWTError, ValueError, TypeError) as wrong:
            raise NotLetIn(Why.SIGNATURE, str(wrong), status=403) from wrong
        return self

    def validate_deployment(self) -> _Message:
        with _or(Why.DEPLOYMENT):
            super().validate_deployment()
        return self

    def validate_message(self) -> _Message:
        with _or(Why.MESSAGE, 400):
            super().validate_message()
            if not (self.is_resource_launch() or self.is_deep_link_launch()):
                raise LtiException("message_type")
        return self

    def fetch_public_key(self, key_set_url: str) -> Any:
        """The platform's keys, kept for minutes; a key that is not among them has them read anew."""
        kept = _told_keys.get(key_set_url)
        age = time.monotonic() - kept[0] if kept is not None else KEYS_SECONDS
        wanted = self._jwt["header"].get("kid")
        if kept is not None and (age < KEYS_ANEW_SECONDS or (age < KEYS_SECONDS and _has(kept[1], wanted))):
            return kept[1]
        _told_keys.pop(key_set_url, None)
        found: Any = super().fetch_public_key(key_set_url)
        if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
            raise LtiException("no key set")
        _told_keys[key_set_url] = time.monotonic(), found
        return found


def _has(found: Any, kid: object) -> bool:
    return any(isinstance(one, dict) and one.get("kid") == kid for one in found["keys"])


@dataclass(frozen=True, slots=True)
class Signed:
    """What a platform signed: its claims, what it is about, and what the person is there."""

    claims: Mapping[str, Any]
    chooses: bool
    teaches: bool
    learns: bool


def read(launch: Launch, told: Mapping[str, str]) -> Signed:
    """What the platform signed, checked against the launch that it answers. Raises NotLetIn."""
    config = Registered()
    message = _Message(
        Asked(told), config, session_service=_Kept(launch.nonce), cookie_service=_State(), requests_session=Bounded()
    )
    try:
        message.validate()
    except LtiException as wrong:
        raise NotLetIn(Why.FORMAT, str(wrong)) from wrong
    if config.platform is None or config.platform.pk != launch.platform_id:
        raise NotLetIn(Why.CLIENT, "another platform than the one that began", status=403)
    with _or(Why.MESSAGE, 400):
        teaches = (
            message.check_teacher_access() or message.check_designer_access() or message.check_staff_access()
            or message.check_teaching_assistant_access()
        )  # fmt: skip
        learns = message.check_student_access() and not teaches
    return Signed(dict(message.get_launch_data()), message.is_deep_link_launch(), teaches, learns)


@dataclass(frozen=True, slots=True)
class Item:
    """A course as it is put into another platform; `has_exam` gives it a place for marks of 100."""

    uuid: str
    title: str
    address: str
    has_exam: bool


def deep_link(platform: Platform, deployment: str, settings: Mapping[str, Any], items: Sequence[Item]) -> str:
    """The signed answer with these courses (a JWT)."""
    resources = []
    for item in items:
        made = DeepLinkResource().set_url(item.address).set_title(item.title).set_custom_params({"course": item.uuid})
        if item.has_exam:
            place = LineItem().set_label(item.title).set_score_maximum(100).set_resource_id(item.uuid).set_tag("exam")
            made.set_lineitem(place)
        resources.append(made)
    answer = DeepLink(registration(platform, signs=True), deployment, dict(settings))  # type: ignore[arg-type]
    message = answer.get_message_jwt(resources)
    if settings.get("data") is None:
        message.pop("https://purl.imsglobal.org/spec/lti-dl/claim/data")  # nothing came, nothing goes back
    return str(answer.encode_jwt(message))  # type: ignore[no-untyped-call]  # the library's
