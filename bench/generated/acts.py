"""The acts of a generated case: one method for each verb, and for what it can be about."""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from .conditions import Conditions
from .words import remark
from .world import START, Commitment, World


class Draft(NamedTuple):
    """An act to be: who acts; the verb and all that follows on the line; what it is about; who has to hear it.

    Nobody speaks twice of one thing on one day: which of the two words would count?
    """

    actor: str
    deed: str
    about: str
    audience: frozenset[str] = frozenset()


class Acts:
    """Draws acts, each by somebody who can do it, on something that is there on the day.

    Lines that have to stand below the act go to `clauses`. A method returns None where it finds nothing to act on.
    """

    def __init__(self, rng: random.Random, world: World) -> None:
        self.rng = rng
        self.world = world
        self.conditions = Conditions(rng, world)
        self.day: date = START
        self.clauses: list[str] = []
        self.claimed: list[tuple[str, str]] = []
        self.said: dict[str, list[str]] = defaultdict(list)
        self.suspended: list[tuple[str, str]] = []
        self.once: set[tuple[str, str]] = set()

    def weighted(self) -> list[tuple[Callable[[], Draft | None], int]]:
        """Every act, with how often it comes."""
        return [
            (self._states, 20), (self._claims, 32), (self._claims_amount, 16), (self._observes, 22),
            (self._observes_amount, 18), (self._observes_event, 16), (self._claims_matter, 10), (self._confirms, 14),
            (self._disputes, 12), (self._protests, 10), (self._promises, 20), (self._offers, 16), (self._begins, 12),
            (self._proposes, 5), (self._recognises, 10), (self._rejects, 5), (self._signs, 3), (self._withdraws, 3),
            (self._holds, 14), (self._holds_term, 2), (self._holds_means, 1), (self._trusts, 1), (self._waives, 2),
            (self._transfers, 1), (self._consents, 6), (self._refuses, 5), (self._attempts, 8), (self._suspends, 2),
            (self._resumes, 2), (self._terminates, 1), (self._uses, 3), (self._decides, 4),
        ]  # fmt: skip

    # ── who and what ─────────────────────────────────────────────────────────────────────────────────────────

    def _commitment(self, *kinds: str) -> Commitment | None:
        """A commitment that is there by now, more often a late one; never one with a history of its own."""
        last = self.world.commitments_by(self.day) - 1
        back = int(self.rng.expovariate(1 / 40)) if self.rng.random() < 0.7 else self.rng.randrange(last + 1)
        commitment = self.world.commitments[max(0, last - back)]
        return None if commitment.plain or commitment.kind not in (kinds or ("obligation",)) else commitment

    def _of_bearer(self, commitment: Commitment) -> tuple[str, str]:
        """The bearer of a commitment, and its name; of a family, an instance and whose it is."""
        if not commitment.keys:
            return commitment.bearer, commitment.name
        key = self.rng.choice(commitment.keys)
        return commitment.bearer or key, f"{commitment.name}[{key}]"

    def _other(self, *than: str) -> str:
        return self.rng.choice([party for party in self.world.parties if party not in than])

    def _event(self, name: str, arguments: tuple[str, ...]) -> str:
        def value(argument: str) -> str:
            if argument == "item":
                return self.rng.choice(self.world.items).name
            return f"{'Ship' if argument == 'ship' else 'Port'}-{self.rng.randrange(1, 400)}"

        return f"{name}({', '.join(f'{argument}={value(argument)}' for argument in arguments)})"

    def _asserted(self, actor: str, name: str) -> None:
        self.claimed.append((actor, name))
        del self.claimed[:-200]

    # ── the verbs ────────────────────────────────────────────────────────────────────────────────────────────

    def _states(self) -> Draft:
        speaker = self.rng.choice(self.world.parties + self.world.bodies)
        return Draft(speaker, f"states {remark(self.rng)}", f"words {self.rng.random()}")

    def _claims(self) -> Draft | None:
        if (commitment := self._commitment()) is None:
            return None
        bearer, name = self._of_bearer(commitment)
        self._asserted(bearer, name)
        return Draft(bearer, f"claims {name}", name, frozenset(commitment.counterparties))

    def _claims_amount(self) -> Draft:
        actor, amount = self._other(), self.conditions.amount(share=False)
        self._asserted(actor, amount)
        return Draft(actor, f"claims {amount}", amount.partition(" ")[2])

    def _claims_matter(self) -> Draft:
        actor, matter = self._other(), self.rng.choice(self.world.matters)
        self._asserted(actor, matter)
        return Draft(actor, f"claims {matter}", matter)

    def _seeing(self) -> tuple[str, str]:
        """Somebody who looks, and by what means."""
        means = self.rng.choice(self.world.means)
        return means.by[0], f" via {means.name}" if self.rng.random() < 0.6 else ""

    def _observes(self) -> Draft | None:
        commitment, (actor, via) = self._commitment(), self._seeing()
        if commitment is None or actor == commitment.bearer:
            return None
        name = self._of_bearer(commitment)[1]
        return None if name.endswith(f"[{actor}]") else Draft(actor, f"observes {name}{via}", name)

    def _observes_amount(self) -> Draft:
        actor, via = self._seeing()
        number, _, what = self.conditions.amount(share=False).partition(" ")
        more = "more " if self.rng.random() < 0.4 else ""
        return Draft(actor, f"observes {number} {more}{what}{via}", what)

    def _observes_event(self) -> Draft:
        event = self.rng.choice(self.world.events)
        happened = self._event(event.name, event.arguments)
        return Draft(self.rng.choice(self.world.parties + self.world.bodies), f"observes {happened}", happened)

    def _confirms(self) -> Draft | None:
        commitment = self._commitment()
        if commitment is None or commitment.keys:
            return None
        return Draft(self.rng.choice(commitment.counterparties), f"confirms {commitment.name}", commitment.name)

    def _disputes(self) -> Draft | None:
        if not self.claimed:
            return None
        author, name = self.rng.choice(self.claimed)
        return Draft(self._other(author), f"disputes {name}", name.partition(" ")[2] or name, frozenset({author}))

    def _protests(self) -> Draft | None:
        commitment = self._commitment("obligation", "prohibition")
        if commitment is None or not commitment.counterparties:
            return None
        actor = self.rng.choice(commitment.counterparties)
        return Draft(actor, f"protests {commitment.name}", commitment.name, frozenset({commitment.bearer}))

    def _promise(self, commitment: Commitment) -> Draft:
        actor, name = self._of_bearer(commitment)
        later = self.day + timedelta(days=self.rng.randrange(10, 400))
        roll = self.rng.random() if commitment.kind == "obligation" else 1
        until = f" by {later}" if roll < 0.4 else f" within {self.conditions.duration()}" if roll < 0.5 else ""
        self.said[actor].append(name)
        return Draft(actor, f"promises {name}{until}", name, frozenset(commitment.counterparties))

    def _promises(self) -> Draft | None:
        commitment = self._commitment("obligation", "obligation", "prohibition")
        return None if commitment is None else self._promise(commitment)

    def _offers(self) -> Draft | None:
        commitment = self._commitment("obligation", "prohibition")
        if commitment is None or commitment.keys:
            return None
        condition = self.conditions.condition(commitment.rank, self.day)
        if commitment.kind == "obligation" and self.rng.random() < 0.2:
            self.clauses.append(f"by {self.day + timedelta(days=self.rng.randrange(30, 400))}")
        actor, audience = commitment.bearer, frozenset(commitment.counterparties)
        return Draft(actor, f"offers {commitment.name} when {condition}", commitment.name, audience)

    def _begins(self) -> Draft | None:
        if (commitment := self._commitment()) is None:
            return None
        bearer, name = self._of_bearer(commitment)
        return Draft(bearer, f"begins {name}", name)

    def _source(self) -> int:
        return max(0, self.world.sources_by(self.day) - 1 - int(self.rng.expovariate(1 / 20)))

    def _proposes(self) -> Draft | None:
        commitment = self._commitment("obligation", "prohibition", "right")
        if commitment is None or commitment.keys:
            return None
        return Draft(self._other(), f"proposes {commitment.name} {remark(self.rng)}", commitment.name)

    def _recognises(self) -> Draft | None:
        if self.rng.random() < 0.4:
            source = self.world.sources[self._source()]
            first, second = self.rng.sample(self.world.parties, 2)
            if self.rng.random() < 0.5:
                return Draft(f"{first}, {second}", f"recognise {source.name}", source.name)
            return Draft(first, f"recognises {source.name}", source.name)
        if (commitment := self._commitment("obligation", "prohibition", "right", "power")) is None:
            return None
        return Draft(self._other(), f"recognises {commitment.name}", commitment.name)

    def _rejects(self) -> Draft | None:
        source = self.world.sources[self._source()]
        actor = self._other(*source.by)
        return None if source.firm else Draft(actor, f"rejects {source.name}", source.name, frozenset(source.by))

    def _signs(self) -> Draft | None:
        instruments = [source for source in self.world.sources[: self.world.sources_by(self.day)] if source.signed]
        for source in reversed(instruments):
            for signer in source.signed:
                if (signer, source.name) not in self.once:
                    self.once.add((signer, source.name))
                    return Draft(signer, f"signs {source.name}", source.name)
        return None

    def _withdraws(self) -> Draft | None:
        actor = self._other()
        if not self.said[actor]:
            return None
        name = self.said[actor].pop(self.rng.randrange(len(self.said[actor])))
        return Draft(actor, f"withdraws {name}", name)

    def _holds(self) -> Draft | None:
        rng, world = self.rng, self.world
        commitment = self._commitment()
        if commitment is None or commitment.keys:
            return None
        roll = rng.random()
        if roll < 0.5:
            self.clauses.append(f"when {self.conditions.condition(commitment.rank, self.day)}")
        if roll > 0.4:
            self.clauses.append(f"verified by {rng.choice(world.means).name}")
        if roll > 0.8:
            self.clauses.append(f"done when {rng.choice(world.matters)}")
        return Draft(self._other(), f"holds {commitment.name}", commitment.name)

    def _holds_term(self) -> Draft:
        term, members = self.rng.choice(list(self.world.terms.items()))
        more = [item.name for item in self.rng.sample(self.world.items, 2) if item.name not in members]
        return Draft(self._other(), f"holds {term} = {', '.join((*members, *more))}", term)

    def _holds_means(self) -> Draft:
        means = self.rng.choice(self.world.means)
        self.clauses.append(f"consent of {self._other()}")
        return Draft(self._other(), f"holds {means.name}", means.name)

    def _trusts(self) -> Draft:
        body = self.rng.choice(self.world.bodies)
        return Draft(self._other(), f"trusts {body}", body)

    def _waives(self) -> Draft | None:
        commitment = self._commitment()
        if commitment is None or commitment.keys:
            return None
        actor = self.rng.choice(commitment.counterparties)
        if (actor, commitment.name) in self.once:
            return None
        self.once.add((actor, commitment.name))
        return Draft(actor, f"waives {commitment.name}", commitment.name)

    def _transfers(self) -> Draft | None:
        right = self._commitment("right")
        if right is None or (right.bearer, right.name) in self.once:
            return None
        self.once.add((right.bearer, right.name))
        return Draft(right.bearer, f"transfers {right.name} to {self._other(right.bearer)}", right.name)

    def _consents(self) -> Draft | None:
        means = self.rng.choice(self.world.means)
        if not means.consent:
            return None
        actor = self.rng.choice(means.consent)
        condition = f"{self._other(actor)} consents to {self.rng.choice(self.world.means).name}"
        when = f" when {condition}" if self.rng.random() < 0.3 else ""
        return Draft(actor, f"consents to {means.name}{when}", means.name)

    def _refuses(self) -> Draft | None:
        means, commitment = self.rng.choice(self.world.means), self._commitment()
        if self.rng.random() < 0.4:
            if not means.consent:
                return None
            return Draft(self.rng.choice(means.consent), f"refuses {means.name}", means.name)
        if commitment is None or commitment.keys:
            return None
        return Draft(commitment.bearer, f"refuses {commitment.name}", commitment.name)

    def _attempts(self) -> Draft | None:
        commitment, means = self._commitment(), self.rng.choice(self.world.means)
        if commitment is None:
            return None
        self.clauses += [f"on {commitment.name}", f"result {self.rng.choice(('denied', 'unable', 'done', 'done'))}"]
        return Draft(means.by[0], f"attempts {means.name}", means.name)

    def _power(self, verb: str) -> Commitment | None:
        power = self._commitment("power")
        return power if power and power.mandate and power.mandate[0] == verb else None

    def _suspends(self) -> Draft | None:
        if (power := self._power("suspend")) is None or power.mandate is None:
            return None
        target = self.rng.choice(power.mandate[1])
        self.suspended.append((power.bearer, target))
        return Draft(power.bearer, f"suspends {target}", target)

    def _resumes(self) -> Draft | None:
        if not self.suspended:
            return None
        actor, target = self.suspended.pop(0)
        return Draft(actor, f"resumes {target}", target)

    def _terminates(self) -> Draft | None:
        if (power := self._power("terminate")) is None or power.mandate is None:
            return None
        target = power.mandate[1][0]
        if ("", target) in self.once:
            return None
        self.once.add(("", target))
        return Draft(power.bearer, f"terminates {target}", target)

    def _uses(self) -> Draft | None:
        permitted = self._commitment("right", "power")
        return None if permitted is None else Draft(permitted.bearer, f"uses {permitted.name}", permitted.name)

    def _decides(self) -> Draft:
        source = self.world.sources[self._source()]
        return Draft(self.rng.choice(self.world.bodies), f"decides {source.name}", source.name)
