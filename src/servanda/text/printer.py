"""Values → words: conditions, clauses and directives as the formatter writes them.

Reading the words again gives the same values, their places aside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from servanda.model.commitments import Each, EachBreach, EachEvent, EachMember, EachPeriod, Within
from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    Argument,
    AtLeast,
    CameAbout,
    Condition,
    Did,
    Happening,
    InState,
    Lasting,
    Member,
    OnDate,
    PublicAct,
    Ref,
    Shifted,
    Unless,
    Value,
)

from . import syntax
from .lexer import is_name
from .words import RESERVED, VERBS

#: How tightly conditions bind, loosest first; what binds less tightly than its place asks for gets parentheses.
_UNLESS, _OR, _AND, _SHIFTED, _LASTING, _ATOM = range(6)


def string(value: str, indent: int = 0) -> str:
    """A string in quotes; over several lines where it has some, indented by `indent`."""
    if "\n" not in value:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    margin = " " * indent
    lines = [f"{margin}{line}" if line else "" for line in value.split("\n")]
    return "\n".join(['"""', *lines, f'{margin}"""'])


def value(value: Value) -> str:
    """What an instance is named by, or an argument is."""
    if isinstance(value, str):
        plain = value and is_name_to_write(value)
        return value if plain else string(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def is_name_to_write(words: str) -> bool:
    """Whether words can stand as a name: of its form, not reserved, and composed as names are (Unicode NFC)."""
    return (
        words[0].isalpha()
        and all(c.isalnum() or c in "-_." or unicodedata.category(c)[0] == "M" for c in words)
        and is_name(words)
        and words not in RESERVED
        and unicodedata.normalize("NFC", words) == words
    )


def ref(ref: Ref) -> str:
    """A name, with the instance that it picks."""
    return ref.name if ref.key is None else f"{ref.name}[{value(ref.key)}]"


def refs(several: Iterable[Ref]) -> str:
    """Names with commas between."""
    return ", ".join(ref(each) for each in several)


# ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────


def condition(condition: Condition) -> str:
    """A condition, with the parentheses that it needs and no others."""
    return _condition(condition)[0]


def _condition(condition: Condition) -> tuple[str, int]:
    match condition:
        case Unless(condition=inner, exception=exception):
            return f"{_within(inner, _OR)} unless {_within(exception, _OR)}", _UNLESS
        case AnyOf(parts=parts):
            return " or ".join(_within(part, _AND) for part in parts), _OR
        case AllOf(parts=parts):
            return " and ".join(_within(part, _SHIFTED) for part in parts), _AND
        case Shifted(duration=duration, direction=direction, condition=inner):
            return f"{duration} {direction} {_within(inner, _LASTING)}", _SHIFTED
        case Lasting(condition=inner, duration=duration):
            return f"{_within(inner, _ATOM)} for {duration}", _LASTING
        case AtLeast(count=count, parts=parts):
            inner_words = ", ".join(_within(part, _UNLESS) for part in parts)
            return f"at least {_number(count)} of ({inner_words})", _ATOM
        case _:
            return _atom(condition), _ATOM


def _within(inner: Condition, place: int) -> str:
    words, binding = _condition(inner)
    return words if binding >= place else f"({words})"


def _atom(condition: Condition) -> str:
    match condition:
        case CameAbout(ref=name):
            return ref(name)
        case InState(ref=name, state=state, with_a_date=with_a_date, by=by):
            date = " with a date" if with_a_date else f" by {by}" if by else ""
            return f"{ref(name)} is {state}{date}"
        case Did(actor=actor, verb=verb, object=done, channel=channel):
            via = f" via {channel.name}" if channel else ""
            return f"{actor.name} {verb}{' to' if verb == 'consents' else ''} {thing(done)}{via}"
        case Member(name=name, term=term):
            return f"{name.name} in {term.name}"
        case OnDate(dating=dating):
            return str(dating)
        case PublicAct():
            return "claimed"
        case Amount() | Happening():
            return thing(condition)
    raise TypeError(condition)


def _number(number: int | Decimal) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def thing(thing: Ref | Amount | Happening) -> str:
    """What an act is about."""
    if isinstance(thing, Ref):
        return ref(thing)
    if isinstance(thing, Happening):
        return f"{thing.event.name}({', '.join(_argument(each) for each in thing.arguments)})"
    parts = [
        thing.bound,
        _number(thing.number),
        "more" if thing.more else None,
        "%" if thing.percent else None,
        thing.unit and thing.unit.name,
        thing.item.name,
        thing.of and f"of {thing.of.name}",
        thing.word.name,
    ]
    return " ".join(part for part in parts if part)


def _argument(argument: Argument) -> str:
    if argument.value is not None:
        return f"{argument.name}={value(argument.value)}"
    if argument.term is not None:
        return f"{argument.name} {'not ' if argument.negated else ''}in {argument.term.name}"
    return argument.name


# ── clauses ─────────────────────────────────────────────────────────────────────────────────────────────────


def clause(clause: syntax.Clause, indent: int) -> str:
    """A clause, without its indentation."""
    match clause:
        case syntax.Names(keyword=keyword):
            return f"{keyword} {_names(clause)}"
        case syntax.Texts(keyword=keyword, texts=texts):
            words = ", ".join(string(text.value, indent) for text in texts)
            return words if keyword == "words" else f"{keyword} {words}"
        case syntax.Conditional(keyword=keyword, condition=stated):
            return f"{keyword} {'none' if stated is None else condition(stated)}"
        case syntax.Citing():
            return _citing(clause, indent)
        case syntax.Within():
            return within(clause)
        case syntax.ForEach():
            return f"for each {each(clause.each)}"
        case syntax.May(verb=verb, refs=mandated):
            return f"may {verb} {refs(mandated)}"
        case syntax.Dated(keyword=keyword, dating=dating):
            return f"{keyword} {dating}"
        case syntax.Wording(keyword=keyword, word=word):
            return f"{keyword} {word}"
        case syntax.Flag(keyword=keyword, none=none):
            return f"{keyword} none" if none else keyword


def within(each: syntax.Within | Within) -> str:
    """A deadline that counts from something."""
    return f"within {each.duration or 'none'}{f' of {condition(each.of)}' if each.of else ''}"


def _names(clause: syntax.Names) -> str:
    if clause.none:
        return "none"
    if clause.others:
        return "others"
    if clause.keyword == "verified by":
        return " or ".join(each.name for each in clause.names)
    return refs(clause.names) + (f" to {refs(clause.to)}" if clause.to else "")


def _citing(clause: syntax.Citing, indent: int) -> str:
    if clause.source is None:
        return "under none"
    parts = [clause.keyword, clause.source.name, *(place.name for place in clause.places)]
    if clause.quote is not None:
        parts.append(string(clause.quote.value, indent))
    if clause.where is not None:
        parts.append(f"where {condition(clause.where)}")
    return " ".join(parts)


def each(each: Each) -> str:
    """What there is one instance for each of."""
    match each:
        case EachEvent(event=event):
            return thing(event)
        case EachMember(variable=variable, term=term):
            return f"{variable.name} in {term.name}"
        case EachPeriod(count=count, unit=unit, of=of):
            length = unit if count == 1 else f"{_number(count)} {unit}s"
            return f"{length} of {condition(of)}"
        case EachBreach(commitment=commitment):
            return f"breach of {ref(commitment)}"


# ── directives ──────────────────────────────────────────────────────────────────────────────────────────────


def header(directive: syntax.Directive, indent: int) -> str:
    """The header line of a directive, without its indentation."""
    match directive:
        case syntax.Declaration():
            return _declaration(directive, indent)
        case syntax.Act():
            return _act(directive, indent)
        case syntax.Expect():
            late = " late" if directive.late else ""
            reading = directive.reading.name if directive.reading else "record"
            via = f" via {directive.channel.name}" if directive.channel else ""
            return f"{directive.dating} expect {ref(directive.ref)} is {directive.state}{late} in {reading}{via}"
        case syntax.Scenario(title=title, start=start):
            return f"scenario {string(title.value, indent)}{f' from {start}' if start else ''}"
        case syntax.Include(path=path):
            return f"include {string(path.value, indent)}"
        case syntax.Events():
            columns = ", ".join(f"{name}={_column(column)}" for name, column in directive.columns)
            path_words = string(directive.path.value, indent)
            event = directive.event.name
            return f"events by {directive.by.name} from {path_words} as {event}({columns}) at {_column(directive.at)}"


def _column(column: str) -> str:
    return column if column and is_name_to_write(column) else string(column)


def _declaration(each: syntax.Declaration, indent: int) -> str:
    parts = [each.kind]
    if each.name is not None:
        arguments = f"({', '.join(ref.name for ref in each.arguments)})" if each.arguments else ""
        parts.append(each.name.name + arguments)
    if each.title is not None:
        parts.append(string(each.title.value, indent))
    if each.definition is not None:
        parts.append(_definition(each.definition))
    parts += [clause(stated, indent) for stated in each.clauses[: each.inline]]
    return " ".join(parts)


def _definition(definition: tuple[Condition, ...]) -> str:
    return f"= {', '.join(condition(part) for part in definition)}"


def _act(act: syntax.Act, indent: int) -> str:
    verb = VERBS[act.verb] if act.plural else act.verb
    parts = [str(act.dating)] if act.dating else []
    parts += [refs(act.actors), verb]
    if act.verb == "consents":
        parts.append("to")
    if act.words is not None:
        parts.append(string(act.words.value, indent))
    if act.objects:
        parts.append(", ".join(thing(each) for each in act.objects))
    if act.leaving:
        parts.append(f"leaving {refs(act.leaving)}")
    if act.recipients:
        parts.append(f"to {refs(act.recipients)}")
    if act.definition is not None:
        parts.append(_definition(act.definition))
    parts += [clause(stated, indent) for stated in act.clauses[: act.inline]]
    return " ".join(parts)
