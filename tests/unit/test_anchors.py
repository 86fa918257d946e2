"""Quotes in damaged texts: found where misread letters explain what differs, refused where a word does."""

import itertools
import math
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.noise import MISREAD
from servanda.sources import SourceText

ROOT = Path(__file__).parents[2]
PAGE = (
    "The Goverrment of Lorn will opcn the nortbern gatcs by 4 Octobcr and wi11 not close tbem again without the\n"
    "conseut of the Upper side. All seventeen barges sball be returncd. The flights were illegal.\n"
)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("will open the northern gates by 4 October", "will opcn the nortbern gatcs by 4 Octobcr"),
        ("again without the consent of the Upper side", "again without the\nconseut of the Upper side"),
        ("seventeen barges shall be returned", "seventeen barges sball be returncd"),
    ],
)
def test_damage_is_read_through_and_said(quote: str, words: str) -> None:
    place = SourceText(PAGE).anchor(quote).place

    assert place is not None
    assert PAGE[place.start : place.end] == words
    assert place.found == "fuzzy"
    assert 0.7 < place.likeness < 1


@pytest.mark.parametrize(
    ("quote", "objection"),
    [
        ("and will close them again without the", "`not` stands there besides"),
        ("will open the northern gates by 5 October", "`4` stands there for `5`"),
        ("All seventy barges shall be returned", "stands there for `seventy`"),
        ("The flights were legal", "`illegal` stands there for `legal`"),
        ("with the consent of the Upper side", "`without` stands there for `with`"),
        ("Government of Lorn shall open the northern", "`will` stands there for `shall`"),
    ],
)
def test_what_a_writer_would_have_changed_is_refused_with_the_nearest_words(quote: str, objection: str) -> None:
    found = SourceText(PAGE).anchor(quote)

    assert found.place is None
    assert found.nearest is not None
    assert objection in found.objection


def test_in_a_sound_text_another_word_is_no_damage() -> None:
    text = SourceText("In spring the seller takes its pumps out of the lake, and it has to tell the buyer of it.")

    assert text.anchor("takes the pumps out of the lake").objection == "`its` stands there for `the`"


def test_what_stands_around_tells_one_place_from_another() -> None:
    text = SourceText("In May the gates stay shut. In June the gates stay shut.")
    plain, june = text.anchor("the gates stay shut").place, text.anchor("the gates stay shut", before="In June ").place

    assert plain is not None
    assert june is not None
    assert (plain.start, june.start) == (7, 36)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("seventeen barges by 15 October", True),
        ("seventeen barges by 16 October", False),
        ("and 40 of them were empty", True),
        ("and 90 of them were empty", False),
        ("fences at gate 7 and", False),
    ],
)
def test_a_figure_is_read_from_what_looks_like_it_and_from_nothing_else(quote: str, found: bool) -> None:
    text = "He returned sevcnteen barges by l5 October, amd 4O of them were empty; the fences at gate k and the road."

    assert (SourceText(text).anchor(quote).place is not None) == found


WORN = (
    "Tbe gatcs of tbe weir arc {} opcn to the hoats of tha lower sido, and uobody bas sccn them sbut sincc tbe wintcr."
)


@pytest.mark.parametrize(
    ("stands", "quoted", "found"),
    [
        ("uow", "now", True), ("nof", "not", True), ("not", "now", False), ("nat", "now", False),
        ("now", "not", False), ("yef", "not", False), ("all", "not", False), ("almosl", "now", False),
    ],
)  # fmt: skip
def test_a_word_that_denies_is_taken_for_one_sooner_than_others(stands: str, quoted: str, found: bool) -> None:
    quote = f"The gates of the weir are {quoted} open to the boats of the lower side, and nobody has seen them shut"

    assert (SourceText(WORN.format(stands)).anchor(quote).place is not None) == found


def test_words_at_the_edge_may_be_worn_away() -> None:
    text = SourceText(f"Tbe gatcs of tbe rccord whcre lkuf oem bc sccn. {WORN.format('uow')}")
    place = text.anchor("gates of the record where that can").place

    assert place is not None
    assert text.words_at(place) == "gatcs of tbe rccord whcre lkuf oem"


def test_a_short_quote_has_to_be_the_more_exact_the_longer_the_text_is() -> None:
    assert SourceText("qf tbe bax").anchor("of the box").place is not None
    assert (
        SourceText("mmm kkk lll " * 3000 + "qf tbe bax").anchor("of the box").objection == "too little of it is alike"
    )


def test_a_contracted_not_is_read_through_damage_and_never_left_out() -> None:
    text = SourceText("He said that they don'f know the weiv, and that we can know tha gate well.")

    assert text.anchor("they don't know the weir").place is not None
    assert text.anchor("they do know the weir").place is None
    assert text.anchor("we can't know the gate well").place is None


def test_a_mark_may_be_a_letter_and_none_is_lost_at_the_edge() -> None:
    text = "The me;ting be.an at noon and the bqrgzs lxht at orce; nobody sp-ke of tvc weir."
    place = SourceText(text).anchor("barges left at once").place

    assert place is not None
    assert text[place.start : place.end] == "bqrgzs lxht at orce"
    assert SourceText(text).anchor("The meeting began at noon").place is not None


@given(st.text("abh1 .-not\u0301İß", max_size=60), st.text("abh1 .-not\u0301İß", max_size=30))
def test_any_quote_is_looked_for_in_any_text(text: str, quote: str) -> None:
    found = SourceText(text).anchor(quote)

    for place in (found.place, found.nearest):
        assert place is None or 0 <= place.start < place.end <= len(text)


def test_a_word_longer_than_any_is_like_itself_alone() -> None:
    text = SourceText(f"The road was shut {'x' * 5000} and the gaie was open.")

    assert text.anchor(f"road was shut {'y' * 400} and the gate").place is None
    assert text.anchor("and the gate was open").place is not None


RUN = ("rn", "nn")


@given(st.text("aeobrnm1", max_size=5), st.text("aeobrnm1", max_size=5))
def test_the_likeliest_misreading_is_that_of_a_plain_recursion(meant: str, read: str) -> None:
    from servanda.sources.misreading import _FOR_NEW, _FOR_NONE, _FOR_TWIN, _NOMINAL, _misread, _taken

    def plain(a: str, b: str) -> float:
        if not a or not b:
            return len(a) * (_NOMINAL + _FOR_NONE) + len(b) * (_NOMINAL + _FOR_NEW)
        exchanged = 0.0 if a[0] == b[0] else _NOMINAL + _taken(a[0], b[0])
        return max(
            plain(a[1:], b) + _NOMINAL + _FOR_NONE,
            plain(a, b[1:]) + _NOMINAL + _FOR_NEW,
            plain(a[1:], b[1:]) + exchanged,
            plain(a[2:], b[1:]) + _NOMINAL + _FOR_TWIN if a[:2] in RUN and b[0] == "m" else -math.inf,
            plain(a[1:], b[2:]) + _NOMINAL + _FOR_TWIN if b[:2] in RUN and a[0] == "m" else -math.inf,
        )

    wrong, cost = _misread(meant, read)
    assert wrong * _NOMINAL + cost == pytest.approx(plain(meant, read))


def test_how_much_is_misread_is_told_by_ordinary_words() -> None:
    from servanda.sources.anchors import Damaged

    prose = (ROOT / "docs/concepts/reading.md").read_text("utf-8").split()
    told = [Damaged(" ".join(_worn(prose, level, random.Random(1))).lower()).rate for level in (0.0, 0.1, 0.3)]

    assert told == pytest.approx([0.02, 0.1, 0.3], abs=0.06)


ANY = dict.fromkeys(MISREAD, "abcdefghijklmnopqrstuvwxyz")


def _worn(words: list[str], level: float, dice: random.Random, misread: dict[str, str] = MISREAD) -> list[str]:
    return [
        "".join(dice.choice(misread[c]) if c in misread and dice.random() < level else c for c in word)
        for word in words
    ]


@pytest.mark.parametrize(("misread", "least"), [(MISREAD, 0.985), (ANY, 0.96)], ids=["as print does", "as any letter"])
def test_in_one_run_at_one_threshold_quotes_are_found_and_near_misses_refused(
    misread: dict[str, str], least: float
) -> None:
    dice = random.Random(3)
    pages = ("docs/concepts/claims-and-facts.md", "docs/guides/standing.md")
    prose = "".join((ROOT / page).read_text("utf-8") for page in pages)
    prose = re.sub(r"^```.*?^```$|^\|.*?$|`[^`]*`|[^\w\s.,'’-]", " ", prose, flags=re.DOTALL | re.MULTILINE)
    words = [word for word in prose.split() if re.search(r"\w", word)]
    strange = (ROOT / "examples/ceasefire-exchange/accord.txt").read_text("utf-8").split()
    found = wanted = refused = missed = 0
    for level in (0.0, 0.1, 0.2, 0.3):
        worn = _worn(words, level, dice, misread)
        starts = [0, *itertools.accumulate(len(word) + 1 for word in worn)]
        text = SourceText(" ".join(worn))
        for _ in range(25):
            size = dice.randint(6, 8)
            at = dice.randrange(len(words) - size)
            quote = words[at : at + size]
            place = text.anchor(" ".join(quote)).place
            wanted += 1
            found += place is not None and abs(place.start - starts[at]) <= 2
            begin = dice.randrange(len(strange) - size)
            for near_miss in ([*quote[:3], "not", *quote[3:]], strange[begin : begin + size]):
                missed += 1
                refused += text.anchor(" ".join(near_miss)).place is None

    assert found >= least * wanted
    assert refused >= 0.99 * missed


def test_in_a_worn_text_one_exchanged_word_is_no_damage() -> None:
    dice = random.Random(5)
    prose = re.sub(r"`[^`]*`|[^\w\s.,'’-]", " ", (ROOT / "docs/concepts/claims-and-facts.md").read_text("utf-8"))
    words = [word for word in prose.split() if re.search(r"\w", word)]
    plain = sorted({word for word in words if word.isalpha() and word.islower() and len(word) >= 3})
    passed = tried = found = 0
    for level in (0.1, 0.2, 0.3):
        text = SourceText(" ".join(_worn(words, level, dice)))
        for _ in range(40):
            at = dice.randrange(len(words) - 7)
            quote = words[at : at + 7]
            found += text.anchor(" ".join(quote)).place is not None
            here = dice.choice([k for k in range(1, 6) if len(quote[k]) >= 3])
            others = [word for word in plain if word != quote[here].lower() and abs(len(word) - len(quote[here])) <= 2]
            quote[here] = dice.choice(others)
            tried += 1
            passed += text.anchor(" ".join(quote)).place is not None

    assert found >= 0.95 * tried
    assert passed <= 0.15 * tried
