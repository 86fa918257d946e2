"""What differs in words between two drafts: declarations, clauses and acts, whatever their place in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from servanda.model.case import ROOMS, Case, Declared
from servanda.model.commitments import FIELDS, Citation, Clauses, Commitment
from servanda.model.record import Act
from servanda.model.span import Span, meaning
from servanda.text import printer
from servanda.text.act_words import act_words, clause_words

#: What the fields of declarations are called in the language, where it is not the same word.
_CLAUSES = {"acts_for": "for", "consent_of": "consent of", "signed_by": "signed by", "members": "=", "definition": "="}
_HEAD = ("of", "to")


class Change(msgspec.Struct, frozen=True):
    """Something that the two drafts say differently: `before` or `after` is None where one of them does not say it.

    `kind` is that of a declaration or commitment, `act`, or `case`; `part` the clause that differs.
    """

    kind: str
    name: str
    part: str | None
    before: str | None
    after: str | None
    span: Span | None


def changes(one: Case, other: Case) -> Iterator[Change]:
    """All differences in words: of the case itself, declarations, commitments, acts."""
    for field in ("title", "timezone", "calendar"):
        before, after = getattr(one, field), getattr(other, field)
        if before != after:
            yield Change("case", field, None, before, after, None)
    for kind, room in ROOMS.items():
        yield from _declared(kind, getattr(one, room), getattr(other, room))
    yield from _commitments(one.commitments, other.commitments)
    yield from _acts(one.acts, other.acts)


def _declared(kind: str, old: Mapping[str, Declared], new: Mapping[str, Declared]) -> Iterator[Change]:
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            for there, is_new in ((before, False), (after, True)):
                if there is not None:
                    yield _alone(kind, name, _said(there), there.span, is_new=is_new)
            continue
        for field in before.__struct_fields__:
            a, b = getattr(before, field), getattr(after, field)
            if field != "span" and meaning(a) != meaning(b):
                part = _CLAUSES.get(field, field)
                yield Change(kind, name, part, _value(a), _value(b), after.span)


def _alone(kind: str, name: str, words: str, span: Span, *, is_new: bool) -> Change:
    """What only one of the drafts has."""
    return Change(kind, name, None, None if is_new else words, words if is_new else None, span)


def _said(declared: Declared) -> str:
    return f"“{declared.title}”" if declared.title else "declared"


def _value(value: Any) -> str | None:
    """A clause of a declaration in words."""
    if value is None or value in ((), ""):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ", ".join(each if isinstance(each, str) else printer.ref(each) for each in value)
    if hasattr(value, "value"):
        return str(value.value)
    return str(value) if hasattr(value, "earliest") else printer.condition(value)


# ── commitments ─────────────────────────────────────────────────────────────────────────────────────────────


def _commitments(old: Mapping[str, Commitment], new: Mapping[str, Commitment]) -> Iterator[Change]:
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            for there, is_new in ((before, False), (after, True)):
                if there is not None:
                    yield _alone(there.kind, name, _header(there), there.span, is_new=is_new)
            continue
        if before.kind != after.kind:
            yield Change(after.kind, name, "kind", before.kind, after.kind, after.span)
        if before.title != after.title:
            yield Change(after.kind, name, "title", before.title or None, after.title or None, after.span)
        for clause, fields in FIELDS.items():
            a, b = ([getattr(each.clauses, field) for field in fields] for each in (before, after))
            if meaning(tuple(a)) != meaning(tuple(b)):
                said = [_clause(each.clauses, clause) for each in (before, after)]
                yield Change(after.kind, name, clause, said[0], said[1], after.span)


def _header(commitment: Commitment) -> str:
    who = [_clause(commitment.clauses, clause) for clause in _HEAD]
    return " ".join([f"“{commitment.title}”"] * bool(commitment.title) + [each for each in who if each])


def _clause(clauses: Clauses, clause: str) -> str | None:
    """A clause in words, or None where it is not there."""
    values = [getattr(clauses, field) for field in FIELDS[clause]]
    if not any(values):
        return None
    if clause == "under":
        return "; ".join(_citation(each) for each in clauses.under)
    return clause_words(clauses, clause)


def _citation(citation: Citation) -> str:
    parts = [f"under {' '.join([citation.source.name, *(ref.name for ref in citation.places)])}"]
    if citation.quote is not None:
        parts.append(f"“{citation.quote.value}”")
    if citation.where is not None:
        parts.append(f"where {printer.condition(citation.where)}")
    return " ".join(parts)


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _acts(old: tuple[Act, ...], new: tuple[Act, ...]) -> Iterator[Change]:
    """Acts that only one draft has, or more often than the other; those that only cite or say something else beside."""
    counts = [Counter(meaning(act) for act in acts) for acts in (old, new)]
    gone, come = counts[0] - counts[1], counts[1] - counts[0]
    left: dict[str, list[Act]] = {}
    for act in old:
        if gone[meaning(act)] > 0:
            gone[meaning(act)] -= 1
            left.setdefault(act_words(act), []).append(act)
    for act in new:
        if come[meaning(act)] > 0:
            come[meaning(act)] -= 1
            words = act_words(act)
            if left.get(words):
                was = left[words].pop(0)
                yield Change("act", words, "words beside it", _beside(was), _beside(act), act.span)
            else:
                yield Change("act", words, None, None, words, act.span)
    for words, those in left.items():
        for act in those:
            yield Change("act", words, None, words, None, act.span)


def _beside(act: Act) -> str | None:
    """What an act cites, and says in its own words."""
    texts = [each.value for each in (act.words, act.note) if each is not None]
    return "; ".join([*texts, *(_citation(each).replace("under", "cites", 1) for each in act.citations)]) or None
