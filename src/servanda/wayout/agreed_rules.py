"""Agreement → rules: accepted by every bearer, and by somebody on the other side (semantics §3)."""

from __future__ import annotations

from servanda.model.conditions import Did, Ref
from servanda.standing import RECORD
from servanda.standing.asking import Asking
from servanda.standing.life import Life
from servanda.standing.wording import label_of

from . import condition_rules, instrument_rules, promise_rules
from .building import Building
from .system import Atom


def agreed(b: Building, name: str, key: str | None, reading: str) -> Atom:
    """Each bearer accepts it, and one of those it is owed to stands by it, or another author of a source it rests on.

    A bearer's word alone agrees nothing: that somebody it is owed to stands by it is that one's decision.
    """

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        if b.ground.agreed(life):
            b.rule(atom, (), b.span_of(name))
            return
        debtors = b.roles(name, key)[2]
        accepting = [_accepted(b, each, life) for each in debtors if not b.ground.accepted(each, life)]
        for other in _other_side(b, life, debtors):
            b.rule(atom, [*accepting, *other], b.span_of(name))

    label = label_of(name, key)
    return b.atom(("agreed", name, key, reading), f"{label} is agreed", make, about=label, span=b.span_of(name))


def _accepted(b: Building, debtor: str, life: Life) -> Atom:
    """A bearer accepts it, whatever it waits for, by a word or a text; what a reading did not see it says again."""
    name, key = life.name, life.key

    def make(atom: Atom) -> None:
        if b.ground.is_bound(debtor, name, key) or b.ground.has_given_word(debtor, name, key):
            b.rule(atom, [recognised_again(b, debtor, name, key)], b.span_of(name))
            return
        promised = promise_rules.promised_by(b, debtor, name, key)
        b.rule(atom, [promised, promise_rules.word(b, debtor, name, key)], b.span_of(name))
        for source in _unsigned(b, life):
            text = instrument_rules.relied_on(b, life.reading, source)
            b.rule(atom, [promise_rules.bound(b, debtor, name, key), *text], b.span_of(name))

    label = label_of(life.name, life.key)
    return b.atom(("accepted", debtor, name, key, life.reading), f"{debtor} accepts {label}", make, about=label)


def _other_side(b: Building, life: Life, debtors: tuple[str, ...]) -> list[list[Atom]]:
    """Ways in which somebody on the other side comes to stand by it; nothing is left to do where somebody does."""
    others = [each for each in b.ground.creditors(life) if each not in debtors]
    if len(debtors) > 1 and not others:  # these stand for each other's other side
        return [[]]
    if any(b.ground.stood_by(each, life) for each in others):
        return [[]]
    span = b.span_of(life.name)
    found = []
    for each in others:
        lives = (b.ground.life(life.name, life.key, reading) for reading in (RECORD, b.ground.reading_of(each)))
        if any(other is not None and b.ground.stood_by(each, other) for other in lives):
            found.append([recognised_again(b, each, life.name, life.key)])
        else:
            found.append([condition_rules.act(b, each, "recognises", Ref(life.name, span, life.key))])
    for source in _unsigned(b, life):
        declared = b.ground.case.sources[source]
        standing = {b.ground.case.party_of(ref.name) for ref in (*declared.by, *declared.signed_by)}
        if any(each not in debtors and not b.ground.denied(each, life) for each in standing):
            found.append([instrument_rules.signed(b, source), *instrument_rules.relied_on(b, life.reading, source)])
    return found


def _unsigned(b: Building, life: Life) -> list[str]:
    """The instruments that a commitment rests on in a reading, and that do not carry it yet."""
    found = []
    for citation in b.ground.clauses(life).under:
        source, where = citation.source.name, citation.where
        rests = where is None or b.ground.so(where, Asking(life.reading, life.binding))
        if rests and b.ground.case.sources[source].signed_by and not b.ground.carries(source):
            found.append(source)
    return found


def recognised_again(b: Building, party: str, name: str, key: str | None) -> Atom:
    """What a party stands by already, and a reading does not see, it recognises where all see it."""
    span = b.span_of(name)
    stands = b.atom(("stands by", party, name, key), f"{party} stands by {label_of(name, key)}",
                    lambda atom: b.rule(atom, (), span))  # fmt: skip
    said = Did(Ref(party, span), "recognises", Ref(name, span, key), span)
    return condition_rules.again(b, said, stands, "")
