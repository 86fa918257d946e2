"""What `check` says of expectations: those that fail, as diagnostics."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load import Loaded
from servanda.standing import RECORD, Reason
from servanda.standing.expectations import Outcome, outcomes
from servanda.standing.parting import deciding, unknown
from servanda.standing.telling import AS_ABOVE
from servanda.standing.wording import label_of, status_words

#: What the text has been warned of where an expectation can never hold.
_NEVER = "state-never-reached"
#: And where it picks an instance that there cannot be.
_NO_INSTANCE = "no-such-instance"
#: So many instances and reasons are named.
_MOST_LISTED, _MOST_REASONS = 4, 3


def with_failures(loaded: Loaded) -> Loaded:
    """A loaded case with a diagnostic for each expectation that does not hold: its place, what was found, and why."""
    failed = [each for each in outcomes(loaded.case) if not each.holds]
    found = {each.expectation.span: _failure(each) for each in failed}
    picked = {each.expectation.ref.span: each.expectation.span for each in failed if each.found is None}
    said = []
    for each in loaded.diagnostics:
        place = picked.get(each.span) if each.code == _NO_INSTANCE else each.span if each.code == _NEVER else None
        failure = None if place is None else found.get(place)
        if place is None or failure is None:
            said.append(each)
            continue
        related = (Related(each.span, each.message), *failure.related)  # one slip, one message
        label = each.label if each.code == _NO_INSTANCE else failure.label
        found[place] = msgspec.structs.replace(failure, label=label, related=related)
    order = {file.path: at for at, file in enumerate(loaded.case.files)}
    every = sorted([*said, *found.values()], key=lambda each: (order.get(each.span.file.path, -1), each.span.start))
    return msgspec.structs.replace(loaded, diagnostics=tuple(every))


def _failure(outcome: Outcome) -> Diagnostic:
    expectation, found = outcome.expectation, outcome.found
    shown = "not there" if found is None else status_words(found)
    if found is not None and expectation.late and expectation.state == found.status == "fulfilled":
        shown = f"{found.status} in time" if found.late is False else f"{found.status}, and whether late is unknown"
    related = tuple(dict.fromkeys(_reasons(outcome)))
    if outcome.scenario is not None:
        related = (*related, Related(outcome.scenario.span, f"supposed in this scenario{_left_out(outcome)}"))
    return diagnostic(
        "expectation-fails",
        expectation.span,
        related=related,
        date=str(expectation.dating),
        name=found.label if found is not None else label_of(expectation.ref.name, expectation.ref.key),
        found=shown,
        reading=f"the reading of {expectation.reading}" if expectation.reading != RECORD else "the record",
        expected=f"{expectation.state}{' late' if expectation.late else ''}",
    )


def _left_out(outcome: Outcome) -> str:
    """What a scenario says of later acts of the record, where there are some by the day that is asked about."""
    start = outcome.scenario.start if outcome.scenario is not None else None
    asked = outcome.expectation.dating.latest.day
    if start is None or not any(
        act.dating is not None and start.latest.day < act.dating.latest.day <= asked
        for act in outcome.inquiry.case.acts
    ):
        return ""
    return f", which leaves out what the record says after {start}"


def _reasons(outcome: Outcome) -> Iterator[Related]:
    """The places that a standing hangs on: what it waits for, or the premises that decide it."""
    found, asked = outcome.found, outcome.expectation
    channels = frozenset([asked.channel.name]) if asked.channel else None
    if found is None:
        labels, absent = outcome.inquiry.why_absent(asked.ref, asked.reading, asked.dating, channels)
        if labels:
            commitment = outcome.inquiry.case.commitments[asked.ref.name]
            more = f" and {len(labels) - _MOST_LISTED} more" if len(labels) > _MOST_LISTED else ""
            shown = ", ".join(f"`{each}`" for each in labels[:_MOST_LISTED])
            yield Related(commitment.span, f"this reading has {shown}{more}")
        elif absent is not None:
            yield from map(_related, [*unknown(absent), *deciding(absent)][:_MOST_REASONS])
        return
    which = msgspec.structs.replace(asked.ref, key=found.instance)
    tree = outcome.inquiry.why(which, asked.reading, asked.dating, channels)
    if found.status == "dormant":
        for each in found.missing:
            if each.span is not None:
                yield Related(each.span, f"it waits for this: `{each.text}`")
        yield from map(_related, unknown(tree) if tree is not None else ())
        return
    for reason in deciding(tree) if tree is not None else ():
        if reason.span is not None and reason.span.file.path:
            yield _related(reason)


def _related(reason: Reason) -> Related:
    assert reason.span is not None
    return Related(reason.span, reason.text.removesuffix(AS_ABOVE).replace(f"{AS_ABOVE}: ", ": "))
