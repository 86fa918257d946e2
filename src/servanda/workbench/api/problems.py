"""What cannot be answered, in one shape: problem details for HTTP (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True):
    """A question without an answer. `title` names the status, `detail` says what is wrong and what to do instead.

    `parameter` is the name in the address that it is about, or null. `type` is always `about:blank`: the status says
    what kind of problem it is.
    """

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None


class Refused(Exception):
    """A question that has no answer: the status, a sentence, and the parameter that it is about."""

    def __init__(self, status: int, detail: str, parameter: str | None = None) -> None:
        super().__init__(status, detail, parameter)
        self.status = status
        self.detail = detail
        self.parameter = parameter


def problem(status: int, detail: str, parameter: str | None = None, headers: dict[str, str] | None = None) -> Response:
    """The answer to a question that has none."""
    told = Problem("about:blank", HTTPStatus(status).phrase, status, detail, parameter)
    return Response(msgspec.json.encode(told), status, headers, MEDIA_TYPE)
