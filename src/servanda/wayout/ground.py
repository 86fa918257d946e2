"""What holds already: the standings of a view, as the rules of a way out take them for granted."""

from __future__ import annotations

from functools import cached_property

from servanda.model.case import Case
from servanda.model.commitments import Clauses
from servanda.model.conditions import Condition
from servanda.model.time import Dating
from servanda.standing import RECORD, Inquiry, conditions, course, ladder, owed, promises, states
from servanda.standing.asking import ASSERTED, Asking
from servanda.standing.life import Life, Roles
from servanda.standing.outlook import Outlook
from servanda.standing.record import Entry
from servanda.standing.stretches import Steps, at
from servanda.standing.texts import Text

#: What ends a refusal: the same party's later word that it will after all.
_YES = frozenset(["promises", "recognises", "consents", "signs"])
_NO = frozenset(["refuses", "rejects"])


class Ground:
    """A view on a case at one date, over channels: each reading sees what its party is among."""

    def __init__(
        self,
        inquiry: Inquiry,
        date: Dating,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> None:
        self.inquiry = inquiry
        self.case: Case = inquiry.case
        self.date = date
        self.channels = channels
        self.known = known
        self.readings = (*self.case.parties, RECORD)
        self._outlooks = {each: inquiry.outlook(each, date, channels, known) for each in self.readings}
        self.clock = self._outlooks[RECORD].clock
        self.now = self.clock.pair(date, "act")[1]

    @cached_property
    def past(self) -> Inquiry:
        """The case as if nothing had been done after the date: what a plan goes on from."""
        return self.inquiry.without_later(self.date)

    def outlook(self, reading: str) -> Outlook:
        """What a reading sees; a body reads the record."""
        return self._outlooks[self.reading_of(reading)]

    def reading_of(self, name: str) -> str:
        """The reading of a party; of a body, the record's."""
        return name if name in self._outlooks else RECORD

    def is_now(self, steps: Steps) -> bool:
        """Whether something is so at the date."""
        return at(steps, self.now) is not None

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────

    def so(self, condition: Condition, asking: Asking) -> bool:
        """Whether a condition is so."""
        return self.is_now(conditions.so(self.outlook(asking.reading), condition, asking))

    def asserted(self, condition: Condition, asking: Asking) -> bool:
        """Whether a condition is so, or somebody says it is."""
        return self.so(condition, asking) or self.so(condition, asking._replace(evidence=ASSERTED))

    def text(self, reading: str) -> Text:
        """The text that a reading holds."""
        outlook = self.outlook(reading)
        return Text(outlook, self.reading_of(reading), self.now)

    # ── commitments ──────────────────────────────────────────────────────────────────────────────────────────

    def lives(self, name: str, reading: str, key: str | None = None) -> list[Life]:
        """The instances of a commitment in a reading that are there by now; a key picks those that are called so."""
        found = self.outlook(reading).lives(self.reading_of(reading), name)
        return [each for each in found if self.is_now(each.exists) and each.is_called(key)]

    def life(self, name: str, key: str | None, reading: str) -> Life | None:
        """One instance in a reading."""
        return next((each for each in self.lives(name, reading) if each.key == key), None)

    def clauses(self, life: Life) -> Clauses:
        """A commitment's clauses as its reading has them now."""
        return self.outlook(life.reading).chapter(life, self.now).clauses

    def roles(self, life: Life) -> Roles:
        """Who owes it and to whom."""
        return self.outlook(life.reading).chapter(life, self.now).roles

    def asking(self, life: Life) -> Asking:
        """How a commitment asks its conditions."""
        return Asking(life.reading, life.binding, self.roles(life).bearers)

    def fulfilled(self, life: Life) -> bool:
        """Whether it is done and shown as its reading asks."""
        return self.is_now(ladder.done(self.outlook(life.reading), life).fulfilled)

    def performed(self, life: Life) -> bool:
        """Whether it is credited as done."""
        return self.is_now(ladder.done(self.outlook(life.reading), life).performed)

    def rung(self, life: Life, name: str) -> bool:
        """Whether a rung has been reached."""
        return self.is_now(states.rung(self.outlook(life.reading), life, name))

    def out_of_force(self, life: Life) -> bool:
        """Whether a commitment has ended, was waived, or is suspended."""
        return self.is_over(life) or self.is_now(course.course(self.outlook(life.reading), life).suspended)

    def is_over(self, life: Life) -> bool:
        """Whether a commitment has ended or was waived: it is owed no more."""
        went = course.course(self.outlook(life.reading), life)
        return self.is_now(went.waived) or self.is_now(went.ended)

    def is_owed(self, life: Life) -> bool:
        """Whether a commitment is recognised in its reading, and accepted as far as that can see."""
        return self.is_now(owed.owed(self.outlook(life.reading), life).owed)

    def is_bound(self, debtor: str, name: str, key: str | None) -> bool:
        """Whether a bearer is bound, but for its conditions, if the instance is there in its reading."""
        own = self.life(name, key, debtor)
        return own is not None and self.bound(debtor, own)

    def sees_word(self, reading: str, debtor: str, name: str, key: str | None) -> bool:
        """Whether a reading sees that a bearer has undertaken something, by its word or as it was bound to."""
        life, outlook = self.life(name, key, reading), self.outlook(reading)
        ways = (promises.met_promise, promises.met_offer, ladder.bound_by)
        return life is not None and any(self.is_now(each(outlook, debtor, life)) for each in ways)

    def hears(self, reading: str, name: str, entry: Entry) -> bool:
        """Whether a reading has an act on something in view."""
        return any(each.order == entry.order for each in self.outlook(reading).acts(name).all)

    def unheard(self, reading: str, debtor: str, name: str, key: str | None) -> bool:
        """Whether a bearer's promise or offer on a condition stands that a reading does not see."""
        own = self.life(name, key, debtor)
        made = () if own is None else self.undertakings(debtor, own)
        return any(not self.hears(reading, name, each.entry) for each in made)

    def sees_bound(self, reading: str, debtor: str, name: str, key: str | None) -> bool:
        """Whether a reading sees that a bearer is bound, but for its conditions."""
        outlook = self.outlook(reading)
        own = next((each for each in outlook.lives(self.reading_of(debtor), name) if each.key == key), None)
        return (
            own is not None
            and self.is_now(owed.owed(outlook, own).owed)
            and self.is_now(owed.unconditionally(outlook, debtor, own))
        )

    def bound(self, debtor: str, life: Life) -> bool:
        """Whether a bearer is bound in its own reading, but for its conditions."""
        outlook = self.outlook(debtor)
        return (
            self.is_now(owed.owed(outlook, life).owed)
            and self.is_now(owed.unconditionally(outlook, debtor, life))
            and not self.is_now(promises.standing(outlook, debtor, life))
        )

    def accepted_apart(self, party: str, life: Life, instrument: str) -> bool:
        """Whether a party recognises a commitment by a word, or by another source than an instrument."""
        word = self._latest_word(party, life)
        if word is not None:
            return word in owed.AFFIRMING
        outlook = self.outlook(party)
        return any(
            source != instrument
            and self.is_now(steps)
            and self.is_now(states.carries(outlook, source))
            and self.is_now(owed.stance(outlook, party, source))
            for source, steps in owed.resting(outlook, life, outlook.chapter(life, self.now))
        )

    def denied(self, party: str, life: Life) -> bool:
        """Whether a party's latest word on a commitment is that it does not recognise it."""
        return self._latest_word(party, life) in owed.DENYING

    def _latest_word(self, party: str, life: Life) -> str | None:
        """The verb of a party's latest word on whether it recognises a commitment."""
        said = [each.verb for each in owed.words(self.outlook(party), party, life)]
        return next((each for each in reversed(said) if each in owed.AFFIRMING or each in owed.DENYING), None)

    def recognised(self, life: Life) -> bool:
        """Whether a commitment is recognised in its reading."""
        return self.is_now(owed.owed(self.outlook(life.reading), life).recognised)

    def agreed(self, life: Life) -> bool:
        """Whether a commitment was agreed, as its reading has it."""
        return self.is_now(owed.owed(self.outlook(life.reading), life).agreed)

    def creditors(self, life: Life) -> tuple[str, ...]:
        """Those on the other side of a commitment, as its reading has it."""
        return self.roles(life).creditors

    def accepted(self, debtor: str, life: Life) -> bool:
        """Whether a bearer has accepted a commitment, as its reading has it."""
        outlook = self.outlook(life.reading)
        return self.is_now(owed.accepted_by(outlook, debtor, life, outlook.chapter(life, self.now)))

    def lacking(self, debtor: str, own: Life) -> tuple[str, ...]:
        """The other debtors that have not accepted, as a debtor sees it that has accepted itself; else none."""
        if not self.recognised(own) or not self.accepted(debtor, own):
            return ()
        return tuple(each for each in self.roles(own).debtors if each != debtor and not self.accepted(each, own))

    def stood_by(self, party: str, life: Life) -> bool:
        """Whether somebody on the other side stands by a commitment, as its reading has it."""
        outlook = self.outlook(life.reading)
        return self.is_now(owed.stands_by(outlook, party, life, outlook.chapter(life, self.now)))

    def deadline(self, life: Life) -> int | None:
        """The last instant in which it is in time, where that is known."""
        step = at(course.text_deadline(self.outlook(life.reading), life), self.now)
        return None if step is None else step[3]

    def gave_word(self, debtor: str, life: Life) -> bool:
        """Whether a promise of a bearer is in effect, or an offer whose condition is met."""
        outlook = self.outlook(debtor)
        return self.is_now(promises.met_promise(outlook, debtor, life)) or self.is_now(
            promises.met_offer(outlook, debtor, life)
        )

    def has_given_word(self, debtor: str, name: str, key: str | None) -> bool:
        """Whether a bearer's promise of an instance is in effect in its own reading, or an offer is."""
        own = self.life(name, key, debtor)
        return own is not None and self.gave_word(debtor, own)

    def waited(self, life: Life) -> bool:
        """Whether what a commitment waits for in its reading is so."""
        when = self.clauses(life).when
        return when is None or self.so(when, self.asking(life))

    def undertakings(self, debtor: str, life: Life) -> list[promises.Undertaking]:
        """A bearer's promises and offers with a condition, as far as they stand."""
        outlook = self.outlook(debtor)
        made = [
            *promises.made(outlook, debtor, life, "promises"),
            *promises.made(outlook, debtor, life, "offers"),
        ]
        return [each for each in made if each.entry.act.when is not None and self.is_now(each.stands)]

    def promise_of(self, debtor: str, life: Life) -> promises.Undertaking | None:
        """A bearer's latest promise that stands, with a condition or without."""
        made = promises.made(self.outlook(debtor), debtor, life, "promises")
        return next((each for each in reversed(made) if self.is_now(each.stands)), None)

    def date_given(self, debtor: str, name: str, key: str | None) -> int | None:
        """The date that a bearer's latest promise names; where it has made none, its latest offer."""
        own = self.life(name, key, debtor)
        if own is None:
            return None
        made = self.promise_of(debtor, own) or next(reversed(self.undertakings(debtor, own)), None)
        return None if made is None else self.date_of(made, debtor, own)

    def date_of(self, made: promises.Undertaking, debtor: str, life: Life) -> int | None:
        """The last instant of the date that a promise or offer names, if it does."""
        step = at(promises.dates_of(self.outlook(debtor), made.entry, debtor, life), self.now)
        return None if step is None else step[3]

    # ── texts and words ──────────────────────────────────────────────────────────────────────────────────────

    def stands_by(self, party: str, source: str) -> bool:
        """Whether a party stands by a source."""
        outlook = self.outlook(party)
        if self.is_now(owed.stance(outlook, party, source)):
            return True
        words = [each for each in outlook.acts(source).all if party in each.parties]
        return bool(words) and words[-1].verb in ("proposes", "signs")

    def signed_for_all(self, party: str, source: str) -> bool:
        """Whether a party has signed an instrument, and all of its signers can see that."""
        signers = {self.case.party_of(ref.name) for ref in self.case.sources[source].signed_by}
        return all(
            any(party in each.parties for each in self.outlook(other).acts(source).by_verb.get("signs", ()))
            for other in signers
        )

    def carries(self, source: str) -> bool:
        """Whether a letter or instrument carries its commitments, and all who had to sign it can see that."""
        signers = (self.case.party_of(ref.name) for ref in self.case.sources[source].signed_by)
        return all(self.is_now(states.carries(self.outlook(each), source)) for each in (RECORD, *signers))

    def refused(self, party: str, name: str) -> bool:
        """Whether a party refused or rejected something, and has not said yes since."""
        said = [each.verb for each in self.words(party, name) if each.verb in _YES or each.verb in _NO]
        return bool(said) and said[-1] in _NO

    def words(self, party: str, name: str) -> list[Entry]:
        """A party's acts on something, in their order."""
        return [each for each in self.outlook(party).acts(name).all if party in each.parties]
