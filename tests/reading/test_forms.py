"""Single forms of papers: cables in capitals, minutes with initials, bodies that write, names in pieces and more."""

import pytest

from servanda.sources.reading import Participant, Transcript, in_english, read, render
from servanda.sources.reading.figures import as_letters
from servanda.sources.reading.lines import read_lines
from servanda.sources.reading.mentions import mentions
from servanda.sources.reading.statements import classify

HOLT, GRAVEL = Participant("Holt", "Lorn"), Participant("Gravel", "Upper")


def speakers(transcript: Transcript) -> list[str]:
    return [line.speaker for line in transcript.lines if line.kind in ("body", "list-item")]


def kinds(text: str) -> list[str]:
    return [line.kind for line in read_lines(text) if line.kind != "blank"]


def test_a_cable_in_capitals_is_read_and_given_back_in_capitals() -> None:
    cable = (
        "PARA 1. I SAW MR. GRAVEL THIS MORNING. HE SAID THAT UPPER HAD NOT BEEN ASKED.\n\n"
        "PARA 2. GRAVEL REPLIED THAT HE COULD NOT ACCEPT THIS. HE WOULD COME AGAIN IN MAY.\n"
    )
    transcript = read(cable, [HOLT, GRAVEL])

    assert speakers(transcript) == ["Holt", "Gravel"]
    assert render(transcript) == cable
    assert {"GRAVEL", "UPPER"} <= {each.surface for each in transcript.names}
    assert next(each.text for each in transcript.statements if each.type == "rejects") in cable


def test_minutes_call_people_by_the_letters_that_their_heading_gives() -> None:
    minutes = (
        "Present: Ann Holt (AH), Dr. Bo Gravel (BG)\n\nAH opened the meeting and asked for a report.\n\n"
        "BG: There is none. We have not been paid.\n\nAH said that she would see to it (BG to write).\n"
    )
    transcript = read(minutes)

    assert speakers(transcript) == ["Holt", "Gravel", "Holt"]
    assert [each.canonical for each in transcript.names if each.surface == "BG"] == ["Gravel", "Gravel"]


def test_a_letter_that_only_one_name_begins_with_stands_for_it() -> None:
    notes = "H. said that it was late.\n\nG: Not at all.\n\nH. said good night.\n\nG: Good night to you.\n"

    assert speakers(read(notes, [HOLT, GRAVEL])) == ["Holt", "Gravel", "Holt", "Gravel"]


def test_whom_people_are_there_for_may_stand_behind_them() -> None:
    heading = (
        "Present: Ms. Holt and Mr. Quist for the Harbour Trust; Mr. Gravel for Upper\n\nMr. Holt said it was late.\n"
    )

    assert [(each.name, each.party) for each in read(heading).participants] == [
        ("Holt", "Harbour Trust"), ("Quist", "Harbour Trust"), ("Gravel", "Upper"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr. van der Meer said that it was late.", "van der Meer"),
        ("Van der Meer laughed and said that it was late.", "Van der Meer"),
        ("His Excellency al-Rashidi said that it was late.", "al-Rashidi"),
        ("Ms. O'Hanlon says that it is late.", "O'Hanlon"),
        ("Şahin Bey said that it was late.", "Şahin"),
        ("Delacroix-Mbaye: It is late.", "Delacroix-Mbaye"),
        ("Mr.Gravel said that it was late.", "Gravel"),
        ("Mr. Gravel /said that it was late.", "Gravel"),
    ],
)  # fmt: skip
def test_names_have_small_words_hyphens_and_no_space_before_them(text: str, name: str) -> None:
    assert [each.surface for each in mentions(1, text, opens=True) if each.role == "subject"] == [name]


def test_a_title_that_ends_a_sentence_is_no_title_of_what_follows() -> None:
    found = [each.surface for each in mentions(1, "Mr. Holt thanked the Ambassador. Lorn had done it.", opens=True)]

    assert "Lorn" not in found


def test_who_opens_a_paragraph_is_known_without_a_verb_and_in_two_pieces() -> None:
    talk = (
        "Mr. Holt said that it was late.\n\nGravel did not share this view at all.\n\nMr. Holt said that it was.\n\n"
        "Mr Gra vel was of another mind.\n"
    )

    assert speakers(read(talk, [HOLT, GRAVEL])) == ["Holt", "Gravel", "Holt", "Gravel"]


def test_whoever_nobody_gave_and_the_text_names_again_and_again_is_somebody() -> None:
    talk = (
        "Mr. Holt said that it was late.\n\nMrs. Adeyemi said that it was not.\n\nMr. Gravel said nothing.\n\n"
        "Mrs. Adeyemi said that she was surprised.\n"
    )

    assert speakers(read(talk, [HOLT, GRAVEL])) == ["Holt", "Adeyemi", "Gravel", "Adeyemi"]


def test_a_pronoun_means_whom_the_form_of_address_allows_and_never_who_writes() -> None:
    report = (
        "I saw Mr. Holt and Ms. Gravel this morning, and this is from my notes.\n\n"
        "Ms. Gravel said that the gate was shut.\n\n"
        "I told her that it was late.\n\nShe asked for the key.\n"
    )
    known = [HOLT, GRAVEL, Participant("Quist")]

    assert speakers(read(report, known)) == ["Quist", "Gravel", "Quist", "Gravel"]


def test_a_government_that_does_everything_in_a_paper_speaks_in_it() -> None:
    paper = (
        "AIDE-MÉMOIRE\n\n1. The Government of Tamrania refers to the talks of 6 May with the neighbouring country.\n\n"
        "2. The bridge was completed in August of last year, and the boxes were handed over at the same time.\n\n"
        "3. The Government of Tamrania protests against the stopping of eleven goods trains at the frontier.\n"
    )
    transcript = read(paper)

    assert {*speakers(transcript)} == {"Government of Tamrania"}
    assert next(line.kind for line in transcript.lines if line.text) == "header"
    assert "protests" in {each.type for each in transcript.statements}


def test_headings_of_parts_bullets_and_what_is_appended() -> None:
    text = (
        "1. Rosters\n\nMr. Holt said that it was late and that he had to go home.\n\n2. Night work\n\n"
        "Mr. Gravel said that it was not late and that he would stay.\n\nAnnex: What is to be done\n\n"
        "- names for the roster\n- a launch for the night\n"
    )

    assert kinds(text) == ["header", "body", "header", "body", "header", "list-item", "list-item"]


def test_a_line_that_is_broken_because_it_is_full_goes_on_as_what_it_was() -> None:
    text = (
        "Present: Henrike Voss (HV) and Tobias Nkemelu (TN) for the Harbour Trust;\nMarta Szabo (MS) for the Guild\n\n"
        "Mr. Voss said that the gate had been shut since the third of March, at the\nHarbour Trust.\n"
    )

    assert kinds(text) == ["participants", "participants", "body", "body"]


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("gua1d tha+ 0f n0 7he Amba5sador L@rs guest$", "guald that of no The Ambassador Lars guests"),
        ("B0RDER F0NOTI", "BORDER FONOTI"),
        ("1st 27th IL-28s A/CDC/MB 1960 5.6.1973 120m soon.1", "1st 27th IL-28s A/CDC/MB 1960 5.6.1973 120m soon.1"),
        ("a\u00a0b", "a b"),
    ],
)  # fmt: skip
def test_signs_within_words_are_read_as_letters_and_numbers_stay(read_as: str, meant: str) -> None:
    assert as_letters(read_as) == meant


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("she would open the gates on friday", "offers"),
        ("the second launch had still not been repaired", "claims-unfulfilled"),
        ("none of the three had been carried out", "claims-unfulfilled"),
        ("it was simply not the case", "disputes"),
        ("nobody had suggested this", "disputes"),
        ("@own took the strongest exception to the filling", "protests"),
        ("she called this degrading", "protests"),
        ("if it was not repaired @own would close the road", "threatens"),
        ("he could not, however, accept it", "rejects"),
        ("he did not reject this", None),
        ("she came at his own request", None),
        ("when they were paid the wells might be seen to", None),
    ],
)
def test_what_more_sentences_do(marked: str, kind: str | None) -> None:
    found = classify(marked)

    assert (found and found[0]) == kind


def test_auxiliaries_in_the_present_are_those_of_a_report() -> None:
    talk = "Mr. Holt: Upper hasn't paid. They won't come, and we would have to close the gate if it goes on.\n"
    found = read(talk, [HOLT, GRAVEL]).statements

    assert [each.type for each in found] == ["claims-unfulfilled", "threatens"]


def test_a_language_that_is_not_known_is_told_from_english() -> None:
    assert in_english(read("Mr. Holt said that it was late and that he had to go home before the others did.\n"))
    assert not in_english(read("Господин Иванов сказал что соглашение выполнено " * 3 + "\n"))
