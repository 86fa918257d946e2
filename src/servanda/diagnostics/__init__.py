"""What is to be said about a text: diagnostics as values, their registry, their renderers.

In: a place and a code. Out: `Diagnostic` values, and text or JSON made of them.
May import `model` (for places) alone.
"""

from .codes import CODES, Code
from .diagnostic import Diagnostic, Fix, Related, Severity, diagnostic
from .nearest import nearest
from .printable import columns, printable
from .render import as_json, frames, span_as_json

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "Fix",
    "Related",
    "Severity",
    "as_json",
    "columns",
    "diagnostic",
    "frames",
    "nearest",
    "printable",
    "span_as_json",
]
