"""The record: acts out of order, and acts by those who have no part in the matter."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.case import Case
from servanda.model.closing import closings
from servanda.model.commitments import DUTIES, Clauses, Kind
from servanda.model.conditions import Did, Ref
from servanda.model.record import Act
from servanda.model.walk import parts, refs_of

from .terms import common_members_of

#: Acts that may stand without a date: how somebody reads the text from the start.
_TIMELESS = frozenset(["holds", "trusts", "recognises", "rejects"])
#: Acts on a source that there must be a source for.
_ON_SOURCES = frozenset(["signs", "recognises", "rejects", "withdraws", "closes", "suspends", "resumes", "terminates"])


def record_out_of_order(built: Built) -> Iterator[Diagnostic]:
    """Acts without a date, before their source, known before they were done, after the record was closed."""
    case = built.case
    for act in case.acts:
        dating = act.dating
        if dating is None:
            if act.verb not in _TIMELESS:
                yield diagnostic("undated-act", act.span, verb=act.verb)
            continue
        if act.verb in _ON_SOURCES:
            yield from _before_source(case, act, dating.latest.day)
        if act.known is not None and act.known.latest.day < dating.earliest.day:
            yield diagnostic("known-too-early", act.span, known=str(act.known), done=str(dating))
        if act.performed is not None and act.performed.earliest.day > dating.latest.day:
            yield diagnostic("performed-later", act.span, performed=str(act.performed), said=str(dating))
    yield from _after_close(case)


def _before_source(case: Case, act: Act, day: datetime.date) -> Iterator[Diagnostic]:
    for ref in refs_of(act):
        source = case.sources.get(ref.name)
        if source is not None and source.dated is not None and day < source.dated.earliest.day:
            related = (Related(source.span, "declared here"),)
            yield diagnostic(
                "act-before-source", act.span, related=related, source=source.name, dated=str(source.dated)
            )


def _after_close(case: Case) -> Iterator[Diagnostic]:
    closed = next(iter(closings(case, case.acts)), None)
    if closed is None:
        return
    later = [
        act
        for act in case.acts
        if act.dating is not None and act.dating.earliest.day > closed.day and act.verb != "closes"
    ]
    if later:
        related = (Related(closed.acts[-1].span, "closed here"),)
        acts = "1 act" if len(later) == 1 else f"{len(later)} acts"
        yield diagnostic("after-close", later[0].span, related=related, day=str(closed.day), acts=acts)


def roles_in_record(built: Built) -> Iterator[Diagnostic]:
    """Promises by others than the bearer, uses by others than the holder, decisions by parties, odd signatures."""
    case = built.case
    bearers, owed_to, holders = (_able(built, who) for who in (_undertaking, _waiving, _using))
    for power in case.commitments.values():
        if power.clauses.may is not None and power.clauses.may.verb == "waive":
            for ref in power.clauses.may.refs:  # who may waive it besides is not looked into
                owed_to.pop(ref.name, None)
    for act in case.acts:
        if act.words is not None and act.verb != "states":
            yield diagnostic("words-without-object", act.span, verb=act.verb)
        actors = {case.party_of(ref.name) for ref in act.actors}
        if act.verb in ("promises", "offers", "begins", "uses"):
            for ref in refs_of(act):
                able = (holders if act.verb == "uses" else bearers).get(ref.name)
                if able is not None and not actors & able and built.knows_actors(act):
                    yield _not_the_bearer(case, act, ref.name, able)
        elif act.verb == "waives":
            for ref in refs_of(act):
                able = owed_to.get(ref.name)
                if able is not None and not actors & able and built.knows_actors(act):
                    yield _not_theirs(case, act, ref.name, able)
        elif act.verb == "decides":
            for ref in act.actors:
                if ref.name not in case.bodies and case.party_of(ref.name) in case.parties:
                    yield diagnostic("not-a-body", ref.span, name=ref.name)
        elif act.verb == "signs":
            yield from _signatures(built, act)
        yield from _via_of_condition(act)
        yield from _withdrawn_consents(case, act)


def _undertaking(clauses: Clauses, kind: Kind) -> tuple[Ref, ...]:
    """Who can undertake a commitment: its bearers; of rights and powers, also who is subject."""
    return clauses.of if kind in DUTIES else (*clauses.of, *clauses.to)


def _using(clauses: Clauses, kind: Kind) -> tuple[Ref, ...]:
    """Who can use a right or a power: who holds it."""
    return () if kind in DUTIES else clauses.of


def _waiving(clauses: Clauses, kind: Kind) -> tuple[Ref, ...]:
    """Who can waive a commitment: those to whom it is owed; of rights and powers, who holds them."""
    return clauses.to if kind in DUTIES else clauses.of


def _able(built: Built, who: Callable[[Clauses, Kind], tuple[Ref, ...]]) -> dict[str, set[str]]:
    """Who can do something about each commitment, in any reading; left out where the text alone does not say."""
    case = built.case
    members = common_members_of(case)
    able: dict[str, set[str]] = {}
    for name, commitment in case.commitments.items():
        clauses = commitment.clauses
        refs = who(clauses, commitment.kind)
        if name in built.torn or clauses.for_each is not None or clauses.to_others or not refs:
            continue
        able[name] = {party for ref in refs for party in members.get(ref.name, {ref.name})}
    for act in case.acts:
        if act.version is not None:
            for ref in refs_of(act):
                if ref.name in able:
                    own = who(act.version.clauses, case.commitments[ref.name].kind)
                    able[ref.name] |= {each.name for each in own}
    _passed_on(case, able)
    return able


def _passed_on(case: Case, able: dict[str, set[str]]) -> None:
    """Add those to whom a commitment was transferred by who can undertake it, one after the other."""
    moves = [
        (
            ref.name,
            {case.party_of(actor.name) for actor in act.actors},
            {case.party_of(heir.name) for heir in act.recipients},
        )
        for act in case.acts
        if act.verb == "transfers"
        for ref in refs_of(act)
        if ref.name in able
    ]
    for _ in moves:
        for name, actors, heirs in moves:
            if actors & able[name]:
                able[name] |= heirs


def _not_the_bearer(case: Case, act: Act, name: str, able: set[str]) -> Diagnostic:
    related = (Related(case.commitments[name].span, "declared here"),)
    shown = ", ".join(f"`{each}`" for each in sorted(able))
    actor = act.actors[0].name
    return diagnostic("not-the-bearer", act.span, related=related, actor=actor, verb=act.verb, name=name, bearers=shown)


def _not_theirs(case: Case, act: Act, name: str, able: set[str]) -> Diagnostic:
    commitment = case.commitments[name]
    related = (Related(commitment.span, "declared here"),)
    shown = ", ".join(f"`{each}`" for each in sorted(able))
    whose = f"which {'is owed' if commitment.kind in DUTIES else 'belongs'} to {shown}"
    actor = act.actors[0].name
    return diagnostic("not-theirs-to-waive", act.span, related=related, actor=actor, name=name, whose=whose)


def _signatures(built: Built, act: Act) -> Iterator[Diagnostic]:
    case = built.case
    for signed in refs_of(act):
        source = case.sources.get(signed.name)
        if source is None or source.name in built.torn or not built.knows_actors(act):
            continue
        signers = {ref.name for ref in source.signed_by}
        for ref in act.actors:
            if not {ref.name, case.party_of(ref.name)} & signers:
                related = (Related(source.span, "declared here"),)
                yield diagnostic("not-a-signer", ref.span, related=related, name=ref.name, source=source.name)


def _via_of_condition(act: Act) -> Iterator[Diagnostic]:
    """Acts that look as if they were done in a channel, which only their condition names."""
    if act.when is None or act.channels or not act.actors or act.when.span.line != act.span.line:
        return
    for part in parts(act.when):
        if isinstance(part, Did) and part.channel is not None and part.span.end == act.when.span.end:
            actor = act.actors[0].name
            yield diagnostic(
                "via-of-condition", part.channel.span, channel=part.channel.name, actor=actor, verb=act.verb
            )


def _withdrawn_consents(case: Case, act: Act) -> Iterator[Diagnostic]:
    """Consents that somebody would take back with a verb for versions, of which it holds none."""
    if act.verb != "withdraws":
        return
    actors = {case.party_of(ref.name) for ref in act.actors}
    for ref in refs_of(act):
        means = case.means.get(ref.name)
        givers = set() if means is None else {giver.name for giver in means.consent_of}
        if means is not None and actors & givers and not _holds(case, actors, means.name):
            yield diagnostic("withdrawn-consent", act.span, name=means.name)


def _holds(case: Case, actors: set[str], name: str) -> bool:
    return any(
        each.version is not None
        and actors & {case.party_of(ref.name) for ref in each.actors}
        and any(ref.name == name for ref in refs_of(each))
        for each in case.acts
    )
