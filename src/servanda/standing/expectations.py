"""What a case expects of itself: each expectation beside the standing that is found, those of scenarios included."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from servanda.model.case import Case
from servanda.model.record import Expectation, Scenario

from . import Inquiry, Standing


class Outcome(msgspec.Struct, frozen=True):
    """What became of one expectation.

    `found` is the standing that decides it, of all that the name stands for; None where the reading has no such
    instance; `inquiry` is the one that it was asked of, so that whoever
    wants to know more can ask on.
    """

    expectation: Expectation
    scenario: Scenario | None
    found: Standing | None
    inquiry: Inquiry

    @property
    def holds(self) -> bool:
        """Whether things stand as was expected."""
        return holds(self.expectation, self.found)


def holds(expectation: Expectation, found: Standing | None) -> bool:
    """Whether a standing is what was expected: its status, or a fact of it, and late where lateness was expected."""
    if found is None:
        return False
    so = expectation.state == found.status or expectation.state in found.facts
    return so and (not expectation.late or found.late is True)


def outcomes(case: Case) -> Iterator[Outcome]:
    """What becomes of each expectation of a case.

    Those of a scenario are asked with its acts on top of the record, of which `from DATE` leaves out the later ones.
    """
    groups = [(None, case.expectations), *((each, each.expectations) for each in case.scenarios)]
    for scenario, expectations in groups:
        if not expectations:
            continue
        inquiry = Inquiry(case) if scenario is None else Inquiry(case, scenario.acts, until=scenario.start)
        for each in expectations:
            channels = frozenset([each.channel.name]) if each.channel else None
            found = inquiry.standings(each.ref, each.reading, each.dating, channels)
            yield Outcome(each, scenario, _deciding(each, found), inquiry)


def _deciding(expectation: Expectation, found: tuple[Standing, ...]) -> Standing | None:
    """A family is as expected when all its instances so far are; breached, when one of them is."""
    one_is_enough = expectation.state == "breached"
    decides = (each for each in found if holds(expectation, each) is one_is_enough)
    return next(decides, found[0] if found else None)
