"""What each party has said of each commitment and source: the latest word counts, line by line (semantics §3)."""

from __future__ import annotations

from servanda.model.case import Case
from servanda.model.conditions import Ref

from .clock import Instant
from .view import Entry

_RECOGNISING = frozenset(["recognises", "promises", "begins", "claims", "protests"])
_ENDING = frozenset(["rejects", "withdraws"])
_ACCEPTING = frozenset(["recognises", "promises", "begins", "claims"])


class Words:
    """The words heard so far."""

    def __init__(self, case: Case) -> None:
        self.case = case
        #: (party, commitment or source, instance) → whether the latest word recognises it, and when it was said.
        self.stance: dict[tuple[str, str, str | None], tuple[bool, Instant]] = {}
        #: (party, commitment, instance) → when it was first accepted by a word.
        self.accepted: dict[tuple[str, str, str | None], Instant] = {}
        self.signed: dict[str, dict[str, Instant]] = {}
        self.promises: dict[str, list[Entry]] = {}
        self.offers: dict[str, list[Entry]] = {}
        self.withdrawn: dict[tuple[str, str], tuple[Instant, int]] = {}
        self.rejected: dict[tuple[str, str], tuple[Instant, int]] = {}
        self.confirmations: dict[tuple[str, str, str | None], tuple[bool, Instant]] = {}
        self._heirs: dict[tuple[str, str | None, str], str] = {}

    def hear(self, entry: Entry) -> None:
        """Take in one act."""
        act, verb = entry.act, entry.act.verb
        for thing in act.objects:
            if not isinstance(thing, Ref):
                continue
            name, key = thing.name, None if thing.key is None else str(thing.key)
            for actor in entry.actors:
                self._word(entry, actor, verb, name, key)
            if verb == "promises":
                self.promises.setdefault(name, []).append(entry)
            elif verb == "offers":
                self.offers.setdefault(name, []).append(entry)

    def _word(self, entry: Entry, actor: str, verb: str, name: str, key: str | None) -> None:
        if verb in _RECOGNISING and (verb != "protests" or self._owed_to(actor, name)):
            self.stance[actor, name, key] = True, entry.instant
        if verb in _ENDING:
            self.stance[actor, name, key] = False, entry.instant
        if verb in _ACCEPTING and (verb != "claims" or self._borne_by(actor, name)):
            self.accepted.setdefault((actor, name, key), entry.instant)
        if verb == "signs":
            self.signed.setdefault(name, {}).setdefault(actor, entry.instant)
            self.stance[actor, name, key] = True, entry.instant
        elif verb == "withdraws":
            self.withdrawn[actor, name] = entry.instant, entry.order
        elif verb == "rejects":
            self.rejected[actor, name] = entry.instant, entry.order
        elif verb in ("confirms", "disputes"):
            self.confirmations[actor, name, key] = verb == "confirms", entry.instant

    def _owed_to(self, actor: str, name: str) -> bool:
        commitment = self.case.commitments.get(name)
        return commitment is not None and actor in {ref.name for ref in commitment.clauses.to}

    def _borne_by(self, actor: str, name: str) -> bool:
        commitment = self.case.commitments.get(name)
        return commitment is not None and actor in {ref.name for ref in commitment.clauses.of}

    def on(self, party: str, name: str, key: str | None = None) -> bool | None:
        """Whether a party's latest word on a name recognises it; None where it has said nothing."""
        word = self.stance.get((party, name, key)) if key is not None else None
        word = word or self.stance.get((party, name, None))
        return None if word is None else word[0]

    def accepts(self, party: str, name: str, key: str | None = None) -> Instant | None:
        """When a party first accepted a commitment by a word of its own."""
        said = [self.accepted.get((party, name, each)) for each in {key, None}]
        return min((each for each in said if each is not None), default=None)

    def confirms(self, party: str, name: str, key: str | None) -> Instant | None:
        """When a party said that it is done, if that is its latest word on it."""
        word = self.confirmations.get((party, name, key)) or self.confirmations.get((party, name, None))
        return word[1] if word is not None and word[0] else None

    def open(self, entry: Entry, name: str, counterparties: tuple[str, ...] = ()) -> bool:
        """Whether a promise or offer stands: not withdrawn by its giver, and not rejected by those it was made to."""
        place = entry.instant, entry.order
        if any(self.withdrawn.get((actor, name), place) > place for actor in entry.actors):
            return False
        if any(self.rejected.get((actor, name), place) > place for actor in entry.actors):
            return False
        return not any(self.rejected.get((party, name), place) > place for party in counterparties)

    def transfer(self, name: str, key: str | None, giver: str, heir: str) -> None:
        """Put somebody in another's place."""
        self._heirs[name, key, giver] = heir

    def heir(self, name: str, key: str | None, party: str) -> str:
        """Who stands in a party's place now."""
        return self._heirs.get((name, key, party), self._heirs.get((name, None, party), party))
