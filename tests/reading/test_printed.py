"""Conversations printed, worn and read back by an optical reader: through PDF and images to a transcript."""

import pytest

from reading.alongside import shares
from reading.memo import CASTS, Memo
from reading.printed import as_pdf, pictures
from servanda.sources.documents import Unreadable, text_of
from servanda.sources.reading import Participant, read


def test_a_page_of_print_is_read() -> None:
    memo = Memo("weir", 5, turns=2)
    [page] = pictures(memo, 1, 0.0)
    text = text_of(page)

    assert "Orbanescu" in text
    assert shares(memo, read(text, [Participant(*each) for each in memo.participants]))["speakers"] == 1


@pytest.mark.long
@pytest.mark.parametrize("cast", CASTS)
def test_three_worn_conversations_are_read_from_a_pdf_without_text(cast: str) -> None:
    memo = Memo(cast, 5)
    text = text_of(as_pdf(pictures(memo, 1, 0.3)))
    found = shares(memo, read(text, [Participant(*each) for each in memo.participants]))

    assert found["kinds"] >= 0.95
    assert found["speakers"] >= 0.85


def test_an_image_that_unfolds_beyond_any_page_is_refused() -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(out, "PNG")

    with pytest.raises(Unreadable, match="points"):
        text_of(out.getvalue())
