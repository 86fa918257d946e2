"""Documents in one voice: letters, messages and notes, in which whoever signs says everything.

Who that is stands below (a closing formula, then a name), above (`Letter from A to B`, `A to B`, a name and a date), or
in the formula that a note begins with. A paper that mostly reports what others say has an author too, who is its `I`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from servanda.sources.likeness import nearest

from .english import FUNCTION, IMPERSONAL, LABELS, MONTHS, OFFICES, PAPERS, ROLES, STAMPS, WEEKDAYS
from .lines import Read
from .mentions import FIRST_PERSON, Mention
from .people import Person, consensus
from .titles import called, title_of
from .transcript import Participant

#: What stands above a signature, and in the formula of a note; from which likeness on words are these.
_CLOSING = frozenset("sincerely faithfully truly respectfully cordially regards respects consideration".split())
_PRESENTS, _COMPLIMENTS, _LIKE = frozenset({"present", "presents"}), frozenset({"compliments"}), 0.75
#: How many words a closing formula has at most; within how many a note pays its compliments.
_CLOSES, _OPENS = 12, 25
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = r"(?:[A-Z][\w.'’]*|of|in|the)"
_FROM_TO = re.compile(
    rf"(?:(?P<paper>\b[A-Z]?[a-z]+) [Ff]rom (?:the )?)?(?P<who>\b[A-Z][\w.'’]*(?:[ \t-]{_CAPITALS}){{0,6}}) to "
    rf"(?:the )?(?P<whom>[A-Z][\w.'’]*(?:[ \t]{_CAPITALS}){{0,6}})"
)
_LABELLED = re.compile(r"^\W*(?P<label>FROM|From|TO|To)[ \t]*:[ \t]*(?P<who>.{2,80})$")
_DEAR = re.compile(r"^\W*(?:My )?[Dd]ear (?P<whom>(?:[A-Z][\w.]*[ \t]?){1,4})")
_DATED = re.compile(r"\b\d{1,2}[ \t]+[A-Z][a-z]{2,8}\.?[ \t]+\d{4}\b|\b[A-Z][a-z]{2,8}\.?[ \t]+\d{1,2},?[ \t]+\d{4}\b")
#: A body whose paper it may be where it begins a sentence or clause, and how often it does at least.
_BODIES = frozenset("delegation embassy government legation ministry mission".split())
_OFFICIAL = re.compile(
    r"(?:^|[.,;][ \t]+|\bthat[ \t]+)\W*(?:\w{1,3}[.)][ \t]+)?[Tt]\w{1,2}[ \t]+(?:[A-Z]\w+[ \t]+)??"
    r"(?P<body>[A-Z]\w{5,})[ \t]+\w{2,3}[ \t]+(?:the[ \t]+)?(?P<of>[A-Z]\w+(?:[ \t][A-Z]\w+)?)"
)
_OPENS_AGAIN, _ITS_OWN = 2, 0.2
_OURS = frozenset("i me my mine we us our ours".split())
#: How many lines above the text and below it are looked at; how many words a signature has.
_ABOVE, _BELOW, _SIGNS = 12, 6, 4
#: Which share of the paragraphs others may open for all to be in one voice; how often it says `I` or `we` in each.
_OTHERS, _OFTEN = 0.12, 0.3
#: How sure a signature makes, and a heading.
_SIGNED, _HEADED = 0.95, 0.85
#: From which likeness on somebody in a heading is one of those known.
_SAME = 0.75
#: Within how many characters of its beginning a line names who speaks in it.
_BEGINNING = 40


class Voice(msgspec.Struct, frozen=True):
    """Whose paper it is and to whom, how sure that is, and whether nobody else speaks in it."""

    author: Participant
    addressee: Participant | None
    sure: float
    alone: bool


def voice(
    lines: Sequence[Read], mentions: Mapping[int, Sequence[Mention]], given: Sequence[Participant],
    forms: Mapping[str, str],
) -> Voice | None:  # fmt: skip
    """Whose paper a document is, where it says so. `forms` are what parties are called, each with its party."""
    said = [line for line in lines if line.said]
    if not said:
        return None
    official = _note(said) or _official(said)
    found = official or _signed(lines, said) or _headed(lines, said)
    if found is None:
        return None
    who, whom, sure = found
    author = _known(who, given, forms)
    if not author.name:
        return None
    to = _known(whom or _dear(lines), given, forms) if whom or _dear(lines) else None
    paragraphs = len({line.paragraph for line in said})
    rest = [Person(each.name, None) for each in given if each.name != author.name]
    opened = sum(_opened(line, mentions.get(line.number, ()), rest) for line in said)
    ours = sum(word.lower() in _OURS and word != "US" for line in said for word in re.findall(r"[^\W\d_]+", line.text))
    alone = paragraphs == 1 or (
        opened <= _OTHERS * paragraphs and (ours >= _OFTEN * paragraphs or official is not None)
    )
    other = to or next((each for each in given if each.party and each.party != author.party), None)
    return Voice(author, other if other and other.name and other.name != author.name else None, sure, alone)


def _opened(line: Read, there: Sequence[Mention], others: Sequence[Person]) -> bool:
    """Whether a line is opened by somebody else than its writer, as far as can be read."""
    if any(each.role == "subject" and each.first and each.office != FIRST_PERSON for each in there):
        return True
    words = [word for word in _WORD.findall(line.text[:_BEGINNING]) if len(word) > 3 and word[0].isupper()]
    return any(each.like(word) >= _SAME for word in words for each in others)


def _note(said: Sequence[Read]) -> tuple[str, str, float] | None:
    """Who pays compliments to whom in the first words."""
    text = said[0].text
    words = list(_WORD.finditer(text))[:_OPENS]
    paid = next((at for at, word in enumerate(words) if nearest(word[0].lower(), _COMPLIMENTS, _LIKE)), 0)
    does = next((word for word in words[:paid] if nearest(word[0].lower(), _PRESENTS, _LIKE)), None)
    if does is None or does is words[0] or len(words) < paid + 3:
        return None
    whom = re.match(rf"\W*to (?:the )?(?P<whom>[A-Z]\w*(?: {_CAPITALS}){{0,6}})", text[words[paid].end() :])
    return (
        text[words[1].start() : does.start()].strip(),
        re.sub(r"( (of|in|the))+$", "", whom["whom"]) if whom else "",
        _SIGNED,
    )


def _official(said: Sequence[Read]) -> tuple[str, str, float] | None:
    """The body that does everything in a paper: `The Government of X regrets`."""
    bodies = [
        found for line in said for found in _OFFICIAL.finditer(line.text)
        if nearest(found["body"].lower(), _BODIES, _LIKE)
    ]  # fmt: skip
    if len(bodies) < max(_OPENS_AGAIN, _ITS_OWN * len({line.paragraph for line in said})):
        return None
    body = Counter(nearest(each["body"].lower(), _BODIES, _LIKE) for each in bodies).most_common(1)[0][0] or ""
    return f"{body.capitalize()} of {consensus(Counter(each['of'] for each in bodies))}", "", _SIGNED


def _signed(lines: Sequence[Read], said: Sequence[Read]) -> tuple[str, str, float] | None:
    """The name below a closing formula, or alone in capitals below everything."""
    filled = [line for line in lines if line.kind != "blank"][-_BELOW:]
    for at, line in enumerate(filled):
        words = _WORD.findall(line.text.lower())
        if len(words) <= _CLOSES and any(nearest(word, _CLOSING, _LIKE) for word in words):
            for below in filled[at + 1 :]:
                if (name := _name_alone(below.text)) is not None:
                    return name, "", _SIGNED
    last = filled[-1]
    name = _name_alone(last.text)
    shouted = name is not None and name.isupper() and last.number > said[0].number
    return (name, "", _HEADED) if name is not None and shouted and not STAMPS & {*name.lower().split()} else None


def _name_alone(text: str) -> str | None:
    """A line that is a name: a few words with capitals and nothing else."""
    words = re.sub(r"[^\w.'’ -]", " ", text).split()
    fit = 0 < len(words) <= _SIGNS and all(word[0].isupper() for word in words) and not any(map(str.isdigit, text))
    return " ".join(words) if fit and len(words[-1]) > 2 else None


def _headed(lines: Sequence[Read], said: Sequence[Read]) -> tuple[str, str, float] | None:
    """What the lines above the text say: from whom to whom, or a name and a date."""
    above = [line.text for line in lines if line.number < said[0].number and line.kind != "blank"][:_ABOVE]
    labels = {found["label"].lower(): found["who"] for row in above if (found := _LABELLED.match(row))}
    if "from" in labels:
        return labels["from"], labels.get("to", ""), _HEADED
    for row in above:
        plain = re.sub(r"\([^()]*\)", " ", row)
        found = _FROM_TO.search(plain)
        if found and (found["paper"] is None or found["paper"].lower() in PAPERS | LABELS | {"telegram", "cable"}):
            whom = _DATED.split(found["whom"])[0]
            return found["who"], re.sub(r"[ \t]+\d.*$", "", whom), _HEADED
    for row in above:
        dated = _DATED.search(row)
        words = [
            word for word in re.findall(r"[^\W\d_][\w'’]*", row[: dated.start()] if dated else "") if len(word) > 1
        ]
        names = [word for word in words if word[0].isupper() and not _ordinary(word)]
        # a comma makes it the place and day of writing
        if (
            dated
            and "," not in row[: dated.start()]
            and 0 < len(names) <= 2
            and len(words) <= 3
            and names == words[-len(names) :]
        ):
            return " ".join(names), "", _HEADED
    return None


def _ordinary(word: str) -> bool:
    low = word.lower()
    return low in FUNCTION or low in LABELS or low in WEEKDAYS or low in STAMPS or word in MONTHS or low in PAPERS


def _dear(lines: Sequence[Read]) -> str:
    return next((found["whom"].strip() for line in lines if (found := _DEAR.match(line.text))), "")


def _known(words: str, given: Sequence[Participant], forms: Mapping[str, str]) -> Participant:
    """Somebody named in a heading: one of those known, or a name with the party that the words beside it give."""
    plain = [word.strip(".,;:") for word in words.split()]
    names = [word for word in plain if word[:1].isupper() and len(word) > 1 and not _nobody(word) and word not in forms]
    sides = [form for form in forms if re.search(rf"\b{re.escape(form)}\b", words)]
    side = forms[max(sides, key=len)] if sides else None
    for name in reversed(names):
        person = max(given, key=lambda each: Person(each.name, None).like(name), default=None)
        if person is not None and Person(person.name, None).like(name) >= _SAME:
            return person
    if any(word.lower() in IMPERSONAL for word in plain):
        of = re.search(r"\bof (?:the )?([A-Z]\w+)$", " ".join(plain))
        return Participant(" ".join(plain), side or (of[1] if of else None))
    if not names:
        return Participant(side or " ".join(word for word in plain if _office(word)), side)
    return Participant(called(names[-1]), side)


def _nobody(word: str) -> bool:
    return _office(word) or bool(title_of(word, True)[0]) or word.lower() in FUNCTION


def _office(word: str) -> bool:
    return word.lower() in OFFICES or word.lower() in ROLES
