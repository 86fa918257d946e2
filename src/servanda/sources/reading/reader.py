"""A document read: lines, then names of states, then people and speakers together, then what was said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from math import exp

import msgspec

from servanda.sources.likeness import likeness, nearest

from .dates import date_of, dates
from .english import OFFICES, WRITTEN
from .figures import as_letters
from .heading import affiliated
from .heading import participants as in_heading
from .initials import give_letters, with_letters
from .instruments import instruments
from .letters import voice
from .lines import Read, noted, read_lines
from .lists import items, repairs
from .mentions import FIRST_PERSON, Mention, mentions
from .naming import TOKEN, Naming, Vocabulary
from .others import in_pairs, others, spelled
from .people import Person, clusters, consensus, fit
from .recased import as_printed, recased
from .speakers import Turns
from .statements import statements
from .states import BODIES, Entity, adjectives, party, present, world
from .strangers import strangers
from .struck import struck
from .table import at_the_table, in_office, meant, newcomers, opened_by, seat, unheard, writing
from .taken import Taken
from .titles import called
from .transcript import Line, Name, Participant, Transcript, Turn

#: What is said to have ended, and how; from which likeness on words are these; in how many words that is said.
_TALKS = frozenset("meeting conversation session talk talks discussion audience".split())
_ENDED = frozenset("ended adjourned concluded closed rose broke lasted began opened".split())
_LIKE, _SHORTLY = 0.75, 30
#: How often people and speakers are decided anew, each time with the spellings learnt before.
_ROUNDS = 3
#: Which share of somebody's spellings has to be that of the heading for it to stand.
_OFTEN = 0.3
#: How many pairs of somebody and a place where somebody is named are weighed; how many people are kept in any case.
_PAIRS, _FEWEST = 40_000, 4
#: From which confidence on a name has a vote in how it is spelled.
_VOTES = 0.5
#: How sure it has to be that somebody else says something within a line.
_SAYS = 0.8
#: The same where the name begins a paragraph.
_OPENS = 0.7


def read(
    text: str, participants: Sequence[Participant] = (), parties: Mapping[str, Sequence[str]] | None = None
) -> Transcript:
    """Read a document. `participants` and `parties` (with their other names) are those known beforehand, if any."""
    given = [*_entities(text, participants, parties or {}), *world(), *BODIES]
    small = recased(
        as_letters(text), [*(form for each in given for form in each.forms), *(each.name for each in participants)]
    )
    return as_printed(_read(small, participants, parties), text, small)


def _read(
    text: str, participants: Sequence[Participant], parties: Mapping[str, Sequence[str]] | None
) -> Transcript:  # fmt: skip
    lines = read_lines(text)
    entities = _entities(text, participants, parties or {})
    known = [each for each in entities if each.type == "state"]
    listed = in_heading(lines, known)
    present_too = affiliated(lines, known)
    whose = voice(lines, _mentions(lines, {}), participants, _forms(entities)) if not listed else None
    writers = [each for each in (whose.author, whose.addressee) if each] if whose else []
    at_table = [*(each.as_participant() for each in (*listed, *present_too)), *writers]
    entities = _entities(text, [*participants, *at_table], parties or {})
    words = Vocabulary(lines)
    entities += strangers(lines, words, {form for each in (*entities, *world()) for form in each.forms}, entities)
    naming = Naming(entities, lines, words)
    states = {line.number: list(naming.find(line)) for line in lines if line.kind not in ("blank", "noise")}
    people, named = at_the_table(lines, listed, participants)
    said = _mentions(lines, _forms(entities))
    seat(people, present_too)
    if len(people) < 2 and not (whose and whose.alone):
        people = clusters(each for row in said.values() for each in row)
    people = writing(people, whose) if whose else people
    if len(people) > 1 and not (whose and whose.alone):
        people += newcomers(people, (each for row in said.values() for each in row))
    said = opened_by(lines, people, said)
    if not whose:
        unheard(people, said)
    give_letters(lines, people)
    said = with_letters(lines, people, said)
    people += in_office(people, (each for row in said.values() for each in row))
    people = people[: max(_FEWEST, _PAIRS // (1 + sum(map(len, said.values()))))]
    said = {number: [each for each in row if meant(people, each)] for number, row in said.items()}
    absent = others(lines, people, entities, words)
    turns = Turns(lines, said, states)
    decided: dict[int, tuple[int, float]] = {}
    if whose and whose.alone:
        decided = dict.fromkeys(said, (0, whose.sure))
    for _ in range(_ROUNDS if people and not decided else 0):
        decided = turns.decide(people)
        turns.learn(people, decided)
    names = _names(lines, states, said, people, absent, decided, entities, words, named)
    certain = {*(parties or {}), *(each.party for each in participants), *(each.name for each in (*world(), *BODIES))}
    names = _by_consensus(people, participants, names, certain)
    rows: dict[int, list[Name]] = defaultdict(list)
    for name in sorted(names, key=lambda each: (each.line, each.start, each.end)):
        rows[name.line].append(name)
    within = _turns_within(said, rows, people)
    listed_items = tuple(items(lines))
    meeting = date_of(lines)
    places = frozenset((name.line, name.start) for row in rows.values() for name in row)
    offered = [*repairs(lines, listed_items), *struck(lines, places)]
    return Transcript(
        schema_version=1,
        statements=tuple(statements(lines, rows, people, decided, within)),
        lines=tuple(_spoken(lines, said, people, decided, within)),
        names=tuple(name for row in rows.values() for name in row),
        participants=tuple(each.as_participant() for each in people),
        items=listed_items,
        dates=tuple(dates(lines, meeting)),
        repairs=tuple(sorted(offered, key=lambda each: (each.line, each.start))),
        dated=meeting,
        file="",
        source="",
        in_case=False,
    )


def _entities(text: str, people: Sequence[Participant], parties: Mapping[str, Sequence[str]]) -> list[Entity]:
    given = [party(name, also) for name, also in parties.items()]
    given += [party(side) for side in dict.fromkeys(p.party for p in people if p.party) if side not in parties]
    known = {form for each in given for form in each.forms}
    rest = [each for each in (*world(), *BODIES) if known.isdisjoint(each.forms)]
    return [*given, *present(rest, text)]


def _forms(entities: Sequence[Entity]) -> dict[str, str]:
    return {form: each.name for each in entities for form in each.forms}


def _mentions(lines: Sequence[Read], forms: Mapping[str, str]) -> dict[int, list[Mention]]:
    """Whoever is named in each line; the side of an office is the party that it is a form of."""
    found: dict[int, list[Mention]] = {}
    paragraph = None
    for line in lines:
        if line.said:
            opens = line.paragraph != paragraph
            paragraph = line.paragraph
            found[line.number] = [
                msgspec.structs.replace(each, side=forms.get(each.side, "")) if each.side else each
                for each in mentions(line.number, line.text, opens=opens)
                if each.title or each.office or each.surface not in forms
            ]
    return found


def _by_consensus(
    people: Sequence[Person], given: Sequence[Participant], names: Sequence[Name], parties: Container[str | None]
) -> list[Name]:
    """The names anew: whoever, or whatever party, has theirs from damaged print alone is called by what all spellings
    bear out best.
    """
    known = {each.name for each in given}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.confidence >= _VOTES and OFFICES.isdisjoint(name.surface.lower().split()):
            spellings[name.canonical][called(name.surface)] += 1
    anew: dict[str, str] = {}
    for each in people:
        if each.name not in known and (better := _borne_out(each.name, spellings[each.name])):
            anew[each.name] = each.name = better
    for side in {each.party for each in people if each.party and each.party not in parties}:
        made = adjectives(side)
        alike = {
            form: n for form, n in spellings[side].items()
            if abs(len(form) - len(side)) <= 1 and all(likeness(form, each) < likeness(form, side) for each in made)
        }  # fmt: skip
        if better := _borne_out(side, Counter(alike)):
            anew[side] = better
    for each in people:
        each.party = anew.get(each.party, each.party) if each.party else None
    return [msgspec.structs.replace(name, canonical=anew.get(name.canonical, name.canonical)) for name in names]


def _borne_out(name: str, heard: Counter[str]) -> str | None:
    """What spellings bear out better than the one of the heading, if that recurs too seldom to stand."""
    return consensus(heard) if heard.total() >= 3 and heard[name] < _OFTEN * heard.total() else None


def _names(
    lines: Sequence[Read], states: Mapping[int, list[Name]], said: Mapping[int, list[Mention]],
    people: Sequence[Person], absent: Sequence[Person], decided: Mapping[int, tuple[int, float]],
    entities: Sequence[Entity], words: Vocabulary, listed: Sequence[Name],
) -> list[Name]:  # fmt: skip
    found: dict[int, list[Name]] = defaultdict(list)
    for each in listed:
        found[each.line].append(each)
    everyone = [*people, *absent]
    forms = frozenset(form for each in entities for form in each.forms)
    for line in lines:
        row, taken = found[line.number], Taken(len(line.text))
        for name in row:
            taken.take(name.start, name.end)
        if line.said:
            speaker = decided.get(line.number)
            for mention in said[line.number]:
                if mention.office == FIRST_PERSON:
                    continue
                _add(row, taken, _whose(line, mention, people, absent, speaker))
            for name in in_pairs(line, absent):
                _add(row, taken, name)
            for name in states.get(line.number, []):
                _add(row, taken, name)
            papers = list(instruments(line))
            for name in spelled(line, everyone, words, forms):
                _add(row, taken, name)
            row += papers
        elif line.kind in ("stamp", "header", "participants"):
            for name in states.get(line.number, []):
                _add(row, taken, name)
    return [each for row in found.values() for each in row]


def _add(row: list[Name], taken: Taken, name: Name | None) -> None:
    """Take a name up unless its place is taken."""
    if name is not None and taken.take(name.start, name.end):
        row.append(name)


def _whose(
    line: Read, mention: Mention, people: Sequence[Person], absent: Sequence[Person], speaker: tuple[int, float] | None
) -> Name | None:
    """Whose name a mention is: the speaker's where it says something, else most likely somebody on the other side."""
    everyone = [*people, *absent]
    if not everyone:
        return None
    written = mention.owner and not WRITTEN.isdisjoint(TOKEN.findall(line.text[mention.end : mention.end + 40])[:4])
    scores = []
    for each in everyone:
        score = fit(each, mention, everyone) + (0.35 * min(each.turns, 20) ** 0.5 if each.here else 0.0)
        if speaker is not None:
            who = people[speaker[0]]
            if mention.role == "subject":
                score += 3.0 * mention.sure * speaker[1] if each is who else 0.0
            elif each is who:
                score -= 1.5 * speaker[1]
            elif each.here and each.party != who.party:
                score += 0.7
        if not each.here:
            score -= 0.0 if each.like(mention.surface) >= 0.7 or written else 2.5
        elif written:
            score -= 1.0
        scores.append(score)
    top = max(scores)
    best = everyone[scores.index(top)]
    sure = 1 / sum(exp(each - top) for each in scores)
    return Name(
        line.number, mention.start, mention.end, mention.surface, best.name, "person", round(min(0.99, sure), 2)
    )


def _turns_within(
    said: Mapping[int, list[Mention]], rows: Mapping[int, list[Name]], people: Sequence[Person]
) -> dict[int, list[tuple[int, int]]]:
    """Where in a line somebody who can be made out says something: the character, and the number of the person."""
    number = {each.name: k for k, each in enumerate(people)}
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for line, mentions_there in said.items():
        for mention in mentions_there:
            if mention.role == "subject" and mention.sure >= (_OPENS if mention.first else _SAYS):
                name = next((each for each in rows.get(line, ()) if each.start == mention.start), None)
                who = number.get(name.canonical) if name is not None and name.confidence >= _SAYS else None
                if who is not None and people[who].like(mention.surface) >= _SAYS:
                    found[line].append((mention.start, who))
    return found


def _ends_all(text: str) -> bool:
    """Whether a line says that the talk began or ended."""
    words = TOKEN.findall(text.lower())
    if len(words) > _SHORTLY or not any(nearest(word, _TALKS, _LIKE) for word in words[1:3]):
        return False
    return any(len(word) >= 4 and nearest(word, _ENDED, _LIKE) for word in words[2:5])


def _spoken(
    lines: Sequence[Read], said: Mapping[int, Sequence[Mention]], people: Sequence[Person],
    decided: Mapping[int, tuple[int, float]], within: Mapping[int, Sequence[tuple[int, int]]],
) -> Iterator[Line]:  # fmt: skip
    """The lines with who speaks in each; when the talk is said to be over, nobody does until somebody is named."""
    over = False
    for line in lines:
        who = decided.get(line.number)
        over = over and not any(each.role == "subject" and each.first for each in said.get(line.number, ()))
        over = over or _ends_all(line.text)
        told = over or noted(line.text)
        speaker = "none" if who is None else "narration" if told else people[who[0]].name
        sure = min(line.sure, who[1]) if who is not None else line.sure
        turns = within.get(line.number, ()) if who is not None and not told else ()
        several = {each for _, each in turns} | ({who[0]} if who else set())
        taken = tuple(Turn(start, people[each].name) for start, each in turns) if len(several) > 1 else ()
        yield Line(line.number, line.kind, line.page, line.paragraph, speaker, round(sure, 2), line.text, taken)
