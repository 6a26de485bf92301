"""How pylti1p3next sends marks to a platform, and what of its answers means that it is tried again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import requests
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiServiceException
from pylti1p3.grade import Grade as Score
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

from ketang.classroom.lti.library import SCORES, registration
from ketang.classroom.lti.line import Bounded
from ketang.classroom.lti.models import Platform


class Away(Exception):
    """The platform cannot be reached, is busy, or does not let us in: it is tried again later."""


class Refusal(Exception):
    """The platform will not have this mark."""


class _Connector(ServiceConnector):
    """The library's, with tokens kept as long as it lives."""

    def __init__(self, to: Registration, session: requests.Session) -> None:
        super().__init__(to, session)
        self.tokens: dict[str, str] = {}

    def _get_cached_access_token(self, scope_key: str) -> str | None:
        return self.tokens.get(scope_key)

    def _cache_access_token(self, scope_key: str, access_token: str, expires_in: float) -> None:
        self.tokens[scope_key] = access_token


WORDS = 400
"""Characters of what a platform answers that are kept."""


def sender(platform: Platform) -> Callable[[str, Mapping[str, Any]], None]:
    """What sends marks to a platform: to a line item, `user`, `points` of 100 and `at` (ISO 8601). Raises Away, Refusal."""
    connector = _Connector(registration(platform, signs=True), Bounded())

    def token() -> None:
        try:
            connector.get_access_token([SCORES])
        except (
            LtiServiceException,
            requests.RequestException,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
        ) as wrong:
            raise Away(_said(wrong)) from wrong

    def send(lineitem: str, mark: Mapping[str, Any]) -> None:
        token()
        score = Score().set_score_given(mark["points"]).set_score_maximum(100).set_user_id(mark["user"])
        score.set_timestamp(mark["at"]).set_activity_progress("Completed").set_grading_progress("FullyGraded")
        service = AssignmentsGradesService(connector, {"scope": [SCORES], "lineitem": lineitem})
        try:
            service.put_grade(score)
        except LtiServiceException as wrong:
            status = wrong.response.status_code
            if status == 409:
                return  # it has this mark, or a later one: nobody but us sends to this place
            if status in (401, 408, 425, 429) or status >= 500:
                raise Away(_said(wrong)) from wrong
            raise Refusal(_said(wrong)) from wrong
        except requests.JSONDecodeError:
            return  # taken (2xx); what it says besides is of no matter
        except requests.exceptions.InvalidURL as wrong:
            raise Refusal(_said(wrong)) from wrong
        except requests.RequestException as wrong:
            raise Away(_said(wrong)) from wrong

    return send


def _said(wrong: Exception) -> str:
    if isinstance(wrong, LtiServiceException):
        return f"{wrong.response.status_code} {wrong.response.text}"[:WORDS]
    return f"{type(wrong).__name__}: {wrong}"[:WORDS]
