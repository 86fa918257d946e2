"""The reference of codes: each with what it says, why, what to do next, and what is printed for its case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cases import BAD, expected_file
from servanda.diagnostics import Code
from servanda.diagnostics.codes import expectations, files, grammar, meaning, names, writing

ROOMS = {
    "Files and folders": files.CODES,
    "Characters, words and layout": writing.CODES,
    "Lines that do not read": grammar.CODES,
    "Names": names.CODES,
    "What cannot be meant": meaning.CODES,
    "What was expected": expectations.CODES,
}


def codes() -> str:
    """A table of all codes, and a section for each."""
    return "\n".join([*_table(), *(line for room, found in ROOMS.items() for line in _room(room, found))])


def heading(code: Code) -> str:
    """The line above a code's section."""
    return f"### `{code.name}`"


def _table() -> Iterator[str]:
    for room, found in ROOMS.items():
        yield f"**{room}**\n"
        yield "| code | severity | says |"
        yield "| --- | --- | --- |"
        for code in found:
            yield f"| [`{code.name}`](#{code.name}) | {code.severity} | {_form(code)} |"
        yield ""


def _room(room: str, found: tuple[Code, ...]) -> Iterator[str]:
    yield f"## {room}\n"
    for code in found:
        folder = BAD / code.name
        case = f"{code.name}/" if folder.is_dir() else f"{code.name}.pacta"
        yield f"{heading(code)}\n"
        yield f"{code.severity}: {_form(code)}\n"
        yield f"{code.cause}\n"
        yield f"*Next:* {code.remedy}\n"
        yield f"[A case of it](../../tests/corpus/bad/{case}) prints:\n"
        yield f"```text\n{expected_file(code.name).read_text('utf-8').rstrip()}\n```\n"


def _form(code: Code) -> str:
    """A code's message with its values as gaps."""
    return re.sub(r"\{\w+\}", "…", code.message)
