"""What is to be said about a text: a diagnostic is a value, never an exception."""

from __future__ import annotations

from typing import Literal

import msgspec

from servanda.model.span import Span

from .codes import CODES
from .printable import printable

Severity = Literal["error", "warning", "note"]


class Related(msgspec.Struct, frozen=True):
    """Another place that has to do with a diagnostic, and how."""

    span: Span
    text: str


class Fix(msgspec.Struct, frozen=True):
    """A change that would mend it: put `replacement` where `span` is."""

    span: Span
    replacement: str


class Diagnostic(msgspec.Struct, frozen=True):
    """One thing that somebody should know about a text.

    `code` is its stable name in the registry; `message` can stand alone; `label` stands at the place itself.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    label: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    def __str__(self) -> str:
        return f"{self.span}: {self.severity}[{self.code}]: {self.message}"


def diagnostic(
    code: str,
    span: Span,
    *,
    label: str = "",
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
    **values: object,
) -> Diagnostic:
    """A diagnostic of a registered code, its message filled with `values`.

    Raises `KeyError` where the code is not registered or a value that its message names is missing: both are bugs.
    """
    registered = CODES[code]
    shown = {name: _shown(value) for name, value in values.items()}
    return Diagnostic(
        code, registered.severity, registered.message.format(**shown), span, label or registered.label, related, fix
    )


def _shown(value: object) -> object:
    """A value fit for one line of a terminal: bounded, and without characters that move the cursor."""
    if not isinstance(value, str):
        return value
    safe = printable(value)
    return safe if len(safe) <= 80 else safe[:77] + "…"
