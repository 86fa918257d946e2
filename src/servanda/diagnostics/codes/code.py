"""The shape of a registered code."""

from __future__ import annotations

from typing import Literal

import msgspec


class Code(msgspec.Struct, frozen=True):
    """A kind of diagnostic: its stable name, what it says, why it is said, and what to do next.

    `message` is a format whose fields are filled where the diagnostic is made; `label` stands at the place itself,
    unless the place has a better one.
    """

    name: str
    severity: Literal["error", "warning", "note"]
    message: str
    cause: str
    remedy: str
    label: str = ""


def error(name: str, message: str, cause: str, remedy: str, label: str = "") -> Code:
    """A code for text that is wrong."""
    return Code(name, "error", message, cause, remedy, label)


def warning(name: str, message: str, cause: str, remedy: str, label: str = "") -> Code:
    """A code for text that is suspicious."""
    return Code(name, "warning", message, cause, remedy, label)


def note(name: str, message: str, cause: str, remedy: str, label: str = "") -> Code:
    """A code for something worth knowing that is no fault of the text."""
    return Code(name, "note", message, cause, remedy, label)
