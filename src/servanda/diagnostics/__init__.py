"""What is to be said about a text: diagnostics as values, their registry, their renderers.

In: a place and a code. Out: `Diagnostic` values, and text, JSON, SARIF or remarks for GitHub made of them.
May import `model` (for places) alone.
"""

from .codes import CODES, Code
from .diagnostic import Diagnostic, Fix, Related, Severity, diagnostic
from .github import as_github
from .nearest import nearest
from .printable import columns, printable
from .render import as_json, frames, span_as_json
from .sarif import as_sarif

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "Fix",
    "Related",
    "Severity",
    "as_github",
    "as_json",
    "as_sarif",
    "columns",
    "diagnostic",
    "frames",
    "nearest",
    "printable",
    "span_as_json",
]
