"""States that a document speaks of and that no table and nobody at the table has: known by what is said of them.

A name that recurs is a state's where a government, a territory or troops are its, or where English makes an adjective
of it that the document has too (`Corran`, `Corranian`), and it stands as states do: behind `of`, `in`, `against`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from servanda.sources.likeness import likeness

from .english import ATTITUDE, MONTHS, SAYING
from .lines import Read
from .naming import TOKEN, Vocabulary
from .states import Entity, adjectives
from .titles import title_of

_BEFORE = frozenset("of in to from against by with between for into and on toward towards".split())
#: What only a state has, or is.
_STATELY = frozenset(
    "army delegation embassy forces government governments mission navy parliament people side territory troops".split()
)
#: How often a name has to recur, which share of it in a state's place, which share at most as somebody who speaks.
_RECURS, _IN_PLACE, _SPEAKS = 3, 0.5, 0.3
#: From which likeness on a word of the text is an adjective of a name, and how many letters a name has at least.
_ADJECTIVE, _LEAST = 0.85, 4
#: From which likeness on it is a damaged spelling of one that is known.
_DAMAGED = 0.72
#: What an adjective counts for a name that loses its last vowels in it.
_CUT = 0.95


def strangers(
    lines: Sequence[Read], words: Vocabulary, known: Container[str], present: Sequence[Entity]
) -> list[Entity]:
    """The states that are named in a text and not among those known, each with its adjectives.

    A spelling that is like a name of those `present` is taken for a damaged one of theirs.
    """
    theirs = [form for each in present for form in {*each.words} - {*adjectives(each.name)}]
    seen: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    stately: Counter[str] = Counter()
    speaks: Counter[str] = Counter()
    persons: set[str] = set()
    for line in lines:
        if not line.said:
            continue
        found = list(TOKEN.finditer(line.text))
        for at, token in enumerate(found):
            name = token[0]
            if len(name) < _LEAST or not name[0].isupper() or name.isupper() or name in known or name in MONTHS:
                continue
            before = found[at - 1][0] if at else ""
            after = found[at + 1][0].lower() if at + 1 < len(found) else ""
            stop = line.text[found[at - 1].end() : token.start()][:1] == "." if at else False
            if before and (title_of(before, stop)[0] or (before[0].isupper() and len(before) == 1)):
                persons.add(name)
            seen[name] += 1
            placed[name] += before.lower() in _BEFORE or after in _STATELY or after in ATTITUDE
            stately[name] += after in _STATELY
            speaks[name] += after in SAYING and after not in ATTITUDE
    new: list[Entity] = []
    for name, count in sorted(seen.items(), key=lambda row: (-row[1], row[0])):
        if count < _RECURS or name in persons or words.ordinary(name) or speaks[name] > _SPEAKS * count:
            continue
        if any(likeness(name, form) >= _DAMAGED for form in theirs):
            continue
        made = [form for form in adjectives(name) if _attested(form, seen, name)]
        if (stately[name] or made) and placed[name] >= _IN_PLACE * count and not _belongs(name, new):
            best = _borne_out(name, seen)
            new.append(Entity(best, "state", (best, *adjectives(best))))
    return new


def _borne_out(name: str, seen: Counter[str]) -> str:
    """Of the spellings like a name the one that bears out all of them best, those of its adjectives included.

    A misread spelling may recur more often than the right one, but no adjectives are made of it.
    """
    alike = {word: n for word, n in seen.items() if len(word) >= len(name) - 1 and _like(word, name)}
    names = [word for word in alike if abs(len(word) - len(name)) <= 1]

    def support(each: str) -> float:
        forms = {form: 1.0 if form.startswith(each) else _CUT for form in (each, *adjectives(each))}
        return sum(n * max(w * likeness(word, form) for form, w in forms.items()) for word, n in alike.items())

    return max(sorted(names), key=support)


def _like(word: str, name: str) -> bool:
    return any(likeness(word, form) >= _DAMAGED for form in (name, *adjectives(name)))


def _attested(form: str, seen: Counter[str], name: str) -> bool:
    """Whether a text has an adjective, or a damaged one."""
    if form in seen:
        return True
    return len(form) > len(name) + 1 and any(
        abs(len(word) - len(form)) <= 1 and word[:2] == form[:2] and word != name and likeness(word, form) >= _ADJECTIVE
        for word in seen
    )


def _belongs(name: str, entities: Sequence[Entity]) -> bool:
    return any(
        name in each.forms or any(likeness(name, form) >= _ADJECTIVE for form in each.words) for each in entities
    )
