"""What becomes of each commitment of a generated negotiation: life stories that make sense, act after act."""

import random
from datetime import date, timedelta

from .diary import Diary
from .dossiers import END, HUBS, SCALE, VESSELS, Dossier, Owed
from .pledges import Pledges
from .words import remark

STORIES = {
    "kept": 30, "claimed": 17, "undertaken": 14, "left": 9, "offered": 8, "demanded": 6, "waived": 6, "begun": 5,
    "rejected": 5,
}  # fmt: skip
"""How often an obligation goes which way; a power over it may still suspend it, or end it."""

UNHEARD = 0.2
"""How many demands of the other side, more than that, meet with nothing but words."""

HUB_ACTS = 40
"""Acts about each hub at most; fewer where there are few commitments."""


class Lives:
    """Tells the life of each commitment, then of the dossiers and hubs, then whatever else is said."""

    def __init__(self, rng: random.Random, pledges: Pledges, diary: Diary) -> None:
        self.rng = rng
        self.pledges = pledges
        self.diary = diary
        self.bodies = pledges.bodies
        self.day = END

    def tell(self, acts: int) -> None:
        """Exactly so many acts."""
        for place in self.pledges.dossiers:
            self._texts(place)
            for owed in place.owed:
                self._life(owed)
        self._hubs(min(HUB_ACTS, len(self.pledges.owed) // 20))
        if len(self.diary) > acts:
            raise ValueError("too few acts for so many commitments: ten for each are enough")
        while len(self.diary) < acts:
            self._talk()

    def _say(self, owed: Owed, actor: str, deed: str, *clauses: str, key: str = "", after: int = 90) -> bool:
        """The next act of a life, some days after the last: `NAME` in it stands for the commitment."""
        self.day += timedelta(days=self.rng.randrange(2, after))
        return self._on(self.day, owed, actor, deed, *clauses, key=key)

    def _on(self, day: date, owed: Owed, actor: str, deed: str, *clauses: str, key: str = "") -> bool:
        name = f"{owed.name}[{key}]" if key else owed.name
        heard = tuple(each for each in (*owed.bearers, *owed.to) if each != actor)[:1]
        return self.diary.say(day, actor, deed.replace("NAME", name), name, owed.dossier, *clauses, audience=heard)

    # ── one life ─────────────────────────────────────────────────────────────────────────────────────────────

    def _life(self, owed: Owed) -> None:
        self.day = owed.since
        rng = self.rng
        for other in owed.to:
            if not owed.family and rng.random() < (0.75 if not owed.demanded else 0.35):
                self._say(owed, other, "recognises NAME", after=20)
        if owed.family:
            self._family(owed)
        elif owed.kind == "obligation":
            unheard = owed.demanded and rng.random() < UNHEARD
            story = "demanded" if unheard else rng.choices(tuple(STORIES), tuple(STORIES.values()))[0]
            self._obligation(owed, story)
        elif owed.kind == "prohibition":
            self._prohibition(owed)
        else:
            self._permission(owed)

    def _obligation(self, owed: Owed, story: str) -> None:
        rng = self.rng
        first, other = owed.bearers[0], rng.choice(owed.to)
        if story in ("demanded", "rejected"):
            self._say(owed, other, "proposes NAME")
            self._say(owed, first, f"states {remark(rng)}")
            self._say(owed, first, "rejects NAME" if story == "rejected" else "refuses NAME")
            self._say(owed, other, "protests NAME")
            return
        if rng.random() < 0.15:
            self._version(owed)
        if story == "offered" or rng.random() < 0.1:
            self._say(owed, first, f"offers NAME when {self.pledges.waited_for(owed)}")
            if story == "offered":
                self._say(owed, other, "recognises NAME")
                if rng.random() < 0.3:
                    self._say(owed, first, "withdraws NAME")
                return
        if story == "left" and owed.waits:
            for bearer in owed.bearers:
                self._say(owed, bearer, "recognises NAME")
            self._say(owed, other, "protests NAME")
            return
        if not self._promise(owed) and rng.random() < 0.6:
            self._say(owed, other, "protests NAME", after=200)
            return
        if story == "undertaken":
            self._say(owed, other, "protests NAME", after=700)
            return
        if story == "waived":
            self._say(owed, first, f"states {remark(rng)}")
            for each in owed.to:
                self._say(owed, each, "waives NAME")
            return
        for bearer in owed.bearers:
            self._say(owed, bearer, "begins NAME")
        if story != "begun":
            self._performance(owed, settled=story == "kept")

    def _promise(self, owed: Owed) -> bool:
        """All its bearers undertake it: with a date, on a condition, or simply. Or they recognise it, and wait."""
        rng = self.rng
        roll = rng.random()
        by = f" by {self.day + timedelta(days=rng.randrange(100, 900))}" if roll < 0.35 else ""
        when = f" when {self.pledges.waited_for(owed)}" if not by and owed.waits and roll > 0.6 else ""
        # What waits is promised by one in three only: a promise without a condition drops those of its bearer.
        promised = bool(not owed.waits or when or rng.random() < 0.35)
        for bearer in owed.bearers:
            self._say(owed, bearer, f"promises NAME{by}{when}" if promised else "recognises NAME")
        return promised

    def _performance(self, owed: Owed, settled: bool) -> None:
        """It is claimed, part by part where it is counted; seen or not; disputed or confirmed."""
        rng = self.rng
        first, other = owed.bearers[0], rng.choice(owed.to)
        place = owed.dossier
        via = f" via {owed.proof}" if owed.proof and rng.random() < 0.85 else ""
        seer = place.means[owed.proof][0] if via else rng.choice(self.bodies)
        if seer in owed.bearers:  # then somebody else looks, by no means of its own
            seer, via = rng.choice(self.bodies), ""
        if owed.amount:
            needed, counted = owed.amount
            seen = 0
            for part in range(1, 4):
                total = needed * part // 3 if part < 3 or settled else needed - rng.randrange(1, 4)
                self._say(owed, first, f"claims {total} {counted}", after=60)
                self._say(owed, seer, f"observes {total - seen} more {counted}{via}", after=20)
                seen = total
        about = owed.matter if owed.matter and rng.random() < 0.5 else "NAME"
        on = (f"on {self.day + timedelta(days=1)}",) if rng.random() < 0.15 else ()
        claimed = self._say(owed, first, f"claims {about}", *on, after=60)
        if claimed and not settled and rng.random() < 0.45:
            self._say(owed, other, f"disputes {about}", after=30)
            self._say(owed, other, "protests NAME", after=30)
        if rng.random() < (0.8 if settled else 0.25):
            self._say(owed, seer, f"observes {about}{via}", after=30)
        if settled:
            for each in owed.to if rng.random() < 0.7 else (other,):
                self._say(owed, each, "confirms NAME", after=60)

    def _version(self, owed: Owed) -> None:
        """One side has its own version of a clause; now and then the other takes it up."""
        rng, roll = self.rng, self.rng.random()
        if roll < 0.5 and owed.waits:
            clause = f"when {self.pledges.waited_for(owed)}"
        elif roll < 0.8:
            clause = f"verified by {rng.choice(tuple(owed.dossier.means))}"
        else:
            clause = f"by {self.day + timedelta(days=rng.randrange(90, 1500))}"
        sides = [rng.choice((*owed.bearers, *owed.to))]
        if rng.random() < 0.2:
            sides = [*owed.bearers, *owed.to]
        for each in sides:
            self._say(owed, each, "holds NAME", clause)

    def _prohibition(self, owed: Owed) -> None:
        rng, place = self.rng, owed.dossier
        for bearer in owed.bearers:
            if not owed.demanded or rng.random() < 0.7:
                self._say(owed, bearer, "promises NAME")
        for _ in range(rng.randrange(4)):
            event = f"{place.event('crosses')}(vessel=Vessel-{rng.randrange(VESSELS)})"
            seer = rng.choice((*self.bodies, *owed.to))
            self._say(owed, seer, f"observes {event}", after=300)
            self._say(owed, rng.choice(owed.to), "protests NAME", after=20)
            if rng.random() < 0.3:
                self.diary.say(self.day, owed.bearers[0], f"disputes {event}", event, place)

    def _permission(self, owed: Owed) -> None:
        """A right or a power: who is subject to it accepts it or refuses; it is used, or an attempt is denied."""
        rng = self.rng
        for each in owed.to:
            if rng.random() < 0.8:
                self._say(owed, each, "recognises NAME")
        for bearer in owed.bearers:
            self._say(owed, bearer, "recognises NAME")
        roll = rng.random()
        if roll < 0.2:
            self._say(owed, rng.choice(owed.to), "refuses NAME")
            self._say(owed, owed.bearers[0], "protests NAME")
        elif owed.mandate:
            verb, target = owed.mandate
            if roll < 0.85:
                self._say(owed, owed.bearers[0], f"{verb}s {target.name}", after=150)
                if rng.random() < 0.5:
                    # Who accepts it does the same; else it is for each reading to say whether there was a power.
                    self._say(owed, target.bearers[0], f"{verb}s {target.name}", after=10)
                if verb == "suspend" and rng.random() < 0.35:
                    for each in (owed.bearers[0], target.bearers[0]):
                        self._say(owed, each, f"resumes {target.name}")
        elif roll < 0.65:
            self._say(owed, owed.bearers[0], "uses NAME", after=300)

    def _family(self, owed: Owed) -> None:
        rng, place = self.rng, owed.dossier
        bearer, other = owed.bearers[0], owed.to[0]
        if owed.family != "member":
            self._say(owed, bearer, "recognises NAME", after=20)
            self._say(owed, other, "recognises NAME", after=20)
        for key in owed.keys:
            if owed.family == "member":
                bearer, other = key, rng.choice([each for each in self.pledges.parties if each != key])
                self._say(owed, bearer, "promises NAME", key=key)
            if owed.family == "event":
                seer = rng.choice(self.bodies)
                arrives = f"{place.event('arrives')}(vessel={key}, berth=B{rng.randrange(9)})"
                self._say(owed, seer, f"observes {arrives}", after=25)
                if rng.random() < 0.7:
                    self._say(owed, seer, f"observes {place.event('inspected')}(vessel={key})", after=25)
            elif owed.kind == "obligation" and rng.random() < 0.6 and owed.family != "breach":
                self._say(owed, bearer, "claims NAME", key=key, after=500)
                if rng.random() < 0.5:
                    self._say(owed, other, "confirms NAME" if rng.random() < 0.7 else "disputes NAME", key=key)

    # ── dossiers and hubs ────────────────────────────────────────────────────────────────────────────────────

    def _texts(self, place: Dossier) -> None:
        """Its letters are recognised or not, its accord is signed by all or not, proof is consented to or refused."""
        rng, say = self.rng, self.diary.say
        day = place.opened + timedelta(days=rng.randrange(3, 60))
        parties = self.pledges.parties
        for source, reader in ((place.letter, place.second), (place.reply, place.first)):
            if rng.random() < 0.5:
                say(day, reader, f"recognises {source}", source, place)
            elif rng.random() < 0.15:
                say(day, reader, f"rejects {source}", source, place)
        if place.accord:
            say(day, place.first, f"proposes {place.accord}", place.accord, place)
            for number, party in enumerate(parties):
                if number == 0 or rng.random() < 0.85:
                    later = day + timedelta(days=rng.randrange(1, 500))
                    say(later, party, f"signs {place.accord}", place.accord, place)
        for means, (_, consent) in place.means.items():
            later = day + timedelta(days=rng.randrange(5, 700))
            if consent:
                verb = "consents to" if rng.random() < 0.7 else "refuses"
                say(later, consent, f"{verb} {means}", means, place)
        if rng.random() < 0.3:
            more = f"{place.goods[0]}-{place.place}, {place.goods[1]}-{place.place}"
            say(day + timedelta(days=9), rng.choice(parties), f"holds {place.term} = {more}", place.term, place)
        counted = f"{place.goods[2]}-{place.place} removed"
        for share in (8, 20, 30):
            later = day + timedelta(days=share * rng.randrange(2, 40))
            say(later, rng.choice(parties), f"claims {share} {counted}", counted, place)
            say(later + timedelta(days=4), rng.choice(self.bodies), f"observes {share} {counted}", counted, place)

    def _hubs(self, acts: int) -> None:
        """About each hub so many acts, over all the years: what is counted grows, what is said is disputed."""
        rng, say = self.rng, self.diary.say
        span = (END - self.pledges.dossiers[0].opened).days
        for hub in HUBS:
            total = 0
            for number in range(acts):
                day = self.pledges.dossiers[0].opened + timedelta(days=span * (number + 1) // (acts + 1))
                actor = rng.choice((*self.pledges.parties, *self.bodies))
                if hub.counted:
                    more = rng.randrange(1, 2 * SCALE // acts)
                    total += more
                    verb = f"observes {more} more" if actor in self.bodies else f"claims {total}"
                    say(day, actor, f"{verb} {hub.name} {hub.counted}", hub.name, None)
                elif actor in self.bodies:
                    say(day, actor, f"observes {hub.name}", hub.name, None)
                else:
                    verb = rng.choice(("claims", "claims", "disputes", "confirms"))
                    say(day, actor, f"{verb} {hub.name}", hub.name, None)

    # ── whatever else is said ────────────────────────────────────────────────────────────────────────────────

    def _talk(self) -> None:
        """An act that tells no story: words, attempts, protests, repeated claims, further counts."""
        rng, owed = self.rng, self.rng.choice(self.pledges.owed)
        place, parties = owed.dossier, self.pledges.parties
        day = owed.since + timedelta(days=rng.randrange(1, max(2, min(1500, (END - owed.since).days))))
        bearer, other, body = owed.bearers[0], rng.choice(owed.to), rng.choice(self.bodies)
        means = rng.choice(tuple(place.means))
        carrier, consent = place.means[means]
        say, roll = self.diary.say, rng.random()
        if roll < 0.4 or owed.family:
            say(day, rng.choice((*parties, *self.bodies)), f"states {remark(rng)}", f"words {day}", place)
        elif roll < 0.58:
            result = f"result {rng.choice(('denied', 'unable', 'done', 'done'))}"
            on = "attempt on " + owed.name
            say(day, carrier, f"attempts {means}", on, place, f"on {owed.name}", result)
        elif roll < 0.7 and owed.kind in ("obligation", "prohibition"):
            self._on(day, owed, other, "protests NAME")
        elif roll < 0.8:
            counted = f"{place.goods[2]}-{place.place} returned"
            say(day, body, f"observes {rng.randrange(1, 9)} more {counted}", counted, place)
        elif roll < 0.86 and consent:
            say(day, consent, f"consents to {means}", means, place)
        elif roll < 0.92:
            self._on(day, owed, other, "recognises NAME")
        elif roll < 0.96:
            event = f"{place.event('crosses')}(vessel=Vessel-{rng.randrange(VESSELS)})"
            say(day, body, f"observes {event}", event, place)
        else:
            self._on(day, owed, bearer, f"states {remark(rng)}")
