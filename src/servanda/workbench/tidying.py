"""Python's garbage is looked through while nobody asks: for a large case that takes a second or two."""

from __future__ import annotations

import asyncio
import gc
import sys

from starlette.types import ASGIApp, Receive, Scope, Send

#: So long after the last answer nobody asks, in seconds.
IDLE = 1.0
#: By how much what Python holds may have grown since garbage was last looked through: by a pause, and at most.
_MORE, _MOST = 1.3, 3.0
#: Python's own measure, which goes by what was made and not by what there is, as good as switched off for the oldest.
_NEVER = 100_000


class Tidying:
    """An application around another, which looks through garbage once nobody has been answered for a while.

    It is for a process that serves: how garbage is collected is a matter of the whole process.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._asking = 0
        self._pause: asyncio.TimerHandle | None = None
        self._left = sys.getallocatedblocks()
        first, second, _ = gc.get_threshold()
        gc.set_threshold(first, second, _NEVER)

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
            self._pause = asyncio.get_running_loop().call_later(IDLE, self.pause)
            self._tidy(_MOST)

    def pause(self) -> None:
        """Use a pause, if it is one."""
        if not self._asking:
            self._tidy(_MORE)

    def _tidy(self, times: float) -> None:
        if sys.getallocatedblocks() > times * self._left:
            gc.collect()
            self._left = sys.getallocatedblocks()
