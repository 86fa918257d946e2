"""What hangs on a version by what the texts say alone.

Answers note which names they were worked out from (`keeping.py`). What is put together once for whoever asks does not
note it for each: who credits what is said of a matter, say, hangs on the `done when` of all commitments that speak of
it. So an act that changes what a text says is taken to change all that speaks of that text, or that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from servanda.model.walk import names_in

from .record import Entry, Record, names_of

if TYPE_CHECKING:
    from .links import Links

#: A version with one of these clauses changes what there is, or what stands and falls together.
_FAR_REACHING = frozenset(["for each", "together with"])


class Reshaping:
    """Which names hang on versions, by all texts that anybody ever held."""

    def __init__(self, links: Links) -> None:
        self._links = links
        case = links.case
        #: For each name those whose text speaks of it, in any version.
        self._speak_of: dict[str, set[str]] = {}
        for name, clauses in links.clauses():
            self._add(name, clauses)
        for name, term in case.terms.items():
            self._add(name, term.members)
        for name, matter in case.matters.items():
            self._add(name, matter.definition)
        for name, means in case.means.items():
            self._add(name, (means.by, means.consent_of))
        for act in links.versions:
            for name in names_of(act):
                self._add(name, act.version)
        #: For each commitment the names in terms of which its performance or breach is told.
        self._told_in: dict[str, list[str]] = {}
        for name, commitments in links.speaking.items():
            for each in commitments:
                self._told_in.setdefault(each, []).append(name)

    def _add(self, name: str, text: object) -> None:
        for each in names_in(text):
            self._speak_of.setdefault(each, set()).add(name)

    def reaches_all(self, entries: Iterable[Entry]) -> bool:
        """Whether acts change whom somebody trusts, what there is, or what stands together: all may hang on that."""
        case, links = self._links.case, self._links
        for entry in entries:
            names = names_of(entry.act)
            if any(name in room for name in names for room in (case.parties, case.bodies, case.persons)):
                return True
            version = entry.act.version
            if version is not None and (
                not _FAR_REACHING.isdisjoint(version.stated) or any(map(links.is_in_group, names))
            ):
                return True
        return False

    def reached_by(self, entry: Entry, record: Record) -> set[str]:
        """The names that hang on an act by what texts say: where it changes one, or hands on what somebody was owed.

        Who has handed it on admits nothing any more that it is told in terms of.
        """
        case, names = self._links.case, names_of(entry.act)
        if entry.verb == "transfers":
            return {name for each in names for name in self._told_in.get(each, ())}
        shaped = {name for name in names if entry.verb == "holds" or name in case.terms}
        if entry.verb == "withdraws":
            shaped |= {name for name in names if name in case.matters or name in case.means}
        if not shaped:
            return shaped
        found = {*shaped, *names_in(entry.act.version)}
        waiting = list(shaped)
        while waiting:
            name = waiting.pop()
            if name in case.commitments:  # others ask how it stands, not what it says
                continue
            more = self._speak_of.get(name, set()) - found
            found |= more
            waiting += more
        for name in list(found):
            if name in case.terms:
                found |= self._links.opened_members(name)
            if name in case.means:
                found.update(*(names_of(each.act) for each in record.by_name.get(name, ())))
        for name in list(found):
            found.update(self._told_in.get(name, ()), self._links.speaking_of(name))
        return {name for name in found if name not in case.parties and name not in case.bodies}
