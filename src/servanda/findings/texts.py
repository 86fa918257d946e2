"""What the text leaves open: terms that readings define differently, and commitments that rest on no source."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.span import meaning
from servanda.standing.telling import held, named
from servanda.standing.texts import Text

from .finding import Desk, Finding


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
    for name, commitment in desk.case.commitments.items():
        if name in resting:
            continue
        about = desk.acts_about(name)
        promised = [act for act in about if act.verb == "promises"]
        if promised:
            who = named(dict.fromkeys(ref.name for act in promised for ref in act.actors))
            words = f"`{name}` rests on no source, only on what {who} promised ({promised[0].dating})"
            yield Finding("no-source", name, words, (commitment.span, *(act.span for act in promised)))
        elif about:  # what nobody has spoken of yet is not raised
            words = f"`{name}` rests on no source, and nobody has promised it"
            yield Finding("no-source", name, words, (commitment.span,))
