"""The one namespace of a case: what each name stands for, where it is used, and what is said when it does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic, nearest
from servanda.diagnostics.diagnostic import Fix, Related
from servanda.model.conditions import Ref
from servanda.model.span import Span

COMMITMENTS = frozenset(["obligation", "prohibition", "right", "power"])
_SHOWN_PLACES = 3
_NAME = re.compile(r"(?<!\w)[^\W\d_][\w.-]*")
#: How many pairs of names are compared to offer what may have been meant: enough for any case that people wrote.
_MOST_COMPARISONS = 2_000_000


class Role(msgspec.Struct, frozen=True):
    """What a name must be at some place: the kinds that fit, and how to call them."""

    what: str
    kinds: frozenset[str]


def role(what: str, *kinds: str) -> Role:
    """A role that names of these kinds can fill; `commitment` stands for all four kinds of them."""
    expanded = [kind for each in kinds for kind in (COMMITMENTS if each == "commitment" else (each,))]
    return Role(what, frozenset(expanded))


class Namespace:
    """Names as they are declared and used.

    A name that is unknown or of a wrong kind is reported once, with its other places, however often it is used.
    """

    def __init__(self, unread: Iterable[str]) -> None:
        self.kinds: dict[str, str] = {}
        self.spans: dict[str, Span] = {}
        self.used: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self._unread = frozenset(unread)
        self._twice: set[str] = set()
        self._unfit: dict[tuple[str, Role], list[Span]] = {}

    def declare(self, kind: str, name: Ref) -> bool:
        """Give a name its meaning; False, and a diagnostic, where it has one already."""
        if name.name in self.kinds:
            related = (Related(self.spans[name.name], f"{with_article(self.kinds[name.name])} is called so here"),)
            self.diagnostics.append(diagnostic("declared-twice", name.span, related=related, name=name.name))
            self._twice.add(name.name)
            return False
        self.kinds[name.name] = kind
        self.spans[name.name] = name.span
        return True

    def use(self, ref: Ref, wanted: Role, scope: frozenset[str] = frozenset()) -> bool:
        """Note that a name is used in a role; whether it fits. Names in `scope` are variables, and always do."""
        name = ref.name
        if name in scope:
            return True
        self.used.add(name)
        if self.kinds.get(name) in wanted.kinds:
            return True
        self._unfit.setdefault((name, wanted), []).append(ref.span)
        return False

    def mention(self, *spans: Span) -> None:
        """Note that the names in words that are left aside are used, whatever for."""
        for span in spans:
            self.used.update(_NAME.findall(span.words))

    def maybe_used(self, name: str) -> bool:
        """Whether a name stands on a line that could not be read."""
        return name in self._unread

    def wanted(self, name: str) -> frozenset[str]:
        """The kinds of names that would fit where a name is used that does not."""
        return frozenset().union(*(wanted.kinds for other, wanted in self._unfit if other == name))

    def report(self) -> list[Diagnostic]:
        """All that there is to say about names, once the whole case has been seen."""
        found = list(self.diagnostics)
        unknown: dict[str, list[tuple[Role, list[Span]]]] = {}
        for (name, wanted), spans in self._unfit.items():
            if name in self._twice:
                continue  # which of the two is meant is not known
            if name in self.kinds:
                found.append(self._wrong_kind(name, wanted, spans))
            elif name not in self._unread:
                unknown.setdefault(name, []).append((wanted, spans))
        most = _MOST_COMPARISONS // (len(self.kinds) + 1)
        found += [self._unknown(name, uses, guess=at < most) for at, (name, uses) in enumerate(unknown.items())]
        return found

    def _wrong_kind(self, name: str, wanted: Role, spans: list[Span]) -> Diagnostic:
        related = (Related(self.spans[name], "declared here"), *_elsewhere(spans))
        kind = self.kinds[name]
        return diagnostic(
            "wrong-kind", spans[0], related=related, name=name, kind=with_article(kind), what=with_article(wanted.what),
            times=_times(len(spans)),
        )  # fmt: skip

    def _unknown(self, name: str, uses: list[tuple[Role, list[Span]]], *, guess: bool) -> Diagnostic:
        wanted = uses[0][0]
        spans = [span for _, places in uses for span in places]
        meant, label, fix = None, "", None
        if guess:
            fitting = [other for other, kind in self.kinds.items() if kind in wanted.kinds]
            meant = nearest(name, fitting) or nearest(name, self.kinds)
        if meant:
            place = self.spans[meant]
            path = "" if place.file is spans[0].file or not place.file.path else f"{place.file.path}, "
            label = f"did you mean `{meant}` ({path}line {place.line})?"
            fix = Fix(spans[0], meant)
        return diagnostic(
            "unknown-name", spans[0], label=label, related=_elsewhere(spans), fix=fix, name=name, what=wanted.what,
            times=_times(len(spans)),
        )  # fmt: skip


def reserved_once(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Diagnostics in order, a word of the language that is taken for a name only once, at its first place."""
    taken: dict[str, list[Span]] = {}
    for each in found:
        if each.code == "reserved-word":
            taken.setdefault(each.span.words, []).append(each.span)
    for each in found:
        spans = taken[each.span.words] if each.code == "reserved-word" else [each.span]
        if len(spans) == 1:
            yield each
        elif each.span is spans[0]:
            message = f"{each.message}{_times(len(spans))}"
            yield msgspec.structs.replace(each, message=message, related=_elsewhere(spans))


def _elsewhere(spans: list[Span]) -> tuple[Related, ...]:
    return tuple(Related(span, "here, too") for span in spans[1 : 1 + _SHOWN_PLACES])


def _times(count: int) -> str:
    return "" if count == 1 else f" (used {count} times)"


def with_article(noun: str) -> str:
    """`a source`, `an obligation`."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"
