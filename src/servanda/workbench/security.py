"""What stands between the world and the pages: who may ask, how much, and what a browser may do with an answer."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .api.problems import problem

#: Names under which this machine alone is reached.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: Nothing is loaded from elsewhere, and no script or style stands in a page. `{nonce}` is for the editor's styles.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY.format(nonce=""),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: The longest address, and the largest body of a request.
MOST_QUERY = 32 * 1024
MOST_BODY = 20 * 1024 * 1024
COOKIE = "servanda_token"
#: Where programs ask.
_API = re.compile(r"(/[^/]+)?/api/")
_READS = frozenset({"GET", "HEAD"})


class Guard:
    """Wraps an application: checks host, origin, token and sizes, and puts the headers on every answer.

    `hosts` are the names under which it may be asked; `token` is wanted from everybody where it is given. Requests
    that write must come from a page of this server, and carry the `csrf` word of its forms in a header or a field;
    the field is checked by who reads the form (`written_here`).
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], token: str | None = None) -> None:
        self._app = app
        self._hosts = frozenset(each.lower() for each in hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, with_headers)
            return
        await self._app(scope, _bounded(receive), with_headers)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        host = _host_of(headers.get("host", ""))
        if host not in self._hosts:
            return _refused(scope, "This server does not go by that name.", 421)
        if len(scope.get("query_string", b"")) > MOST_QUERY:
            return _refused(scope, "The address is too long.", 414)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY:
            return _refused(scope, "That is more than is taken at once.", 413)
        if scope["method"] not in _READS and not _from_here(headers):
            return _refused(scope, "Writing is for pages of this server alone.", 403)
        if self._token is not None:
            return self._without_token(scope, headers)
        return None

    def _without_token(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        assert self._token is not None
        pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        given = next((value for name, value in pairs if name == "token"), None)
        if given is not None and _same(given, self._token):
            rest = "&".join(each for each in scope["query_string"].decode("latin-1").split("&")
                            if not each.startswith("token="))  # fmt: skip
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(COOKIE, self._token, httponly=True, samesite="strict")
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if _same(bearer, self._token) or _same(_cookie(headers), self._token):
            return None
        return _refused(scope, "This workbench asks for its token: add ?token=… to the address.", 401)


def new_word() -> str:
    """A word that nobody can guess."""
    return secrets.token_urlsafe(24)


def _refused(scope: Scope, words: str, status: int) -> ASGIApp:
    """A refusal, as people or as programs read it."""
    if _API.match(scope["path"]):
        return problem(status, words)
    return PlainTextResponse(words, status)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def _host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _from_here(headers: Headers) -> bool:
    """Whether a request was made by a page of this server: told by Origin where there is one, which browsers send."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _bounded(receive: Receive) -> Receive:
    """A body of no more than is taken, whatever its header says: what is more ends it."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > MOST_BODY:
                return {"type": "http.disconnect"}
        return message

    return bounded
