"""Who asks a condition, with which variables, and on which evidence."""

from __future__ import annotations

from typing import NamedTuple

from servanda.model.conditions import Value

from .assertions import Binding
from .life import UNBOUND, Life


class Evidence(NamedTuple):
    """Which assertions count: what the reading credits, and more or less than that.

    `means` counts only what was shown by these; `sight`, only what others than the bearers observed; `unknown`, also
    what is asserted and unknown; `disputed`, also what the reading disputes.
    """

    means: frozenset[str] | None = None
    sight: bool = False
    unknown: bool = False
    disputed: bool = False


CREDITED = Evidence()
ASSERTED = Evidence(unknown=True)
SAID = Evidence(unknown=True, disputed=True)
SEEN = Evidence(sight=True)


class Asking(NamedTuple):
    """In whose reading a condition is asked, what its variables stand for, and whose commitment asks.

    `bearers` are those in whose own commitments a waived one counts as come about; `about` is the commitment whose
    performance is in question; `end` takes a bare date for the end of its day, as deadlines and `until` do.
    """

    reading: str
    binding: Binding = UNBOUND
    bearers: tuple[str, ...] = ()
    about: Life | None = None
    evidence: Evidence = CREDITED
    end: bool = False

    def on(self, evidence: Evidence) -> Asking:
        """The same, on other evidence."""
        return Asking(self.reading, self.binding, self.bearers, self.about, evidence, self.end)

    def key(self, key: Value | None) -> str | None:
        """The instance that a reference picks; a variable stands for its value."""
        return None if key is None else str(self.binding.get(str(key), key))

    def named(self, name: str) -> str:
        """A name, or what it stands for where it is a variable."""
        return str(self.binding.get(name, name)) if self.binding else name
