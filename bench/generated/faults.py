"""Planting one error in a clean case, of which a checker must find exactly that one."""

import random
import re
from collections import Counter
from collections.abc import Callable

Block = list[str]
"""An act: its line, and those below it."""

_ACT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) (?P<actor>[\w-]+) (?P<verb>[a-z]+) (?P<rest>[a-z][\w-]{4,})(?P<tail>.*)")
_UNHEARD = frozenset(["protests", "confirms", "disputes", "begins", "recognises"])
"""Verbs whose act nothing else in the record depends on, so that losing it to an error causes no other."""

_WORD = re.compile(r"[^\W\d][\w.-]*")


def plant_error(text: str, seed: int, kind: str | None = None) -> tuple[str, int, str]:
    """The text with one error, its line (from 1), and the code of what is to be said of it and of nothing else.

    `kind` is one of `KINDS`; without it the seed chooses. The error lies in an act whose names are all used elsewhere,
    too, so that nothing else comes to be unknown or unused by it. Raises ValueError where the case has no such act.
    """
    rng = random.Random(seed)
    kind = kind or rng.choice(sorted(KINDS))
    code, spoil = KINDS[kind]
    lines = text.split("\n")
    uses = Counter(_WORD.findall(text))
    for at in rng.sample(range(len(lines)), len(lines)):
        block = _block(lines, at)
        if block is None or any(uses[word] < 3 for line in block for word in _names(line)):
            continue
        spoilt = spoil(rng, block)
        if spoilt is not None:
            which, line = spoilt
            lines[at + which] = line
            return "\n".join(lines), at + which + 1, code
    raise ValueError(f"nowhere to plant {kind}")


def _block(lines: list[str], at: int) -> Block | None:
    """The act that begins on a line, if it is one that can be spoilt."""
    act = _ACT.fullmatch(lines[at])
    if act is None or act["verb"] not in _UNHEARD:
        return None
    end = at + 1
    while lines[end].startswith("  "):
        end += 1
    return lines[at:end]


def _names(line: str) -> list[str]:
    return _WORD.findall(re.sub(r'"[^"]*"', "", line))


Spoilt = tuple[int, str] | None
"""Which line of the act is spoilt, and how it reads then."""


def _on_its_line(spoil: Callable[[random.Random, re.Match[str]], str]) -> Callable[[random.Random, Block], Spoilt]:
    """A way to spoil the line of an act itself."""

    def spoilt(rng: random.Random, block: Block) -> Spoilt:
        act = _ACT.fullmatch(block[0])
        return None if act is None else (0, spoil(rng, act))

    return spoilt


def _below(spoil: Callable[[random.Random, str], str | None]) -> Callable[[random.Random, Block], Spoilt]:
    """A way to spoil a line below an act."""

    def spoilt(rng: random.Random, block: Block) -> Spoilt:
        if len(block) == 1:
            return None
        which = rng.randrange(1, len(block))
        line = spoil(rng, block[which])
        return None if line is None else (which, line)

    return spoilt


def _misspelt(rng: random.Random, word: str) -> str:
    """A word with two neighbouring letters exchanged, never the first or the last."""
    swaps = [at for at in range(1, len(word) - 2) if word[at] != word[at + 1] and word[at : at + 2].isalpha()]
    at = rng.choice(swaps)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _unclosed(_: random.Random, line: str) -> str | None:
    return line[:-1] if line.endswith('"') else None


def _deeper(rng: random.Random, line: str) -> str:
    return " " * rng.choice((1, 2, 3)) + line


def _remarked(rng: random.Random, line: str) -> str | None:
    """A citation under a word that begins no clause of an act."""
    return line.replace("cites", rng.choice(("perhaps", "meaning", "remark")), 1) if " cites " in line else None


KINDS: dict[str, tuple[str, Callable[[random.Random, Block], Spoilt]]] = {
    "misspelt verb": ("unknown-verb", _on_its_line(lambda rng, act: _with(act, verb=_misspelt(rng, act["verb"])))),
    "unknown name": ("unknown-name", _on_its_line(lambda rng, act: _with(act, rest=_misspelt(rng, act["rest"])))),
    "impossible date": (
        "bad-date",
        _on_its_line(lambda rng, act: _with(act, day=act["day"][:5] + rng.choice(("02-30", "13-01", "04-31")))),
    ),
    "missing object": ("missing-at-end", _on_its_line(lambda rng, act: f"{act['day']} {act['actor']} {act['verb']}")),
    "missing actor": (
        "missing-actor",
        _on_its_line(lambda rng, act: f"{act['day']} {act['verb']} {act['rest']}{act['tail']}"),
    ),
    "stray character": (
        "stray-character",
        _on_its_line(lambda rng, act: _with(act, rest=f"{act['rest']} {rng.choice('!?&$;*')}")),
    ),
    "unclosed string": ("unclosed-string", _below(_unclosed)),
    "wrong indentation": ("bad-indentation", _below(_deeper)),
    "unknown clause": ("unknown-clause", _below(_remarked)),
}
"""The kinds of errors, each with the code it is reported under."""


def _with(act: re.Match[str], **parts: str) -> str:
    said = {**act.groupdict(), **parts}
    return f"{said['day']} {said['actor']} {said['verb']} {said['rest']}{said['tail']}"
