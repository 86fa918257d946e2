"""What one outlook leaves to another in which a few acts more or less are seen.

All that hangs on the names of these acts is in doubt. It is gone through in the order in which it hangs together, one
circle of names after the other: where nothing that a circle was worked out from differs, its answers still hold; else
they are worked out again, and where they come out as before, what hangs on them still holds. So that the cost is that
of what differs, not of all that could.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from .life import Life

if TYPE_CHECKING:
    from .outlook import Outlook

#: About so many names acts may have changed for it to pay to ask again what was asked; else answers are found when
#: they are asked for.
_FEW = 20


def follow(before: Outlook, after: Outlook, changed: set[str]) -> set[str]:
    """Give an outlook the answers of another that still hold where only the acts about some names differ.

    Gives the names whose answers do not, or may not.
    """
    doubtful = before.hangs_on(changed)
    after.take_over(before, changed, doubtful)
    if len(changed) > _FEW:
        return doubtful
    answers, again = set[str](), set[str]()

    def read(name: str) -> set[str]:
        reads = before.reads(name)
        return (reads.acts | reads.answers) & doubtful

    def is_touched(name: str) -> bool:
        reads = before.reads(name)
        return name in changed or not changed.isdisjoint(reads.acts) or not answers.isdisjoint(reads.answers)

    for circle in circles(doubtful, read):
        if any(map(is_touched, circle)):
            again.update(circle)
            answers.update([name for name in circle if _differs(before, after, name)])
        else:
            for name in circle:
                after.restore(before, name)
    return again


def _differs(before: Outlook, after: Outlook, name: str) -> bool:
    """Whether anything that was asked about a name is answered otherwise."""
    for what, value in before.gathered_about(name):
        if isinstance(what, tuple) and what[0] in ("events", "members") and after.lives(what[1], name) != value:
            return True
        if isinstance(what, Life) and after.chapters(what) != value:
            return True
    return any(after.solved_as(before, name, what) != value for what, value in before.solved_about(name))


def circles(names: Iterable[str], read: Callable[[str], Iterable[str]]) -> Iterator[list[str]]:
    """Names that hang on each other, together; those that others were worked out from first (Tarjan, 1972)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in names:
        if root in number:
            continue
        work = [(root, iter(sorted(read(root))))]
        number[root] = low[root] = len(number)
        path.append(root)
        on_path.add(root)
        while work:
            name, rest = work[-1]
            for other in rest:
                if other not in number:
                    number[other] = low[other] = len(number)
                    path.append(other)
                    on_path.add(other)
                    work.append((other, iter(sorted(read(other)))))
                    break
                if other in on_path:
                    low[name] = min(low[name], number[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == number[name]:
                    circle: list[str] = []
                    while not circle or circle[-1] != name:
                        circle.append(path.pop())
                        on_path.discard(circle[-1])
                    yield circle
