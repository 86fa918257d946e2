"""The canonical layout of a case file: one blank between words, two spaces a level, comments kept in their places."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from . import printer
from .syntax import Act, Declaration, Directive, Scenario, Tree


class _Line(msgspec.Struct):
    """A line to write: where its words begin and end in the source, how deep it stands, and what it says."""

    start: int
    end: int
    indent: int
    words: str


def format_tree(tree: Tree) -> str:
    """The text of a file in canonical layout.

    What lines say stays, and so does their order, every comment, and single blank lines between them. Raises
    `ValueError` where the file has lines that could not be read: nothing of it may be lost.
    """
    if any(each.severity == "error" for each in tree.diagnostics):
        raise ValueError(f"{tree.file.path} has errors")
    out: list[str] = []
    depth = last_end = 0
    for line in _lines(tree.directives, 0):
        _between(tree.file.text[last_end : line.start], depth, line.indent, out)
        out.append(" " * line.indent + line.words)
        depth, last_end = line.indent, line.end
    _between(f"{tree.file.text[last_end:]}\n", depth, 0, out)
    while out and not out[-1]:
        out.pop()
    return "\n".join([*out, ""]) if out else ""


def _lines(directives: tuple[Directive, ...], indent: int) -> Iterator[_Line]:
    for each in directives:
        yield _Line(each.span.start, each.span.end, indent, printer.header(each, indent))
        if isinstance(each, Declaration | Act):
            for clause in each.clauses[each.inline :]:
                words = printer.clause(clause, indent + 2)
                yield _Line(clause.span.start, clause.span.end, indent + 2, words)
        elif isinstance(each, Scenario):
            yield from _lines(each.directives, indent + 2)


def _between(gap: str, above: int, below: int, out: list[str]) -> None:
    """Write what stands between two lines: a comment behind the first, then blank lines and comments of their own.

    A comment keeps its depth where that is a level of the lines around it.
    """
    if not gap:
        return
    behind, *lines = gap.split("\n")
    if out and behind.strip():
        out[-1] += f"  {behind.strip()}"
    elif behind.strip():
        lines.insert(0, behind)
    for line in lines[:-1] if lines else ():
        comment = line.strip()
        if comment:
            wanted = (len(line) - len(line.lstrip())) // 2 * 2
            out.append(" " * min(wanted, max(above, below)) + comment)
        elif out and out[-1]:
            out.append("")
