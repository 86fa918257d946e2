"""Channels: acts, and sources, that those concerned would not know of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.walk import refs_of

#: By these somebody takes up a stance on a source, and would need to know it.
_STANCES = frozenset(["recognises", "rejects", "signs", "confirms", "disputes", "withdraws", "consents", "refuses"])


def unseen(built: Built) -> Iterator[Diagnostic]:
    """Acts in channels one is not among, stances on sources one does not know, signatures hidden from a signer."""
    case = built.case
    for act in case.acts:
        if not built.knows_actors(act):
            continue
        for channel in act.channels:
            yield from _not_among(case, act, channel)
        for ref in refs_of(act):
            if ref.name not in case.sources or ref.name in built.torn:
                continue
            if act.verb in _STANCES:
                yield from _source_unseen(case, act, ref)
            if act.verb == "signs" and act.channels:
                yield from _signature_unseen(case, act, ref)


def _knows(case: Case, name: str, channels: Sequence[Ref]) -> bool:
    """Whether somebody is among one of some channels, or none of them says who is."""
    declared = [case.channels[each.name] for each in channels if each.name in case.channels]
    if len(declared) < len(channels) or not channels:
        return True
    who = {name, case.party_of(name)}
    return any(not each.among or who & _people(case, each.among) for each in declared)


def _people(case: Case, refs: Sequence[Ref]) -> set[str]:
    return {ref.name for ref in refs} | {case.party_of(ref.name) for ref in refs}


def _not_among(case: Case, act: Act, channel: Ref) -> Iterator[Diagnostic]:
    declared = case.channels.get(channel.name)
    if declared is None or not declared.among:
        return
    among = {ref.name for ref in declared.among}
    for ref in act.actors:
        if not {ref.name, case.party_of(ref.name)} & among:
            related = (Related(declared.span, "declared here"),)
            yield diagnostic("not-among", ref.span, related=related, name=ref.name, channel=channel.name)


def _source_unseen(case: Case, act: Act, thing: Ref) -> Iterator[Diagnostic]:
    source = case.sources[thing.name]
    for ref in act.actors:
        if case.party_of(ref.name) in case.parties and not _knows(case, ref.name, source.via):
            related = (Related(source.span, "declared here"),)
            via = _named(source.via)
            yield diagnostic(
                "source-unseen", thing.span, related=related, name=ref.name, source=source.name, channel=via
            )


def _signature_unseen(case: Case, act: Act, thing: Ref) -> Iterator[Diagnostic]:
    """A signature in a channel that another signer is not among, unless that one can see it in another act."""
    source = case.sources[thing.name]
    actors = {case.party_of(ref.name) for ref in act.actors}
    for signer in source.signed_by:
        party = case.party_of(signer.name)
        if party in actors or party not in case.parties or _knows(case, signer.name, act.channels):
            continue
        if not any(
            each.verb == "signs"
            and actors <= {case.party_of(ref.name) for ref in each.actors}
            and any(ref.name == source.name for ref in refs_of(each))
            and _knows(case, signer.name, each.channels)
            for each in case.acts
        ):
            related = (Related(source.span, "declared here"),)
            via = _named(act.channels)
            yield diagnostic(
                "signature-unseen", thing.span, related=related, name=signer.name, source=source.name, channel=via
            )


def _named(channels: Sequence[Ref]) -> str:
    return " and ".join(f"`{each.name}`" for each in channels)
