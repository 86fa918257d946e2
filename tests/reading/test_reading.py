"""What the reader does with single lines, names and sentences, and what it never does."""

import itertools
import math
import random
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servanda.load import load_text
from servanda.sources.likeness import distance, likeness, nearest
from servanda.sources.reading import Participant, as_pacta, read, render, with_suggestions
from servanda.sources.reading.lines import read_lines
from servanda.sources.reading.mentions import mentions
from servanda.sources.reading.paths import best_path, best_turns
from servanda.sources.reading.people import consensus
from servanda.sources.reading.statements import classify
from servanda.sources.reading.states import party
from servanda.sources.reading.titles import title_of

TALK = """MINUTES OF MEETING
Date: 3 March 2004
Present: For Norland: Ms. Adler, Mr. Quist
For Sudmark: Gen. Barros, Dr. Ferreira

ADLER: Thank you for coming. We have not received the list of detainees.

BARROS: The list was handed over on 2 February. I reject the suggestion that we are late.

QUIST: May I ask which list the General means?

FERREIRA: We propose that the Commission look at both lists and report by 1 May.
Ms. Adler said that Norland could accept that.

The meeting ended at five.
"""


def test_an_open_dialogue_is_read_without_anything_known_beforehand() -> None:
    transcript = read(TALK)
    said = [(line.speaker, line.kind) for line in transcript.lines if line.kind == "body"]

    assert [who for who, _ in said] == ["Adler", "Barros", "Quist", "Ferreira", "Adler", "narration"]
    assert [(each.name, each.party) for each in transcript.participants] == [
        ("Adler", "Norland"), ("Quist", "Norland"), ("Barros", "Sudmark"), ("Ferreira", "Sudmark"),
    ]  # fmt: skip
    assert transcript.dated == "2004-03-03"
    assert [each.iso for each in transcript.dates] == ["2004-03-03", "2004-02-02", "2004-05-01"]


@given(st.text())
@example("")
@example("\n\n\f\n \t\r\n")
@example("Mr. : said\n(1)\n—\n's")
def test_nothing_is_dropped_from_any_text(text: str) -> None:
    transcript = read(text)

    assert render(transcript) == text
    for name in transcript.names:
        assert transcript.lines[name.line - 1].text[name.start : name.end] == name.surface


@given(st.lists(st.lists(st.floats(-5, 5), min_size=3, max_size=3), min_size=1, max_size=5), st.integers(0, 99))
def test_the_best_path_is_the_best_of_all(scores: list[list[float]], seed: int) -> None:
    dice = random.Random(seed)
    first = [dice.uniform(0, 3) for _ in range(3)]
    prices = [[dice.uniform(0, 3) for _ in range(3)] for _ in range(3)]
    path, sure = best_path(scores, first, lambda _, j, k: prices[j][k])

    def worth(each: tuple[int, ...]) -> float:
        steps = sum(prices[j][k] for j, k in itertools.pairwise(each))
        return sum(row[k] for row, k in zip(scores, each, strict=True)) - first[each[0]] - steps

    every = list(itertools.product(range(3), repeat=len(scores)))
    weights = [math.exp(worth(each)) for each in every]
    assert worth(tuple(path)) == pytest.approx(max(map(worth, every)))
    for place, (choice, share) in enumerate(zip(path, sure, strict=True)):
        through = sum(w for each, w in zip(every, weights, strict=True) if each[place] == choice)
        assert share == pytest.approx(through / sum(weights))


WORDS = st.text("aceghlmnrstABES", max_size=7)


@given(WORDS, WORDS)
def test_the_distance_of_words_is_that_of_a_plain_recursion(first: str, second: str) -> None:
    from servanda.sources.likeness import _GAP, exchange

    def plain(a: str, b: str) -> float:
        if not a or not b:
            return _GAP * (len(a) + len(b))
        return min(plain(a[1:], b) + _GAP, plain(a, b[1:]) + _GAP, plain(a[1:], b[1:]) + exchange(a[0], b[0]))

    if len(first) + len(second) <= 9:
        assert distance(first, second) == pytest.approx(plain(first, second))
    assert likeness(first, second) == pytest.approx(likeness(second, first))


def test_a_capital_that_has_no_small_letter_is_like_itself_alone() -> None:
    from servanda.sources.likeness import exchange

    assert (exchange("𝐀", "b"), exchange("𝐀", "𝐀")) == (1.0, 0.0)


def test_a_damaged_word_is_read_as_the_nearest_and_a_strange_one_as_none() -> None:
    words = frozenset({"secret", "release", "retained"})

    assert nearest("secrel", words, 0.8) == "secret"
    assert nearest("retainod", words, 0.8) == "retained"
    assert nearest("bridge", words, 0.8) is None


@pytest.mark.parametrize(
    ("word", "stop", "title"),
    [("Mr", True, "mr"), ("Nr", True, "mr"), ("Anb", True, "amb"), ("Minister", False, "minister"), ("The", False, "")],
)
def test_a_form_of_address_is_known_through_damage(word: str, stop: bool, title: str) -> None:
    assert title_of(word, stop)[0] == title


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Mr. Gravel said he had come.", ["Gravel"]),
        ("In summary, Mr. Gravel said, he had come.", ["Gravel"]),
        ("Turning to the weir, Amb. Holt observed that Mr. Gravel's map was old.", ["Holt"]),
        ("Mr. Gravel's map was old, said Mr. Holt.", ["Holt"]),
        ("He asked Mr. Gravel to sit down.", []),
        ("Mr. Gravel mmnuwxm eaid that it was late.", ["Gravel"]),
        ("GRAVEL: It is late.", ["GRAVEL"]),
        ("vel then replied that it was late.", ["vel"]),
        ("The Commission said that it was late.", []),
    ],
)
def test_who_says_something_is_told_from_who_is_spoken_of(text: str, subjects: list[str]) -> None:
    found = [each.surface for each in mentions(1, text, opens=True) if each.role == "subject"]

    assert found == subjects


def test_kinds_and_pages_of_lines() -> None:
    text = (
        "SECRET\n\nDate: 2 May 1971\n\nMr. Holt said that it was late and that he\nhad to go home.\n\nSECRET\n\n"
        "Mr. Gravel agreed that there was not much time left to them.\n\n\n\n"
        "The points were:\n(1) the weir;\n(2) the gate.\n"
    )
    rows = [(line.kind, line.page) for line in read_lines(text) if line.kind != "blank"]

    assert rows == [
        ("stamp", 1), ("header", 1), ("body", 1), ("body", 1), ("stamp", 1), ("body", 2), ("body", 3),
        ("list-item", 3), ("list-item", 3),
    ]  # fmt: skip


def test_lists_are_put_in_order_and_repairs_offered_not_made() -> None:
    text = "Mr. Holt said that the duties were these.\n\n(1) open the gate;\n(1) opcn the gate;\n(4) pay the the fee.\n"
    transcript = read(text, [Participant("Holt", "Lorn"), Participant("Gravel", "Upper")])

    assert [(each.printed, each.number) for each in transcript.items] == [("1", 1), ("1", 1), ("4", 2)]
    assert {(each.kind, each.suggestion) for each in transcript.repairs} == {
        ("repeated line", "opcn the gate"), ("misnumbered", "2"), ("repeated word", "the"),
    }  # fmt: skip
    assert render(transcript) == text


def test_abbreviations_are_told_apart_by_their_neighbours() -> None:
    talk = (
        "Mr. Holt said the US Government believed the UN Charter forbade it. The US delegation and the UN observers "
        "had met. He said the UE Charter was clear, and that the UE Government knew it.\n"
    )
    transcript = read(talk, [Participant("Holt", "US"), Participant("Gravel", "USSR")])

    assert [each.canonical for each in transcript.names if each.surface == "UE"] == ["UN", "US"]


def test_an_invented_party_is_known_by_its_adjectives() -> None:
    assert {"Corran", "Corranian", "Corrani"} <= set(party("Corran").forms)
    assert {"Soviet", "USSR", "Soviet Union"} <= set(party("USSR").forms)


def test_whoever_is_never_spelled_right_is_called_by_the_vote_of_all_spellings() -> None:
    heard = Counter(["Monieverde", "Montevarde", "Mentererde", "Montevende", "Nontaverde", "Montoverdo"])

    assert consensus(heard) == "Monteverde"


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("he rejected the proposal", "rejects"),
        ("@own had fulfilled its obligations", "claims-fulfilled"),
        ("@other had not yet fulfilled its obligations", "claims-unfulfilled"),
        ("he protested against the illegal flights", "protests"),
        ("@own was prepared to lift the blockade", "offers"),
        ("when @other had performed its part @own would open the gates", "offers"),
        ("he could not agree with this", "disputes"),
        ("he asked @other for a reply", "asks"),
        ("otherwise the consequences would be grave", "threatens"),
        ("it would be best to draw up a protocol", "proposes"),
        ("the weather was fine", None),
    ],
)
def test_what_a_sentence_does(marked: str, kind: str | None) -> None:
    found = classify(marked)

    assert (found and found[0]) == kind


def test_a_draft_is_a_case_without_problems_whose_quotes_are_all_found(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    transcript = with_suggestions(read(TALK), "talk.txt", "talk")
    loaded = load_text(as_pacta(transcript), folder=tmp_path)

    assert loaded.diagnostics == ()
    assert {each.place.found for each in loaded.quotes.anchors} <= {"exact", "normalised"}
    assert len(loaded.quotes.anchors) == len(transcript.statements) > 3


def test_two_who_speak_in_one_line_each_have_their_own_statements() -> None:
    talk = "Mr. Berg rejected the claim. General Costa proposed a joint patrol. He denied that this was late.\n"
    people = [Participant("Berg", "Norland"), Participant("Costa", "Sudmark")]

    assert [(each.speaker, each.type) for each in read(talk, people).statements] == [
        ("Berg", "rejects"), ("Costa", "proposes"), ("Costa", "disputes"),
    ]  # fmt: skip


def test_direct_speech_is_taken_as_it_would_be_reported() -> None:
    talk = "Marlow: We do not agree. You have not delivered the list.\n\nPetrov: I propose that we meet again.\n"
    found = read(talk, [Participant("Marlow", "US"), Participant("Petrov", "USSR")]).statements

    assert [(each.speaker, each.type) for each in found] == [
        ("Marlow", "disputes"), ("Marlow", "claims-unfulfilled"), ("Petrov", "proposes"),
    ]  # fmt: skip


def test_a_heading_may_name_the_sides_on_lines_of_their_own() -> None:
    heading = "PARTICIPANTS:\nUS\nSecretary Marlow\nUSSR\nForeign Minister Petrov\n\nMarlow: Good morning to you.\n"

    assert [(each.name, each.party) for each in read(heading).participants] == [("Marlow", "US"), ("Petrov", "USSR")]


def test_whoever_is_spoken_of_is_not_the_speaker() -> None:
    talk = "Mr. Xxxxx said that he did not share Mr. Gravel's view of it.\n"
    transcript = read(talk, [Participant("Gravel", "Upper"), Participant("Holt", "Lorn")])

    assert transcript.lines[0].speaker == "Holt"


def test_a_heading_does_not_begin_anew_within_the_talk() -> None:
    said = "Mr. Holt said that it was late and that they should all go home.\n"
    kinds = [line.kind for line in read_lines(f"{said}\nMr. Gravel\n\n{said}") if line.kind != "blank"]

    assert kinds[0] == kinds[2] == "body"
    assert kinds[1] not in ("participants", "header")


def test_the_name_that_begins_a_paragraph_is_the_speaker_s_whatever_follows() -> None:
    [found] = mentions(1, "Mr. Gravel xqv zzb wrr the weir.", opens=True)

    assert (found.role, found.first) == ("subject", True)


@pytest.mark.parametrize(
    ("text", "office", "role"),
    [
        ("The Foreign Minister replied that it was late.", "foreign minister", "subject"),
        ("The Foreigr Ministcr replied that it was late.", "foreigr minister", "subject"),
        ("Mr. Holt thanked the Ambassador for his words.", "ambassador", "spoken-of"),
        ("The representative of Lorn said that it was late.", "representative", "subject"),
        ("The US Delegation said that it was late.", None, None),
        ("He had seen the Minister Holt.", None, None),
    ],
)
def test_somebody_may_be_called_by_an_office(text: str, office: str | None, role: str | None) -> None:
    found = [(each.office, each.role) for each in mentions(1, text, opens=True) if each.office]

    assert found == ([(office, role)] if office else [])


def test_a_phrase_before_a_name_leaves_it_the_one_who_speaks() -> None:
    for text in ("To sum up, Mr. Gravel which xq the weir.", "Turning to the weir, Mr. Gravel xq zzb."):
        assert [(each.role, each.first) for each in mentions(1, text, opens=True)] == [("subject", True)]


def test_a_paragraph_that_begins_with_a_verb_of_saying_lost_the_name_of_somebody_new() -> None:
    talk = "Mr. Holt said that it was late.\n\nsaid that Mr. Holt had been late, and that Mr. Holt knew it.\n"
    transcript = read(talk, [Participant("Gravel", "Upper"), Participant("Holt", "Lorn")])

    assert [line.speaker for line in transcript.lines if line.text] == ["Holt", "Gravel"]


def test_those_below_somebody_in_the_heading_sit_on_the_side_whose_view_that_one_gives() -> None:
    heading = "PARTICIPANTS: Lorn - Mr. Holt\nMr. Gravel\nMr. Quist\n\n"
    said = (
        "Mr. Holt said that Lorn believed the gate was open.\n\nMr. Gravel replied that Upper believed it was shut. "
        "Upper wished to say so. Upper hoped that this was known.\n"
    )
    found = read(heading + said, parties={"Lorn": (), "Upper": ()})

    assert [(each.name, each.party) for each in found.participants] == [
        ("Holt", "Lorn"), ("Gravel", "Upper"), ("Quist", "Upper"),
    ]  # fmt: skip


def test_a_line_in_which_several_speak_tells_them_apart() -> None:
    talk = "Berg said that it was late. Costa replied that it was not. He proposed a pause.\n"
    people = [Participant("Berg", "Norland"), Participant("Costa", "Sudmark")]
    transcript = read(talk, people)

    assert [(each.start, each.speaker) for each in transcript.lines[0].turns][-1] == (28, "Costa")
    assert {(each.speaker, each.type) for each in transcript.statements} >= {("Costa", "proposes")}


def test_words_struck_over_are_offered_to_be_left_out_and_all_others_kept() -> None:
    text = "Mr. Holt said that the mmnwnxum gate was immediately open and that it was Hammanquienthandthis shut.\n"
    transcript = read(text, [Participant("Holt", "Lorn"), Participant("Gravel", "Upper")])

    assert [(each.surface, each.kind, each.suggestion) for each in transcript.repairs] == [
        ("mmnwnxum", "struck over", ""), ("Hammanquienthandthis", "struck over", ""),
    ]  # fmt: skip
    assert render(transcript) == text


def test_struck_over_words_of_the_noise_model_are_all_found_and_nothing_of_our_own_pages() -> None:
    from pathlib import Path

    from reading.memo import Memo
    from reading.noise import STRUCK, damaged

    truth = damaged(Memo("mine", 1), 1, level=0.08)
    there = sum(truth.text.replace("/", " ").split().count(word) for word in STRUCK)
    offered = [each.surface for each in read(truth.text).repairs if each.kind == "struck over"]
    page = (Path(__file__).parents[2] / "docs" / "concepts" / "claims-and-facts.md").read_text("utf-8")

    assert len([each for each in offered if each in STRUCK]) == there >= 10
    assert [each for each in read(page).repairs if each.kind == "struck over"] == []


def test_a_state_that_nobody_has_in_a_table_is_known_by_what_is_said_of_it() -> None:
    talk = (
        "Mr. Holt said that the troops of Corran were in the valley, and that the Corranian Government denied it. "
        "He had nothing against Corran. In Corran they knew it, as they did in Lisbon, in Lisbon and in Lisbon.\n"
    )
    found = read(talk, [Participant("Holt", "Lorn"), Participant("Gravel", "Upper")]).names

    assert [each.surface for each in found if each.canonical == "Corran"] == ["Corran", "Corranian", "Corran", "Corran"]
    assert not any(each.surface == "Lisbon" and each.type == "state" for each in found)


def test_a_region_is_no_state_and_a_lost_letter_no_other_abbreviation() -> None:
    talk = "Mr. Holt said that Latin Amerrcan countries and the USER knew the US view. The USSR and the US agreed.\n"
    found = read(talk, [Participant("Holt", "US"), Participant("Gravel", "USSR")]).names
    named = {each.surface: each.canonical for each in found if each.type == "state"}

    assert "Amerrcan" not in named
    assert named["USER"] == "USSR"


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 999))
def test_the_quick_best_path_is_the_one_over_all_pairs(places: int, choices: int, seed: int) -> None:
    dice = random.Random(seed)
    scores = [[dice.uniform(-5, 5) for _ in range(choices)] for _ in range(places)]
    share = [dice.random() + 0.01 for _ in range(choices)]
    share = [each / sum(share) for each in share]
    stays = [dice.uniform(0.05, 0.95) for _ in range(places)]

    def price(place: int, before: int, now: int) -> float:
        stay = stays[place]
        return -math.log(stay if before == now else (1 - stay) * share[now] / max(1e-9, 1 - share[before]))

    path, sure = best_turns(scores, share, stays)
    slow_path, slow_sure = best_path(scores, [-math.log(each) for each in share], price)

    assert path == slow_path
    assert sure == pytest.approx(slow_sure) or choices == 1


def test_a_text_with_form_feeds_has_their_pages_and_no_others() -> None:
    said = "Mr. Holt said that it was late and that they should all go home.\n"

    assert [line.page for line in read_lines(f"{said}\n\n\n\n{said}\f{said}SECRET\n{said}") if line.text.strip()] == [
        1, 1, 2, 2, 2,
    ]  # fmt: skip


def test_a_state_in_no_table_is_called_by_what_all_spellings_and_adjectives_bear_out() -> None:
    talk = (
        "Mr. Holt said that the Pellio Government and the Pellian people wanted peace. The troops of Pellio were gone, "
        "and the government of Pellio knew it. He spoke of Pellia and of the Pellren crisis. The Pellren side and the "
        "Pellian delegation agreed with Pellia.\n"
    )
    found = read(talk, [Participant("Holt", "Lorn"), Participant("Gravel", "Upper")]).names

    assert {each.canonical for each in found if each.surface.startswith("Pell")} == {"Pellia"}


def test_a_month_that_is_misread_is_nobody() -> None:
    talk = "Mr. Ostober said that it was late.\n\nMr. Holt replied that in Ostober and on 3 Oetober it was not.\n"
    found = read(talk, [Participant("Octoberg", "Lorn"), Participant("Holt", "Upper")]).names

    assert [each.surface for each in found if each.type == "person"] == ["Ostober", "Holt"]
