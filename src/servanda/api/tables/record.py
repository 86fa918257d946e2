"""Tables of the record: acts, what was cited, attempts to verify, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.commitments import Citation
from servanda.model.record import Act, Expectation
from servanda.standing.record import name_of
from servanda.text import printer

from .table import PLACE, Asked, Cell, Table, columns, days, names, parties


def _acts(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    case = asked.case
    for number, act in enumerate(case.acts, start=1):
        said = act.words or act.note
        condition = None if act.when is None else printer.condition(act.when)
        yield (
            number,
            *days(act.dating),
            names(act.actors),
            parties(case, act),
            act.verb,
            tuple(map(printer.thing, act.objects)),
            tuple(dict.fromkeys(map(name_of, act.objects))),
            None if said is None else said.value,
            condition,
            _promised(act),
            None if act.performed is None else str(act.performed),
            None if act.known is None else str(act.known),
            names(act.channels),
            names(act.means),
            tuple(dict.fromkeys(cite.source.name for cite in act.citations)),
            *asked.place(act.span),
        )


def _promised(act: Act) -> str | None:
    """The date or the time that a promise, offer or proposal gives."""
    if act.by is not None:
        return printer.condition(act.by)
    return None if act.within is None else printer.within(act.within)


def _attempts(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for number, act in enumerate(asked.case.acts, start=1):
        if act.verb == "attempts":
            for thing in act.objects:
                tried = None if act.on is None else printer.ref(act.on)
                yield number, printer.thing(thing), tried, act.result, parties(asked.case, act), *days(act.dating)


def _citations(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for commitment, number, citation in _cited(asked):
        where = None if citation.where is None else printer.condition(citation.where)
        quote = None if citation.quote is None else citation.quote.value
        places = names(citation.places)
        yield citation.source.name, commitment, number, places, quote, where, *asked.place(citation.span)


def _quotes(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    anchors = () if asked.quotes is None else asked.quotes.anchors
    found = {id(each.citation): each.place for each in anchors}
    for commitment, number, citation in _cited(asked):
        if citation.quote is None:
            continue
        at = found.get(id(citation))
        how, start, end = ("unchecked", None, None) if at is None else (at.found, at.start, at.end)
        yield (
            citation.source.name, citation.quote.value, commitment, number, how, start, end,
            *asked.place(citation.quote.span),
        )  # fmt: skip


def _cited(asked: Asked) -> Iterator[tuple[str | None, int | None, Citation]]:
    """Every citation, with the commitment or the number of the act that cites."""
    for commitment in asked.case.commitments.values():
        for citation in commitment.clauses.under:
            yield commitment.name, None, citation
    for number, act in enumerate(asked.case.acts, start=1):
        for citation in act.citations:
            yield None, number, citation
        if act.version is not None:
            for citation in act.version.clauses.under:
                yield None, number, citation


def _expectations(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    case = asked.case
    every: list[tuple[str | None, Expectation]] = [(None, each) for each in case.expectations]
    every += [(scenario.title, each) for scenario in case.scenarios for each in scenario.expectations]
    for scenario, each in every:
        channel = None if each.channel is None else each.channel.name
        _, day, _ = days(each.dating)
        expected = (printer.ref(each.ref), each.state, each.late, each.reading)
        yield scenario, day, *expected, channel, *asked.place(each.span)


_DATE = (
    ("date", "VARCHAR", "its date as it is written"),
    ("earliest", "DATE", "the first day that may be"),
    ("latest", "DATE", "the last day that may be"),
)

RECORDED = (
    Table(
        "acts",
        "the record: who did or said what, and when",
        columns(
            ("act", "BIGINT", "its number, counted from 1 in the order of the files"),
            *_DATE,
            ("actors", "VARCHAR[]", "who acted, as written"),
            ("parties", "VARCHAR[]", "whose act it is: the party that a person or an organ speaks for, else the actor"),
            ("verb", "VARCHAR", "what was done with it, such as `claims`"),
            ("objects", "VARCHAR[]", "what it is about, as written, amounts and instances included"),
            ("names", "VARCHAR[]", "the names it is about; of an amount its item, of an event its kind"),
            ("said", "VARCHAR", "words of one's own"),
            ("condition", "VARCHAR", "the condition of an offer, promise or consent"),
            ("promised_by", "VARCHAR", "the date or the time that a promise or an offer gives"),
            ("performed", "VARCHAR", "when it was performed, if earlier"),
            ("known", "VARCHAR", "when it became known, if later"),
            ("channels", "VARCHAR[]", "the channels it was done in; none for what is public"),
            ("means", "VARCHAR[]", "the means by which it was seen"),
            ("sources", "VARCHAR[]", "the sources it is taken from"),
            *PLACE,
        ),
        _acts,
    ),
    Table(
        "attempts",
        "attempts to use a means, with their results",
        columns(
            ("act", "BIGINT", "the number of the act"),
            ("means", "VARCHAR", "what was tried"),
            ("tried_on", "VARCHAR", "on what"),
            ("result", "VARCHAR", "done, denied or unable"),
            ("parties", "VARCHAR[]", "who tried"),
            *_DATE,
        ),
        _attempts,
    ),
    Table(
        "citations",
        "every place where a source is cited, with or without its words",
        columns(
            ("source", "VARCHAR", "the source"),
            ("commitment", "VARCHAR", "the commitment that rests on it, or null"),
            ("act", "BIGINT", "the number of the act that cites it, or null"),
            ("places", "VARCHAR[]", "pages and articles, such as `p9`"),
            ("quote", "VARCHAR", "the words that are quoted, if any"),
            ("premise", "VARCHAR", "the condition without which a reading does not rest on it"),
            *PLACE,
        ),
        _citations,
    ),
    Table(
        "quotes",
        "words quoted from sources, and where they stand there",
        columns(
            ("source", "VARCHAR", "the source"),
            ("quote", "VARCHAR", "the words"),
            ("commitment", "VARCHAR", "the commitment that quotes them, or null"),
            ("act", "BIGINT", "the number of the act that quotes them, or null"),
            (
                "found",
                "VARCHAR",
                "exact, normalised, fuzzy (in damaged words), or unchecked where the text is not at hand",
            ),
            ("found_start", "BIGINT", "the first of their characters in the text, counted from 0"),
            ("found_end", "BIGINT", "the character behind their last"),
            *PLACE,
        ),
        _quotes,
    ),
    Table(
        "expectations",
        "what one expects of standings, in and outside scenarios",
        columns(
            ("scenario", "VARCHAR", "the scenario's title, or null"),
            ("day", "DATE", "the day"),
            ("commitment", "VARCHAR", "the commitment, with its instance"),
            ("state", "VARCHAR", "the status or fact that is expected"),
            ("late", "BOOLEAN", "whether it is expected to be late"),
            ("reading", "VARCHAR", "in whose reading"),
            ("channel", "VARCHAR", "over which channel, if one is named"),
            *PLACE,
        ),
        _expectations,
    ),
)
