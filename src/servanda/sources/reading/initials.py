"""People who are called by their letters: `HV: We agree`, `K. said`; a heading or the names tell whose they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from .lines import Read
from .mentions import Mention, saying
from .people import Person

#: Letters that open a line and say something; how often somebody not given letters by the heading is called so.
_OPENS = re.compile(
    r"^\W{0,3}(?P<letters>[^\W\d_a-z]{1,4})(?P<stop>[.:]?)[ \t]+(?:(?:then|also|again)[ \t]+)?(?P<next>\w+)?"
)
_LETTERS = re.compile(r"(?<![\w.&'’-])[^\W\d_a-z]{2,4}(?![\w&'’-])")
_AGAIN, _MOST = 2, 3
#: What a heading has in a bracket beside a name: letters, alone or among other words.
_ALONE = re.compile(r"[^\W\d_]\.?(?:[ \t]?[^\W\d_]\.?){0,3}")


def letters_in(bracket: str, before: str) -> str:
    """The letters in a bracket that are those of the name before it; none where they are not."""
    names = [part for word in before.split() for part in re.split(r"[-‐]", word) if part[:1].isupper()]
    for part in bracket.split(","):
        plain = re.sub(r"[.\s]", "", part)
        if _ALONE.fullmatch(part.strip()) and plain.isupper() and names and _begin(plain, [n[0] for n in names]):
            return plain
    return ""


def _begin(letters: str, capitals: Sequence[str]) -> bool:
    """Whether letters are capitals of a name in their order, the last one included."""
    rest = iter(capitals)
    return letters[-1] == capitals[-1] and all(letter in rest for letter in letters)


def give_letters(lines: Sequence[Read], people: Sequence[Person]) -> None:
    """Letters for those whom the text calls so again and again, whom nobody else's letters can mean."""
    opening = Counter(found["letters"] for line in lines if line.said and (found := _speaks(line.text)))
    for letters, count in opening.items():
        if count >= _AGAIN and len(letters) <= _MOST and not any(letters in each.letters for each in people):
            mine = [each for each in people if each.name.split()[-1][:1].upper() == letters[-1] and not each.letters]
            if len(mine) == 1:
                mine[0].letters.add(letters)


def with_letters(
    lines: Sequence[Read], people: Sequence[Person], said: Mapping[int, list[Mention]]
) -> dict[int, list[Mention]]:
    """Whoever is named in each line, with those who are called by their letters."""
    known = {letters for each in people for letters in each.letters}
    if not known:
        return dict(said)
    found: dict[int, list[Mention]] = {}
    paragraph = None
    for line in lines:
        if line.said:
            opens, paragraph = line.paragraph != paragraph, line.paragraph
            there = list(_by_letters(line, known, opens))
            taken = {each.start for each in there}
            rest = (each for each in said.get(line.number, ()) if each.start not in taken)
            found[line.number] = sorted([*there, *rest], key=lambda each: each.start)
    return found


def _speaks(text: str) -> re.Match[str] | None:
    """Letters at the beginning of a line, where they say something: before a colon or a verb of saying."""
    found = _OPENS.match(text)
    says = found and (found["stop"] == ":" or (found["next"] and found["next"].islower() and saying(found["next"])))
    return found if says else None


def _by_letters(line: Read, known: set[str], opens: bool) -> Iterator[Mention]:
    begins = _speaks(line.text)
    end = 0
    if begins:
        letters, end = begins["letters"], begins.end("letters")
        verb = begins["next"] if begins["stop"] != ":" else ""
        yield Mention(
            line.number, begins.start("letters"), end, letters, "", "subject", verb or "",
            0.95 if letters in known else 0.7, opens,
        )  # fmt: skip
    for found in _LETTERS.finditer(line.text, end):
        if found[0] in known:
            yield Mention(line.number, found.start(), found.end(), found[0], "", "spoken-of", "", 0.9)
