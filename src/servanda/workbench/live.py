"""What changes while a page is open: told to it as it happens, with what it changes in the view, and never pressed."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from .desk import Copy
from .editing.acts import changes
from .render import part_html

if TYPE_CHECKING:
    from .app import Workbench

#: How often the files are looked at, in seconds, and how often a quiet line is kept open.
_EVERY = 0.25
_QUIET = 15.0
#: How many pages are told at once, and how many earlier states are kept to be compared with.
_MOST_LISTENING = 64
_KEPT = 4


class Live:
    """Tells pages that the record has moved on. Earlier states are kept for as long as few have come since."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._listening = 0
        self._states: OrderedDict[str, Copy] = OrderedDict()

    def routes(self) -> list[Route]:
        """The stream of changes, and what one of them changes in a view."""
        base = f"/{self._bench.desk.slug}"
        return [Route(f"{base}/live", self._stream), Route(f"{base}/changed/{{mark}}", self._changed)]

    def _now(self) -> Copy:
        with self._bench.desk.lock:
            copy = self._bench.desk.copy()
            self._states[copy.mark] = copy
            self._states.move_to_end(copy.mark)
            while len(self._states) > _KEPT:
                self._states.popitem(last=False)
            return copy

    async def _stream(self, request: Request) -> Response:
        if self._listening >= _MOST_LISTENING:
            return PlainTextResponse("Too many pages are listening.", 503)
        return StreamingResponse(
            self._events(request), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _events(self, request: Request) -> AsyncIterator[str]:
        self._listening += 1
        try:
            known, quiet = request.query_params.get("copy", ""), 0.0
            yield "retry: 2000\n\n"
            while not self._bench.closing() and not await request.is_disconnected():
                copy = await run_in_threadpool(self._now)
                if copy.mark != known:
                    known, quiet = copy.mark, 0.0
                    yield f"event: record\ndata: {json.dumps({'mark': copy.mark})}\n\n"
                elif quiet >= _QUIET:
                    quiet = 0.0
                    yield ": still here\n\n"
                await asyncio.sleep(_EVERY)
                quiet += _EVERY
        finally:
            self._listening -= 1

    async def _changed(self, request: Request) -> Response:
        return await run_in_threadpool(self._difference, request)

    def _difference(self, request: Request) -> Response:
        """What stands otherwise in this view than it did in the state that a page shows."""
        with self._bench.desk.lock:
            self._now()
            sight = self._bench.sight(request)
            was = self._states.get(request.path_params["mark"])
            found = None
            if was is not None and was.case is not sight.record:
                asked = sight.asked
                case = was.case.with_acts(sight.supposed) if sight.supposed else was.case
                readings = tuple(each for each in asked.readings if each in (*case.parties, "record"))
                before = case.status(asked.at, reading=readings, channels=asked.channels, known=asked.known)
                found = list(changes(before, sight.inventory))
            return HTMLResponse(part_html("changed.html", sight, changes=found))
