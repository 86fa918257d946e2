"""The record of a generated case: acts, day by day."""

import random
from datetime import date, timedelta

from .acts import Acts, Draft
from .words import quote, remark
from .world import START, World


class Record(Acts):
    """Draws the acts of one day after another.

    Each is one that the checker has nothing to say of: by somebody who can do it, of something that is there.
    """

    def __init__(self, rng: random.Random, world: World) -> None:
        super().__init__(rng, world)
        self.minute, self.zone = 0, ""
        self.spoken: set[tuple[str, str]] = set()
        self.until: dict[tuple[str, str], date] = {}
        self.introduced = self._introductions()
        self.sources = self.commitments = 0
        self.acts = [act for act, weight in self.weighted() for _ in range(weight)]

    def on(self, day: date, room: int) -> list[str]:
        """The lines, `room` at most, of one more act on that day, or on an inexact one that begins with it."""
        if day > self.day:
            self.spoken.clear()
            self.minute, self.zone = self.rng.randrange(600), self.rng.choice(("", "", "", "Z"))
        self.day = day
        while True:
            self.clauses = []
            news = self._news(room)
            draft = news or self.rng.choice(self.acts)()
            if draft is None:
                continue
            actor, deed, about, audience = draft
            keys = [(each, about) for each in actor.split(", ")]
            fresh = not any(key in self.spoken or self.until.get(key, date.min) >= day for key in keys)
            if fresh and len(self.clauses) < room:
                break
            if news:
                self.introduced.insert(0, news)
        self.spoken.update(keys)
        verb = deed.partition(" ")[0]
        dating = self._dating(verb, keys)
        clauses = self._context(verb, actor, audience, len(self.clauses), '"' in deed)
        head = f"{dating} {self._voice(actor, verb, clauses)} {deed}"
        return [head, *(f"  {clause}" for clause in (self.clauses + clauses)[: room - 1])]

    def _news(self, room: int) -> Draft | None:
        """What is new is brought up before long: what was written today at once, all else while there is room."""
        world = self.world
        if self.sources < world.sources_by(self.day):
            source = world.sources[self.sources]
            self.sources += 1
            return Draft(source.by[0], f"proposes {source.name}", source.name)
        if self.commitments < world.commitments_by(self.day):
            commitment = world.commitments[self.commitments]
            self.commitments += 1
            owed = commitment.kind in ("obligation", "prohibition") and not commitment.keys and not commitment.plain
            return self._promise(commitment) if owed else None
        return self.introduced.pop() if self.rng.random() < min(0.9, 8 * len(self.introduced) / room) else None

    @property
    def pending(self) -> bool:
        """Whether something that is declared has not been spoken of."""
        return bool(self.introduced)

    def _introductions(self) -> list[Draft]:
        """One act for each name that only an act would use."""
        rng, world = self.rng, self.world
        anybody = tuple(world.parties)
        drafts: list[Draft] = []
        for item in world.items:
            what = f"{item.name} {rng.choice(item.counted)}"
            drafts.append(Draft(rng.choice(anybody), f"claims {rng.randrange(2, 99)} {what}", what))
        for matter in world.matters:
            drafts.append(Draft(rng.choice(anybody), f"claims {matter}", matter))
        for name in (*world.terms, *world.groups):
            drafts.append(Draft(rng.choice(anybody), f"recognises {name}", name))
        for means in world.means:
            drafts.append(Draft(rng.choice(means.consent or anybody), f"consents to {means.name}", means.name))
        for event in world.events:
            happened = self._event(event.name, event.arguments)
            drafts.append(Draft(rng.choice(world.bodies), f"observes {happened}", happened))
        for name, among in world.channels.items():
            drafts.append(Draft(among[0], f"states {remark(rng)} via {name}", name))
        drafts += [Draft(body, f"states {remark(rng)}", body) for body in world.bodies]
        rng.shuffle(drafts)
        return drafts

    # ── the line itself ──────────────────────────────────────────────────────────────────────────────────────

    def _dating(self, verb: str, keys: list[tuple[str, str]]) -> str:
        """A day, or an hour of it; of the acts of one day, those with an hour come first, in their order."""
        roll = self.rng.random()
        if 0 < self.minute < 900 and roll < 0.5:
            self.minute += self.rng.randrange(1, 120)
            return f"{self.day}T{self.minute // 60 + 6:02}:{self.minute % 60:02}{self.zone}"
        self.minute = 0
        if roll > 0.96:
            return f"~{self.day}"
        if roll > 0.92 and verb in ("observes", "claims", "states"):
            last = self.day + timedelta(days=self.rng.randrange(1, 4))
            self.until.update(dict.fromkeys(keys, last))
            return f"{self.day}..{last}"
        return str(self.day)

    def _voice(self, actor: str, verb: str, clauses: list[str]) -> str:
        """The actor by name, now and then an envoy; never one who may not be among a channel."""
        private = any(" via " in f" {clause}" for clause in clauses)
        if self.rng.random() < 0.06 and not private and verb not in ("signs", "consents", "closes"):
            return next((name for name, party in self.world.persons.items() if party == actor), actor)
        return actor

    def _context(self, verb: str, actor: str, audience: frozenset[str], already: int, worded: bool) -> list[str]:
        """Lines below an act: none for half of all acts, else one or two."""
        roll = self.rng.random()
        count = 0 if roll < 0.5 else 1 if roll < 0.8 else 2
        made: list[tuple[str, str]] = []
        while len(made) < count - already:
            kind = self.rng.choices(("cites", "via", "on", "known", "words"), (60, 22, 6, 4, 8))[0]
            twice = kind != "cites" and (any(kind == known for known, _ in made) or (worded and kind == "words"))
            if not twice and (line := self._clause(kind, verb, actor, audience)):
                made.append((kind, line))
        return [line for _, line in made]

    def _clause(self, kind: str, verb: str, actor: str, audience: frozenset[str]) -> str:
        rng, world = self.rng, self.world
        if kind == "via":
            among = {actor, *audience}
            open_to = [name for name, members in world.channels.items() if among <= set(members) and verb != "signs"]
            return f"via {rng.choice(open_to)}" if open_to else ""
        if kind == "on":
            earlier = self.day - timedelta(days=rng.randrange(5))
            return f"on {max(START, earlier)}" if verb in ("claims", "observes") else ""
        if kind == "known":
            return (
                f"known {self.day + timedelta(days=rng.randrange(5, 30))}"
                if verb in ("claims", "observes", "refuses")
                else ""
            )
        if kind == "words":
            return remark(rng)
        latest = world.sources_by(self.day) - 1
        source = world.sources[max(0, latest - int(rng.expovariate(1 / 15)))]
        place = rng.choice(("", "", f" p{rng.randrange(1, 30)}", f" art{rng.randrange(1, 9)}"))
        return f"cites {source.name}{place}" + (f" {quote(rng)}" if rng.random() < 0.8 else "")
