"""Memoranda of conversations that never were: what was said, by whom, of which type, as clean lines with their truth.

Parties, people and places are invented; the sentences are those of any such talk, written without regard to the
reader's tables. `{own}` and `{other}` stand for the two sides, `{third}` for somebody absent, `{you}` for the person
opposite, `{me}` for the one who speaks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

#: Who sits where: party, its adjective, form of address, people. The first of each side does the talking.
Side = tuple[str, str, str, tuple[str, ...]]
CASTS: dict[str, tuple[Side, Side, str, str]] = {
    "weir": (
        ("Tarsk", "Tarskian", "Amb.", ("Hollander", "Wexley")),
        ("Vell", "Vellish", "Mr.", ("Orbanescu", "Drimak")),
        "Corran", "Corranian",
    ),
    "strait": (
        ("Ostmark", "Ostmarkian", "Mr.", ("Lindqvist", "Bauer")),
        ("Caldera", "Calderan", "Dr.", ("Monteverde", "Salcedo", "Ruiz")),
        "Pellia", "Pellian",
    ),
    "mine": (
        ("Norvia", "Norvian", "Ambassador", ("Fitzgerald", "Thornbury")),
        ("Zhalia", "Zhalian", "Mr.", ("Petrakovich", "Yusupov")),
        "Ardun", "Ardunian",
    ),
}  # fmt: skip
#: What is said: how a turn is opened, then sentences with their types; None says nothing that counts.
Turn = tuple[str, tuple[tuple[str | None, str], ...]]
FIRST: tuple[Turn, ...] = (
    ("said", (
        (None, "he was grateful that {you} had found the time to meet at such short notice."),
        (None, "Since the last meeting a number of reports had come in from the upper valley."),
        ("protests", "His Government had learnt with dismay that patrols of {other} had again crossed the river, in "
         "violation of the armistice."),
        ("claims-unfulfilled", "The gates at the northern weir had not been opened, although the date agreed upon "
         "was long past."),
        ("asks", "He asked {you} to let him know when the engineers would be admitted."),
    )),
    ("opened by recalling", (
        ("claims-fulfilled", "that {own} had withdrawn all its heavy equipment from the east bank two weeks "
         "earlier than required."),
        ("claims-fulfilled", "The removal had been verified by observers of {third}."),
        ("asks", "He requested that {other} now give its assurance in writing."),
        ("threatens", "Otherwise the consequences for the whole region could not be foreseen."),
    )),
)  # fmt: skip
LATER: tuple[Turn, ...] = (
    ("replied", (
        ("disputes", "that he could not agree with this description of events."),
        ("disputes", "The patrols were not there to provoke anybody and the term armistice did not cover "
         "fishing boats."),
        ("claims-fulfilled", "{own} had carried out everything that the letter of 3 March required of it."),
        (None, "The matter had been explained at length in the spring."),
    )),
    ("stated", (
        ("proposes", "that it would be best to draw up a single document containing the obligations of both sides."),
        ("proposes", "Such a paper could be signed by the three governments and deposited with the river commission."),
        ("offers", "{own} was prepared to begin with the release of the barges."),
    )),
    ("answered", (
        ("rejects", "that a document of that kind was unacceptable to his Government."),
        ("rejects", "He refused to discuss the quarry together with the weir."),
        ("disputes", "These were separate questions and it was wrong to say that the letter linked them."),
    )),
    ("continued", (
        (None, "that one should look at the map once more."),
        ("proposes", "He suggested that observers be stationed at both ends of the bridge."),
        ("asks", "He wished to ask what {other} intended to do about the lighthouse."),
    )),
    ("observed", (
        ("offers", "that {own} would open the locks as soon as the barges were released."),
        ("offers", "It was also ready to pay for the repair of the pumps."),
        (None, "This had been his position from the beginning."),
    )),
    ("pointed out", (
        ("claims-unfulfilled", "that {other} had still not delivered the list of prisoners."),
        ("protests", "His Government protested against the arrest of the pilots, which was illegal."),
        ("threatens", "He warned that {own} would have to close the strait if this went on."),
    )),
    ("said", (
        ("claims-fulfilled", "that the list had been handed over on 12 April."),
        ("disputes", "It was not true that names were missing from it."),
        ("asks", "He urged {other} to check its own files before making such charges."),
    )),
    ("went on to say", (
        ("proposes", "that the time had come to speak of a lasting settlement for the basin as a whole."),
        ("offers", "He could give {you} a draft tomorrow."),
        (None, "The weather had made the work difficult for everybody."),
    )),
    ("remarked", (
        (None, "that he had listened carefully to what {you} had said."),
        ("rejects", "There was no question of admitting inspectors to the territory of {own}."),
        ("disputes", "He did not believe that {third} shared the view of {other} on this point."),
    )),
)  # fmt: skip
DUTIES = (
    "Open the northern gates by the end of the month",
    "Return the barges that were seized in May",
    "Remove the fences along the causeway",
    "Admit two engineers to the pumping station",
    "Publish the tables of water levels",
)
STAMPS = (
    "SECRET",
    "DEPARTMENT OF RIVER AFFAIRS, ARCHIVES DIVISION",
    "DECLASSIFIED 4/11/91 - RELEASE IN FULL",
    "CONFIDENTIAL",
)


@dataclass
class Piece:
    """A line with its truth: kind, speaker, type of each sentence in it; names as (start, end, canonical, type)."""

    text: str
    kind: str
    speaker: str = "none"
    names: list[tuple[int, int, str, str]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


class Memo:
    """A memorandum in the making: lines with their truth, in the order of the page."""

    def __init__(self, cast: str, seed: int, turns: int = 14) -> None:
        self.dice = random.Random(f"{cast} {seed}")
        self.one, self.two, self.third, self.third_adjective = CASTS[cast]
        self.pieces: list[Piece] = []
        self._heading()
        self._turns(turns)

    @property
    def participants(self) -> list[tuple[str, str]]:
        return [(name, side[0]) for side in (self.one, self.two) for name in side[3]]

    def _heading(self) -> None:
        self._add("MEMORANDUM OF CONVERSATION", "header")
        self._add("Date: May 14, 1971   Time: 10:30 AM", "header")
        self._add("Subject: Unsettled questions of the river", "header")
        for side in (self.one, self.two):
            label = "PARTICIPANTS: " if side is self.one else ""
            first, *rest = side[3]
            self._add(f"{label}{side[0]} - {side[2]} {first}", "participants")
            for name in rest:
                self._add(f"Mr. {name}", "participants")
        self._add(STAMPS[1], "stamp")

    def _turns(self, count: int) -> None:
        side, other = self.one, self.two
        for number in range(count):
            verb, said = self.dice.choice(FIRST if number == 0 else LATER)
            if verb not in ("continued", "went on to say") and number:
                side, other = other, side
            if number == count // 2:
                self._list(side, other)
            self._say(side, other, verb, said, named=verb not in ("continued",) or self.dice.random() < 0.7)
            if number % 3 == 2:
                self._add(self.dice.choice(STAMPS), "stamp")

    def _say(self, side: Side, other: Side, verb: str, said: Sequence[tuple[str | None, str]], *, named: bool) -> None:
        opening = f"{side[2]} {side[3][0]} {verb} "
        row = Piece("", "body", side[3][0])
        for number, (kind, template) in enumerate(said):
            words = self._words(template, side, other)
            if number == 0:
                words = opening + (words if words.startswith(("that ", "he ", "whether ")) else f"that {words}")
            row.text += (" " if row.text else "") + words
            if kind:
                row.types.append(kind)
            if len(row.text) > 330 and number < len(said) - 1:
                self._finish(row)
                row = Piece("", "body", side[3][0])
        self._finish(row)

    def _list(self, side: Side, other: Side) -> None:
        opening = Piece(
            f"As far as {other[0]} was concerned, its unfulfilled obligations were:", "body", self.pieces[-1].speaker
        )
        opening.types.append("claims-unfulfilled")
        opening.speaker = next(p.speaker for p in reversed(self.pieces) if p.kind == "body")
        self._finish(opening)
        for number, duty in enumerate(self.dice.sample(DUTIES, 4), 1):
            self._finish(Piece(f"({number}) {duty};", "list-item", opening.speaker))

    def _words(self, template: str, side: Side, other: Side) -> str:
        third = self.third
        return template.format(
            own=self.dice.choice((side[0], f"the {side[1]} Government")),
            other=self.dice.choice((other[0], f"the {other[1]} side")),
            third=third, you=f"{other[2]} {other[3][0]}", me=f"{side[2]} {side[3][0]}",
        )  # fmt: skip

    def _add(self, text: str, kind: str) -> None:
        self._finish(Piece(text, kind))

    def _finish(self, piece: Piece) -> None:
        for form, canonical, kind in self._forms():
            at = piece.text.find(form)
            while at >= 0:
                free = not any(a < at + len(form) and at < b for a, b, _, _ in piece.names)
                whole = not piece.text[at + len(form) : at + len(form) + 1].isalpha()
                if free and whole:
                    piece.names.append((at, at + len(form), canonical, kind))
                at = piece.text.find(form, at + 1)
        self.pieces.append(piece)

    def _forms(self) -> Iterator[tuple[str, str, str]]:
        for side in (self.one, self.two):
            yield side[1], side[0], "state"
            yield side[0], side[0], "state"
            for name in side[3]:
                yield name, name, "person"
        yield self.third_adjective, self.third, "state"
        yield self.third, self.third, "state"
