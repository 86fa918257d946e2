"""Reading a case again, with what was kept of it, comes to what a first reading of the new text comes to.

The other way to the same answer is a reading that knows of no earlier one. All that is read is compared: diagnostics,
the case, its quotes, every place; and standings with their reasons, asked of the one that goes on from an earlier one.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest

from differential.made import Made, random_case
from servanda.api.case import Case, after
from servanda.api.loading import Loaded, load
from servanda.load.loader import Kept
from servanda.model.conditions import Ref
from servanda.model.span import File, Span
from servanda.model.time import dating_from_words
from servanda.standing import Inquiry, rows
from servanda.standing.record import _MOST_CHANGED
from servanda.text import Tree, parse
from servanda.text.cursor import MOST_GUESSES
from spec.mutate import mutant

FORMS = (Path(__file__).parent / "forms.pacta").read_text("utf-8")
EDITS = 8


def placed(value: object) -> object:
    """A value with its places told as people tell them, so that two readings of one text are the same."""
    if isinstance(value, Span):
        return value.file.path, value.start, value.end, value.words, value.position
    if isinstance(value, File):
        return value.path, value.text
    if isinstance(value, msgspec.Struct):
        return type(value).__name__, *(placed(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, Mapping):
        return tuple((key, placed(each)) for key, each in value.items())
    if isinstance(value, tuple | list):
        return tuple(map(placed, value))
    return value


def read(tree: Tree) -> object:
    """All that a tree says of its text; not how it is cut into parts."""
    return placed((tree.file, tree.directives, tree.diagnostics)), tree.unread


def edited(rng: random.Random, text: str) -> str:
    """A text as an edit leaves it: one slip or more, lines added, taken away or moved, or nothing at all."""
    how = rng.randrange(6)
    lines = text.splitlines(keepends=True)
    here = rng.randrange(len(lines) + 1)
    if how == 0 and lines:
        del lines[here : here + rng.randrange(1, 4)]
    elif how == 1 and lines:
        lines[here:here] = rng.choices(lines, k=rng.randrange(1, 4))
    elif how == 2:
        lines[here:here] = [rng.choice(("\n", "# a word\n", "  \n", "\t\n", "  # aside\n", '"""\n', "\r\n", "\x07\n"))]
    elif how == 3:
        return text.removesuffix("\n") + rng.choice(("", "\n", "\n\n", "\nx", "\n  x", "\n2031-01-01 A observes b\n"))
    elif how == 4:
        for _ in range(rng.randrange(1, 4)):
            text = mutant(rng.randrange, text)
        return text
    return "".join(lines)


def texts(seed: int) -> Iterator[str]:
    """A text, and what becomes of it, edit by edit; now and then an edit is taken back."""
    rng = random.Random(seed)
    text = FORMS if seed % 3 == 0 else random_case(seed).text
    if seed % 4 == 0:
        text = f"  indented\n{text}"
    before = text
    for _ in range(EDITS):
        yield text
        before, text = text, before if rng.randrange(5) == 0 else edited(rng, text)


def reads_again(seed: int) -> None:
    tree: Tree | None = None
    for at, text in enumerate(texts(seed)):
        tree = parse(text, "case.pacta", tree)
        assert read(tree) == read(parse(text)), f"text {seed}, edit {at}\n{text}"


@pytest.mark.parametrize("seeds", [range(first, first + 25) for first in (0, 25)], ids=str)
def test_a_text_read_again_is_read_as_afresh(seeds: range) -> None:
    for seed in seeds:
        reads_again(seed)


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(first, first + 250) for first in range(50, 5_050, 250)], ids=str)
def test_many_texts_read_again_are_read_as_afresh(seeds: range) -> None:
    for seed in seeds:
        reads_again(seed)


def test_what_stands_as_it_stood_is_not_read_again() -> None:
    text = random_case(7).text
    before = parse(text)
    directives = before.directives
    lines = text.splitlines(keepends=True)
    at = next(at for at in range(len(lines) // 2, len(lines)) if lines[at][0] != " ")
    more = "2031-01-01 A observes b\n", "2031-01-01 A observes c\n"
    after = parse("".join([*lines[:at], more[0], *lines[at:], more[1]]), before=before)

    new = [each for each in after.directives if each not in directives]
    assert [each.span.words for each in new] == ["2031-01-01 A observes b", "2031-01-01 A observes c"]
    assert all(each.span.file is after.file for each in after.directives)


def test_a_character_that_cannot_be_seen_is_an_edit() -> None:
    before = parse("party X\nparty Y\n")
    text = "party X\x0b\nparty Y\n"
    assert read(parse(text, before=before)) == read(parse(text))


def test_a_first_line_that_is_indented_belongs_to_what_comes_before_it() -> None:
    before = parse('  aka "Y"\nparty X\n')
    text = 'party Z\n  aka "Y"\nparty X\n'
    assert read(parse(text, before=before)) == read(parse(text))


def test_where_too_much_is_guessed_a_text_is_read_afresh() -> None:
    slips = [f"parrty x{each}\n" for each in range(MOST_GUESSES + 10)]
    before = parse("".join(slips[:10]))
    for text in ("".join(slips), "".join(["party x\n", *slips]), "".join(slips[5:])):
        before = parse(text, before=before)
        assert read(before) == read(parse(text))


# ── cases ───────────────────────────────────────────────────────────────────────────────────────────────────


def split(made: str) -> tuple[str, str]:
    """A case in two files: its acts in one that the other includes."""
    declared: list[str] = []
    acts: list[str] = []
    lines = acts
    for line in made.splitlines(keepends=True):
        if line[0] not in " \n#":
            lines = acts if line[0].isdigit() or line[0] == "~" else declared
        lines.append(line)
    return "".join(declared) + 'include "record.pacta"\n', "".join(acts)


def as_read(loaded: Loaded) -> object:
    return placed((loaded.case, loaded.diagnostics, loaded.quotes))


def told(case: Case, inquiry: Inquiry, made: Made) -> Iterator[object]:
    """The standings of all views, with the reasons of some."""
    for view in made.views[:2]:
        at, known = (None if each is None else dating_from_words(each) for each in (view.at, view.known))
        assert at is not None
        for row in inquiry.inventory(at, None, view.channels, known):
            yield row.label, row.bearers, row.differs, placed(row.standings)
        for name in [*case.commitments][:3]:
            ref = Ref(name, case.commitments[name].span)
            for reading in case.parties:
                yield placed(inquiry.why(ref, reading, at, view.channels, known))


def goes_on(seed: int, folder: Path) -> int:
    """A case is edited in one of its files or the other, and read again each time. Counts what could be handed on."""
    made, rng = random_case(seed), random.Random(seed)
    files = dict(zip(("case.pacta", "record.pacta"), split(made.text), strict=True))
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")
    kept, sound, handed_on = Kept(), None, 0
    for at in range(EDITS):
        loaded = load(folder, kept=kept)
        fresh = load(folder)
        what = f"case {seed}, edit {at}"
        assert as_read(loaded) == as_read(fresh), what
        if loaded.ok:
            case = loaded.case if sound is None else after(loaded.case, sound)
            handed_on += "_inquiry" in case.__dict__
            if rng.randrange(4):
                assert [*told(case, case.inquiry, made)] == [*told(fresh.case, fresh.case.inquiry, made)], what
            sound = case
        name = rng.choice(("case.pacta", "record.pacta", "record.pacta"))
        before = files[name]
        files[name] = changed(rng, before)
        (folder / name).write_text(files[name], "utf-8", newline="")
        if rng.randrange(3) == 0:
            files[name] = before
    return handed_on


def changed(rng: random.Random, text: str) -> str:
    """A text with an act or a clause more or less, or one that is changed; sometimes one that cannot be read."""
    lines = text.splitlines(keepends=True)
    here = rng.randrange(len(lines))
    how = rng.randrange(8)
    if how < 3:
        end = next((at for at in range(here + 1, len(lines)) if lines[at][0] != " "), len(lines))
        taken = lines[here:end]
        if how:
            del lines[here:end]
        if how != 1:
            other = rng.choice([at for at, line in enumerate(lines) if line[0] != " "] or [0])
            lines[other:other] = taken
    elif how == 3:
        lines.insert(here, lines[here])
    elif how == 4:
        return mutant(rng.randrange, text)
    elif how == 5:
        lines[here] = lines[here].replace("claims", "observes").replace("confirms", "disputes")
    elif how == 6:
        lines.insert(here, "# a word aside\n")
    else:
        lines[here] = re.sub(r"\b\d\d\b(?!.*\b\d\d\b)", lambda day: f"{int(day[0]) % 28 + 1:02d}", lines[here])
    return "".join(lines)


TIES = """
case "Ties" timezone Etc/UTC
party Ada
party Bo
party Cy
channel back among Ada, Bo
matter calm
obligation o of Ada to Bo, Cy
  when calm
2031-01-01 Ada, Bo, Cy recognise o
"""


@pytest.mark.parametrize(
    "states",
    [
        ["Bo claims calm", "Bo disputes calm"],
        ["Bo claims calm\n  via back", "", "Bo claims calm"],
        ["", "Bo claims calm", "Bo claims calm\n  via back", "Bo disputes calm"],
    ],
    ids=["swapped", "hidden before", "in turn"],
)
def test_acts_of_one_day_come_go_and_change_places(states: list[str], tmp_path: Path) -> None:
    kept, at, before = Kept(), dating_from_words("2031-02-01"), None
    assert at is not None
    lines = ["Cy trusts Bo", "Bo promises o"]
    for first, second in itertools.product(states, repeat=2):
        days = "".join(f"2031-01-05 {each}\n" for each in (lines[0], first, second, lines[1]) if each)
        (tmp_path / "case.pacta").write_text(TIES + days)
        case = load(tmp_path, kept=kept).case
        if before is not None:
            after(case, before)
        assert case.inquiry.inventory(at) == Inquiry(case).inventory(at), days
        before = case


@pytest.mark.parametrize(
    "other",
    [
        TIES.replace("  when calm\n", ""),
        TIES.replace("of Ada to Bo, Cy", "of Bo to Ada, Cy"),
        TIES.replace("Ada, Bo\n", "Ada\n", 1),
        TIES.replace("Etc/UTC", "Asia/Tokyo"),
        TIES.replace("obligation o ", "obligation p of Cy to Ada\nobligation o "),
    ],
)
def test_where_more_than_the_record_differs_answers_begin_afresh(other: str, tmp_path: Path) -> None:
    kept, at, acts = Kept(), dating_from_words("2031-01-05"), "2031-01-05T23:30 Bo promises o\n  via back\n"
    assert at is not None
    before = None
    for text in (TIES, other, TIES):
        (tmp_path / "case.pacta").write_text(text + acts)
        case = load(tmp_path, kept=kept).sound()
        if before is not None:
            assert "_inquiry" not in after(case, before).__dict__
        found = case.inquiry.inventory(at)
        assert found == Inquiry(case).inventory(at)
        before = case


def test_where_very_many_acts_differ_answers_begin_afresh(tmp_path: Path) -> None:
    kept, at = Kept(), dating_from_words("2031-02-01")
    assert at is not None
    (tmp_path / "case.pacta").write_text(TIES)
    before = load(tmp_path, kept=kept).sound()
    before.inquiry.inventory(at)
    few, many = (TIES + "2031-01-05 Bo promises o\n" * count for count in (_MOST_CHANGED, _MOST_CHANGED + 1))
    for text, handed_on in ((few, True), (TIES, True), (many, False), (TIES, False)):
        (tmp_path / "case.pacta").write_text(text)
        case = after(load(tmp_path, kept=kept).sound(), before)
        assert ("_inquiry" in case.__dict__) == handed_on
        assert case.inquiry.inventory(at) == Inquiry(case).inventory(at)
        before = case


def test_the_order_of_what_is_declared_is_that_of_the_answer(tmp_path: Path) -> None:
    kept, at, before = Kept(), dating_from_words("2031-02-01"), None
    assert at is not None
    head, two = 'case "Two" timezone Etc/UTC\nparty Ada\nparty Bo\n', [f"obligation {o} of Ada to Bo\n" for o in "op"]
    for order in (two, two[::-1]):
        (tmp_path / "case.pacta").write_text(head + "".join(order))
        case = load(tmp_path, kept=kept).sound()
        case = case if before is None else after(case, before)
        assert [row.label for row in case.inquiry.inventory(at)] == [*case.commitments]
        before = case


def test_what_was_asked_last_is_handed_on_though_nobody_asks_between(tmp_path: Path) -> None:
    acts = "".join(f"2031-01-{day:02d} Ada promises o{day}\n" for day in range(1, 29))
    text = 'case "Many" timezone Etc/UTC\nparty Ada\nparty Bo\n'
    text += "".join(f"obligation o{day} of Ada to Bo\n" for day in range(1, 29)) + acts
    kept, at = Kept(), dating_from_words("2031-03-01")
    assert at is not None
    (tmp_path / "case.pacta").write_text(text)
    case = load(tmp_path, kept=kept).case
    case.inquiry.inventory(at)
    for more in range(3):
        text += f"2031-02-0{more + 1} Bo confirms o{more + 1}\n"
        (tmp_path / "case.pacta").write_text(text)
        case = after(load(tmp_path, kept=kept).case, case)
    with patch.object(rows, "_lines", wraps=rows._lines) as made:
        found = case.inquiry.inventory(at)
    assert found == Inquiry(case).inventory(at)
    assert 0 < made.call_count < 5


def test_a_case_read_again_is_read_as_afresh_and_answers_so(tmp_path: Path) -> None:
    assert sum(goes_on(seed, tmp_path) for seed in range(15)) > 20


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(first, first + 25) for first in range(15, 515, 25)], ids=str)
def test_many_cases_read_again_are_read_as_afresh_and_answer_so(seeds: range, tmp_path: Path) -> None:
    for seed in seeds:
        goes_on(seed, tmp_path)
