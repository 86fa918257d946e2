"""Addresses under `/api/` → answers."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from servanda.api.errors import BadQuery
from servanda.workbench.desk import Desk

from .asking import asking
from .document import document
from .operations import BARE, OPERATIONS, Operation, bare_answer
from .parameters import Given
from .problems import Refused, problem

_log = logging.getLogger(__name__)


def api_of(desk: Desk, today: Callable[[], datetime.date]) -> Starlette:
    """The application below `/api`."""

    def answered(operation: Operation, request: Request) -> msgspec.Struct:
        pairs = request.query_params.multi_items()
        with desk.lock:
            copy = desk.copy()
            given = Given(pairs, operation.parameters(copy))
            found = operation.answer(asking(desk, copy, given, pairs, today()))
        return found() if callable(found) else found

    def bare(name: str, request: Request) -> msgspec.Struct:
        Given(request.query_params.multi_items(), ())
        with desk.lock:
            return bare_answer(name, desk, desk.copy())

    def described(request: Request) -> Response:
        Given(request.query_params.multi_items(), ())
        return Response(msgspec.json.encode(document(desk.slug, desk.copy())), media_type="application/json")

    routes = [Route("/openapi.json", described)]
    routes += [_route(name, bare, name) for name in BARE]
    routes += [_route(name, answered, operation) for name, operation in OPERATIONS.items()]
    return Starlette(routes=routes, exception_handlers={HTTPException: _refused, Refused: _refused, Exception: _failed})


def _route(name: str, answer: Callable[..., msgspec.Struct], about: object) -> Route:
    async def endpoint(request: Request) -> Response:
        found = await run_in_threadpool(_answer, answer, about, request)
        return Response(found, media_type="application/json")

    return Route(f"/{name}", endpoint)


def _answer(answer: Callable[..., msgspec.Struct], about: object, request: Request) -> bytes:
    try:
        found = answer(about, request)
    except BadQuery as slip:
        raise Refused(400, str(slip), "sql") from None
    # as the command prints it
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"


def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return problem(error.status, error.detail, error.parameter)
    assert isinstance(error, HTTPException)
    details = {404: "there is no such question; see openapi.json", 405: "questions are asked with GET"}
    return problem(error.status_code, details.get(error.status_code, error.detail), headers=dict(error.headers or {}))


def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s could not be answered", request.url.path, exc_info=error)
    return problem(500, "this could not be answered; nothing has changed")
