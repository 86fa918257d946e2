"""Rules → concessions: what somebody could do or give up, from the text and nothing else (semantics §10, 1 to 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import Condition, InState
from servanda.standing.life import Life
from servanda.standing.wording import label_of

from . import amount_rules, instrument_rules, phrases, promise_rules
from .building import Building, Waiting
from .sequence import Fixpoint
from .system import Atom, Concession, Part, Rule, System
from .wait_graph import blocked_waits, circles

#: Steps of reasoning that nobody asks for by themselves.
_INWARD = frozenset(["so", "waits", "word", "bound", "meets", "takes"])
#: What a part costs, and what one costs that its party has refused or rejected.
PRICE, REFUSED = 1, 3

#: Each kind of concession with what it is, in the order of the meaning's list.
KINDS = {
    "act": "somebody does what a condition names",
    "promise": "a bearer promises, dropping what it waits for",
    "condition": "an owner gives up one condition",
    "proof": "a party accepts a means as proof",
    "exchange": "the members of a circle are exchanged at once",
    "number": "two dates or amounts meet",
    "text": "a signer accepts a text, with its members",
}


class Grant(msgspec.Struct, frozen=True):
    """What a concession stands for, so that it can be supposed: its kind with what is promised, dropped or done.

    `promises` are (bearer, name, key, last instant of its date or None); `dropped` is the condition given up; `key` is
    that of the atom it decides. `version` is a party's version of performance from then on: whose, of what, and which.
    """

    kind: str
    promises: tuple[tuple[str, str, str | None, int | None], ...] = ()
    dropped: Waiting | None = None
    key: tuple[object, ...] = ()
    version: tuple[str, str, str | None, Condition] | None = None


class Offer(msgspec.Struct, frozen=True):
    """A concession with what it stands for."""

    concession: Concession
    grant: Grant


def concessions(b: Building, roots: Iterable[Atom]) -> tuple[Offer, ...]:
    """All concessions that the text gives, those that free the same merged, in a fixed order."""
    system = System(len(b.atoms), _unguarded(b), (), 0)
    now = Fixpoint(system)
    waits = blocked_waits(system, now, roots)
    found = [
        *_acts(b, waits),
        *_promises(b, waits),
        *_dropped(b, waits),
        *_proofs(b, waits),
        *_exchanges(b, waits),
        *_numbers(b, waits),
        *_amounts(b, waits),
        *_texts(b, waits),
    ]
    return tuple(_merged(b, found))


def _unguarded(b: Building) -> tuple[Rule, ...]:
    """The rules with no exception counted out: a condition that a way would make fail itself can be given up too."""
    guards = {each.atom for each in b.guards}
    return tuple(rule for rule in b.rules if rule.head not in guards)


def _part(b: Building, owner: str, name: str, text: str) -> Part:
    return Part(owner, REFUSED if b.ground.refused(owner, name) else PRICE, text)


# ── 1: somebody does what a condition names ─────────────────────────────────────────────────────────────────


def _acts(b: Building, waits: Iterable[Atom]) -> Iterator[Offer]:
    for atom in sorted(waits):
        said = b.atoms[atom]
        if said.key[0] != "act":
            continue
        [owner] = said.actors
        about = str(said.key[3])
        yield Offer(
            Concession("act", (_part(b, owner, about, said.text),), (atom,), about, said.text, said.span),
            Grant("act", key=said.key),
        )


# ── 2: a bearer promises ────────────────────────────────────────────────────────────────────────────────────


class _Promise(msgspec.Struct, frozen=True):
    owner: str
    name: str
    key: str | None
    by: int | None
    asked: bool
    parts: tuple[Part, ...]
    frees: tuple[Atom, ...]
    dropped: tuple[Condition, ...]

    def text(self, b: Building) -> str:
        """What is promised, and what is no longer waited for."""
        case = b.ground.case
        date = f", {promise_rules.day_said(b.ground, self.by)}" if self.asked else ""
        said = f"{self.owner} promises {phrases.titled(case, self.name, self.key)}{date}"
        if self.dropped:
            said += f", without waiting for {phrases.listed(phrases.awaited(case, each) for each in self.dropped)}"
        return said


def _promises(b: Building, waits: Iterable[Atom]) -> Iterator[Offer]:
    inside = set(waits)
    for atom in sorted(inside):
        said = b.atoms[atom]
        if said.key[0] not in ("promised by", "dated by"):
            continue
        _, owner, name, key, *_ = said.key
        if said.key[0] == "dated by" and b.known("promised by", owner, name, key, None) in inside:
            continue
        own = b.ground.life(str(name), key, str(owner))  # type: ignore[arg-type]
        if own is None:
            continue
        asked = (name, key) in b.dates_asked or (name, None) in b.dates_asked
        if _has_undertaken(b, str(owner), own) and not asked:
            continue
        made = _promise(b, str(owner), own)
        yield Offer(
            Concession("promise", made.parts, made.frees, made.name, made.text(b), b.span_of(made.name)),
            Grant("promise", promises=((made.owner, made.name, made.key, made.by),)),
        )


def _promise(b: Building, owner: str, own: Life) -> _Promise:
    """The promise of a bearer: undertaking it, with a date where one is asked, and dropping what it waits for."""
    case = b.ground.case
    asked = {**b.dates_asked.get((own.name, None), {}), **b.dates_asked.get((own.name, own.key), {})}
    dates = [each for each in asked if each is not None]
    by = min(dates) if dates else None
    date = f", {promise_rules.day_said(b.ground, by)}" if asked else ""
    title = phrases.titled(case, own.name, own.key)
    parts = []
    if asked or not _has_undertaken(b, owner, own):
        parts.append(_part(b, owner, own.name, f"{owner} promises {title}{date}"))
    dropped = _own_unmet(b, owner, own)
    for each in dropped:
        parts.append(Part(owner, PRICE, _without(case, owner, own.name, each)))
    keys: list[tuple[object, ...]] = [
        ("promised by", owner, own.name, own.key, None),
        ("word", owner, own.name, own.key),
        ("bound", owner, own.name, own.key, None),
        *(("dated by", owner, own.name, own.key, each) for each in asked),
        ("act", owner, "promises", label_of(own.name, own.key), ""),
        *(("heard", owner, own.name, own.key, each) for each in b.ground.readings),
    ]
    frees = tuple(atom for key in keys if (atom := b.known(*key)) is not None)
    return _Promise(owner, own.name, own.key, by, bool(asked), tuple(parts), frees, tuple(dropped))


def _without(case: Case, owner: str, name: str, condition: Condition) -> str:
    """One condition of an owner's own given up: of what it does, keeps, or allows."""
    verb = {"obligation": "does", "prohibition": "keeps"}.get(case.commitments[name].kind, "allows")
    return f"{owner} {verb} {phrases.titled(case, name)} without waiting for {phrases.awaited(case, condition)}"


def _has_undertaken(b: Building, owner: str, own: Life) -> bool:
    """Whether a bearer is bound, or has promised on conditions: what it still holds back is those conditions."""
    return b.ground.bound(owner, own) or b.ground.promise_of(owner, own) is not None


def _own_unmet(b: Building, owner: str, own: Life) -> list[Condition]:
    """The conditions that a bearer has and that are not so: those of its promise, which are in the place of the
    text's, else those of its own version.
    """
    made, asking = b.ground.promise_of(owner, own), b.ground.asking(own)
    when = b.ground.clauses(own).when
    if made is not None:
        when, asking = made.entry.act.when, asking._replace(bearers=(owner,))
    return [part for part in promise_rules.parts_of(when) if not b.ground.so(part, asking)]


# ── 3: an owner gives up one condition ──────────────────────────────────────────────────────────────────────


def _dropped(b: Building, waits: Iterable[Atom]) -> Iterator[Offer]:
    inside = set(waits)
    case = b.ground.case
    for each in b.waiting:
        if each.atom not in inside:
            continue
        text = _without(case, each.owner, each.name, each.condition)
        yield Offer(
            Concession(
                "condition", (Part(each.owner, PRICE, text),), (each.atom,), each.name, text, each.condition.span
            ),
            Grant("condition", dropped=each),
        )


# ── 4: a party accepts a means as proof ─────────────────────────────────────────────────────────────────────


def _proofs(b: Building, waits: Iterable[Atom]) -> Iterator[Offer]:
    for atom in sorted(waits):
        said = b.atoms[atom]
        if said.key[0] == "proof":
            [owner] = said.actors
            means = str(said.key[3])
            yield Offer(
                Concession("proof", (_part(b, owner, means, said.text),), (atom,), said.about, said.text, said.span),
                Grant("proof", key=said.key),
            )


# ── 5: an exchange at once ──────────────────────────────────────────────────────────────────────────────────


def _exchanges(b: Building, waits: dict[Atom, list[Atom]]) -> Iterator[Offer]:
    case = b.ground.case
    for circle in circles(waits):
        steps: dict[tuple[str, str, str | None], None] = {}
        for atom in circle:
            key = b.atoms[atom].key
            if key[0] in ("promised by", "word"):
                steps[str(key[1]), str(key[2]), key[3]] = None  # type: ignore[index]
        made = []
        for owner, name, instance in sorted(steps):
            own = b.ground.life(name, instance, owner)
            if own is not None:
                made.append(_promise(b, owner, own))
        if len(made) < 2:
            continue
        owners = list(dict.fromkeys(each.owner for each in made))
        things = [phrases.titled(case, each.name, each.key) for each in made]
        if len(owners) > 1:
            text = f"{phrases.listed(owners)} exchange {things[0]} for {phrases.listed(things[1:])} at once"
        else:
            text = f"{owners[0]} promises {phrases.listed(things)} at once"
        parts = tuple(part for each in made for part in each.parts)
        frees = tuple(dict.fromkeys(atom for each in made for atom in each.frees))
        about = ", ".join(dict.fromkeys(each.name for each in made))
        yield Offer(
            Concession("exchange", parts, frees, about, text, b.span_of(made[0].name)),
            Grant("exchange", promises=tuple((each.owner, each.name, each.key, each.by) for each in made)),
        )


# ── 6: two numbers meet ─────────────────────────────────────────────────────────────────────────────────────


def _numbers(b: Building, waits: Iterable[Atom]) -> Iterator[Offer]:
    """A promise is asked by one date, and offered by a later one: either side takes the other's."""
    case, inside = b.ground.case, set(waits)
    for atom in sorted(inside):
        said = b.atoms[atom]
        if said.key[0] != "dated by" or said.key[4] is None:
            continue
        _, owner, name, key, by = said.key
        own = b.ground.life(str(name), key, str(owner))  # type: ignore[arg-type]
        if own is None:
            continue
        for made in b.ground.undertakings(str(owner), own):
            date = b.ground.date_of(made, str(owner), own)
            if date is None or date <= by:  # type: ignore[operator]
                continue
            title = phrases.titled(case, own.name, own.key)
            asked = promise_rules.day_said(b.ground, by)  # type: ignore[arg-type]
            text = f"{owner} promises {title} {asked}, as asked, instead of {promise_rules.day_said(b.ground, date)}"
            meets = b.atom(("meets", owner, name, key, made.entry.order, by), text, sort="decision")
            b.rule(atom, [meets, *promise_rules.undertaking(b, str(owner), own, made.entry.order)])
            yield Offer(
                Concession(
                    "number", (_part(b, str(owner), own.name, text),), (meets,), own.name, text, made.entry.act.span
                ),
                Grant("number", promises=((str(owner), own.name, own.key, by),), key=(made.entry.order,)),  # type: ignore[arg-type]
            )
            for each in b.waiting:
                if _asks(b, each, str(name), by):  # type: ignore[arg-type]
                    later = promise_rules.day_said(b.ground, date)
                    words = f"{each.owner} takes a promise of {title} {later} for enough, instead of {asked}"
                    takes = b.atom(("takes", each.atom, date), words, sort="decision")
                    b.rule(each.atom, [takes, promise_rules.dated(b, own.name, own.key, date)])
                    b.finish()
                    yield Offer(
                        Concession(
                            "number",
                            (_part(b, each.owner, own.name, words),),
                            (takes,),
                            each.name,
                            words,
                            each.condition.span,
                        ),
                        Grant("number", dropped=each, key=(date,)),
                    )


def _amounts(b: Building, waits: Iterable[Atom]) -> Iterator[Offer]:
    """Two readings ask different amounts of one performance: either side takes the other's."""
    for atom in sorted(waits):
        said, version = b.atoms[atom], amount_rules.taken(b, atom)
        if version is not None:
            party, name, *_ = version
            yield Offer(
                Concession("number", (_part(b, party, name, said.text),), (atom,), name, said.text, said.span),
                Grant("number", key=said.key, version=version),
            )


def _asks(b: Building, each: Waiting, name: str, by: int) -> bool:
    wanted = each.condition
    return (
        isinstance(wanted, InState)
        and wanted.ref.name == name
        and wanted.by is not None
        and b.ground.clock.pair(wanted.by, "end")[1] == by
    )


# ── 7: a signer accepts a text ──────────────────────────────────────────────────────────────────────────────


def _texts(b: Building, waits: Iterable[Atom]) -> Iterator[Offer]:
    case = b.ground.case
    for atom in sorted(waits):
        said = b.atoms[atom]
        if said.key[0] != "accepts":
            continue
        [owner] = said.actors
        name = str(said.key[2])
        title = phrases.titled(case, name)
        rejected = b.ground.refused(owner, name)
        text = f"{owner} takes back its rejection of {title}" if rejected else f"{owner} accepts {title}"
        parts = [_part(b, owner, name, text)]
        taken, frees = [], [atom]
        for member in instrument_rules.members(b.ground, name):
            own = b.ground.life(member.name, member.key, owner)
            if own is None or owner not in b.roles(member.name, member.key)[2]:
                continue
            anew = b.known("takes up", owner, member.name, member.key)
            frees += [] if anew is None else [anew]
            if not b.ground.bound(owner, own):
                taken.append(phrases.titled(case, member.name))
                parts.append(_part(b, owner, member.name, f"takes up {taken[-1]}"))
        if taken:
            text += f" and takes up {phrases.listed(taken)}"
        yield Offer(Concession("text", tuple(parts), tuple(frees), name, text, said.span), Grant("text", key=said.key))


# ── what frees the same ─────────────────────────────────────────────────────────────────────────────────────


def _merged(b: Building, found: list[Offer]) -> Iterator[Offer]:
    """Of concessions of one owner that free the same, the cheapest; of equally cheap ones, the first."""
    system = System(len(b.atoms), _unguarded(b), (), 0)
    now = Fixpoint(system)
    least: dict[tuple[object, ...], int] = {}
    for place, each in enumerate(found):
        came = now.grant(each.concession.frees)
        now.take_back(came)
        freed = frozenset(atom for atom in came if b.atoms[atom].key[0] not in _INWARD)
        if not freed:
            freed = frozenset(came)
        same = (each.concession.owners, freed)
        if same not in least or each.concession.price < found[least[same]].concession.price:
            least[same] = place
    for place in sorted(least.values()):
        yield found[place]
