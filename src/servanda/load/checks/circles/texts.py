"""All texts of a case at once, and which of their acts belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from servanda.model.case import Case
from servanda.model.commitments import Clauses
from servanda.model.conditions import CameAbout, Condition, Did, InState, OnDate, Ref
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.time import Dating
from servanda.model.walk import conditions_of_act, conditions_of_clauses, parts, refs_of

from .held import COMMON, Steps, TextsAt, in_one_step

#: The number of the record, among the scenarios.
_RECORD = -1
#: The verbs whose conditions a standing hangs on.
_WITH_CONDITIONS = frozenset(["promises", "offers", "consents"])


class AllTexts:
    """Whatever anybody ever held, taken for one text: what is on no circle here is on none in any reading."""

    readings: tuple[str, ...] = (COMMON,)

    def __init__(self, case: Case) -> None:
        self.case = case
        self.words: dict[str, list[Act]] = {}
        self._clauses = {name: [each.clauses] for name, each in case.commitments.items()}
        self._definitions = {name: [each.definition] for name, each in case.matters.items()}
        #: For each name the acts that say how it is held, or on which conditions it is promised or allowed; with the
        #: number of their scenario, and their place in it.
        self._acts: dict[str, list[tuple[int, int, Act]]] = {}
        for number, acts in enumerate((case.acts, *(each.acts for each in case.scenarios)), _RECORD):
            for place, act in enumerate(acts):
                if act.version is not None or _says_when(act):
                    for ref in refs_of(act):
                        self._acts.setdefault(ref.name, []).append((number, place, act))
                        self._note(act, ref)
        self._steps: Steps = in_one_step((name, each) for name, every in self._clauses.items() for each in every)

    def _note(self, act: Act, ref: Ref) -> None:
        if act.version is None:
            self.words.setdefault(ref.name, []).append(act)
        elif ref.name in self._clauses:
            self._clauses[ref.name].append(act.version.clauses)
        elif ref.name in self._definitions:
            self._definitions[ref.name].append(act.version.definition)

    def names(self) -> list[str]:
        """All that may hang on something."""
        return list(dict.fromkeys([*self._clauses, *self._definitions, *self.words]))

    def clauses(self, name: str, key: str | None = None, reading: str = COMMON) -> list[Clauses]:
        """The clauses of a commitment, in every version."""
        return self._clauses.get(name, [])

    def definitions(self, name: str, reading: str = COMMON) -> list[Condition]:
        """How a matter is defined, in every version."""
        return [each for each in self._definitions.get(name, ()) if each is not None]

    def together(self, name: str, reading: str = COMMON) -> Mapping[str, Span]:
        """The commitments that it is in one step with, and where that is said."""
        return self._steps.get(name, {})

    def reading_of(self, party: str) -> str:
        """In whose reading a party's conditions are asked."""
        return COMMON

    def keys(self, name: str) -> tuple[str | None, ...]:
        """The instances that are told apart; None stands for all others."""
        return (None,)

    # ── one after the other ──────────────────────────────────────────────────────────────────────────────────

    def over_time(self, names: frozenset[str]) -> Iterator[TextsAt]:
        """What was held of some names, one text after the other: in the record, and as each scenario goes on."""
        acts = {(number, place): act for name in names for number, place, act in self._acts.get(name, ())}
        keys = self._keys(names)
        for scenario in sorted({_RECORD, *(number for number, _ in acts)}):
            start = None if scenario == _RECORD else self.case.scenarios[scenario].start
            together = [
                act
                for (number, _), act in sorted(acts.items())
                if number == scenario or (number == _RECORD and (start is None or _when(act.dating) < _when(start)))
            ]
            yield from self._as_told(TextsAt(self.case, names, together, keys), together)

    @staticmethod
    def _as_told(texts: TextsAt, acts: list[Act]) -> Iterator[TextsAt]:
        """The texts before any of these acts, and again whenever a version has come up."""
        for when, group in groupby(sorted(acts, key=lambda act: _when(act.dating)), key=lambda act: _when(act.dating)):
            at_once = list(group)
            if when > _when(None) and any(act.version is not None for act in at_once):
                yield texts
            for act in at_once:
                texts.note(act)
        yield texts

    def _keys(self, names: frozenset[str]) -> dict[str, tuple[str | None, ...]]:
        """The instances that the texts, or acts with conditions, speak of by their own names."""
        found: dict[str, dict[str | None, None]] = {}
        for ref in self._refs(names):
            if ref.key is not None:
                found.setdefault(ref.name, {None: None})[str(ref.key)] = None
        return {name: tuple(keys) for name, keys in found.items()}

    def _refs(self, names: Iterable[str]) -> Iterator[Ref]:
        for name in names:
            for _, _, act in self._acts.get(name, ()):
                yield from refs_of(act)
            conditions = [each for clauses in self.clauses(name) for each in conditions_of_clauses(clauses)]
            conditions += [each for act in self.words.get(name, ()) for each in conditions_of_act(act)]
            for condition in (*conditions, *self.definitions(name)):
                for part in parts(condition):
                    if isinstance(part, CameAbout | InState):
                        yield part.ref
                    elif isinstance(part, Did) and isinstance(part.object, Ref):
                        yield part.object


Texts = AllTexts | TextsAt


def _says_when(act: Act) -> bool:
    if act.when is None and act.by is None and act.within is None:
        return False
    return act.verb in _WITH_CONDITIONS and not all(isinstance(each, OnDate) for each in conditions_of_act(act))


def _when(dating: Dating | None) -> tuple[int, int]:
    """When it is in view, in an order of days and minutes; nought is the very beginning."""
    if dating is None:
        return 0, 0
    last = dating.latest
    return last.day.toordinal(), 24 * 60 if last.minute is None else last.minute
