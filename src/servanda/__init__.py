"""Servanda: negotiated agreements in plain text; what is owed, said and done, under every reading.

`servanda.load(path)` reads a case; `servanda.build` makes one without a text; see `Loaded`, `Case` and `Inventory`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from servanda.api.case import Case
from servanda.api.errors import BadQuery, CaseHasErrors, NotADate, NotAName, ServandaError, UnknownName
from servanda.api.loading import Loaded, load, load_text
from servanda.api.views import View
from servanda.diagnostics import Diagnostic

if TYPE_CHECKING:
    from servanda.api import build
    from servanda.api.answers import StatusAnswer, WhyAnswer, WhysAnswer
    from servanda.api.disputes import Disputes, DisputesAnswer
    from servanda.api.inventory import Inventory
    from servanda.api.reasons import Why
    from servanda.api.rows import Row
    from servanda.api.wayout_answers import StuckAnswer, WayoutAnswer
    from servanda.readings import Dispute
    from servanda.standing import Figures, Standing

__all__ = [
    "BadQuery",
    "Case",
    "CaseHasErrors",
    "Diagnostic",
    "Dispute",
    "Disputes",
    "DisputesAnswer",
    "Figures",
    "Inventory",
    "Loaded",
    "NotADate",
    "NotAName",
    "Row",
    "ServandaError",
    "Standing",
    "StatusAnswer",
    "StuckAnswer",
    "UnknownName",
    "View",
    "WayoutAnswer",
    "Why",
    "WhyAnswer",
    "WhysAnswer",
    "__version__",
    "build",
    "load",
    "load_text",
]

__version__ = "0.1.0"

#: What a case is asked for comes when it is first used, so that a command that asks for nothing starts at once.
_LATER = {
    "Dispute": "servanda.readings",
    "Disputes": "servanda.api.disputes",
    "DisputesAnswer": "servanda.api.disputes",
    "Figures": "servanda.standing",
    "Inventory": "servanda.api.inventory",
    "Row": "servanda.api.rows",
    "Standing": "servanda.standing",
    "StatusAnswer": "servanda.api.answers",
    "StuckAnswer": "servanda.api.wayout_answers",
    "WayoutAnswer": "servanda.api.wayout_answers",
    "Why": "servanda.api.reasons",
    "WhyAnswer": "servanda.api.answers",
    "WhysAnswer": "servanda.api.answers",
}


def __getattr__(name: str) -> Any:
    if name == "build":
        return import_module("servanda.api.build")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module `servanda` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
