"""A learning platform that is not ours, in a process of its own: `lti1p3platform` behind a few pages, its marks kept in memory.

`python tests/lti_platform.py TOOL` prints its own origin. The library signs launches, checks what we sign, gives tokens,
and answers the services for marks; what is here are the pages around it and what it asks its user to keep:

    /                     links to a course and to choosing; `?frame=` has either in a frame (`choose`, or a number)
    /open                 begins a launch: `user`, `what` (`choose`, or a number of what was chosen)
    /auth, /token, /keys  sign-in, tokens, public keys, as the library does them
    /return               takes what was chosen, checked by the library
    /lineitems/1/…        the library's services for marks
    /kept                 everything it keeps, as JSON, for who tests
"""

from __future__ import annotations

import html
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from lti1p3platform.exceptions import LineItemNotFoundException, LtiDeepLinkingResponseException, LtiException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService

CLIENT, DEPLOYMENT, TITLE = "peer-client", "peer-1", "示例同伴平台"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
PEOPLE = {"student": ("示例学员壬", f"{MEMBER}Learner"), "teacher": ("示例教师", f"{MEMBER}Instructor")}


class Config(LTI1P3PlatformConfAbstract):
    """One platform with one tool."""

    def init_platform_config(self, **told: Any) -> None:
        self._registration = told["registration"]

    def get_registration_by_params(self, **_told: Any) -> Registration:
        assert self._registration is not None
        return self._registration


class Asked(Request):
    """A request as the library reads it."""

    def build_metadata(self, request: Any) -> Any:
        return request


class Login(OIDCLoginAbstract):
    """Begins at the tool."""

    def set_lti_message_hint(self, **told: Any) -> None:
        self._lti_message_hint = told["hint"]

    def get_redirect(self, url: str) -> str:
        return url


class Launch(LTIAdvantageMessageLaunchAbstract):
    """The form that posts what was signed."""

    def render_launch_form(self, launch_data: dict[str, Any], **_told: Any) -> str:
        fields = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(launch_data[name])}">'
            for name in ("state", "id_token")
        )
        to = html.escape(launch_data["launch_url"])
        return f'<form id="f" method="post" action="{to}">{fields}<button>Go</button></form><script>f.submit()</script>'


class Marks(AssignmentsGradesService):
    """One line; its marks are kept by user. As the standard asks, a mark must be later than the last."""

    kept: dict[str, dict[str, Any]] = {}

    def find_lineitems(self, **_told: Any) -> Any:
        return {"content": [self.find_lineitem("1")], "has_next": False}

    def find_lineitem(self, line_item_id: str) -> Any:
        if line_item_id != "1":
            raise LineItemNotFoundException
        return {"id": self.ags.lineitem_url, "scoreMaximum": 100, "label": TITLE}

    def create_lineitem(self, creation_data: Any) -> Any:
        raise NotImplementedError

    def update_lineitem(self, update_data: Any) -> Any:
        raise NotImplementedError

    def delete_lineitem(self, line_item_id: str) -> None:
        raise NotImplementedError

    def update_score(self, line_item_id: str, score: Any) -> UpdateScoreStatus:
        self.find_lineitem(line_item_id)
        before = self.kept.get(score["userId"])
        if before is not None and score["timestamp"] <= before["timestamp"]:
            return UpdateScoreStatus.OLD_TIMESTAMP
        self.kept[score["userId"]] = score
        return UpdateScoreStatus.SUCCESS if before is not None else UpdateScoreStatus.CREATED

    def get_results(self, line_item_id: str, **told: Any) -> Any:
        self.find_lineitem(line_item_id)
        rows = [
            {
                "id": f"{self.ags.lineitem_url}/results/{user}", "scoreOf": self.ags.lineitem_url, "userId": user,
                "resultScore": one["scoreGiven"], "resultMaximum": one["scoreMaximum"],
            }
            for user, one in self.kept.items() if told.get("user_id") in (None, user)
        ]  # fmt: skip
        return {"content": rows, "has_next": False}


class Peer(BaseHTTPRequestHandler):
    """The pages."""

    tool = ""
    origin = ""
    registration: Registration
    items: list[Any] = []
    wrong: list[str] = []

    def do_GET(self) -> None:
        self._answer("GET", b"")

    def do_POST(self) -> None:
        self._answer("POST", self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, method: str, body: bytes) -> None:
        parts = urlsplit(self.path)
        kind = self.headers.get("Content-Type") or ""
        asked = Asked(
            {
                "method": method, "get_data": dict(parse_qsl(parts.query)), "headers": self.headers, "path": parts.path,
                "form_data": dict(parse_qsl(body.decode())) if "urlencoded" in kind else {},
                "json": json.loads(body) if "json" in kind else None, "content_type": kind,
            }
        )  # fmt: skip
        name = parts.path.strip("/").split("/")[0] or "home"
        page = getattr(self, f"_{name}", None)
        if page is None:
            self._say(404, "")
            return
        try:
            page(asked)
        except (LtiException, LtiDeepLinkingResponseException, jwt.PyJWTError) as wrong:
            self.wrong.append(repr(wrong))
            self._say(400, repr(wrong))

    def _home(self, asked: Request) -> None:
        links = [
            f'<p><a href="/open?{urlencode({"user": user, "what": what})}">{words}</a></p>'
            for user, what, words in (("teacher", "choose", "choose courses"), ("student", "0", "open the course"))
        ]
        if "frame" in asked.get_data:
            what = asked.get_data["frame"]
            begun = html.escape(
                "/open?" + urlencode({"user": "teacher" if what == "choose" else "student", "what": what})
            )
            links.append(f'<iframe width="900" height="600" src="{begun}"></iframe>')
        self._say(200, f"<title>{TITLE}</title><h1>{TITLE}</h1>{''.join(links)}", "text/html; charset=utf-8")

    def _open(self, asked: Request) -> None:
        login = Login(asked, Config(registration=self.registration))
        login.set_lti_message_hint(hint=asked.get_data["what"])
        if asked.get_data["what"] != "choose":
            login.set_launch_url(self.items[int(asked.get_data["what"])]["url"])
        self._redirect(login.initiate_login(asked.get_data["user"]))

    def _auth(self, asked: Request) -> None:
        told = asked.get_data
        launch = Launch(asked, Config(registration=self.registration))
        name, role = PEOPLE[told["login_hint"]]
        launch.set_user_data(told["login_hint"], [role], full_name=name, email_address="someone@example.org")
        if told["lti_message_hint"] == "choose":
            launch.set_dl(f"{self.origin}/return", extra_data={"page": "7"})
        else:
            item = self.items[int(told["lti_message_hint"])]
            launch.set_launch_url(item["url"])
            launch.set_resource_link_claim(f"link-{told['lti_message_hint']}")
            launch.set_custom_parameters_claim(item["custom"])
            launch.set_ags(f"{self.origin}/lineitems", f"{self.origin}/lineitems/1", allow_creating_lineitems=False)
        self._say(200, launch.lti_launch(), "text/html; charset=utf-8")

    def _token(self, asked: Request) -> None:
        self._say(200, json.dumps(Config(registration=self.registration).get_access_token(asked.form_data)))

    def _keys(self, _asked: Request) -> None:
        self._say(200, json.dumps(Config(registration=self.registration).get_jwks()))

    def _return(self, asked: Request) -> None:
        type(self).items = Config(registration=self.registration).validate_deeplinking_resp(asked.form_data)
        self._say(200, f"<title>{TITLE}</title><h1>kept {len(self.items)}</h1>", "text/html; charset=utf-8")

    def _lineitems(self, asked: Request) -> None:
        _empty, _lineitems, line, what = asked.path.split("/")
        service = Marks(
            asked,
            Config(registration=self.registration),
            f"{self.origin}/lineitems",
            f"{self.origin}/lineitems/1",
            False,
        )
        handle = {"scores": service.handle_update_score, "results": service.handle_get_results}[what]
        got = service.handle_resp(handle, line_item_id=line)
        self._say(got.code, json.dumps(got.result["content"] if got.result else {"said": got.message}))

    def _kept(self, _asked: Request) -> None:
        self._say(200, json.dumps({"items": self.items, "marks": Marks.kept, "wrong": self.wrong}))

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def _say(self, status: int, words: str, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


def main(tool: str) -> None:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with ThreadingHTTPServer(("127.0.0.1", 0), Peer) as server:
        Peer.tool, Peer.origin = tool, f"http://localhost:{server.server_port}"  # another site than 127.0.0.1
        Peer.registration = (
            Registration().set_iss(Peer.origin).set_client_id(CLIENT).set_deployment_id(DEPLOYMENT)
            .set_launch_url(f"{tool}/lti/launch").set_deeplink_launch_url(f"{tool}/lti/launch")
            .set_oidc_login_url(f"{tool}/lti/login").set_tool_key_set_url(f"{tool}/lti/keys")
            .set_platform_public_key(public).set_platform_private_key(private)
        )  # fmt: skip
        print(Peer.origin, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
