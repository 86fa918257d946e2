"""The syntax tree of a case file: its directives as they stand on the page, each with its span."""

from __future__ import annotations

from typing import NamedTuple

from servanda.diagnostics import Diagnostic
from servanda.model.commitments import Each
from servanda.model.conditions import Amount, Condition, Happening, Ref
from servanda.model.declarations import Text
from servanda.model.span import File, Node, Piece, Span
from servanda.model.time import Dating, Duration

# ── clauses, by the shape of what they say ──────────────────────────────────────────────────────────────────


class Names(Node, frozen=True):
    """A clause that lists names: `of`, `to`, `among`, `verified by`, `together with`, `via`, …

    `others` is `to others` or `together with others`; `none` is the dropped clause, `verified by none`;
    `to` are the addressees of `by US to USSR`.
    """

    keyword: str
    names: tuple[Ref, ...]
    span: Span
    others: bool = False
    none: bool = False
    to: tuple[Ref, ...] = ()


class Texts(Node, frozen=True):
    """A clause of strings: `aka`, `file`, and words of one's own under an act (keyword `words`)."""

    keyword: str
    texts: tuple[Text, ...]
    span: Span


class Conditional(Node, frozen=True):
    """A clause of one condition: `when`, `from`, `until`, `by`, `begins by`, `done when`, `seeks`, `forbids`."""

    keyword: str
    condition: Condition | None
    span: Span


class Citing(Node, frozen=True):
    """`under` or `cites`: a source, places in it, words of it; `where` the reading must share a premise."""

    keyword: str
    source: Ref | None
    span: Span
    places: tuple[Ref, ...] = ()
    quote: Text | None = None
    where: Condition | None = None


class Within(Node, frozen=True):
    """`within D [of C]`."""

    duration: Duration | None
    span: Span
    of: Condition | None = None
    keyword: str = "within"


class ForEach(Node, frozen=True):
    """`for each …`: one instance of the commitment for each of these."""

    each: Each
    span: Span
    keyword: str = "for each"


class May(Node, frozen=True):
    """`may suspend X`: what a power can do."""

    verb: str
    refs: tuple[Ref, ...]
    span: Span
    keyword: str = "may"


class Dated(Node, frozen=True):
    """A clause of one date: `dated`, `known`, and `on` where it says when."""

    keyword: str
    dating: Dating
    span: Span


class Wording(Node, frozen=True):
    """A clause of one bare word: `timezone`, `calendar`, `result`."""

    keyword: str
    word: str
    span: Span


class Flag(Node, frozen=True):
    """A clause without a value: `survives`."""

    keyword: str
    span: Span
    none: bool = False


Clause = Names | Texts | Conditional | Citing | Within | ForEach | May | Dated | Wording | Flag

# ── directives ──────────────────────────────────────────────────────────────────────────────────────────────


class Include(Node, frozen=True):
    """`include "record/1962-11.pacta"`."""

    path: Text
    span: Span


class Declaration(Node, frozen=True):
    """What there is, or what is owed: `party`, `source`, `obligation`, …

    `inline` is how many of the clauses stand on the header line, at its end; `torn`, whether one could not be read.
    """

    kind: str
    name: Ref | None
    title: Text | None
    clauses: tuple[Clause, ...]
    span: Span
    inline: int = 0
    torn: bool = False
    definition: tuple[Condition, ...] | None = None
    arguments: tuple[Ref, ...] = ()


class Act(Node, frozen=True):
    """A dated entry of the record: who did or said what.

    `words` is the string alone of `states` and the like; `plural` how the verb is written, which means nothing;
    `definition` is what `holds NAME = …` gives.
    """

    dating: Dating | None
    actors: tuple[Ref, ...]
    verb: str
    objects: tuple[Ref | Amount | Happening, ...]
    clauses: tuple[Clause, ...]
    span: Span
    words: Text | None = None
    inline: int = 0
    torn: bool = False
    plural: bool = False
    definition: tuple[Condition, ...] | None = None
    leaving: tuple[Ref, ...] = ()
    recipients: tuple[Ref, ...] = ()


class Expect(Node, frozen=True):
    """`DATE expect NAME is STATUS [late] in READING [via CHANNEL]`. `reading` is None for the record."""

    dating: Dating
    ref: Ref
    state: str
    late: bool
    reading: Ref | None
    span: Span
    channel: Ref | None = None


class Scenario(Node, frozen=True):
    """Acts supposed on top of the record, and what one expects of them."""

    title: Text
    start: Dating | None
    directives: tuple[Act | Expect, ...]
    span: Span


class Events(Node, frozen=True):
    """`events by UN from "departures.parquet" as departs(ship=imo) at left_port_at`: a table of observed events."""

    by: Ref
    path: Text
    event: Ref
    columns: tuple[tuple[str, str], ...]
    at: str
    span: Span


Directive = Include | Declaration | Act | Expect | Scenario | Events


class Part(NamedTuple):
    """A line at the margin with what is indented below it, in a piece of its own; and what was found reading it."""

    piece: Piece
    directives: tuple[Directive, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: frozenset[str] = frozenset()


class Tree(Node, frozen=True):
    """A file read: its directives in order, and what was wrong with it.

    `unread` are the names on lines that could not be read: they may be declared or used there, for all one knows.
    `parts` are the same, line by line, and `guesses` how often it was guessed what was meant: for reading it again.
    """

    file: File
    directives: tuple[Directive, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    guesses: int = 0
