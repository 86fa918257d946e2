"""What waits in vain as things stand: conditions out of everybody's reach, and proofs whose means lack a consent."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    CameAbout,
    Condition,
    Did,
    InState,
    Lasting,
    Ref,
    Shifted,
    Unless,
)
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.walk import parts
from servanda.standing.assertions import names
from servanda.standing.attempts import consents
from servanda.standing.owed import DENYING
from servanda.standing.states import consent
from servanda.standing.stretches import at
from servanda.standing.telling import named
from servanda.text import printer
from servanda.text.words import OPEN

from .finding import Ask, Desk, Finding, Standings

# ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────


def out_of_reach(desk: Desk) -> Iterator[Finding]:
    """What dormant commitments wait for and nobody can bring about as things stand, each once with all that wait."""
    found: dict[tuple[str, str], tuple[list[Span], list[str]]] = {}
    for reading in desk.outlooks:
        for each in desk.standings(reading):
            if each.standing.status != "dormant":
                continue
            wanted = {missing.text for missing in each.standing.missing}
            for condition, asked in _waited_for(desk, each):
                if printer.condition(condition) in wanted:
                    why = _blocked(desk, condition, asked, each.standing.label)
                    if why is not None:
                        spans, waiting = found.setdefault((printer.condition(condition), why), ([], []))
                        spans += [condition.span] if condition.span not in spans else []
                        waiting.append(f"{each.standing.label} ({reading})")
    for (words, why), (spans, waiting) in found.items():
        verb = "waits" if len(waiting) == 1 else "wait"
        yield Finding("out-of-reach", words, f"{named(waiting)} {verb} for `{words}`: {why}", tuple(spans))


def _waited_for(desk: Desk, each: Standings) -> Iterator[tuple[Condition, str]]:
    """The conditions of a commitment, and of what was promised or offered of it, with all that is in them; each with
    the reading in which it is asked: that of a promise in its giver's.
    """
    clauses, reading = each.chapter.clauses, each.life.reading
    conditions = [(clauses.when, reading), (clauses.start, reading)]
    for entry in desk.outlooks[reading].acts(each.life.name).all:
        if entry.verb in ("promises", "offers"):
            givers = [giver for giver in entry.parties if giver in desk.outlooks]
            conditions.append((entry.act.when, givers[0] if givers else reading))
    seen: set[tuple[str, str]] = set()
    for condition, asked in conditions:
        for part in () if condition is None else parts(condition):
            words = printer.condition(part)
            if (words, asked) not in seen:
                seen.add((words, asked))
                yield part, asked


def _blocked(desk: Desk, condition: Condition, reading: str, waiting: str) -> str | None:
    """Why nobody can bring a condition about as things stand, or None."""
    match condition:
        case AllOf(parts=inner):
            whys = (_blocked(desk, part, reading, waiting) for part in inner)
            return next((why for why in whys if why is not None), None)
        case AnyOf(parts=inner) | AtLeast(parts=inner):
            found = [_blocked(desk, part, reading, waiting) for part in inner]
            needed = int(condition.count) if isinstance(condition, AtLeast) else 1
            told = [why for why in found if why is not None]
            return "; ".join(dict.fromkeys(told)) if len(found) - len(told) < needed else None
        case Unless(condition=only) | Shifted(condition=only) | Lasting(condition=only):
            return _blocked(desk, only, reading, waiting)
        case Did(verb="consents"):
            return _refused(desk, condition)
        case CameAbout(ref=ref) if ref.name in desk.case.matters:
            return None if _is_to_be_done(desk, ref, reading, waiting) else _undefined(desk, ref.name, reading)
        case CameAbout(ref=ref) | InState(ref=ref) if ref.name in desk.case.sources:
            return _rejected(desk, ref.name)
        case CameAbout(ref=ref) | InState(ref=ref) if ref.name in desk.case.commitments:
            return _not_owed(desk, ref.name, reading)
    return None


def _is_to_be_done(desk: Desk, ref: Ref, reading: str, waiting: str) -> bool:
    """Whether somebody owes, or has offered, what brings a matter about: other than what waits for it."""
    outlook = desk.outlooks[reading]
    return any(
        names(each.chapter.clauses.done_when, ref, outlook.text(reading), each.life.binding)
        and each.standing.label != waiting
        and not (_is_nobodys(each) or each.standing.status in ("waived", "ended"))
        for name in desk.record.speaking_of(ref.name)
        if name in desk.case.commitments
        for each in desk.standings_of(reading, name)
    )


def _is_nobodys(each: Standings) -> bool:
    """Whether nobody owes it, nor has offered it."""
    return each.standing.status in ("not owed", "proposed") and each.standing.rungs["offered"] is None


def _refused(desk: Desk, condition: Did) -> str | None:
    name = getattr(condition.object, "name", "")
    giver = desk.case.party_of(condition.actor.name)
    last = consents(desk.case, name, desk.acts_about(name)).get(giver)
    return f"{giver} has refused it ({last.dating})" if last is not None and last.verb == "refuses" else None


def _undefined(desk: Desk, name: str, reading: str) -> str | None:
    outlook = desk.outlooks[reading]
    if outlook.text(reading).definition(name) is not None or outlook.assertions(name):
        return None
    return "nobody has said that it is so, and nothing defines when it would be"


def _rejected(desk: Desk, name: str) -> str | None:
    source = desk.case.sources[name]
    against = []
    for signer in dict.fromkeys(desk.case.party_of(ref.name) for ref in source.signed_by):
        words = [
            act
            for act in desk.acts_about(name)
            if signer in {desk.case.party_of(ref.name) for ref in act.actors}
            and act.verb in ("signs", "recognises", "refuses", *DENYING)
        ]
        if words and words[-1].verb in ("refuses", *DENYING):
            against.append(f"{signer} {words[-1].verb} it ({words[-1].dating})")
    return named(against) if against else None


def _not_owed(desk: Desk, name: str, reading: str) -> str | None:
    standings = desk.standings_of(reading, name)
    found = {each.standing.status for each in standings}
    if found and all(_is_nobodys(each) for each in standings):
        return f"it is {' or '.join(sorted(found))} itself"
    return None


# ── proofs ──────────────────────────────────────────────────────────────────────────────────────────────────


def unproved(desk: Desk) -> Iterator[Finding]:
    """Open commitments that are to be shown by means of which none has all its consents."""
    told: set[str] = set()
    for reading in desk.outlooks:
        for each in desk.standings(reading):
            admitted = [ref.name for ref in each.chapter.clauses.verified_by]
            if each.standing.status not in OPEN or not admitted or each.standing.label in told:
                continue
            lacking = {means: _lacking(desk, means, reading) for means in admitted}
            if all(lacking.values()):
                told.add(each.standing.label)
                words = "; ".join(f"`{means}` lacks {named(those.values())}" for means, those in lacking.items())
                spans = tuple(desk.case.means[means].span for means in admitted if means in desk.case.means)
                label, by = each.standing.label, " or ".join(admitted)
                message = f"`{label}` is to be shown by {by} (in {reading}): {words}"
                asks = (Ask((giver,), f"for its consent to `{means}`") for means in lacking for giver in lacking[means])
                yield Finding("proof-without-consent", label, message, spans, tuple(asks))


def _lacking(desk: Desk, means: str, reading: str) -> dict[str, str]:
    """Whose consent a means lacks, and in words how that came."""
    outlook = desk.outlooks[reading]
    acts = consents(desk.case, means, desk.acts_about(means))
    return {
        giver: f"the consent of {giver}{_how(acts.get(giver))}"
        for giver in outlook.text(reading).consents_needed(means)
        if at(consent(outlook, giver, means, None), desk.now) is None
    }


def _how(act: Act | None) -> str:
    if act is None:
        return ""
    if act.verb == "refuses":
        return f", refused ({act.dating})"
    return "" if act.when is None else f", given only when {printer.condition(act.when)} ({act.dating})"
