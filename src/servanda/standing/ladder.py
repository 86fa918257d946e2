"""How far a commitment has come: offered, promised, begun, claimed, observed, verified; and done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servanda.model.conditions import Amount, CameAbout, Happening, PublicAct
from servanda.model.walk import names_in

from . import conditions, owed, promises
from .asking import ASSERTED, SAID, SEEN, Asking, Evidence
from .assertions import Assertion, parts
from .credit import Template, template_of
from .lending import Premise
from .life import Chapter, Life, by_chapter
from .stretches import (
    ALWAYS_SO,
    NEVER,
    NEVER_SO,
    Instant,
    Steps,
    all_of,
    any_of,
    both,
    counted_from_first,
    earliest,
    either,
    onward,
    settled,
    since,
    within,
    without,
)
from .texts import Text, texts
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook


class Undertaken(NamedTuple):
    """Since when a commitment is offered, and promised. A higher rung reaches the lower."""

    offered: Steps
    promised: Steps


class Done(NamedTuple):
    """Since when performance is begun, claimed and so on; said to be done and not disputed; done by what is credited;
    fulfilled.
    """

    begun: Steps
    claimed: Steps
    observed: Steps
    verified: Steps
    confirmed: Steps
    asserted: Steps
    performed: Steps
    fulfilled: Steps


NOTHING_UNDERTAKEN = Undertaken(NEVER_SO, NEVER_SO)
NOTHING_DONE = Done(*(NEVER_SO,) * 8)


# ── undertaken ──────────────────────────────────────────────────────────────────────────────────────────────


def undertaken(outlook: Outlook, life: Life) -> Undertaken:
    """Whether a commitment is offered and promised, and since when."""
    return outlook.solved(life.questions.undertaken, _undertaken, life, empty=NOTHING_UNDERTAKEN)


def _undertaken(outlook: Outlook, life: Life) -> Undertaken:
    begun, chapters = done(outlook, life).begun, outlook.chapters(life)

    def offered(chapter: Chapter) -> Steps:
        debtors = chapter.roles.debtors
        return all_of([promises.offered(outlook, each, life) for each in debtors]) if debtors else NEVER_SO

    def promised(chapter: Chapter) -> Steps:
        debtors = chapter.roles.debtors
        return all_of([_promised_by(outlook, each, life) for each in debtors]) if debtors else NEVER_SO

    promised_since = _kept(outlook, life, _there(life, settled(by_chapter(chapters, promised))), ("promises",))
    promised_since = counted_from_first(promised_since, _from_there(life, begun))
    offered_since = _kept(outlook, life, _there(life, settled(by_chapter(chapters, offered))), ("offers", "promises"))
    return Undertaken(counted_from_first(offered_since, promised_since), promised_since)


def _promised_by(outlook: Outlook, debtor: str, life: Life) -> Steps:
    return any_of(
        [
            promises.met_promise(outlook, debtor, life),
            promises.met_offer(outlook, debtor, life),
            bound_by(outlook, debtor, life),
        ]
    )


def _there(life: Life, steps: Steps) -> Steps:
    """What was undertaken before an instance came to be counts from then."""
    return steps if life.arose is None else both(steps, life.exists)


def _from_there(life: Life, steps: Steps) -> Steps:
    """The same of what looks back: it counts from the day that was told later, but not from before the instance."""
    if life.arose is None:
        return steps
    first, last = life.arose
    return tuple((begin, end, max(early, first), max(late, last)) for begin, end, early, late in steps)


def bound_by(outlook: Outlook, debtor: str, life: Life) -> Steps:
    """Undertaken by a source, or by a word other than a promise, and its `when` met in the bearer's own reading."""
    own = outlook.same_in(life, outlook.reading_of(debtor))
    if own is None:
        return NEVER_SO
    bound = owed.unconditionally(outlook, debtor, own)
    if not bound:
        return NEVER_SO
    by_more = _by_more_than_promises(outlook, debtor, own)
    if by_more != bound:  # a rejected promise is no longer promised
        bound = both(bound, either(by_more, owed.owed(outlook, own).agreed))
    bound = without(both(bound, owed.owed(outlook, own).owed), promises.standing(outlook, debtor, life))
    if bound and own.exists is not ALWAYS_SO:
        bound = settled(both(bound, own.exists))
    if not bound:
        return NEVER_SO
    return both(bound, by_chapter(outlook.chapters(own), lambda chapter: when_met(outlook, own, chapter)))


def _by_more_than_promises(outlook: Outlook, debtor: str, own: Life) -> Steps:
    """While a debtor is bound by a source, or by a word other than a promise."""
    found = by_chapter(outlook.chapters(own), lambda chapter: owed.by_source(outlook, debtor, own, chapter))
    more = [entry for entry in owed.affirmed(outlook, debtor, own) if entry.verb != "promises"]
    return either(found, since(more[0].said)) if more else found


def when_met(outlook: Outlook, life: Life, chapter: Chapter) -> Steps:
    """While what a commitment waits for is so in its reading."""
    when = chapter.clauses.when
    return ALWAYS_SO if when is None else conditions.so(outlook, when, asking_for(life, chapter))


def asking_for(life: Life, chapter: Chapter, *, end: bool = False) -> Asking:
    """How a commitment asks its conditions."""
    return Asking(life.reading, life.binding, chapter.roles.bearers, end=end)


def _kept(outlook: Outlook, life: Life, found: Steps, verbs: tuple[str, ...]) -> Steps:
    """A rung stays reached though what reached it has gone: but for what was taken back or rejected."""
    if not found or (len(found) == 1 and found[0][1] == NEVER):
        return found
    fallen = []
    for chapter in outlook.chapters(life):
        for debtor in chapter.roles.debtors:
            made = [each for verb in verbs for each in promises.made(outlook, debtor, life, verb)]
            if made:
                first = min(each.entry.said for each in made)
                stands = any_of(each.stands for each in made)
                fallen.append(within(without(since(first), stands), chapter.begin, chapter.end))
    lost = any_of(fallen)
    pieces: list[Steps] = [found]
    for begin, end, _, _ in without(ALWAYS_SO, lost):
        inside = within(found, begin, end)
        if inside:
            pieces.append(((inside[0][0], end, inside[0][2], inside[0][3]),))
    return any_of(pieces)


# ── done ────────────────────────────────────────────────────────────────────────────────────────────────────


def done(outlook: Outlook, life: Life) -> Done:
    """How far performance has come, in a reading."""
    return outlook.solved(life.questions.done, _done, life, empty=NOTHING_DONE)


def _done(outlook: Outlook, life: Life) -> Done:
    chapters = outlook.chapters(life)
    if len(chapters) == 1:
        return _done_in(outlook, life, chapters[0])
    each = [_done_in(outlook, life, chapter) for chapter in chapters]
    found = [
        any_of(within(done[at], chapter.begin, chapter.end) for done, chapter in zip(each, chapters, strict=True))
        for at in range(8)
    ]
    found[:4] = [onward(steps) for steps in found[:4]]
    return Done(*found)


def _done_in(outlook: Outlook, life: Life, chapter: Chapter) -> Done:
    roles = chapter.roles
    begun = earliest(
        *(
            since(entry.said, entry.early)
            for entry in outlook.acts(life.name).by_verb.get("begins", ())
            if entry.about(life.name, life.key) and any(bearer in entry.parties for bearer in roles.bearers)
        )
    )
    confirmations = {party: confirmed_by(outlook, party, life) for party in roles.counterparties}
    confirmed = earliest(*confirmations.values())
    asking = Asking(life.reading, life.binding, roles.bearers, life)
    performed = _performed(outlook, life, chapter, asking)
    seen = onward(told(outlook, life, chapter, asking.on(SEEN)))
    verified = onward(shown(outlook, life, chapter, asking))
    observed = counted_from_first(seen, verified)
    claimed = counted_from_first(onward(told(outlook, life, chapter, asking.on(SAID))), confirmed, observed)
    return Done(
        counted_from_first(begun, claimed),
        claimed,
        observed,
        verified,
        confirmed,
        told(outlook, life, chapter, asking.on(ASSERTED)),
        performed,
        _fulfilled(outlook, life, chapter, performed, verified),
    )


class Said(NamedTuple):
    """What says that a commitment is done, by the words that its text has from one instant to another."""

    begin: Instant
    end: Instant
    assertions: list[Assertion]


def saying_done(outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Assertion]:
    """What was asserted of a commitment, or of what its `done when` named in this reading at an instant or before."""
    said = [each for then in _sayings(outlook, life, chapter) if then.begin <= now for each in then.assertions]
    return list(dict.fromkeys(said))


def _sayings(outlook: Outlook, life: Life, chapter: Chapter) -> list[Said]:
    what = ("saying done", life, chapter.begin)
    found: list[Said] = outlook.gathered(life.name, what, _saying_done, outlook, life, chapter)
    return found


def _saying_done(outlook: Outlook, life: Life, chapter: Chapter) -> list[Said]:
    template, text = template_of(outlook, life), Text(outlook, life.reading, chapter.text_of)
    if template.clauses is not chapter.clauses:
        template = Template(text, life.name, life.key, life.binding)
    wording = {name for each in conditions.conditions_in(chapter.clauses) for name in names_in(each)}
    found = []
    for begin, end, then in texts(outlook, life.reading, outlook.links.wording(wording)):
        assertions = [each for name in _said_of(life, chapter, then) for each in outlook.assertions(name)]
        found.append(Said(begin, end, [each for each in assertions if template.says_done(each, then)]))
    return found


def _said_of(life: Life, chapter: Chapter, text: Text) -> list[str]:
    """The names of what can be asserted to say that it is done."""
    names = {life.name: None}
    for condition in conditions.conditions_in(chapter.clauses):
        for part in parts(condition, text):
            if isinstance(part, CameAbout):
                names[part.ref.name] = None
            elif isinstance(part, Happening):
                names[part.event.name] = None
            elif isinstance(part, Amount):
                names[part.item.name] = None
                if part.item.name in text.outlook.case.terms:
                    names |= dict.fromkeys(text.members(part.item.name) or ())
    return list(names)


def told(outlook: Outlook, life: Life, chapter: Chapter, asking: Asking) -> Steps:
    """Since when it is said to be done, on the evidence that is asked."""
    since_when: list[tuple[Instant, Instant]] = []
    for begin, end, assertions in _sayings(outlook, life, chapter):
        counted = [conditions.counted(outlook, each, asking) for each in assertions]
        first = min((when[1] for when in counted if when is not None), default=None)
        if first is not None:
            since_when.append((max(first, begin), end))
    if not since_when:
        return NEVER_SO
    performed = _performed(outlook, life, chapter, asking)
    found = [within(performed, begin, end) for begin, end in since_when]
    return found[0] if len(found) == 1 else any_of(found)


def _performed(outlook: Outlook, life: Life, chapter: Chapter, asking: Asking) -> Steps:
    """While it is performed: performance dates from the earliest instant that an assertion which counts gives.

    What performance is `done when` or `seeks` say; a bare claim asserts the full amount.
    """
    found = [conditions.asserted_of(outlook, life.name, life.key, asking)]
    for condition in conditions.conditions_in(chapter.clauses):
        found.append(conditions.so(outlook, condition, asking))
    return any_of(found)


def shown(outlook: Outlook, life: Life, chapter: Chapter, asking: Asking) -> Steps:
    """Since when it is shown by a means that the reading's `verified by` admits, to the full amount."""
    admitted = frozenset(ref.name for ref in chapter.clauses.verified_by)
    if not admitted:
        return NEVER_SO
    return told(outlook, life, chapter, asking.on(Evidence(means=admitted)))


def confirmed_by(outlook: Outlook, party: str, life: Life) -> Steps:
    """Since when a counterparty says that it is done; never, where it has disputed that since."""
    last = None
    verbs = outlook.acts(life.name).by_verb
    if "confirms" not in verbs:
        return NEVER_SO
    for entry in outlook.acts(life.name).all:
        if entry.verb in ("confirms", "disputes") and party in entry.parties and entry.about(life.name, life.key):
            last = entry
    return since(last.said, last.early) if last is not None and last.verb == "confirms" else NEVER_SO


def _confirmed(outlook: Outlook, reading: str, life: Life, chapter: Chapter) -> bool:
    """Whether the reading's party has confirmed it; in `record`, every counterparty."""
    lending = outlook.lending
    if lending is not None and lending.lends(reading, Premise("credit", life.name)):
        outlook, reading = lending.theirs, lending.lender
    who = chapter.roles.counterparties if reading == RECORD else (reading,)
    return bool(who) and all(confirmed_by(outlook, each, life) for each in who)


def _fulfilled(outlook: Outlook, life: Life, chapter: Chapter, performed: Steps, verified: Steps) -> Steps:
    """Confirmed by the reading's party (in `record`, by every counterparty); or verified where the text names a proof;
    or, where none is named or in the bearer's own reading, credited as done. `done when claimed`: in every reading.
    """
    if life.kind != "obligation":
        return NEVER_SO
    roles, public = chapter.roles, NEVER_SO
    if isinstance(chapter.clauses.done_when, PublicAct):
        public = conditions.public_act(outlook, life, roles.bearers)
    confirmed = _confirmed(outlook, life.reading, life, chapter)
    proof_needed = bool(chapter.clauses.verified_by) and life.reading not in roles.bearers
    if confirmed or not proof_needed or verified:
        return either(public, performed)
    return public
