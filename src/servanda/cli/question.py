"""What every question to a case shares: which case, in whose reading, at which date, and what is supposed."""

from __future__ import annotations

import datetime
import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click
import msgspec

from servanda.api.answers import view_answer
from servanda.api.errors import UnknownName
from servanda.api.views import View
from servanda.diagnostics import Diagnostic, frames, printable
from servanda.load import Loaded, Quotes, acts_from_words, load, load_text
from servanda.load.files import ROOT
from servanda.model.case import Case
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.time import Dating, Malformed, dating_from_words
from servanda.standing import RECORD, Inquiry, Row
from servanda.standing.chronicle import acts_in_view
from servanda.text.act_words import act_words

from .options import ALLOW_OUTSIDE, SOURCES, colour_on, existing, read_stdin
from .words import wrapped

Command = TypeVar("Command", bound=Callable[..., Any])
#: How many errors of a case are shown to somebody who has asked about something else.
_MOST_ERRORS = 20


class Question(msgspec.Struct, frozen=True):
    """A question to a case, its options read: of which view it is asked.

    `channels` empty stands for all that each reading's party is among; `known` None, for the date itself. `named` are
    the readings that `--as` names; with `every` it was said that all are asked for.
    """

    path: str
    case: Case
    quotes: Quotes
    inquiry: Inquiry
    at: Dating
    readings: tuple[str, ...]
    channels: tuple[str, ...] = ()
    known: Dating | None = None
    supposed: tuple[Act, ...] = ()
    named: tuple[str, ...] = ()
    every: bool = False
    sources: str | None = None
    allow_outside: bool = False

    @property
    def over(self) -> frozenset[str] | None:
        """The channels, as an inquiry takes them."""
        return frozenset(self.channels) if self.channels else None

    def inventory(self) -> tuple[Row, ...]:
        """Every commitment at the date asked about, in the readings asked for."""
        return self.inquiry.inventory(self.at, self.readings, self.over, self.known)

    def acts(self) -> tuple[Act, ...]:
        """The acts in view in one of the readings asked for, supposed ones among them, in the order of time."""
        every = (*self.case.acts, *self.supposed)
        return acts_in_view(self.case, every, self.readings, self.at, self.over, self.known)

    def suppositions(self) -> tuple[str, ...]:
        """What is supposed on top of the record, each act in words."""
        return tuple(act_words(act) for act in self.supposed)

    def heading(self, date: str | None = None) -> Iterator[str]:
        """What an answer begins with: the case, its view, and what is supposed."""
        over = f", over public acts and {', '.join(self.channels)}" if self.channels else ""
        known = f", as known by {self.known}" if self.known is not None else ""
        yield wrapped(f"{self.case.title or 'a case without a title'} · {date or self.at}{over}{known}", 0)
        begins = min((act.dating.latest.day for act in self.case.acts if act.dating is not None), default=None)
        if begins is not None and begins > self.at.latest.day:
            yield wrapped(f"before the record, which begins on {begins}: choose a date with --at", 0, 2)
        for each in self.suppositions():
            yield wrapped(f"supposed: {each}", 0, 2)

    def place(self, span: Span) -> str:
        """The file and line of some words, as seen from the case's folder; nothing where they stand in no file."""
        return f"{self.case.path_within(span.file)}:{span.line}" if span.file.path else ""

    def beside(self, span: Span | None) -> str:
        """The same in brackets, to stand behind words that come from there."""
        place = "" if span is None else self.place(span)
        return f"  ({place})" if place else ""

    @property
    def view(self) -> View:
        """What was asked, as every answer names it."""
        return View(self.at, self.known, self.channels or None, self.suppositions())

    def view_as_json(self) -> dict[str, Any]:
        """The view, for programs."""
        return msgspec.structs.asdict(view_answer(self.view))


_READINGS = (
    click.option("--as", "readings", multiple=True, metavar="READING", help="A party, or `record`; may repeat."),
    click.option("--all", "every", is_flag=True, help="All parties, and the record, as without `--as`."),
)


def asks(
    *,
    date: tuple[str, ...] = ("--at",),
    named: bool = False,
    by_reading: bool = True,
    default: Callable[[Case, tuple[Act, ...]], Dating | None] = lambda case, acts: None,
    instead: str = "today",
    first: Callable[..., None] | None = None,
) -> Callable[[Command], Command]:
    """Give a command the argument CASE and the options of a view; it is called with a `question`.

    `date` are the names of the option that says at which date. `named` commands take a NAME behind CASE, and may be
    given that alone: then CASE is the one in the current folder; they may stand in either order. Without `by_reading`
    there are no `--as` and `--all`: the readings are said elsewhere. `default` gives the
    date where none is asked about, `instead` says which that is. `first` is called before a case is read, with its
    `path` and the command's own options: what it finds wrong, or can answer without a case, ends the command.
    """
    options = [
        click.argument("path", default=".", type=click.Path(), metavar="[CASE]"),
        *([click.argument("name", required=False, metavar="[NAME]")] if named else []),
        click.option(*date, "at_words", metavar="DATE", help=f"The date asked about; {instead}, if none is given."),
        *(_READINGS if by_reading else ()),
        click.option(
            "--channel", "channels", multiple=True, metavar="CHANNEL",
            help="Only public acts, and those in this; may repeat.",
        ),
        click.option("--known", "known_words", metavar="DATE", help="As it was known by then."),
        click.option(
            "--suppose", "supposed", multiple=True, metavar="ACT",
            help='An act on top of the record, such as "1962-11-20 USSR promises remove-bombers"; may repeat.',
        ),
        SOURCES,
        ALLOW_OUTSIDE,
    ]  # fmt: skip

    def decorated(command: Command) -> Command:
        @functools.wraps(command)
        def asked(
            path: str,
            at_words: str | None,
            channels: tuple[str, ...],
            known_words: str | None,
            supposed: tuple[str, ...],
            sources: str | None,
            allow_outside: bool,
            readings: tuple[str, ...] = (),
            every: bool = False,
            **own: Any,
        ) -> Any:
            if named and own["name"] is None and not os.path.exists(path) and os.path.exists(ROOT):
                path, own["name"] = ".", path
            elif named and own["name"] and path != "-" and not os.path.exists(path) and os.path.exists(own["name"]):
                path, own["name"] = own["name"], path
            # What is wrong with the command line itself is said before a case is read.
            at, known = date_from_words(at_words, date[0]), date_from_words(known_words, "--known")
            if readings and every:
                raise click.UsageError("`--all` asks in every reading, and `--as` in one: give one of the two")
            if first is not None:
                first(path=path, **own)
            loaded = loaded_case(path, sources, allow_outside)
            case = loaded.case
            there = (*case.parties, RECORD)
            known_names(readings, there, "reading")
            known_names(channels, case.channels, "channel")
            acts = tuple(_supposed(case, supposed))
            picked = tuple(dict.fromkeys(readings))
            question = Question(
                path,
                case,
                loaded.quotes,
                Inquiry(case, acts),
                at or default(case, (*case.acts, *acts)) or Dating.on(datetime.date.today()),
                picked or there,
                tuple(dict.fromkeys(channels)),
                known,
                acts,
                picked,
                every,
                sources,
                allow_outside,
            )
            return command(question=question, **own)

        result: Any = asked
        for option in reversed(options):
            result = option(result)
        decorated_command: Command = result
        return decorated_command

    return decorated


def loaded_case(path: str, sources: str | None, allow_outside: bool) -> Loaded:
    """A case without errors; one that has any ends the command with them."""
    if path == "-":
        loaded = load_text(read_stdin(), sources=sources, allow_outside=allow_outside)
    else:
        loaded = load(existing(path), sources=sources, allow_outside=allow_outside)
    end_where_wrong(loaded, path, "where things stand cannot be said before they are mended")
    return loaded


def end_where_wrong(loaded: Loaded, path: str, so: str) -> None:
    """End the command where a case has errors: they are shown, and what that means."""
    errors = [each for each in loaded.diagnostics if each.severity == "error"]
    if errors:
        show(errors[:_MOST_ERRORS])
        more = f" (the first {_MOST_ERRORS} of {len(errors)} are shown)" if len(errors) > _MOST_ERRORS else ""
        click.echo(f"{printable(path)} has errors{more}; {so}", err=True)
        sys.exit(1)


def _supposed(case: Case, supposed: tuple[str, ...]) -> Iterator[Act]:
    """The acts that are to be supposed; a slip in one is shown at its place, and ends the command."""
    slips = False
    for words in supposed:
        acts, found = acts_from_words(case, words, "--suppose")
        show(found)
        slips = slips or any(each.severity == "error" for each in found)
        if not acts and not found:
            raise click.UsageError("--suppose: nothing is supposed; write an act as the record does: DATE ACTOR VERB …")
        yield from acts
    if slips:
        click.echo("what `--suppose` gives is read as a line of the record is", err=True)
        sys.exit(2)


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics on stderr, each with the line it speaks of."""
    colour = colour_on(err=True)
    for frame in frames(diagnostics, colour=colour):
        click.echo(frame, err=True, color=colour)


def date_from_words(words: str | None, option: str) -> Dating | None:
    """The one date that an option gives, or None where it is not given."""
    if words is None:
        return None
    try:
        dating = dating_from_words(words)
    except Malformed as reason:
        raise click.UsageError(f"{option} {printable(words)}: {reason}") from None
    if not dating.exact:
        raise click.UsageError(f"{option} {words}: a view asks at one date")
    return dating


def known_names(names: Iterable[str], known: Iterable[str], what: str) -> None:
    """End the command where a name is none of those that are known, with the one that may have been meant."""
    there = tuple(known)
    for name in names:
        if name not in there:
            raise click.UsageError(printable(str(UnknownName(name, what, there))))


def say(lines: Iterable[str]) -> None:
    """Print an answer for people."""
    colour = colour_on()
    for line in lines:
        click.echo(line, color=colour)
