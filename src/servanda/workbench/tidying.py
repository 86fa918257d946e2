"""Python's garbage is looked through while nobody asks: for a large case that takes half a second."""

from __future__ import annotations

import asyncio
import gc

from starlette.types import ASGIApp, Receive, Scope, Send

#: So long after the last answer nobody asks, in seconds.
IDLE = 1.0
#: How often younger garbage is looked through before the oldest is, in the midst of an answer if need be.
_SELDOM = 500
#: The same before it is looked through in a pause: what Python does by itself.
_OFTEN = 10


class Tidying:
    """An application around another, which has a pause once nobody has been answered for a while.

    It is for a process that serves: how garbage is collected is a matter of the whole process.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._asking = 0
        self._pause: asyncio.TimerHandle | None = None
        first, second, _ = gc.get_threshold()
        gc.set_threshold(first, second, _SELDOM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and look for a pause behind it. Pages that wait for changes ask nothing meanwhile."""
        if scope["type"] != "http" or scope["path"].endswith("/live"):
            await self._app(scope, receive, send)
            return
        self._asking += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._asking -= 1
            if self._pause is not None:
                self._pause.cancel()
            self._pause = asyncio.get_running_loop().call_later(IDLE, self._tidy)

    def _tidy(self) -> None:
        if not self._asking and gc.get_count()[2] >= _OFTEN:
            gc.collect()
