"""`servanda ingest`: a damaged document read into an attributed transcript, for a person to correct."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

import click

from servanda.diagnostics import printable
from servanda.model.case import Case
from servanda.sources.documents import Unreadable, pictures_of, text_of
from servanda.sources.reading import (
    Line,
    Participant,
    Transcript,
    as_pacta,
    in_english,
    name_from,
    read,
    with_suggestions,
)

from .options import FORMAT, json_bytes, print_json
from .words import counted

#: Below which confidence a line is marked for the eye.
_DOUBTFUL = 0.8
_SHOWN = 60
#: How many spellings make a name a guess, if it is itself less than which share of all mentions.
_MANY, _OFTEN = 4, 0.5


@click.command("ingest")
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option("--case", "case_path", type=click.Path(), help="Take the parties and people of this case.")
@click.option("--participants", help='Who is at the table: "Stevenson:US, Kuznetsov:USSR".')
@click.option(
    "-o", "--output", "target", type=click.Path(dir_okay=False),
    help="Write to a file: `.json` the transcript, `.pacta` a draft of the acts, `.html` the page to review it on.",
)  # fmt: skip
@FORMAT
def command(file: str, case_path: str | None, participants: str | None, target: str | None, output: str) -> None:
    """Read a document: pages, who speaks, who is named, what was said.

    FILE is a text, a PDF or an image of a page. Parties and people come from --participants, from --case, and from the
    document's own heading. Nothing is confirmed and nothing is dropped: every line is in the transcript, with how sure
    its reading is.
    """
    case = _case(case_path)
    try:
        content = _bytes(file)
        text = text_of(content)
        people = _people(participants, case)
        transcript = read(text, people, _parties(case))
    except Unreadable as reason:
        raise click.UsageError(f"`{file}` {reason}") from None
    transcript = with_suggestions(transcript, os.path.basename(file), _source(file, case), _commitments(case))
    if target is None:
        if output == "json":
            print_json(transcript)
        else:
            for line in _told(file, transcript, {each.name for each in people}):
                click.echo(printable(line))
        return
    _write(target, transcript, content)
    click.echo(f"wrote {target}: {_counts(transcript)}")


def _bytes(file: str) -> bytes:
    """What is in a file, up to one byte more than is read."""
    from servanda.sources.documents import MOST_BYTES

    if not os.path.exists(file):
        raise click.UsageError(f"there is no file `{file}`")
    if not os.path.isfile(file):
        raise click.UsageError(f"`{file}` is no plain file")
    with open(file, "rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _case(path: str | None) -> Case | None:
    if path is None:
        return None
    from servanda.load import load

    if not os.path.exists(path):
        raise click.UsageError(f"there is no case `{path}`")
    return load(path).case


def _people(words: str | None, case: Case | None) -> list[Participant]:
    people = []
    for each in (words or "").split(","):
        name, _, party = (part.strip() for part in each.partition(":"))
        if name:
            people.append(Participant(name, party or None))
    known = {each.name for each in people}
    for person in case.persons.values() if case else ():
        if person.name not in known:
            people.append(Participant(person.name, person.acts_for[0].name if person.acts_for else None))
    return people


def _parties(case: Case | None) -> dict[str, tuple[str, ...]]:
    return {each.name: (each.title, *each.aka) for each in case.parties.values()} if case else {}


def _commitments(case: Case | None) -> dict[str, str] | None:
    return {each.name: each.title for each in case.commitments.values()} if case else None


def _source(file: str, case: Case | None) -> str:
    """The source of the case whose text the file is, or a name made of the file's."""
    base = os.path.basename(file)
    for source in case.sources.values() if case else ():
        if source.file is not None and os.path.basename(source.file.value) == base:
            return source.name
    return name_from(base.split(".")[0], "source")


def _write(target: str, transcript: Transcript, content: bytes) -> None:
    kind = Path(target).suffix.lower()
    if kind == ".json":
        data = json_bytes(transcript)
    elif kind == ".pacta":
        data = as_pacta(transcript).encode()
    elif kind in (".html", ".htm"):
        from .review import page

        data = page(transcript, pictures_of(content)).encode()
    else:
        raise click.UsageError(f"`{target}` ends in none of `.json`, `.pacta`, `.html`")
    Path(target).write_bytes(data)


def _counts(transcript: Transcript) -> str:
    filled = [line for line in transcript.lines if line.kind != "blank"]
    doubtful = sum(line.confidence < _DOUBTFUL for line in filled)
    return ", ".join(
        [
            counted(max(line.page for line in transcript.lines), "page"),
            f"{counted(len(filled), 'line')} ({doubtful} in doubt)",
            counted(len(transcript.names), "name"),
            counted(len(transcript.statements), "statement"),
            f"{len(transcript.repairs)} repairs offered",
        ]
    )


def _told(file: str, transcript: Transcript, known: Container[str]) -> Iterator[str]:
    """The transcript for people: who speaks from which line to which, with a mark where that is in doubt."""
    yield f"{os.path.basename(file)}: {_counts(transcript)}"
    at_table = [f"{each.name} ({each.party})" if each.party else each.name for each in transcript.participants]
    yield f"  at the table: {', '.join(at_table) or 'nobody could be made out'}"
    for person in transcript.participants:
        heard = Counter(name.surface for name in transcript.names if name.canonical == person.name)
        if person.name not in known and len(heard) >= _MANY and heard[person.name] < _OFTEN * heard.total():
            yield f"  {person.name} is a guess from {len(heard)} spellings: say who it is with --participants"
    if not in_english(transcript):
        yield "  hardly a word of it is English, and no other language is known: read the document yourself"
    yield f"  dated: {transcript.dated or 'no date in the heading'}"
    page = 0
    for block in _blocks(transcript):
        first, last = block[0], block[-1]
        if first.page != page:
            page = first.page
            yield ""
            yield f"page {page}"
        sure = min(line.confidence for line in block)
        others = dict.fromkeys(turn.speaker for line in block for turn in line.turns if turn.speaker != first.speaker)
        who = "/".join([first.speaker, *others]) if first.speaker != "none" else f"({first.kind})"
        mark = "?" if sure < _DOUBTFUL else " "
        lines = f"{first.line}" if first.line == last.line else f"{first.line}–{last.line}"
        words = " ".join(" ".join(line.text for line in block).split())
        yield f" {mark} {lines:>9}  {who:<14}  {words if len(words) <= _SHOWN else words[: _SHOWN - 2].rstrip() + ' …'}"
    if transcript.statements:
        yield ""
        yield "statements, none of them confirmed"
    for each in transcript.statements:
        lines = f"{each.line_start}" if each.line_start == each.line_end else f"{each.line_start}–{each.line_end}"
        yield f"   {lines:>9}  {each.speaker:<14}  {each.type:<18}  “{each.quote}”"


def _blocks(transcript: Transcript) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in transcript.lines:
        if line.kind == "blank":
            continue
        if block and (line.page, line.kind, line.paragraph, line.speaker) != (
            block[-1].page, block[-1].kind, block[-1].paragraph, block[-1].speaker,
        ):  # fmt: skip
            yield block
            block = []
        block.append(line)
    if block:
        yield block
