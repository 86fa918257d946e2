"""What the text leaves open: terms in two senses, commitments without a source, and bodies that were never asked."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.span import meaning
from servanda.model.walk import refs_of
from servanda.standing.record import name_of
from servanda.standing.telling import held, named
from servanda.standing.texts import Text

from .finding import Ask, Desk, Finding

#: The verbs by which somebody takes on what a text of others asks of it.
_TAKING_UP = frozenset(["recognises", "signs", "promises", "offers", "begins", "claims"])


def two_senses(desk: Desk) -> Iterator[Finding]:
    """Terms that two parties understand differently, whether or not anything hangs on it."""
    for name, term in desk.case.terms.items():
        senses: dict[object, list[str]] = {}
        words: dict[object, str] = {}
        for party in desk.case.parties:
            if party not in desk.outlooks:
                continue
            members = Text(desk.outlooks[party], party, desk.now).members(name)
            sense = meaning(None if members is None else tuple(sorted(members)))
            senses.setdefault(sense, []).append(party)
            words[sense] = "without a definition" if members is None else ", ".join(sorted(members)) or "nothing"
        if len(senses) > 1:
            told = "; ".join(f"{words[sense]} ({', '.join(parties)})" for sense, parties in senses.items())
            acts = [
                entry.act.span
                for parties in senses.values()
                for entry in held(desk.outlooks[parties[0]], parties[0], name, None, "definition", desk.now)
            ]
            yield Finding("two-senses", name, f"`{name}` is {told}", (term.span, *acts))


def no_source(desk: Desk) -> Iterator[Finding]:
    """Commitments without a source in anybody's version; with what else they rest on."""
    resting = {name for name, clauses in desk.record.links.clauses() if clauses.under}
    spoken_of = {name_of(thing) for act in desk.case.acts for thing in act.objects}
    for name, commitment in desk.case.commitments.items():
        if name in resting:
            continue
        about = desk.acts_about(name)
        promised = [act for act in about if act.verb == "promises"]
        promised = promised or [act for act in about if act.verb == "offers"]
        if promised:
            who = named(dict.fromkeys(ref.name for act in promised for ref in act.actors))
            did = "promised" if promised[0].verb == "promises" else "offered"
            words = f"`{name}` rests on no source, only on what {who} {did} ({promised[0].dating})"
            yield Finding("no-source", name, words, (commitment.span, *(act.span for act in promised)))
        elif about:  # what is spoken of later alone is not raised
            words = f"`{name}` rests on no source, and nobody has promised it"
            yield Finding("no-source", name, words, (commitment.span,))
        elif name not in spoken_of:
            words = f"`{name}` rests on no source, and no act speaks of it: nobody owes it"
            yield Finding("no-source", name, words, (commitment.span,))


def not_taken_up(desk: Desk) -> Iterator[Finding]:
    """What bodies are to do by a text of others, and have never said that they would: a demand makes no debt."""
    told: dict[tuple[str, str], None] = {}
    for reading in desk.outlooks:
        for life, chapter, standing in desk.standings(reading):
            if standing.status == "proposed":
                told |= {(life.name, each): None for each in chapter.roles.debtors if desk.record.is_body(each)}
    for name, body in told:
        commitment = desk.case.commitments[name]
        sources = [desk.case.sources[cite.source.name] for cite in commitment.clauses.under]
        names = {name, *(each.name for each in sources)}
        if any(ref.name == body for each in sources for ref in each.by) or _has_taken_up(desk, body, names):
            continue
        yield Finding(
            "not-taken-up",
            name,
            f"`{name}` is to be done by {body}, which has not said that it would: it stays proposed",
            (commitment.span, *(cite.span for cite in commitment.clauses.under)),
            (Ask((body,), f"whether it takes `{name}` on"),),
        )


def _has_taken_up(desk: Desk, body: str, names: set[str]) -> bool:
    return any(
        act.verb in _TAKING_UP
        and any(actor.name == body for actor in act.actors)
        and any(ref.name in names for ref in refs_of(act))
        for act in desk.acts
    )
