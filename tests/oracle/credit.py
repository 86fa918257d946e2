"""What a reading takes for true: crediting, disputing, not knowing (§2 of the meaning)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from servanda.model.case import Case
from servanda.model.commitments import Clauses
from servanda.model.conditions import Ref

from .assertions import ASSERTING, Assertion, is_about, names
from .roles import Roles, Template
from .view import RECORD, Deed
from .words import Text, Texts

Place = tuple[datetime.datetime, int]


class Credits:
    """Who believes what, as of the date of the view: §1, "credits are those of t and look back".

    `credit` answers True, False (not so), or None (unknown). `about` is the commitment whose performance is in
    question: an admission is one "in that very commitment or what its `done when` names".
    """

    def __init__(
        self, case: Case, deeds: list[Deed], assertions: list[Assertion], texts: Texts, at: datetime.datetime
    ) -> None:
        self.case = case
        self.deeds = deeds
        self.assertions = assertions
        self.texts = {reading: texts.at(reading, at) for reading in (*case.parties, RECORD)}
        self.memo: dict[tuple[str, int, Template | None], bool | None] = {}
        self.templates = {reading: list(templates(text)) for reading, text in self.texts.items()}

    def credit(self, reading: str, asserted: Assertion, about: Template | None = None) -> bool | None:
        key = (reading, id(asserted), about)
        if key not in self.memo:
            judge = self._in_record if reading == RECORD else self._in_party
            self.memo[key] = judge(reading, asserted, about)
        return self.memo[key]

    # ── a party's reading ────────────────────────────────────────────────────────────────────────────────────

    def _in_party(self, reading: str, asserted: Assertion, about: Template | None) -> bool | None:
        """§2: credited when R's party made or confirmed it, trusts its author, or it is an admission.

        R's party may dispute it: of the party's own words the latest wins, and what it disputes is not so.
        """
        last_own, last_dispute = self._last(reading, asserted, about)
        if last_dispute is not None and (last_own is None or last_dispute > last_own):
            return False
        if last_own is not None:
            return True
        if self._taken_back(asserted, about):
            return False
        if self._trusts(reading, asserted, about):
            return True
        if self._admits(reading, asserted, about):
            return True
        return False if self._repeated(reading, asserted, about) else None

    def _last(self, party: str, asserted: Assertion, about: Template | None) -> tuple[Place | None, Place | None]:
        """The places of a party's latest word for an assertion, its own included, and of its latest against it."""
        disputes = self._words(party, "disputes", asserted, about)
        confirms = self._words(party, "confirms", asserted, about)
        own = [asserted.deed, *confirms] if asserted.party == party else confirms
        return (
            max((deed.place for deed in own), default=None),
            max((deed.place for deed in disputes), default=None),
        )

    def _taken_back(self, asserted: Assertion, about: Template | None) -> bool:
        """Its own author has disputed it since (README, gap 47)."""
        own, dispute = self._last(asserted.party, asserted, about)
        return dispute is not None and own is not None and dispute > own

    def _words(self, party: str, verb: str, asserted: Assertion, about: Template | None) -> list[Deed]:
        """A party's words on an assertion that had been made by then, or on the commitment in question.

        To dispute the commitment is to dispute what was asserted, up to then, of what its `done when` names.
        """
        return [
            deed
            for deed in self.deeds
            if deed.verb == verb
            and party in deed.parties
            and (deed is asserted.deed or deed.follows(asserted.deed))
            and self._covers(deed, asserted, about)
        ]

    def _covers(self, deed: Deed, asserted: Assertion, about: Template | None) -> bool:
        denies = deed.verb == "disputes"
        if any(is_about(thing, asserted.thing, denies=denies) for thing in deed.act.objects):
            return True
        return about is not None and deed.about(about.name, about.key)

    def _repeated(self, reading: str, asserted: Assertion, about: Template | None) -> bool:
        """Saying again what R's party has disputed does not make it undisputed (README, gap 6)."""
        last = None
        for deed in self.deeds:
            if (
                reading in deed.parties
                and deed.verb in (*ASSERTING, "disputes")
                and self._covers(deed, asserted, about)
            ):
                last = deed
        return last is not None and last.verb == "disputes"

    def _trusts(self, reading: str, asserted: Assertion, about: Template | None) -> bool:
        """§2: all trust bodies, save on the body's own commitments, until they say otherwise."""
        for deed in reversed(self.deeds):
            about_trust = reading in deed.parties and deed.verb in ("trusts", "recognises", "rejects")
            if about_trust and any(ref.name in (asserted.author, asserted.party) for ref in deed.names):
                return deed.verb != "rejects"
        if not self._is_body(asserted.party):
            return False
        return not any(asserted.party in roles.bearers for _, roles in self._concerning(reading, asserted, about))

    def _is_body(self, name: str) -> bool:
        return name in self.case.bodies and not self.case.bodies[name].acts_for

    def _concerning(self, reading: str, asserted: Assertion, about: Template | None) -> list[tuple[Template, Roles]]:
        """That of which the assertion says that it is done, with who owes it and to whom."""
        text = self.texts[reading]
        if about is not None:
            return [(about, about.roles(text))]
        return [(each, each.roles(text)) for each in self.templates[reading] if says_done(text, each, asserted)]

    def _is_owed(self, template: Template, roles: Roles, asserted: Assertion) -> bool:
        """Whether it was owed to the author when it was said; who has handed it on is owed it no more (README, 48)."""
        owed_to = list(roles.counterparties)
        for deed in self.deeds:
            if deed.verb != "transfers" or deed.said.latest >= asserted.deed.said.latest:
                continue
            if not deed.about(template.name, template.key):
                continue
            for old in set(deed.parties) - set(roles.bearers):
                for heir in deed.act.recipients:
                    owed_to = [self.case.party_of(heir.name) if each == old else each for each in owed_to]
        return asserted.party in owed_to

    def _admits(self, reading: str, asserted: Assertion, about: Template | None) -> bool:
        """§2: the one to whom it is owed says it is done; the bearer admits a breach."""
        text, author = self.texts[reading], asserted.party
        for template in [about] if about is not None else self.templates[reading]:
            roles = template.roles(text)
            owed = self._is_owed(template, roles, asserted)
            if owed and author not in roles.bearers and says_done(text, template, asserted):
                return True
            if author in roles.bearers and says_broken(text, template, asserted):
                return True
        return False

    # ── the record ───────────────────────────────────────────────────────────────────────────────────────────

    def _in_record(self, reading: str, asserted: Assertion, about: Template | None) -> bool | None:
        """§2: `record` credits bodies, means carried out by others than the bearer, admissions, and what the other side
        asserted too (the same object, at least that amount); never silence."""
        if self._taken_back(asserted, about):
            return False
        text, concerned = self.texts[RECORD], self._concerning(RECORD, asserted, about)
        bearers = {bearer for _, roles in concerned for bearer in roles.bearers}
        if self._is_body(asserted.party) and asserted.party not in bearers:
            return True
        for means in asserted.means:
            carriers = text.carried_out_by(means)
            if asserted.party in carriers and not carriers & bearers:
                return True
        if self._admits(RECORD, asserted, about):
            return True
        if about is None:
            broken = [each for each in self.templates[RECORD] if says_broken(text, each, asserted)]
            concerned += [(each, each.roles(text)) for each in broken]
        others = [other for other in self.assertions if self._other_side(asserted, other, concerned)]
        return True if any(not self._taken_back(other, about) for other in others) else None

    def _other_side(self, asserted: Assertion, other: Assertion, concerned: list[tuple[Template, Roles]]) -> bool:
        """Whether another says the same from the other side of what is concerned; of what has no two sides, any other
        party (README, gap 27)."""
        if other.party == asserted.party or not is_about(other.thing, asserted.thing, denies=False):
            return False
        sides = []
        for template, roles in concerned:
            if set(roles.counterparties) - set(roles.bearers):
                owing = [each.party in roles.bearers for each in (asserted, other)]
                owed = [self._is_owed(template, roles, each) for each in (asserted, other)]
                sides.append((owing, owed))
        if any(all(owing) or all(owed) for owing, owed in sides):
            return False
        apart = [(owing[0] and owed[1]) or (owing[1] and owed[0]) for owing, owed in sides]
        return any(apart) or not (sides or self._is_body(other.party))


def says_done(text: Text, template: Template, asserted: Assertion) -> bool:
    """Whether an assertion says that a commitment is done, or that what its `done when` names is so."""
    thing = asserted.thing
    if isinstance(thing, Ref) and thing.name == template.name:
        return thing.key is None or template.key is None or str(thing.key) == template.key
    clauses: Clauses = text.clauses(template.name, template.key)
    return any(names(condition, thing, text, template.binding) for condition in (clauses.done_when, clauses.seeks))


def says_broken(text: Text, template: Template, asserted: Assertion) -> bool:
    """Whether an assertion says that what a commitment forbids has happened."""
    return names(text.clauses(template.name, template.key).forbids, asserted.thing, text, template.binding)


def templates(text: Text) -> Iterable[Template]:
    """Every commitment, and every member of a family by members: that of which roles can be told without a history."""
    for name in text.case.commitments:
        yield from Template.all_of(text, name)
