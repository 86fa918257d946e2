"""Tables of what a case declares: who there is, what is owed, on what it rests, what words stand for."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.commitments import Clauses, Each, EachBreach, EachEvent, EachMember, EachPeriod
from servanda.model.conditions import Condition
from servanda.model.span import Span
from servanda.model.walk import refs_of
from servanda.text import printer

from .table import PLACE, Asked, Cell, Table, columns, days, names, parties

_NAMED = (
    ("name", "VARCHAR", "the name in the case"),
    ("title", "VARCHAR", "the title, or an empty string"),
)
_AKA = ("aka", "VARCHAR[]", "other names for it")


def _parties(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.parties.values():
        yield each.name, each.title, each.aka, each.calendar, *asked.place(each.span)


def _bodies(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.bodies.values():
        yield each.name, each.title, each.aka, names(each.acts_for), *asked.place(each.span)


def _persons(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.persons.values():
        yield each.name, each.title, each.aka, names(each.acts_for), *asked.place(each.span)


def _channels(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.channels.values():
        yield each.name, each.title, each.aka, names(each.among), *asked.place(each.span)


def _sources(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.sources.values():
        file = None if each.file is None else each.file.value
        yield (
            each.name, each.title, each.aka, *days(each.dated), names(each.by), names(each.to), names(each.signed_by),
            names(each.via), file, *asked.place(each.span),
        )  # fmt: skip


def _commitments(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.commitments.values():
        sources = tuple(dict.fromkeys(cite.source.name for cite in each.clauses.under))
        family = each.clauses.for_each is not None
        yield (
            each.name, each.title, each.kind, each.bearers, each.counterparties, sources, family,
            *asked.place(each.span),
        )  # fmt: skip


def _clauses(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    case = asked.case
    for each in case.commitments.values():
        for clause, words, span in stated(each.clauses):
            yield each.name, None, None, clause, words, *asked.place(span)
    for act in case.acts:
        if act.version is None:
            continue
        for ref in refs_of(act):
            if ref.name in case.commitments:
                own = list(stated(act.version.clauses))
                dropped = [(clause, "none", act.span) for clause in act.version.stated if clause not in dict.fromkeys(
                    clause for clause, _, _ in own)]  # fmt: skip
                since = None if act.dating is None else act.dating.latest.day
                for party in parties(case, act):
                    for clause, words, span in (*own, *dropped):
                        yield ref.name, party, since, clause, words, *asked.place(span)


def stated(clauses: Clauses) -> Iterator[tuple[str, str, Span]]:
    """The clauses that are stated, each by its keyword, with its words and its place; `of` and `to` are left out."""
    for cite in clauses.under:
        where = f" where {printer.condition(cite.where)}" if cite.where is not None else ""
        quote = f" {printer.string(cite.quote.value)}" if cite.quote is not None else ""
        places = "".join(f" {ref.name}" for ref in cite.places)
        yield "under", f"{cite.source.name}{places}{quote}{where}", cite.span
    for keyword, condition in _conditions(clauses):
        yield keyword, printer.condition(condition), condition.span
    if clauses.within is not None:
        yield "within", printer.within(clauses.within).removeprefix("within "), clauses.within.span
    if clauses.verified_by:
        yield "verified by", " or ".join(names(clauses.verified_by)), clauses.verified_by[0].span
    if clauses.together_with:
        yield "together with", printer.refs(clauses.together_with), clauses.together_with[0].span
    if clauses.for_each is not None:
        yield "for each", printer.each(clauses.for_each), _span_of(clauses.for_each)
    if clauses.may is not None:
        yield "may", f"{clauses.may.verb} {printer.refs(clauses.may.refs)}", clauses.may.span
    if clauses.instead_of is not None:
        yield "instead of", printer.ref(clauses.instead_of), clauses.instead_of.span


def _conditions(clauses: Clauses) -> Iterator[tuple[str, Condition]]:
    for keyword, condition in (
        ("when", clauses.when),
        ("from", clauses.start),
        ("until", clauses.until),
        ("by", clauses.by),
        ("begins by", clauses.begins_by),
        ("done when", clauses.done_when),
        ("seeks", clauses.seeks),
        ("forbids", clauses.forbids),
    ):
        if condition is not None:
            yield keyword, condition


def _span_of(each: Each) -> Span:
    match each:
        case EachEvent(event=named) | EachMember(variable=named) | EachPeriod(of=named) | EachBreach(commitment=named):
            return named.span


def _terms(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    case = asked.case
    for each in case.terms.values():
        yield each.name, each.title, None, None, names(each.members), *asked.place(each.span)
    for act in case.acts:
        for ref in refs_of(act):
            if act.version is not None and ref.name in case.terms:
                since = None if act.dating is None else act.dating.latest.day
                for party in parties(case, act):
                    title = case.terms[ref.name].title
                    yield ref.name, title, party, since, names(act.version.members), *asked.place(act.span)


def _matters(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.matters.values():
        defined = None if each.definition is None else printer.condition(each.definition)
        yield each.name, each.title, defined, *asked.place(each.span)


def _means(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for each in asked.case.means.values():
        yield each.name, each.title, each.aka, names(each.by), names(each.consent_of), *asked.place(each.span)


DECLARED = (
    Table(
        "parties",
        "those who can owe and be owed, and who have a reading of the case",
        columns(*_NAMED, _AKA, ("calendar", "VARCHAR", "its own calendar of working days, if it has one"), *PLACE),
        _parties,
    ),
    Table(
        "bodies",
        "those who observe, decide or host",
        columns(*_NAMED, _AKA, ("acts_for", "VARCHAR[]", "the party whose organ it is, if any"), *PLACE),
        _bodies,
    ),
    Table(
        "persons",
        "those whose acts count as a party's",
        columns(*_NAMED, _AKA, ("acts_for", "VARCHAR[]", "the party they speak for"), *PLACE),
        _persons,
    ),
    Table(
        "channels",
        "where acts are done that are known to some alone",
        columns(*_NAMED, _AKA, ("among", "VARCHAR[]", "who is among it"), *PLACE),
        _channels,
    ),
    Table(
        "sources",
        "documents that something is taken from",
        columns(
            *_NAMED,
            _AKA,
            ("dated", "VARCHAR", "its date as it is written"),
            ("earliest", "DATE", "the first day that may be"),
            ("latest", "DATE", "the last day that may be"),
            ("authors", "VARCHAR[]", "who it is by"),
            ("recipients", "VARCHAR[]", "who it is to"),
            ("signers", "VARCHAR[]", "whose signatures it needs"),
            ("channels", "VARCHAR[]", "the channels it went through; none for what is public"),
            ("file", "VARCHAR", "where its text lies"),
            *PLACE,
        ),
        _sources,
    ),
    Table(
        "commitments",
        "what somebody is bound, asked or allowed to do, as the common text has it",
        columns(
            *_NAMED,
            ("kind", "VARCHAR", "obligation, prohibition, right or power"),
            ("bearers", "VARCHAR[]", "who owes it"),
            ("counterparties", "VARCHAR[]", "to whom it is owed"),
            ("sources", "VARCHAR[]", "the sources it rests on"),
            ("family", "BOOLEAN", "whether it has an instance for each of something"),
            *PLACE,
        ),
        _commitments,
    ),
    Table(
        "clauses",
        "conditions and other clauses of commitments, in the common text and in a party's own version",
        columns(
            ("commitment", "VARCHAR", "the commitment"),
            ("held_by", "VARCHAR", "whose own version it is; null for the common text"),
            ("since", "DATE", "since when that party holds it; null for from the start"),
            ("clause", "VARCHAR", "the clause's first words, such as `when` or `done when`"),
            ("words", "VARCHAR", "what it says; `none` where a version drops it"),
            *PLACE,
        ),
        _clauses,
    ),
    Table(
        "terms",
        "defined expressions, and what each party takes them to mean",
        columns(
            *_NAMED,
            ("held_by", "VARCHAR", "whose own definition it is; null for the common one"),
            ("since", "DATE", "since when that party holds it; null for from the start"),
            ("members", "VARCHAR[]", "what it takes in"),
            *PLACE,
        ),
        _terms,
    ),
    Table(
        "matters",
        "states of affairs that can be claimed, observed and disputed",
        columns(*_NAMED, ("definition", "VARCHAR", "the condition that defines it, if one does"), *PLACE),
        _matters,
    ),
    Table(
        "means",
        "ways to verify",
        columns(
            *_NAMED,
            _AKA,
            ("carried_out_by", "VARCHAR[]", "who carries it out"),
            ("consent_of", "VARCHAR[]", "whose consent it needs"),
            *PLACE,
        ),
        _means,
    ),
)
