"""What was said and left as it was: claims without an answer, promises without a date, acts that cite nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from servanda.model.conditions import Amount, Happening, PublicAct, Ref
from servanda.model.record import Act
from servanda.model.time import Dating
from servanda.model.walk import refs_of
from servanda.standing.assertions import is_about
from servanda.standing.credit import credit
from servanda.standing.record import Thing, name_of
from servanda.standing.view import RECORD
from servanda.standing.wording import label_of
from servanda.text import printer
from servanda.text.act_words import act_words

from .finding import Ask, Desk, Finding

_ANSWERS = frozenset(["confirms", "disputes", "observes"])
#: So many acts are named one by one.
_MOST_NAMED = 5


def unanswered(desk: Desk) -> Iterator[Finding]:
    """What somebody claims, and nobody else has confirmed, disputed or observed since, nor claims on another side.

    A claim that is itself the performance needs no answer.
    """
    claims: dict[tuple[str, str], list[tuple[int, Act, Thing]]] = {}
    for place, act in enumerate(desk.acts):
        if act.verb == "claims":
            for what, thing in {_called(thing): thing for thing in act.objects}.items():
                for actor in act.actors:
                    claims.setdefault((desk.case.party_of(actor.name), what), []).append((place, act, thing))
    for (party, what), made in claims.items():
        since, said, thing = made[0]
        if isinstance(thing, Happening):
            since = _first_told(desk, thing, since)
        if _answered(desk, party, thing, since) or _needs_none(desk, party, thing):
            continue
        shown = what
        if isinstance(thing, Amount):  # all of it, since its item alone says little
            _, said, thing = made[-1]
            shown = printer.thing(thing)
        yield Finding(
            "unanswered-claim",
            what,
            f"`{shown}` is claimed by {party} ({said.dating}), and nobody has confirmed, disputed or observed it",
            tuple(act.span for _, act, _ in made),
            _whom(desk, party, name_of(thing), shown),
        )


def _first_told(desk: Desk, event: Happening, since: int) -> int:
    """At which place it was first said that an event happened when a later act says that it did: it is the same one."""
    return min(
        place
        for place in desk.places[name_of(event)]
        if _when(desk.acts[place]) == _when(desk.acts[since])
        and any(
            isinstance(thing, Happening) and is_about(thing, event, denies=True) for thing in desk.acts[place].objects
        )
        and desk.acts[place].verb in ("claims", "observes")
    )


def _when(act: Act) -> Dating | None:
    return act.performed or act.dating


def _called(thing: Thing) -> str:
    """What is claimed, by its name; whose it is, or which instance, goes with it."""
    if isinstance(thing, Ref) and thing.key is not None:
        return label_of(thing.name, str(thing.key))
    if isinstance(thing, Amount) and thing.of is not None:
        return f"{thing.item.name} of {thing.of.name}"
    return name_of(thing)


def _needs_none(desk: Desk, party: str, thing: Thing) -> bool:
    """Whether a claim is itself the performance, or says what all others concerned take for done or so anyway."""
    commitment = desk.case.commitments.get(name_of(thing))
    if commitment is None or not isinstance(thing, Ref):
        return _believed(desk, party, thing)
    if isinstance(commitment.clauses.done_when, PublicAct):
        return True
    others = [reading for reading in _others(desk, party, [thing.name]) if reading in desk.outlooks]
    statuses = [
        e.standing.status
        for each in others
        for e in desk.standings_of(each, thing.name)
        if thing.key is None or e.life.key == str(thing.key)
    ]
    return bool(statuses) and set(statuses) == {"fulfilled"}


def _believed(desk: Desk, party: str, thing: Thing) -> bool:
    """Whether all other parties whose readings are asked rely on who says it."""
    others = [reading for reading in desk.outlooks if reading in desk.case.parties and reading != party]
    said = [each for each in desk.record.assertions(name_of(thing)) if each.party == party and each.thing == thing]
    return bool(others and said) and all(
        credit(desk.outlooks[reading], reading, each, None) for reading in others for each in said
    )


def _answered(desk: Desk, party: str, claimed: Thing, since: int) -> bool:
    """Whether anybody else has answered a claim, among the acts from a place on; or claims the same on another side."""
    name = name_of(claimed)
    spoken = desk.record.speaking_of(name)
    answered = any(
        place >= since
        and desk.acts[place].verb in _ANSWERS
        and _actors(desk, place) - {party}
        and _about(desk, place, about, claimed)
        for about in (name, *spoken)
        for place in desk.places.get(about, ())
    )
    beside = {party, *_beside(desk, party, (name, *spoken))}
    return answered or any(
        desk.acts[place].verb == "claims" and _actors(desk, place) - beside and _about(desk, place, name, claimed)
        for place in desk.places.get(name, ())
    )


def _about(desk: Desk, place: int, name: str, claimed: Thing) -> bool:
    """Whether an act speaks, under a name, of what is claimed."""
    return any(name_of(thing) == name and _same(desk, thing, claimed) for thing in desk.acts[place].objects)


def _same(desk: Desk, said: Thing, claimed: Thing) -> bool:
    """Whether what is said is about the instance or event that is claimed, or about what is the same one's."""
    whose = claimed.of.name if isinstance(claimed, Amount) and claimed.of is not None else None
    if isinstance(said, Amount):
        return said.of is None or whose is None or said.of.name == whose
    if isinstance(said, Happening):
        return is_about(said, claimed, denies=True)
    key = said.instance
    if isinstance(claimed, Ref) and claimed.name == said.name:
        return key is None or claimed.key is None or key == str(claimed.key)
    return key is None or whose is None or key == whose or key not in desk.case.parties


def _actors(desk: Desk, place: int) -> set[str]:
    return {desk.case.party_of(actor.name) for actor in desk.acts[place].actors}


def _beside(desk: Desk, party: str, commitments: Iterable[str]) -> Iterator[str]:
    """Those who owe, or are owed, something together with a party."""
    for name in commitments:
        if name in desk.case.commitments:
            for sides in _people(desk, name):
                for people in sides:
                    yield from people if party in people else ()


def _whom(desk: Desk, party: str, name: str, shown: str) -> tuple[Ask, ...]:
    """Those on the other side of what the claim is about, or of what waits for it."""
    others = _others(desk, party, desk.record.speaking_of(name)) or _others(desk, party, desk.naming.get(name, ()))
    return (Ask(tuple(others), f"whether `{shown}` is so"),) if others else ()


def _others(desk: Desk, party: str, commitments: Iterable[str]) -> list[str]:
    """Those on the other side of the commitments that a party has to do with; where nobody is, those on its own."""
    found: dict[str, None] = {}
    for name in commitments:
        if name in desk.case.commitments:
            for bearers, to in _people(desk, name):
                if party in bearers or party in to:
                    others = [other for other in (to if party in bearers else bearers) if other != party] or bearers
                    found |= {other: None for other in others if other != party and other in desk.case.parties}
    return list(found)


def _people(desk: Desk, name: str) -> list[tuple[list[str], list[str]]]:
    """Who owes a commitment and to whom, instance by instance; as its text names them where there is none yet."""
    lives = desk.record.lives(RECORD, name)
    if lives:
        roles = [desk.record.chapter(life, desk.now).roles for life in lives]
        return [([*each.bearers], [*each.counterparties]) for each in roles]
    clauses = desk.case.commitments[name].clauses
    bearers, to = ([desk.case.party_of(ref.name) for ref in refs] for refs in (clauses.of, clauses.to))
    return [(bearers, to)]


def undated(desk: Desk) -> Iterator[Finding]:
    """What is promised and due, with no last day in its bearer's reading."""
    for reading in desk.outlooks:
        for life, chapter, standing in desk.standings(reading):
            if standing.status != "due" or standing.deadline is not None or reading not in chapter.roles.bearers:
                continue
            made = [
                act
                for act in desk.acts_about(life.name)
                if act.verb == "promises"
                and reading in {desk.case.party_of(ref.name) for ref in act.actors}
                and any(ref.name == life.name for ref in refs_of(act))
            ]
            if made:
                yield Finding(
                    "undated-promise",
                    standing.label,
                    f"`{standing.label}` is promised by {reading} ({made[-1].dating}), by no date",
                    (made[-1].span,),
                    (Ask((reading,), f"by when `{standing.label}` will be done"),),
                )


def citing_nothing(desk: Desk) -> Iterator[Finding]:
    """The acts that rest on no source, where the record cites sources at all; one finding for all of them.

    Rows of an event table have the table for their source; what is merely stated changes nothing.
    """
    acts = [act for act in desk.acts if act.row is None and act.verb != "states" and act.dating is not None]
    bare = [act for act in acts if not act.citations]
    if bare and len(bare) < len(acts):
        told = [f"“{act_words(act)}”" for act in bare[:_MOST_NAMED]]
        if len(bare) > len(told):
            told.append(f"and {len(bare) - len(told)} more")
        words = f": {', '.join(told)}" if 2 * len(bare) <= len(acts) else ""
        yield Finding(
            "cites-nothing",
            "the record",
            f"{len(bare)} of {len(acts)} acts {'cites' if len(bare) == 1 else 'cite'} nothing{words}",
            tuple(act.span for act in bare),
        )
