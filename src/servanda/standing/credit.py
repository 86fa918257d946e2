"""What a reading takes for true: crediting, disputing, not knowing.

Credits are those of the whole view and look back: a dispute or a late proof takes with it what followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servanda.model.commitments import Clauses, EachMember
from servanda.model.conditions import Ref

from .assertions import ASSERTING, Assertion, Binding, is_about, names
from .lending import Premise
from .life import Life, roles_in
from .record import Entry, Thing
from .stretches import Instant
from .texts import Text
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook

TRUSTING = frozenset(["trusts", "recognises", "rejects"])


class Template:
    """A commitment, or one member of a family, as far as its text goes: its clauses, who bears it, who is owed it."""

    __slots__ = ("bearers", "binding", "clauses", "counterparties", "key", "name")

    def __init__(self, text: Text, name: str, key: str | None, binding: Binding) -> None:
        self.name = name
        self.key = key
        self.binding = binding
        self.clauses: Clauses = text.clauses(name, key)
        self.bearers, self.counterparties = roles_in(text, self.clauses, binding)

    def says_done(self, asserted: Assertion, text: Text) -> bool:
        """Whether an assertion says that it is done, or that what its `done when` names in a text is so."""
        thing = asserted.thing
        if isinstance(thing, Ref) and thing.name == self.name:
            return thing.key is None or self.key is None or str(thing.key) == self.key
        clauses, binding = self.clauses, self.binding
        return names(clauses.done_when, thing, text, binding) or names(clauses.seeks, thing, text, binding)

    def says_broken(self, asserted: Assertion, text: Text) -> bool:
        """Whether an assertion says that what it forbids has happened."""
        return names(self.clauses.forbids, asserted.thing, text, self.binding)


def template_of(outlook: Outlook, life: Life) -> Template:
    """What of a life can be told from its text alone, as the view's last text has it."""
    found = outlook.kept(life.name, ("template", life))
    if found is None:
        found = outlook.keep(
            life.name,
            ("template", life),
            Template(outlook.text(life.reading), life.name, life.key, life.binding),
        )
    assert isinstance(found, Template)
    return found


def credit(outlook: Outlook, reading: str, asserted: Assertion, about: Life | None) -> bool | None:
    """Whether a reading credits an assertion: True, False (not so), or None (unknown).

    `about` is the commitment whose performance is in question, since an admission is one in that very commitment.
    """
    lending = outlook.lending
    if lending is not None and lending.lends(reading, Premise("credit", asserted.name)):
        if asserted.entry.order in lending.theirs.hidden:
            return None
        return credit(lending.theirs, lending.lender, asserted, about)
    bucket = asserted.name if about is None else about.name
    what = ("credit", reading, asserted, about)
    found: tuple[bool | None] = outlook.gathered(bucket, what, _judged, outlook, reading, asserted, about)
    return found[0]


def _judged(outlook: Outlook, reading: str, asserted: Assertion, about: Life | None) -> tuple[bool | None]:
    judge = _in_record if reading == RECORD else _in_party
    return (judge(outlook, reading, asserted, about),)


def _in_party(outlook: Outlook, reading: str, asserted: Assertion, about: Life | None) -> bool | None:
    """Credited when the reading's party made or confirmed it, trusts its author, or it is an admission.

    The party may dispute it: of its own words the latest wins, and what it disputes is not so.
    """
    own, dispute = _stance(outlook, reading, asserted, about)
    if dispute is not None and (own is None or dispute > own):
        return False
    if own is not None:
        return True
    if taken_back(outlook, asserted, about):
        return False
    if trusts(outlook, reading, asserted, about):
        return True
    text = outlook.text(reading)
    if any(admits(each, asserted, text) for each in concerned(outlook, reading, asserted, about)):
        return True
    return False if _repeated(outlook, reading, asserted, about) else None


def _stance(
    outlook: Outlook, party: str, asserted: Assertion, about: Life | None
) -> tuple[tuple[Instant, int] | None, tuple[Instant, int] | None]:
    """A party's latest word that it is so, its own assertion included, and its latest that it is not."""
    own = asserted.entry.place if asserted.party == party else None
    dispute = None
    for entry in words_on(outlook, asserted, about):
        if party in entry.parties and (entry is asserted.entry or entry.follows(asserted.entry)):
            if entry.verb == "disputes":
                if covers(entry, asserted, about, denies=True):
                    dispute = max(dispute or entry.place, entry.place)
            elif covers(entry, asserted, about, denies=False):
                own = max(own or entry.place, entry.place)
    return own, dispute


def taken_back(outlook: Outlook, asserted: Assertion, about: Life | None) -> bool:
    """Whether who asserted it has disputed it since: then it is not so for anybody who goes by that word alone."""
    own, dispute = _stance(outlook, asserted.party, asserted, about)
    return dispute is not None and own is not None and dispute > own


def words_on(outlook: Outlook, asserted: Assertion, about: Life | None) -> Iterator[Entry]:
    """The acts that confirm or dispute something of the name that was asserted, or of the commitment in question."""
    for name in {asserted.name, about.name} if about is not None else (asserted.name,):
        verbs = outlook.acts(name).by_verb
        for verb in ("confirms", "disputes"):
            if verb in verbs:
                yield from verbs[verb]


def covers(entry: Entry, asserted: Assertion, about: Life | None, *, denies: bool) -> bool:
    """Whether a word on the same name speaks of what was asserted, or of the commitment in question."""
    if any(is_about(thing, asserted.thing, denies=denies) for thing in entry.act.objects):
        return True
    return about is not None and entry.about(about.name, about.key)


def _repeated(outlook: Outlook, reading: str, asserted: Assertion, about: Life | None) -> bool:
    """Whether the party's latest word on it was a dispute: saying it again does not make it undisputed."""
    if not any(entry.verb == "disputes" and reading in entry.parties for entry in words_on(outlook, asserted, about)):
        return False
    last = None
    for name in {asserted.name, about.name} if about is not None else (asserted.name,):
        for entry in outlook.acts(name).all:
            if (
                reading in entry.parties
                and (entry.verb in ASSERTING or entry.verb == "disputes")
                and (last is None or entry.place > last.place)
                and covers(entry, asserted, about, denies=entry.verb == "disputes")
            ):
                last = entry
    return last is not None and last.verb == "disputes"


def trusts(outlook: Outlook, reading: str, asserted: Assertion, about: Life | None) -> bool:
    """All trust bodies, save on the body's own commitments, until they say otherwise."""
    last = _word_on(outlook, reading, asserted)
    if last is not None:
        return last.verb != "rejects"
    return outlook.is_body(asserted.party) and not any(
        asserted.party in each.bearers and (about is not None or each.says_done(asserted, outlook.text(reading)))
        for each in concerned(outlook, reading, asserted, about)
    )


def _word_on(outlook: Outlook, reading: str, asserted: Assertion) -> Entry | None:
    """A reading's latest word on who asserted something."""
    lending = outlook.lending
    if lending is not None and lending.lends(reading, Premise("trust", asserted.author)):
        return _word_on(lending.theirs, lending.lender, asserted)
    last = None
    for name in {asserted.author, asserted.party}:
        verbs = outlook.acts(name).by_verb
        for verb in TRUSTING:
            for entry in verbs.get(verb, ()):
                if reading in entry.parties and (last is None or entry.place > last.place):
                    last = entry
    return last


def concerned(outlook: Outlook, reading: str, asserted: Assertion, about: Life | None) -> list[Template]:
    """The commitment in question; else all that an assertion can be about."""
    if about is not None:
        found = template_of(outlook, about)
        return [
            found if about.reading == reading else Template(outlook.text(reading), found.name, found.key, found.binding)
        ]
    what = ("concerned", reading)
    kept: list[Template] | None = outlook.kept(asserted.name, what)
    if kept is None:
        text = outlook.text(reading)
        kept = outlook.keep(
            asserted.name,
            what,
            [each for name in outlook.speaking_of(asserted.name) for each in _templates(text, name)],
        )
    return kept


def _templates(text: Text, name: str) -> Iterator[Template]:
    each = text.clauses(name, None).for_each
    if not isinstance(each, EachMember):
        yield Template(text, name, None, {})
        return
    for member in text.listed(each.term.name):
        yield Template(text, name, member, {each.variable.name: member})


def admits(template: Template, asserted: Assertion, text: Text) -> bool:
    """An admission: the one to whom it is owed says that it is done; the bearer, that the forbidden happened."""
    author = asserted.party
    if is_owed(template, asserted, text) and author not in template.bearers and template.says_done(asserted, text):
        return True
    return author in template.bearers and template.says_broken(asserted, text)


def is_owed(template: Template, asserted: Assertion, text: Text) -> bool:
    """Whether it is owed to who asserts something; who has handed it on to another has no interest in it any more."""
    owed_to, outlook = template.counterparties, text.outlook
    for entry in outlook.acts(template.name).by_verb.get("transfers", ()):
        if entry.said < asserted.entry.said and any(_is_of(template, thing) for thing in entry.act.objects):
            for old in entry.parties:
                for heir in entry.act.recipients:
                    if old not in template.bearers:
                        owed_to = tuple(outlook.case.party_of(heir.name) if each == old else each for each in owed_to)
    return asserted.party in owed_to


def _is_of(template: Template, thing: Thing) -> bool:
    return (
        isinstance(thing, Ref) and thing.name == template.name and (thing.key is None or str(thing.key) == template.key)
    )


def _in_record(outlook: Outlook, reading: str, asserted: Assertion, about: Life | None) -> bool | None:
    """`record` credits bodies, means carried out by others than the bearer, admissions, and what the other side
    asserted too: the same thing, at least that amount; never silence. A body takes no side: what it saw has its own
    date, and says nothing of an earlier claim.
    """
    if taken_back(outlook, asserted, about):
        return False
    templates, text = concerned(outlook, RECORD, asserted, about), outlook.text(RECORD)
    done = templates if about is not None else [each for each in templates if each.says_done(asserted, text)]
    bearers = {bearer for each in done for bearer in each.bearers}
    if outlook.is_body(asserted.party) and asserted.party not in bearers:
        return True
    for means in asserted.means:
        carriers = text.carriers(means)
        if asserted.party in carriers and not carriers & bearers:
            return True
    if any(admits(each, asserted, text) for each in templates):
        return True
    return True if corroboration(outlook, asserted, templates, about) is not None else None


def corroboration(
    outlook: Outlook, asserted: Assertion, templates: list[Template], about: Life | None
) -> Assertion | None:
    """What the other side asserted too, the same thing and at least that amount; that of what it says is done, or
    broken. `templates` are those concerned.
    """
    text = outlook.text(RECORD)
    about_it = templates
    if about is None:
        about_it = [each for each in templates if each.says_done(asserted, text) or each.says_broken(asserted, text)]
    for other in outlook.assertions(asserted.name):
        if not is_about(other.thing, asserted.thing, denies=False) or taken_back(outlook, other, about):
            continue
        if borne_out(asserted, other, about_it, text):
            return other
    return None


def borne_out(asserted: Assertion, other: Assertion, about: list[Template], text: Text) -> bool:
    """Whether the other side asserts it, too: one of two owes it, to the other it is owed, and nowhere are they on one
    side. Where nothing that it is about has two sides, any other party is the other side; a body is none.
    """
    if asserted.party == other.party:
        return False
    two_sided = [each for each in about if not set(each.counterparties) <= set(each.bearers)]
    apart = False
    for template in two_sided:
        one_owes, other_owes = (each.party in template.bearers for each in (asserted, other))
        one_owed, other_owed = (is_owed(template, each, text) for each in (asserted, other))
        if (one_owes and other_owes) or (one_owed and other_owed):
            return False
        apart = apart or (one_owes and other_owed) or (other_owes and one_owed)
    return apart or not (two_sided or text.outlook.is_body(other.party))
