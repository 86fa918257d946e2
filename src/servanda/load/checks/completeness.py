"""What a declaration lacks, and what nobody uses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.declarations import Body, Person
from servanda.model.span import Span

#: Kinds that have no meaning of their own: a name of theirs that is never used says nothing.
_USED = frozenset(["body", "channel", "source", "item", "term", "matter", "means", "event"])
#: Letters of other scripts that look like Latin ones (a small part of Unicode's table of confusables, UTS 39).
_LOOKALIKES = str.maketrans("\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425", "aceopxyiabehikmnoptxabekmhopctx")  # fmt: skip  # noqa: E501


def incomplete_declarations(built: Built) -> Iterator[Diagnostic]:
    """Commitments that nobody bears, speakers for nobody, channels among nobody, and the like."""
    case = built.case
    for commitment in case.commitments.values():
        if commitment.name in built.torn:
            continue
        clauses = commitment.clauses
        if not clauses.of:
            yield diagnostic("missing-bearer", commitment.span, kind=commitment.kind, name=commitment.name)
        if commitment.kind == "power" and clauses.may is None:
            yield diagnostic("power-over-nothing", commitment.span, name=commitment.name)
        owed = {ref.name for ref in clauses.of}
        for ref in clauses.to:
            if ref.name in owed and ref.name in case.parties:
                yield diagnostic("owes-itself", ref.span, name=ref.name, commitment=commitment.name)
        for ref in clauses.together_with:
            if ref.name == commitment.name and clauses.for_each is None:
                yield diagnostic("together-alone", ref.span, name=ref.name)
        for clause, alone in (
            ("to others", clauses.to_others and not clauses.for_each and case.parties.keys() <= owed),
            ("together with others", clauses.with_others and clauses.for_each is None),
        ):
            if alone:
                yield diagnostic("others-of-nobody", commitment.span, clause=clause, name=commitment.name)
    speakers: list[Body | Person] = [*case.bodies.values(), *case.persons.values()]
    for speaker in speakers:
        for other in speaker.acts_for[1:]:
            first = speaker.acts_for[0].name
            yield diagnostic("acts-for-one", other.span, name=speaker.name, first=first, other=other.name)
    lacking: list[tuple[Span, str, str, str]] = [
        *((each.span, "person", each.name, "for") for each in case.persons.values() if not each.acts_for),
        *((each.span, "channel", each.name, "among") for each in case.channels.values() if not each.among),
        *((each.span, "means", each.name, "by") for each in case.means.values() if not each.by),
        *((each.span, "source", each.name, "dated") for each in case.sources.values() if each.dated is None),
    ]
    for span, kind, name, clause in lacking:
        if name not in built.torn:
            yield diagnostic("incomplete-declaration", span, kind=kind, name=name, clause=clause)
    named = case.calendar or any(party.calendar for party in case.parties.values())
    if built.working_days is not None and not named and not built.torn & {"case", *case.parties}:
        yield diagnostic("no-calendar", built.working_days)


def unused_names(built: Built) -> Iterator[Diagnostic]:
    """Names that are declared and never used, and names that look like each other."""
    names = built.names
    for name, kind in names.kinds.items():
        if kind in _USED and name not in names.used and not names.maybe_used(name):
            yield diagnostic("unused-name", names.spans[name], kind=kind, name=name)
    seen: dict[str, str] = {}
    for name in names.kinds:
        looks = (
            unicodedata.normalize("NFKC", name).translate(_LOOKALIKES).casefold().replace("_", "-").replace(".", "-")
        )
        first = seen.setdefault(looks, name)
        if first != name:
            related = (Related(names.spans[first], f"`{first}` is declared here"),)
            yield diagnostic("lookalike-names", names.spans[name], related=related, name=name, other=first)
