"""The one-word summary of a standing (semantics §5)."""

from __future__ import annotations

from .clock import passing
from .frame import Frame


def reckon_status(frame: Frame) -> None:
    """Work out the status of a life, and since when it has been that."""
    life = frame.life
    status = _status(frame)
    if status != life.status or life.since is None:
        life.status, life.since = status, frame.now


def _status(frame: Frame) -> str:
    life = frame.life
    final = life.final
    if final is not None and (life.recognised or life.force is not None):
        return final
    if not life.recognised:
        return "not owed"
    if life.proposed:
        return "proposed"
    if life.suspended is not None:
        return "suspended"
    if frame.kind == "prohibition":
        return "in force" if life.force is not None else "dormant"
    if frame.kind != "obligation":
        if life.force is None:
            return "used" if life.used is not None else "dormant"
        used = life.used is not None and life.used >= life.force
        return "used" if used else "denied" if life.denied is not None and life.denied >= life.force else "open"
    if "claimed" in life.rungs and not life.disputed:
        return "claimed"
    if life.force is None:
        return "dormant"
    return "overdue" if life.deadline is not None and frame.now >= passing(life.deadline[1]) else "due"
