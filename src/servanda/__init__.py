"""Servanda: negotiated agreements in plain text; what is owed, said and done, under every reading.

`servanda.load(path)` reads a case; see `Loaded` and `Case`.
"""

from servanda.diagnostics import Diagnostic
from servanda.load import Loaded, load, load_text
from servanda.model.case import Case

__all__ = ["Case", "Diagnostic", "Loaded", "__version__", "load", "load_text"]

__version__ = "0.1.0"
