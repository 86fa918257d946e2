"""Garbage is looked through in pauses, and in the midst of answers only where there is very much of it."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from starlette.types import Receive, Scope, Send

from servanda.workbench import tidying
from servanda.workbench.tidying import Tidying


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """When garbage was looked through: how much there was; the measure is in the hands of the test."""
    before, found = gc.get_threshold(), list[int]()
    monkeypatch.setattr(tidying, "IDLE", 0.02)
    monkeypatch.setattr(gc, "collect", lambda: found.append(sys.getallocatedblocks()))
    yield found
    gc.set_threshold(*before)


def asked(monkeypatch: pytest.MonkeyPatch, path: str, held: list[int], wait: float = 0.1) -> None:
    """An application that Python holds so much for, at first and after each answer, is asked once for each of these."""
    amounts = iter(held)
    now = [next(amounts)]
    monkeypatch.setattr(sys, "getallocatedblocks", lambda: now[0])

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        now[0] = next(amounts)

    async def ask() -> None:
        app = Tidying(answer)
        for _ in held[1:]:
            await app({"type": "http", "path": path}, None, None)  # type: ignore[arg-type]
        await asyncio.sleep(wait)

    # a browser of other tests may have a loop of its own in this thread
    thread = threading.Thread(target=lambda: asyncio.run(ask()))
    thread.start()
    thread.join()


def test_a_pause_is_used_once_there_is_more(monkeypatch: pytest.MonkeyPatch, collected: list[int]) -> None:
    asked(monkeypatch, "/x/standing", [100, 125])
    assert collected == []
    asked(monkeypatch, "/x/standing", [100, 135, 140])
    assert collected == [140]


def test_nothing_is_looked_through_while_answers_follow_each_other(
    monkeypatch: pytest.MonkeyPatch, collected: list[int]
) -> None:
    asked(monkeypatch, "/x/standing", [100, 140, 200, 290], wait=0)
    assert collected == []


def test_very_much_is_not_put_off(monkeypatch: pytest.MonkeyPatch, collected: list[int]) -> None:
    asked(monkeypatch, "/x/standing", [100, 310, 320, 330], wait=0)
    assert collected == [310]


def test_a_page_that_waits_for_changes_is_no_question(monkeypatch: pytest.MonkeyPatch, collected: list[int]) -> None:
    asked(monkeypatch, "/x/live", [100, 1000])
    assert collected == []
