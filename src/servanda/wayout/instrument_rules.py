"""Instruments → rules: when a text that needs signatures carries what rests on it (semantics §10)."""

from __future__ import annotations

from servanda.model.conditions import OnDate
from servanda.standing import RECORD
from servanda.standing.asking import Asking
from servanda.standing.life import Life

from . import condition_rules, phrases, promise_rules
from .building import Building
from .ground import Ground
from .system import Atom


def signed(b: Building, name: str) -> Atom:
    """An instrument carries: every signer accepts it, and what its members wait for apart from it is so."""

    def make(atom: Atom) -> None:
        source = b.ground.case.sources[name]
        signers = tuple(dict.fromkeys(b.ground.case.party_of(ref.name) for ref in source.signed_by))
        if b.ground.carries(name):
            b.rule(atom, (), source.span)
        elif signers:
            body = [accepts(b, each, name) for each in signers if not b.ground.signed_for_all(each, name)]
            if source.dated is not None:
                body.append(condition_rules.condition(b, OnDate(source.dated, source.span), Asking(RECORD)))
            for member in members(b.ground, name):
                for debtor in b.roles(member.name, member.key)[2]:
                    own = b.ground.life(member.name, member.key, debtor)
                    if own is not None and b.ground.accepted_apart(debtor, own, name):
                        body.append(promise_rules.promised_by(b, debtor, member.name, member.key, name))
            b.rule(atom, body, source.span)

    source = b.ground.case.sources[name]
    signers = tuple(dict.fromkeys(b.ground.case.party_of(ref.name) for ref in source.signed_by))
    return b.atom(
        ("signed", name), f"{name} is signed", make, sort="move", actors=signers, about=name, span=source.span,
        shown=True,
    )  # fmt: skip


def members(ground: Ground, instrument: str) -> list[Life]:
    """The commitments that rest on an instrument."""
    return [
        life
        for name in ground.case.commitments
        for life in ground.lives(name, RECORD)
        if any(citation.source.name == instrument for citation in ground.clauses(life).under)
    ]


def accepts(b: Building, party: str, name: str) -> Atom:
    """A signer accepts a text: it stands by it already, or it would have to decide so."""
    case = b.ground.case
    source = case.sources[name]

    def make(atom: Atom) -> None:
        if b.ground.stands_by(party, name):
            b.rule(atom, (), source.span)

    return b.atom(
        ("accepts", party, name), f"{party} accepts {phrases.titled(case, name)}", make,
        sort="decision", actors=(party,), about=name, span=source.span,
    )  # fmt: skip


def relied_on(b: Building, reading: str, source: str) -> list[Atom]:
    """What it takes for a reading to rely on a text once it is signed: nothing of those who sign it."""
    signers = {b.ground.case.party_of(ref.name) for ref in b.ground.case.sources[source].signed_by}
    return [] if reading == RECORD or reading in signers else [accepts(b, reading, source)]
