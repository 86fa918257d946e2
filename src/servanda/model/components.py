"""Where some things lead that lead to others; and which of them lead back to each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def reached(starts: Iterable[Node], onward: Callable[[Node], Iterable[Node]]) -> list[Node]:
    """All nodes that the starts lead to, these first; each once."""
    found = dict.fromkeys(starts)
    waiting = list(found)
    while waiting:
        for to in onward(waiting.pop()):
            if to not in found:
                found[to] = None
                waiting.append(to)
    return list(found)


def components(starts: Iterable[Node], onward: Callable[[Node], Iterable[Node]]) -> Iterator[list[Node]]:
    """All nodes that the starts lead to, in groups that lead to each other; what a group leads to comes before it.

    Tarjan, Depth-first search and linear graph algorithms (1972); without recursion, since a chain may be long.
    """
    number: dict[Node, int] = {}
    low: dict[Node, int] = {}
    path: list[Node] = []
    on_path: set[Node] = set()
    for start in starts:
        if start in number:
            continue
        stack = [(start, iter(onward(start)))]
        number[start] = low[start] = len(number)
        path.append(start)
        on_path.add(start)
        while stack:
            node, ways = stack[-1]
            for to in ways:
                if to not in number:
                    number[to] = low[to] = len(number)
                    path.append(to)
                    on_path.add(to)
                    stack.append((to, iter(onward(to))))
                    break
                if to in on_path:
                    low[node] = min(low[node], number[to])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == number[node]:
                    at = len(path) - 1
                    while path[at] != node:
                        at -= 1
                    found = path[at:]
                    del path[at:]
                    on_path.difference_update(found)
                    yield found
