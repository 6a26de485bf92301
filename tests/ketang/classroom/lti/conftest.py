"""A platform of one's own that signs as it is told, right or wrong, and takes marks or not; no library stands behind it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.test import Client
from jwt.algorithms import RSAAlgorithm
from pytest_django import Settings

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams import sitting
from ketang.classroom.exams.models import Attempt
from ketang.classroom.exams.queries import open_papers
from ketang.classroom.lti import library
from ketang.classroom.lti.models import Platform
from ketang.people.account.models import Account
from stand_ins import stand_in

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
KEY = generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = generate_private_key(public_exponent=65537, key_size=2048)


def public(key: RSAPrivateKey, kid: str) -> dict[str, Any]:
    return {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "RS256", "use": "sig"}


@dataclass
class Forge:
    """What it was sent; what it answers to marks: a status and words for each in turn, the last for ever."""

    port: int = 0
    keys: Any = field(default_factory=lambda: {"keys": [public(KEY, "one")]})
    answers: list[tuple[int, str]] = field(default_factory=lambda: [(200, "")])
    token: tuple[int, Any] = (200, {"access_token": "opens", "expires_in": 3600, "token_type": "bearer"})
    scores: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    fetched: int = 0
    row: Platform | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def line(self) -> str:
        return f"{self.origin}/lineitems/1?type=x"

    @property
    def platform(self) -> Platform:
        assert self.row is not None
        return Platform.objects.get(pk=self.row.pk)

    def claims(self, nonce: str, /, **more: Any) -> dict[str, Any]:
        """A good message for a learner; what is None is left out."""
        told = {
            "iss": self.origin, "aud": "client-1", "sub": "u-7", "nonce": nonce, "iat": int(time.time()), "exp": int(time.time()) + 300,
            "name": "示例同学", "email": "someone@example.org",
            f"{CLAIM}message_type": "LtiResourceLinkRequest", f"{CLAIM}version": "1.3.0", f"{CLAIM}deployment_id": "d-1",
            f"{CLAIM}target_link_uri": "http://testserver/lti/launch", f"{CLAIM}resource_link": {"id": "link-1"},
            f"{CLAIM}roles": [f"{MEMBER}Learner"],
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {"scope": [SCORE], "lineitem": self.line},
        }  # fmt: skip
        return {name: value for name, value in (told | more).items() if value is not None}

    def sign(self, claims: dict[str, Any], *, key: Any = KEY, kid: str | None = "one", algorithm: str = "RS256") -> str:
        return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid} if kid else None)

    def begin(self, client: Client, **more: str) -> dict[str, str]:
        """The login; gives what the browser was sent on with."""
        told = {
            "iss": self.origin,
            "login_hint": "7",
            "target_link_uri": "http://testserver/lti/launch",
            "client_id": "client-1",
        }
        answer = client.get("/lti/login", told | more)
        assert answer.status_code == 302, answer.content.decode()
        return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}

    def launch(self, client: Client, **more: Any) -> Any:
        """The whole way to the page on which it goes on, or to the refusal."""
        sent = self.begin(client)
        token = self.sign(self.claims(sent["nonce"], **more))
        answer = client.post("/lti/launch", {"state": sent["state"], "id_token": token})
        return client.get(answer["Location"]) if answer.status_code == 303 else answer

    def come(self, client: Client, how: str = "agree", **more: Any) -> Account:
        """In, for the first time."""
        page = self.launch(client, **more)
        answer = client.post(page.request["PATH_INFO"], {"how": how})
        assert answer.status_code == 302, answer.content.decode()
        return Account.objects.get(pk=client.session["_auth_user_id"])


@pytest.fixture
def forge(db: None, settings: Settings) -> Iterator[Forge]:
    kept = Forge()
    settings.LETTER_ORIGIN = "http://testserver"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept.fetched += 1
            self._say(200, kept.keys if isinstance(kept.keys, str) else json.dumps(kept.keys))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if self.path == "/token":
                kept.asked.append({name: values[0] for name, values in parse_qs(body).items()})
                self._say(kept.token[0], json.dumps(kept.token[1]))
                return
            status, words = kept.answers.pop(0) if len(kept.answers) > 1 else kept.answers[0]
            kept.heads.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
            kept.scores.append(json.loads(body))
            self._say(status, words)

        def _say(self, status: int, words: str) -> None:
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{kept.origin}/elsewhere")
            self.end_headers()
            self.wfile.write(words.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    library._told_keys.clear()
    with stand_in(Handler) as kept.port:
        kept.row = Platform.objects.create(
            name="示例职业学院", issuer=kept.origin, client_id="client-1", deployments=["d-1"],
            auth_url=f"{kept.origin}/auth", token_url=f"{kept.origin}/token", keys_url=f"{kept.origin}/keys",
        )  # fmt: skip
        yield kept


@pytest.fixture
def course(db: None) -> Course:
    return course_with_papers()


@pytest.fixture
def client() -> Client:
    return Client()


def sit(learner: Account, course: Course, chosen: str = "A") -> Attempt:
    """An exam of 80 points for A, 40 for anything else."""
    begun = sitting.begin(account=learner, paper=open_papers(course)[0], one_at_a_time=True)
    sitting.keep_form(attempt=begun, chosen={1: ([chosen], False), 2: (["A", "B"], False)}, seen=0)
    return sitting.submit(attempt=begun.uuid, account=learner)
