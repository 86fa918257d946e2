"""Numbered lists put in order, and repairs that are offered: displaced insertions, words and lines printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from servanda.sources.likeness import likeness

from .lines import Read
from .transcript import Item, Repair

_NUMBER = re.compile(r"(?:^[\s\-–—•*·.]*|(?<=[\s;:,.]))(?:\((?P<a>\d{1,2}|[a-z])\)|(?P<b>\d{1,2})[.)])(?=\s)")
#: A slash of the typist: what stands above or beside the line belongs here.
_INSERTED = re.compile(r"(?<![\w/])(?P<before>[a-z]{1,12})?/(?P<after>[A-Za-z]{2,20})(?![\w/])")
_TWICE = re.compile(r"\b(?P<word>[a-z]{2,})(?:[ \t]+(?P=word)\b)+")
_EITHER = frozenset("and or he she his her him".split())


def items(lines: Sequence[Read]) -> Iterator[Item]:
    """The items of numbered lists, each with the number printed and its number in order."""
    which, last, count = 0, 0, 0
    previous: str | None = None
    broken = True
    for line in lines:
        if line.kind != "list-item":
            broken = broken or line.kind == "body"
            continue
        marks = list(_NUMBER.finditer(line.text))
        for at, mark in enumerate(marks):
            printed = mark["a"] or mark["b"]
            value = int(printed) if printed.isdigit() else ord(printed) - ord("a") + 1
            end = marks[at + 1].start() if at + 1 < len(marks) else len(line.text)
            words = line.text[mark.end() : end].strip(" \t;,-")
            if broken or (value == 1 and last > 1):
                which, count, previous = which + 1, 0, None
            broken = False
            if not (previous is not None and value == last and likeness(words[:40], previous[:40]) >= 0.6):
                count += 1
            last, previous = value, words
            yield Item(which, line.number, mark.start(), end, printed, count, words)


def repairs(lines: Sequence[Read], listed: Sequence[Item]) -> Iterator[Repair]:
    """What may be put right, for a person to say."""
    for line in lines:
        if not line.said:
            continue
        for found in _INSERTED.finditer(line.text):
            if (found["before"] or "") not in _EITHER and found["after"] not in _EITHER:
                meant = f"{found['before'] or ''} … {found['after']}".strip()
                yield Repair(line.number, found.start(), found.end(), found[0], "displaced insertion", meant)
        for found in _TWICE.finditer(line.text):
            yield Repair(line.number, found.start(), found.end(), found[0], "repeated word", found["word"])
    for before, now in pairwise(listed):
        if before.list == now.list and now.number == before.number:
            yield Repair(before.line, before.start, before.end, before.text, "repeated line", now.text)
    for each in listed:
        value = int(each.printed) if each.printed.isdigit() else ord(each.printed) - ord("a") + 1
        if value != each.number:
            yield Repair(
                each.line, each.start, each.start + len(each.printed), each.printed, "misnumbered", str(each.number)
            )
