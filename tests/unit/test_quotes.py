"""Finding quoted words: what printing and copying change is forgiven, what a writer would change is not."""

import random
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servanda.sources import Place, SourceText

TEXT = (
    "The Soviet Government agrees to remove these weapons sys-\n"
    "tems from Cuba under appropriate United Nations observation—and it undertakes, “with suitable safe\u00ad\n"
    "guards,” to halt the further intro\u00adduction of such weapons; it isn\u2019t asked for more.\n"
    "\tThe ﬁrst   step is the re-\nmoval.  Nothing is impossible, nor non-negotiable. 42 missiles, 142 in all.\n"
)


def words_of(place: Place | None) -> str | None:
    return None if place is None else TEXT[place.start : place.end]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("to remove these weapons", "to remove these weapons"),
        ("The Soviet Government", "The Soviet Government"),
        ("observation—and it", "observation—and it"),
        ("42 missiles", "42 missiles"),
        ("is impossible", "is impossible"),
    ],
)
def test_words_are_found_as_they_stand(quote: str, found: str) -> None:
    place = SourceText(TEXT).find(quote)

    assert place is not None
    assert (place.found, words_of(place)) == ("exact", found)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("weapons systems from Cuba", "weapons sys-\ntems from Cuba"),
        ("THE SOVIET GOVERNMENT", "The Soviet Government"),
        ("observation - and", None),
        ("observation-and", "observation—and"),
        ('"with suitable safeguards,"', "“with suitable safe\u00ad\nguards,”"),
        ("the further introduction", "the further intro\u00adduction"),
        ("it isn't asked", "it isn\u2019t asked"),
        ("The first step", "The ﬁrst   step"),
        ("the removal", "the re-\nmoval"),
        ("more. The first", "more.\n\tThe ﬁrst"),
        ("under  appropriate\nUnited Nations", "under appropriate United Nations"),
    ],
)
def test_what_printing_and_copying_change_is_forgiven(quote: str, found: str | None) -> None:
    place = SourceText(TEXT).find(quote)

    assert words_of(place) == found
    assert place is None or place.found == "normalised"


@pytest.mark.parametrize(
    "quote",
    [
        "to remove weapons",
        "to not remove these weapons",
        "agrees to remove those weapons",
        "remove these weapons systems in Cuba",
        "weapons these",
        "possible",
        "negotiable",
        "nor non",
        "2 missiles",
        "The Soviet Govern",
        "Govern­ment of the",
        "",
        " ",
        "\u00ad",
    ],
)
def test_what_a_writer_would_change_is_not(quote: str) -> None:
    assert SourceText(TEXT).find(quote) is None


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Café Müller", unicodedata.normalize("NFD", "café müller"), True),
        (unicodedata.normalize("NFD", "Café Müller"), "café müller", True),
        ("Café Müller", "Cafe", False),
        (unicodedata.normalize("NFD", "Café Müller"), "Cafe", False),
        ("STRASSE", "Straße", True),
        ("ОРУЖИЕ КУБЫ", "оружие Кубы", True),
        ("撤除武器系统", "武器", True),
        ("בַּמִּלְחָמָה", "מִּלְחָמָה", True),
        ("the ½ of it", "the 1⁄2 of it", True),
        ("ends here", "here", True),
        ("here it begins", "here", True),
    ],
)
def test_where_a_word_ends_in_every_script(text: str, quote: str, found: bool) -> None:
    assert (SourceText(text).find(quote) is not None) == found


# ── any text ────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = "the no not weapons Cuba Über agréé ракеты re-entry co-operate 42 isn’t “so” – — ﬁne non-party".split()
SPACES = (" ", "  ", "\n", " \n ", "\t", "\u00a0")


@st.composite
def source_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=6, max_size=30, unique=True))
    spaces = [draw(st.sampled_from(SPACES)) for _ in words]
    return "".join(word + space for word, space in zip(words, spaces, strict=True)), words


@given(source_texts(), st.data())
def test_a_run_of_its_words_is_found_however_it_was_copied(made: tuple[str, list[str]], data: st.DataObject) -> None:
    text, words = made
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    copied = quote.translate({ord("’"): "'", ord("“"): '"', ord("”"): '"', ord("–"): "-", ord("—"): "-"})

    for form in ("NFC", "NFD", "NFKC"):
        place = SourceText(text).find(unicodedata.normalize(form, copied).upper() if form == "NFC" else copied)
        assert place is not None
        assert SourceText(text[place.start : place.end]).find(quote) is not None


@given(source_texts(), st.randoms(use_true_random=False))
def test_a_quote_with_a_word_dropped_added_or_exchanged_is_not_found(
    made: tuple[str, list[str]], rng: random.Random
) -> None:
    words = [word for word in made[1] if word != "—"]  # two kinds of dash beside each other are twice the same word
    at = rng.randrange(1, len(words) - 1)
    change = rng.choice(([], [words[at], "never"], ["instead"]))
    quote = [*words[:at], *change, *words[at + 1 :]]
    assume([word.casefold() for word in quote] != [word.casefold() for word in words])

    assert SourceText(" ".join(words)).find(" ".join(quote)) is None


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_text_makes_it_raise_and_places_lie_within(text: str, quote: str) -> None:
    place = SourceText(text).find(quote)

    assert place is None or 0 <= place.start < place.end <= len(text)
