"""Addresses that write, and those that judge a draft. Reading pages is the business of the pages."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from servanda.api.errors import ServandaError
from servanda.load.files import MOST_BYTES
from servanda.workbench.pages import PAGES
from servanda.workbench.render import page_html, part_html
from servanda.workbench.sight import Sight

from .acts import act_from_line, file_for, with_line
from .differences import differences
from .drafts import checked, completed, laid_out
from .files import Conflict, Refused

if TYPE_CHECKING:
    from servanda.workbench.app import Workbench

_READ_ONLY = "This workbench takes no changes: it was opened with `--read-only`."
_STRANGER = "This form is from another time or place: open the page again, and send it from there."


class Draft(msgspec.Struct, frozen=True):
    """What the editor sends: which file is open, its text as it stands on the screen, and where the cursor is."""

    file: str
    text: str
    at: int = 0


def editing_routes(bench: Workbench) -> list[Route]:
    """What can be posted. Questions about drafts write nothing, and are answered by a read-only workbench, too."""
    base = f"/{bench.desk.slug}"
    questions = {"check": _check, "complete": _complete, "format": _format}
    return [
        *(Route(f"{base}/draft/{name}", _asked(bench, answer), methods=["POST"]) for name, answer in questions.items()),
        Route(f"{base}/editor/{{key:path}}", _written(bench, _save), methods=["POST"]),
        Route(f"{base}/act", _written(bench, _add), methods=["POST"]),
        Route(f"{base}/act/undo", _written(bench, _take_back), methods=["POST"]),
    ]


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _asked(bench: Workbench, answer: Callable[[Workbench, Draft], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            draft = msgspec.json.decode(await request.body(), type=Draft)
            if len(draft.text) > MOST_BYTES:
                raise Refused("the draft is too large")
            found = await run_in_threadpool(answer, bench, draft)
        except (msgspec.DecodeError, Refused) as why:
            return JSONResponse({"title": "Not taken", "status": 400, "detail": str(why)}, 400,
                                media_type="application/problem+json")  # fmt: skip
        return Response(msgspec.json.encode(found), media_type="application/json")

    return endpoint


def _check(bench: Workbench, draft: Draft) -> Any:
    return checked(bench.desk, bench.desk.files.on_disk(draft.file), draft.text)


def _complete(bench: Workbench, draft: Draft) -> Any:
    with bench.desk.lock:
        case = bench.desk.copy().loaded.case
    return {"options": completed(case, draft.text, max(0, draft.at))}


def _format(bench: Workbench, draft: Draft) -> Any:
    text = laid_out(draft.text, draft.file)
    if text is None:
        return {"text": None, "message": "There are lines that cannot be read; nothing was laid out."}
    return {"text": text, "message": "Laid out." if text != draft.text else "It is laid out already."}


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _written(
    bench: Workbench, write: Callable[[Workbench, Request, FormData], Response]
) -> Callable[[Request], Awaitable[Response]]:
    """A form that writes: taken only where writing is, and only from a page of this server."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=200, max_part_size=MOST_BYTES) as form:
            if bench.read_only:
                return await run_in_threadpool(_refusal, bench, request, _READ_ONLY, 403)
            if not hmac.compare_digest(str(form.get("csrf", "")).encode(), bench.csrf.encode()):
                return await run_in_threadpool(_refusal, bench, request, _STRANGER, 403)
            return await run_in_threadpool(_safely, bench, request, partial(write, bench, request, form))

    return endpoint


def _safely(bench: Workbench, request: Request, write: Callable[[], Response]) -> Response:
    with bench.desk.lock:
        try:
            return write()
        except Refused as why:
            return _refusal(bench, request, str(why), 400)


def _refusal(bench: Workbench, request: Request, why: str, code: int) -> Response:
    if _wants_json(request):
        return JSONResponse({"state": "refused", "message": why}, code)
    with bench.desk.lock:
        page = part_html("error.html", bench.sight(request), title="Nothing was written", why=why)
    return HTMLResponse(page, code)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _field(form: FormData, name: str) -> str:
    found = form.get(name, "")
    return found if isinstance(found, str) else ""


def _save(bench: Workbench, request: Request, form: FormData) -> Response:
    path = request.path_params["key"]
    mine = _field(form, "text").replace("\r\n", "\n")
    text = (laid_out(mine) if form.get("layout") else None) or mine
    outcome = bench.desk.files.save(path, text, _field(form, "hash"))
    sight = bench.sight(request)
    sight.key = path
    if isinstance(outcome, Conflict):
        there = outcome.there
        lines = differences(there.text, mine)
        if _wants_json(request):
            html = part_html("conflict.html", sight, lines=lines, held=there, path=path)
            return JSONResponse({"state": "conflict", "hash": there.hash, "html": html}, 409)
        sight.more = {**sight.more, "mine": mine}
        page = PAGES["editor"]
        return bench.styled(sight, lambda: page_html(page, sight, path), 409)
    if not _wants_json(request):
        return RedirectResponse(sight.links.page("editor", path, to="said"), 303)
    found = checked(bench.desk, bench.desk.files.on_disk(path), outcome.text)
    said, last = f"Saved. {found.sum}", bench.desk.files.last
    can_be_undone = last is not None and (last.path, last.hash) == (path, outcome.hash)
    return JSONResponse(
        {
            "state": "saved",
            "hash": outcome.hash,
            "text": outcome.text,
            "message": said,
            "html": part_html("saved.html", sight, said=said, path=path) if can_be_undone else "",
            "mark": bench.desk.copy().mark,
        }
    )


def _add(bench: Workbench, request: Request, form: FormData) -> Response:
    line, path = _field(form, "line").replace("\r\n", "\n").strip(), _field(form, "file")
    sight = bench.sight(request)
    if _field(form, "seen") != sight.copy.hash:
        return _preview(sight, line, path)
    try:
        act = act_from_line(sight.record, line)
    except ServandaError as why:
        raise Refused(str(why)) from None
    files = bench.desk.files
    path = path or file_for(sight.record, act, files.files(), bench.desk.folder) or ""
    held = files.read(path)
    text, _ = with_line(held.text, line, act)
    outcome = files.save(path, text, held.hash)
    if isinstance(outcome, Conflict):
        return _preview(bench.sight(request), line, path)
    left = [each for each in sight.asked.supposed if each.replace("\r\n", "\n") != line]
    return RedirectResponse(sight.links.page("act", suppose=left or None), 303)


def _preview(sight: Sight, line: str, path: str) -> Response:
    """The act once more, with what it would change in the record as it is now."""
    sight.more = {**sight.more, "line": line, "file": path, "moved": "yes"}
    return HTMLResponse(page_html(PAGES["act"], sight), 409)


def _take_back(bench: Workbench, request: Request, form: FormData) -> Response:
    path = _field(form, "file")
    outcome = bench.desk.files.take_back(path, _field(form, "hash"))
    if isinstance(outcome, Conflict):
        raise Refused(f"`{outcome.there.path}` was changed since; what was added stays, and can be edited there")
    links = bench.sight(request).links
    return RedirectResponse(links.page("editor", path) if "text" in form else links.page("act"), 303)
