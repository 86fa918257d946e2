"""A transcript as a draft in the language of a case: everything as `states`, for a person to make acts of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from servanda.sources.likeness import likeness
from servanda.text.printer import is_name_to_write, string

from .transcript import Statement, Transcript

#: The verb of the language that a type of statement comes near to, where one is about a commitment.
_VERBS = {
    "claims-fulfilled": "claims",
    "claims-unfulfilled": "disputes",
    "disputes": "disputes",
    "protests": "protests",
    "proposes": "proposes",
    "rejects": "rejects",
    "offers": "offers",
}
_STEM, _SHARED, _ALIKE = 5, 2, 0.8
#: How many letters of a statement a draft shows.
_LONGEST = 160


def name_from(words: str, kind: str) -> str:
    """A name that the language takes, made of a file's or a person's."""
    plain = "-".join(re.findall(r"[^\W_]+", words))
    plain = plain if plain[:1].isalpha() else f"{kind}-{plain}".rstrip("-")
    return plain if is_name_to_write(plain) else f"{kind}-{plain}"


def with_suggestions(
    transcript: Transcript, file: str, source: str, commitments: Mapping[str, str] | None = None
) -> Transcript:
    """The transcript with what one might write of each statement; `commitments` are those of a case, with words."""
    rows = tuple(
        msgspec.structs.replace(each, suggests=tuple(_suggested(each, transcript.dated, source, commitments or {})))
        for each in transcript.statements
    )
    return msgspec.structs.replace(
        transcript, statements=rows, file=file, source=source, in_case=commitments is not None
    )  # fmt: skip


def _suggested(each: Statement, dated: str | None, source: str, commitments: Mapping[str, str]) -> Iterable[str]:
    actor = name_from(each.party or each.speaker, "party")
    day = f"{dated} " if dated else ""
    cites = f"\n  cites {source} {string(each.quote)}"
    verb = _VERBS.get(each.type)
    for name in _about(each.text, commitments)[:2] if verb and dated else ():
        yield f"{day}{actor} {verb} {name}{cites}"
    if dated:
        yield f"{day}{actor} states {string(f'{each.type}: {_shortened(each.text)}')}{cites}"


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rpartition(' ')[0]} …"


def _about(text: str, commitments: Mapping[str, str]) -> list[str]:
    """The commitments whose words a statement shares, nearest first."""
    said = {word.lower() for word in re.findall(r"[^\W\d_]{5,}", text)}
    scored = []
    for name, words in commitments.items():
        wanted = {word.lower() for word in re.findall(r"[^\W\d_]{5,}", f"{name} {words}")}
        shared = sum(any(_same(word, other) for other in said) for word in wanted)
        if shared >= min(_SHARED, len(wanted)) and wanted:
            scored.append((-shared / len(wanted), name))
    return [name for _, name in sorted(scored)]


def _same(first: str, second: str) -> bool:
    return first[:_STEM] == second[:_STEM] or (abs(len(first) - len(second)) <= 1 and likeness(first, second) >= _ALIKE)


def head(transcript: Transcript) -> str:
    """What a draft begins with: a case of its own, unless the document is a source of one at hand."""
    rows = [
        "# A draft made by reading a document. Nothing in it is confirmed: read each against the page, then keep,",
        "# change or delete it.",
    ]
    if not transcript.in_case:
        parties = list(dict.fromkeys(each.party for each in transcript.participants if each.party))
        rows += [f"case {string(f'Draft of {transcript.file}')}", ""]
        rows += [f"party {name_from(each, 'party')}" for each in parties]
        rows += [
            f"person {name_from(each.name, 'person')} for {name_from(each.party, 'party')}"
            for each in transcript.participants
            if each.party and each.name not in parties
        ]
        alone = dict.fromkeys(each.speaker for each in transcript.statements if each.suggests and not each.party)
        rows += [f"body {name_from(each, 'party')}" for each in alone if each not in parties]
        dated = [f"  dated {transcript.dated}"] if transcript.dated else []
        rows += [
            "",
            f"source {transcript.source} {string('The document read')}",
            *dated,
            f"  file {string(transcript.file)}",
        ]
    return "\n".join(rows) + "\n"


def as_pacta(transcript: Transcript) -> str:
    """The whole draft: of each statement what is always right to write, and what else it may be, as a comment."""
    rows = [head(transcript)]
    for each in transcript.statements:
        if each.suggests and each.review != "dropped":
            *others, last = each.suggests
            rows.append(f"# line {each.line_start}, {each.speaker}, sure to {each.confidence:.2f}")
            rows += [f"# perhaps: {line}" for other in others for line in other.split("\n")]
            rows += [last, ""]
    return "\n".join(rows)
