"""The server: addresses → pages. It decides nothing; each page's module answers, its template shows."""

from __future__ import annotations

import datetime
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import cache, partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from servanda.api.errors import ServandaError

from .api.serving import api_of
from .asked import NAMES, asked_of
from .desk import Desk
from .editing.routes import editing_routes
from .links import STATIC, LiveLinks
from .live import Live
from .pages import PAGES, Page
from .render import own_of, page_html, part_html, whys_of
from .security import LOOPBACK, POLICY, Guard, new_word
from .sight import AT_ONCE, NoSuchThing, Sight

_log = logging.getLogger(__name__)
Answer = Callable[[Request], Awaitable[Response]]
#: Who waits for an inventory is let in so often while it is worked on; then it is worked out in one go.
_MOST_TIMES = 1_000


class Workbench:
    """A desk with its pages. `read_only` takes no writing; `today` gives the date where a case goes on."""

    def __init__(
        self, desk: Desk, *, read_only: bool = False, today: Callable[[], datetime.date] = datetime.date.today
    ) -> None:
        self.desk = desk
        self.read_only = read_only
        self.csrf = new_word()
        #: Whether the server is about to end: whoever listens is let go then.
        self.closing: Callable[[], bool] = lambda: False
        self._today = today

    def sight(self, request: Request) -> Sight:
        """What a request asks for."""
        copy = self.desk.copy()
        pairs = request.query_params.multi_items()
        asked = asked_of(copy.case, pairs, self._today())
        links = LiveLinks(self.desk.slug, asked, build_of_static())
        more = {name: value for name, value in pairs if name not in NAMES}
        return Sight(self.desk, copy, asked, links, more, read_only=self.read_only, csrf=self.csrf, pairs=pairs)

    def app(self, hosts: Iterable[str] = LOOPBACK, token: str | None = None) -> ASGIApp:
        """The application that a server runs."""
        slug = self.desk.slug
        routes = [
            Route("/", lambda request: RedirectResponse(f"/{slug}/standing")),
            Mount("/static", _Static(directory=STATIC)),
            Route("/api/openapi.json", lambda request: RedirectResponse(f"/{slug}/api/openapi.json")),
            Mount(f"/{slug}/api", api_of(self.desk, self._today)),
            Route(f"/{slug}", lambda request: RedirectResponse(f"/{slug}/standing")),
            Route(f"/{slug}/why/{{label:path}}", self._answering(self._why)),
            *editing_routes(self),
            *Live(self).routes(),
            Route(f"/{slug}/picture/{{path:path}}", _picture),
            *self._pages(),
        ]
        app = Starlette(
            routes=routes, exception_handlers={404: _not_found, HTTPException: _refused, Exception: _failed}
        )
        return Guard(app, hosts, token)

    def _pages(self) -> list[Route]:
        found = []
        for page in PAGES.values():
            path = f"/{self.desk.slug}/{page.name}"
            answer = self._answering(partial(self._page, page))
            found += [Route(f"{path}/{name}", self._answering(partial(self._file, page, name))) for name in page.files]
            found += [Route(f"{path}/{{key:path}}", answer), *([] if page.about else [Route(path, answer)])]
        return found

    def _answering(self, answer: Callable[[Request], Response]) -> Answer:
        """Let a question be answered beside the others, one at a time: they share what they work out."""

        def locked(request: Request) -> Response:
            with self.desk.lock:
                try:
                    return answer(request)
                except (NoSuchThing, ServandaError) as why:
                    code = 404 if isinstance(why, LookupError) else 400
                    page = part_html("error.html", self.sight(request), title="Not to be had", why=str(why))
                    return HTMLResponse(page, code)

        async def endpoint(request: Request) -> Response:
            if "whole" in request.query_params:
                for _ in range(_MOST_TIMES):
                    if not await run_in_threadpool(self._goes_on, request):
                        break
                    if await request.is_disconnected():
                        return Response(status_code=204)
            return await run_in_threadpool(locked, request)

        return endpoint

    def _goes_on(self, request: Request) -> bool:
        """Work for a while on the inventory that a page waits for; whether to go on, when others have asked."""
        with self.desk.lock:
            sight = self.sight(request)
            goes_on = not sight.supposed and sight.go_on(AT_ONCE) is not None
        time.sleep(0.001)  # a lock is given to who waits for it only if who had it does not take it again at once
        return goes_on

    def _page(self, page: Page, request: Request) -> Response:
        key = request.path_params.get("key")
        sight = self.sight(request)
        sight.key = key
        sight.patient = not sight.links.live or "whole" in sight.more
        answer = (
            self.styled(sight, lambda: page_html(page, sight, key))
            if page.styled
            else HTMLResponse(page_html(page, sight, key))
        )
        answer.status_code = 400 if sight.slips else 200
        if request.headers.get("hx-request"):
            answer.status_code = 200
            answer.headers["HX-Push-Url"] = sight.links.page(page.name, key, **own_of(page, sight))
        return answer

    def styled(self, sight: Sight, page: Callable[[], str], code: int = 200) -> Response:
        """A page with a script that brings styles: let in by a word that only this answer has."""
        sight.nonce = new_word()
        return HTMLResponse(page(), code, {"Content-Security-Policy": POLICY.format(nonce=f" 'nonce-{sight.nonce}'")})

    def _file(self, page: Page, name: str, request: Request) -> Response:
        sight = self.sight(request)
        media_type, data = page.file(sight, name)
        if sight.slips:
            slip = sight.slips[0]
            return _plain(f"{slip.name} {slip.given}: {slip.why}")
        named = f"{self.desk.slug}-{name}".encode("ascii", "replace").decode()
        return Response(data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{named}"'})

    def _why(self, request: Request) -> Response:
        sight = self.sight(request)
        return HTMLResponse(part_html("whys.html", sight, whys=whys_of(sight, request.path_params["label"])))


def _picture(request: Request) -> Response:
    """A picture of the manual."""
    from .pages.help import folder

    home = folder().resolve()
    path = (home / request.path_params["path"]).resolve()
    if not path.is_relative_to(home) or path.suffix not in (".svg", ".png") or not path.is_file():
        return _not_found(request, HTTPException(404))
    return FileResponse(path)


class _Static(StaticFiles):
    """Files whose addresses change with what is in them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        answer = super().file_response(*args, **kwargs)
        scope: Scope = args[2] if len(args) > 2 else kwargs["scope"]
        if scope.get("query_string"):
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


@cache
def build_of_static() -> str:
    """A word for the present state of the static files."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def _plain(words: str) -> Response:
    return Response(words + "\n", 400, media_type="text/plain")


def _not_found(request: Request, error: Exception) -> Response:
    return HTMLResponse(_BARE.format(title="Not found", words="There is no such page."), 404)


def _refused(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 400
    return HTMLResponse(_BARE.format(title="Not taken", words="This could not be taken."), code)


def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s could not be answered", request.url.path, exc_info=error)
    return HTMLResponse(_BARE.format(title="Failed", words="This page could not be made. Nothing has changed."), 500)


_BARE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} · Servanda</title>'
    '<link rel="stylesheet" href="/static/servanda.css"><main class="main"><h1>{title}</h1><p>{words}</p>'
    '<p><a href="/">Back to the case</a></p></main></html>'
)
