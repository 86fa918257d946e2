"""Generated negotiations are what they are said to be, and what is measured on them is answered right."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import msgspec
import pytest

from bench.generated import Negotiation
from bench.generated.dossiers import CHAIN
from bench.questions import SERIES, Asked, ask_added, ask_all, ask_why
from bench.report import Measured, Row, measured_from_page, page
from servanda.load import load_text
from servanda.model.case import Case
from servanda.model.commitments import EachBreach, EachPeriod
from servanda.model.conditions import Amount, CameAbout, Condition, Did, InState, Ref
from servanda.model.record import Act
from servanda.model.time import Dating
from servanda.model.walk import parts
from servanda.standing import Inquiry

STATUSES = {
    "not owed", "proposed", "fulfilled", "waived", "ended", "suspended", "claimed", "dormant", "overdue", "due",
    "in force", "open", "used",
}  # fmt: skip


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What is measured is frozen, and whatever is frozen when Python ends is told to have leaked."""
    yield
    gc.unfreeze()


@cache
def _loaded(commitments: int, seed: int, parties: int) -> tuple[Negotiation, Case]:
    negotiation = Negotiation(commitments, seed=seed, parties=parties)
    loaded = load_text(negotiation.text)
    assert [str(each) for each in loaded.diagnostics if each.severity != "note"] == []
    return negotiation, loaded.case


@pytest.mark.parametrize(("commitments", "seed", "parties"), [(20, 1, 2), (50, 2, 3), (137, 3, 2), (1_000, 4, 3)])
def test_a_negotiation_is_as_large_as_was_asked_and_clean(commitments: int, seed: int, parties: int) -> None:
    negotiation, case = _loaded(commitments, seed, parties)

    assert commitments == len(case.commitments)
    assert 10 * commitments == len(case.acts) == negotiation.acts
    assert parties == len(case.parties)


def test_a_negotiation_is_the_same_for_the_same_seed_only() -> None:
    first, again, other = (Negotiation(100, seed=seed) for seed in (1, 1, 2))

    assert first.text == again.text
    assert first.text != other.text
    assert list(islice(first.moves(5), 50)) == list(islice(again.moves(5), 50))


def test_it_has_every_kind_and_instances_in_realistic_shares() -> None:
    _, case = _loaded(1_000, 4, 3)
    kinds = Counter(each.kind for each in case.commitments.values())
    families = sum(each.clauses.for_each is not None for each in case.commitments.values())

    assert 600 < kinds["obligation"] < 750
    assert all(kinds[kind] > 60 for kind in ("prohibition", "right", "power"))
    assert 60 < families < 140


def test_acts_are_spread_over_years_and_of_every_sort() -> None:
    _, case = _loaded(1_000, 4, 3)
    verbs = Counter(act.verb for act in case.acts)
    years = Counter(act.dating.latest.day.year for act in case.acts if act.dating)

    assert len(years) == 12
    assert min(years.values()) > 100
    assert verbs.keys() >= {
        "promises", "offers", "begins", "claims", "observes", "confirms", "disputes", "refuses", "waives", "suspends",
        "resumes", "terminates", "holds", "signs", "consents", "uses", "withdraws", "rejects", "attempts",
    }  # fmt: skip


# ── what waits for what ──────────────────────────────────────────────────────────────────────────────────────


def _named(condition: Condition | None) -> Iterable[str]:
    """The names that a condition asks for."""
    for part in () if condition is None else parts(condition):
        if isinstance(part, CameAbout | InState):
            yield part.ref.name
        elif isinstance(part, Amount):
            yield part.item.name
        elif isinstance(part, Did) and isinstance(part.object, Ref):
            yield part.object.name


def _waits_for(case: Case) -> dict[str, set[str]]:
    """For each commitment all names that its clauses wait for, in the text, in anybody's version, in what was said."""
    waits: dict[str, set[str]] = {}
    clauses = [(name, each.clauses) for name, each in case.commitments.items()]
    clauses += [(_about(act), act.version.clauses) for act in case.acts if act.version is not None]
    for name, each in clauses:
        within = None if each.within is None else each.within.of
        every = each.for_each
        period = every.of if isinstance(every, EachPeriod) else None
        found = {named for c in (each.when, each.start, each.until, each.by, within, period) for named in _named(c)}
        if isinstance(every, EachBreach):
            found.add(every.commitment.name)
        if each.instead_of is not None:
            found.add(each.instead_of.name)
        waits.setdefault(name, set()).update(found)
    for act in case.acts:
        if act.when is not None and act.verb in ("offers", "promises"):
            waits[_about(act)].update(_named(act.when))
    return waits


def _about(act: Act) -> str:
    return str(getattr(act.objects[0], "name", ""))


def test_conditions_lead_back_over_few_commitments_and_in_circles_only_where_planted() -> None:
    negotiation, case = _loaded(1_000, 4, 3)
    waits = _waits_for(case)
    circle_of = {name: number for number, circle in enumerate(negotiation.circles) for name in circle}
    place = {name: at for at, name in enumerate(case.commitments)}
    longest: dict[str, int] = {}
    for name in case.commitments:
        circle = negotiation.circles[circle_of[name]] if name in circle_of else (name,)
        before = {each for member in circle for each in waits.get(member, ()) if each in place} - set(circle)
        assert all(place[each] < min(map(place.__getitem__, circle)) for each in before), f"{name} waits for later ones"
        longest[name] = max((longest[each] + 1 for each in before), default=0)

    assert 4 <= max(longest.values()) <= max(negotiation.chains) <= CHAIN
    assert {len(circle) for circle in negotiation.circles} == {2, 3, 4, 5, 6}
    for circle in negotiation.circles:
        for name, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert following in waits[name]


def test_hubs_are_waited_for_by_many_and_nothing_else_is() -> None:
    negotiation, case = _loaded(1_000, 4, 3)
    waited = Counter(name for names in _waits_for(case).values() for name in names)
    hubs = {hub: waited[hub] for hub in negotiation.hubs}
    others = max(count for name, count in waited.items() if name not in negotiation.hubs)

    assert min(hubs.values()) >= 5
    assert sum(hubs.values()) > 60
    assert others < max(hubs.values()) <= 60
    assert all(
        any(act.verb != "states" and hub in _names_in(act) for act in case.acts) for hub in hubs if hub != "transition"
    )


def _names_in(act: Act) -> set[str]:
    return {each.item.name if isinstance(each, Amount) else getattr(each, "name", "") for each in act.objects}


# ── who knows what, and where things stand ───────────────────────────────────────────────────────────────────


def _among(case: Case) -> dict[str, frozenset[str]]:
    return {
        party: frozenset(name for name, each in case.channels.items() if party in {ref.name for ref in each.among})
        for party in case.parties
    }


def test_two_parties_are_in_all_channels_and_of_three_each_is_in_others() -> None:
    _, two = _loaded(137, 3, 2)
    negotiation, three = _loaded(1_000, 4, 3)

    assert len(set(_among(two).values())) == 1
    assert len(set(_among(three).values())) == 3
    assert negotiation.private > len(three.acts) / 10


def test_rights_and_powers_are_refused_and_what_they_need_is_denied() -> None:
    _, case = _loaded(1_000, 4, 3)
    permitted = {name for name, each in case.commitments.items() if each.kind in ("right", "power")}

    assert sum(act.verb == "refuses" and _about(act) in permitted for act in case.acts) > 10
    assert sum(act.result == "denied" and act.on is not None and act.on.name in permitted for act in case.acts) > 10


def test_every_status_occurs() -> None:
    found: Counter[str] = Counter()
    for seed in (1, 2, 3):
        negotiation, case = _loaded(40, seed, 2)
        for row in Inquiry(case).inventory(Dating.on(negotiation.at)):
            found.update(each.status for each in row.standings.values())

    assert found.keys() >= STATUSES
    assert max(found.values()) < sum(found.values()) / 3


# ── the questions that are measured ──────────────────────────────────────────────────────────────────────────


class _Ready(Inquiry):
    """An inquiry that can do what is measured, in the plainest way."""

    def with_acts(self, acts: Iterable[Act]) -> Inquiry:
        return Inquiry(self.case, acts)


class _Forgetful(_Ready):
    """One that takes every added act for another one."""

    def with_acts(self, acts: Iterable[Act]) -> Inquiry:
        return Inquiry(self.case, [msgspec.structs.replace(act, verb="waives") for act in acts])


class _Questioned(Asked):
    kind: type[Inquiry] = _Ready

    def inquiry(self) -> Inquiry:
        return self.kind(self.case)


@cache
def _asked() -> _Questioned:
    return _Questioned((20, 200), 2, seed=1, candidates=3)


def test_candidates_are_read_with_the_case_and_are_not_in_its_record() -> None:
    asked = _asked()

    assert len(asked.case.acts) == 200
    assert all(len(acts) == 3 for acts in asked.candidates.values())
    assert not set(asked.case.acts) & {act for acts in asked.candidates.values() for act in acts}
    hubs = asked.negotiation.hubs
    for name, (hub, late) in SERIES.items():
        assert all(bool(_names_in(act) & hubs) == hub for act in asked.candidates[name])
        assert late == any(act.dating != asked.at for act in asked.candidates[name])


def test_all_standings_are_asked_for_twice() -> None:
    measured = ask_all(_asked())

    rows = _asked().inquiry().inventory(_asked().at)
    assert Counter(each.status for row in rows for each in row.standings.values()) == measured["statuses"]
    assert measured["acts"] == 200


def test_an_added_act_counts_where_it_changes_a_standing_and_a_wrong_answer_is_noticed() -> None:
    asked = _asked()
    measured = ask_added(asked, 1, 60)
    series = measured["last day"]
    assert isinstance(series, dict)
    assert len(series["whole"]) == len(series["one"]) == 1
    assert series["afresh"]
    assert min(series["changed"]) > 0
    asked.kind = _Forgetful
    try:
        with pytest.raises(RuntimeError, match="afresh answers otherwise"):
            ask_added(asked, 1, 60)
    finally:
        asked.kind = _Ready


def test_what_an_engine_lacks_is_said() -> None:
    class Bare:
        def inventory(self, at: object) -> tuple[()]:
            return ()

    class Lacking(_Questioned):
        def inquiry(self) -> Inquiry:
            return Bare()  # type: ignore[return-value]

    asked = Lacking((20, 200), 2, seed=1)
    assert ask_added(asked, 1, 1) == {"missing": "with_acts"}
    assert ask_why(asked, 1) == {"missing": "why"}


def test_rows_that_were_not_measured_stay_in_the_table() -> None:
    text = Measured.now("text", [Row("reading", "1 s")], (0, 0), ["msgspec"])
    standing = Measured.now("standing", [Row("all", "2 s"), Row("one more", "3 ms", aim="20 ms")], (1, 1), ["msgspec"])
    both = page({"text": text, "standing": standing})

    assert {"text": text, "standing": standing} == measured_from_page(both)
    assert "| standing | one more | 3 ms |" in both
