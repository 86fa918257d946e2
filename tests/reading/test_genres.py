"""The reader on other papers than a memorandum of two: of a committee, letters, notes, telegrams, minutes."""

import random
import statistics

import pytest

from reading.genres import NAMES, paper
from reading.noise import MISREAD
from servanda.sources.reading import Participant, read

#: Whom somebody knows beforehand who has such a paper read.
KNOWN = [
    Participant("Adler", "Norland"), Participant("Barros", "Sudmark"), Participant("Ferreira", "Sudmark"),
    Participant("Okonjo", "Ardun"), Participant("Salcedo", "Pellia"),
]  # fmt: skip


def right(text: str, speakers: dict[int, str], known: list[Participant]) -> float:
    """Which share of the lines has its speaker."""
    got = {line.line: line.speaker for line in read(text, known).lines}
    return sum(got[number] == who for number, who in speakers.items()) / len(speakers)


def worn(text: str, level: float, seed: int) -> str:
    dice = random.Random(seed)
    return "".join(
        dice.choice(MISREAD[letter]) if letter in MISREAD and dice.random() < level else letter for letter in text
    )


@pytest.mark.parametrize("name", NAMES)
def test_who_speaks_is_read_from_every_kind_of_paper_by_itself(name: str) -> None:
    text, speakers = paper(name)

    assert right(text, speakers, []) == 1


def test_who_speaks_is_read_from_damaged_ones_where_the_people_are_known() -> None:
    shares = []
    for name in NAMES:
        text, speakers = paper(name)
        if name == "note":  # its speaker is an embassy, which nobody knows beforehand
            continue
        known = [each for each in KNOWN if each.name in speakers.values()]
        shares += [right(worn(text, 0.02, seed), speakers, known) for seed in range(4)]

    assert statistics.mean(shares) >= 0.9


def test_a_letter_gives_the_party_and_the_other_one_from_what_is_known() -> None:
    text = "Letter From Chairman Barros to President Adler\n\nMay 3, 1960\n\nWe protest against your flights.\n"
    found = read(text, [Participant("Adler", "Norland"), Participant("Barros", "Sudmark")])

    assert [(each.speaker, each.party, each.type) for each in found.statements] == [("Barros", "Sudmark", "protests")]
    assert [each.name for each in found.participants] == ["Barros", "Adler"]


def test_the_place_of_writing_is_nobody() -> None:
    text = "Lisbon, 3 May 1960\n\nWe have received your note and we thank you for it.\n"

    assert read(text).participants == ()


def test_a_note_of_the_editor_is_said_by_nobody() -> None:
    text = "Holt: We agree.\n\n[Here follows discussion of the map.]\n\nGravel: So do we.\n"
    spoken = {line.text: line.speaker for line in read(text).lines if line.text}

    assert spoken["[Here follows discussion of the map.]"] in ("none", "narration")
    assert spoken["Gravel: So do we."] == "Gravel"
