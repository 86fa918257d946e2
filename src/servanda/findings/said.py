"""What was said and left as it was: claims without an answer, promises without a date, acts that cite nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from servanda.model.conditions import Amount, PublicAct
from servanda.model.record import Act
from servanda.model.walk import refs_of
from servanda.standing.record import name_of
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
    claims: dict[tuple[str, str], list[tuple[int, Act]]] = {}
    for place, act in enumerate(desk.acts):
        if act.verb == "claims":
            for name in dict.fromkeys(name_of(thing) for thing in act.objects):
                for actor in act.actors:
                    claims.setdefault((desk.case.party_of(actor.name), name), []).append((place, act))
    for (party, name), made in claims.items():
        if _answered(desk, party, name, made[0][0]) or _needs_none(desk, party, name):
            continue
        shown = _shown(made[-1][1], name)
        said = made[0 if shown == name else -1][1]
        yield Finding(
            "unanswered-claim",
            name,
            f"`{shown}` is claimed by {party} ({said.dating}), and nobody has confirmed, disputed or observed it",
            tuple(act.span for _, act in made),
            _whom(desk, party, name, shown),
        )


def _shown(act: Act, name: str) -> str:
    """What was claimed: of an amount all of it, since its item alone says little."""
    amounts = [thing for thing in act.objects if isinstance(thing, Amount) and name_of(thing) == name]
    return printer.thing(amounts[0]) if amounts else name


def _needs_none(desk: Desk, party: str, name: str) -> bool:
    """Whether a claim is itself the performance, or says what all others concerned take for done anyway."""
    commitment = desk.case.commitments.get(name)
    if commitment is None:
        return False
    if isinstance(commitment.clauses.done_when, PublicAct):
        return True
    others = [reading for reading in _others(desk, party, [name]) if reading in desk.outlooks]
    statuses = [e.standing.status for each in others for e in desk.standings_of(each, name)]
    return bool(statuses) and set(statuses) == {"fulfilled"}


def _answered(desk: Desk, party: str, name: str, since: int) -> bool:
    """Whether anybody else has answered a claim, among the acts from a place on; or claims the same on another side."""
    spoken = desk.record.speaking_of(name)
    answered = any(
        place >= since and desk.acts[place].verb in _ANSWERS and _actors(desk, place) - {party}
        for about in (name, *spoken)
        for place in desk.places.get(about, ())
    )
    beside = {party, *_beside(desk, party, (name, *spoken))}
    return answered or any(
        desk.acts[place].verb == "claims" and _actors(desk, place) - beside for place in desk.places.get(name, ())
    )


def _actors(desk: Desk, place: int) -> set[str]:
    return {desk.case.party_of(actor.name) for actor in desk.acts[place].actors}


def _beside(desk: Desk, party: str, commitments: Iterable[str]) -> Iterator[str]:
    """Those who owe, or are owed, something together with a party."""
    for name in commitments:
        if name in desk.case.commitments:
            clauses = desk.case.commitments[name].clauses
            for side in (clauses.of, clauses.to):
                people = {desk.case.party_of(ref.name) for ref in side}
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
            clauses = desk.case.commitments[name].clauses
            bearers, to = ([desk.case.party_of(ref.name) for ref in refs] for refs in (clauses.of, clauses.to))
            if party in bearers or party in to:
                others = [other for other in (to if party in bearers else bearers) if other != party] or bearers
                found |= {other: None for other in others if other != party and other in desk.case.parties}
    return list(found)


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
