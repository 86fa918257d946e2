"""Who asks a condition, and on which evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .instances import Instance
from .words import Binding


@dataclass(frozen=True)
class Evidence:
    """Which assertions count: what the reading credits, and more or less than that.

    `means` counts only what was shown by these; `sight`, only what others than the bearers observed; `unknown`, also
    what is asserted and unknown; `disputed`, also what the reading disputes; `whenever`, also what is dated later.
    """

    means: frozenset[str] | None = None
    sight: bool = False
    unknown: bool = False
    disputed: bool = False
    whenever: bool = False


CREDITED = Evidence()
ASSERTED = Evidence(unknown=True)
SAID = Evidence(unknown=True, disputed=True)


@dataclass(frozen=True)
class Asking:
    """In whose reading a condition is asked, what its variables stand for, and whose commitment asks.

    `bearers` are those in whose commitments a waived commitment counts as come about (§7); `about` is the commitment
    whose performance is in question; `end` takes a bare date for the end of its day, as deadlines and `until` do.
    """

    reading: str
    binding: Binding = ()
    bearers: frozenset[str] = frozenset()
    about: Instance | None = None
    evidence: Evidence = CREDITED
    end: bool = False

    def on(self, evidence: Evidence) -> Asking:
        return replace(self, evidence=evidence)

    def key(self, ref_key: object) -> str | None:
        """The instance that a reference picks; a variable stands for its value."""
        return None if ref_key is None else str(dict(self.binding).get(str(ref_key), ref_key))

    def name(self, name: str) -> str:
        """A name, or what it stands for where it is a variable."""
        return str(dict(self.binding).get(name, name))


#: States that are read off what was settled before, since a cycle through them is an error of the case (§6).
STATUS_WORDS = (
    "not owed",
    "proposed",
    "dormant",
    "overdue",
    "due",
    "suspended",
    "open",
    "denied",
    "waived",
    "ended",
)
