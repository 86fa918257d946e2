"""The reader on other papers than a memorandum of two: of a committee, letters, notes, telegrams, minutes."""

import random
import statistics
from pathlib import Path

import pytest

from reading.genres import NAMES, paper
from reading.noise import MISREAD
from servanda.load import load_text
from servanda.sources.reading import Participant, as_pacta, read, with_suggestions

#: Whom somebody knows beforehand who has such a paper read.
KNOWN = [
    Participant("Adler", "Norland"), Participant("Barros", "Sudmark"), Participant("Ferreira", "Sudmark"),
    Participant("Okonjo", "Ardun"), Participant("Salcedo", "Pellia"), Participant("Lindqvist", "Arvenia"),
    Participant("Okafor", "Coldmark"), Participant("Pires", "Upper Vessen"), Participant("Tolland", "Lower Vessen"),
    Participant("Soto", "Maravia"), Participant("Renaud", "Tessaly"), Participant("Hale", "Brack"),
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


def listed(name: str) -> list[tuple[str, str | None]]:
    return [(each.name, each.party) for each in read(paper(name)[0]).participants]


def test_a_list_in_columns_is_read_column_by_column() -> None:
    assert listed("columns") == [
        ("Lindqvist", "Arvenia"), ("Paray", "Arvenia"), ("Osei", "Arvenia"),
        ("Okafor", "Coldmark"), ("Steen", "Coldmark"), ("Duval", "Coldmark"),
    ]  # fmt: skip


def test_whoever_takes_the_chair_has_a_name_and_whoever_sent_apologies_is_not_there() -> None:
    assert listed("board") == [
        ("Halloran", None), ("Pires", "Upper Vessen"), ("Quayle", "Upper Vessen"), ("Tolland", "Lower Vessen"),
        ("Adeyemi", None),
    ]  # fmt: skip


def test_labels_of_direct_speech_give_parties_family_names_and_tasks() -> None:
    assert listed("verbatim") == [
        ("Renaud", "Tessaly"), ("Hale", "Brack"), ("Orsi", "Vell"), ("Chairman", None), ("Interpreter", None),
    ]  # fmt: skip


def test_headings_of_parts_are_no_stamps_and_what_stands_between_them_is_said() -> None:
    lines = read(paper("board")[0]).lines

    assert [line.text for line in lines if line.kind == "header"][-3:] == [
        "1. MINUTES OF THE LAST MEETING", "2. THE SLUICE AT MARL BRIDGE", "3. NEXT MEETING",
    ]  # fmt: skip
    assert [line.kind for line in lines if "were approved" in line.text] == ["body"]
    assert "stamp" not in {line.kind for line in (*lines, *read(paper("verbatim")[0]).lines)}


def test_what_is_said_in_direct_speech_and_beside_the_point_is_typed_by_what_it_does() -> None:
    said = {(each.speaker, each.type) for name in ("board", "columns") for each in read(paper(name)[0]).statements}

    assert said >= {
        ("Pires", "claims-fulfilled"), ("Quayle", "disputes"), ("Tolland", "protests"),
        ("Lindqvist", "claims-fulfilled"),
    }  # fmt: skip
    assert ("Okafor", "threatens") in said
    assert not any(each.line_start == 36 for each in read(paper("columns")[0]).statements)


def test_offices_abroad_say_whose_people_somebody_is_of() -> None:
    assert [each for each in listed("visit") if each[1]] == [("Soto", "Maravia"), ("Delgado", "Maravia")]


def test_damage_in_a_heading_makes_no_parties_and_no_people() -> None:
    text, _ = paper("board")
    damaged = text.replace("(Chair)", "(Ckair)").replace("(Observer)", "(Obscrver)").replace("APOL", "APCL")
    office = paper("by_office")[0].replace("\nThe President\n", "\nIhe President\n")
    spoken = paper("verbatim")[0].replace("HALE (Brack)", "HAEE (Brack)")

    assert [(each.name, each.party) for each in read(damaged).participants] == listed("board")
    assert read(office).participants == read(paper("by_office")[0]).participants
    assert "Haee" not in {each.name for each in read(spoken, KNOWN[-1:]).participants}


def test_a_word_behind_a_label_is_no_name_and_a_title_of_a_paper_is_no_stamp() -> None:
    transcript = read(paper("verbatim")[0])

    assert "Gentlemen" not in {each.surface for each in transcript.names}
    assert {"HALE", "PERCY"} & {each.surface for each in transcript.names} == {"HALE"}
    assert read("Account of the talks at Sea House\n\nHolt: We agree.\n").lines[0].kind == "header"


def test_a_form_of_an_ordinary_word_is_no_damaged_cue() -> None:
    talk = "Mr. Holt said that the two engineers had appeared at the gate.\n"

    assert read(talk, [Participant("Holt", "Lorn"), Participant("Gravel", "Upper")]).statements == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_of_every_kind_of_paper_checks_clean(name: str, tmp_path: Path) -> None:
    text, _ = paper(name)
    (tmp_path / "paper.txt").write_text(text, "utf-8")
    loaded = load_text(as_pacta(with_suggestions(read(text), "paper.txt", "paper")), folder=tmp_path)

    assert [each for each in loaded.diagnostics if each.severity == "error"] == []
