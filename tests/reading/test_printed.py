"""Conversations printed, worn and read back by an optical reader: through PDF and images to a transcript."""

import hashlib
import io

import pytest
from PIL import Image

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


def pdf(text: str, turned: int = 0, password: bytes | None = None) -> bytes:
    """A PDF of one page with its text, which may be turned, or locked as PDF 1.4 does it (its section 3.5)."""
    page = b"BT /F1 12 Tf 72 700 Td %b ET" % b" 0 -30 Td ".join(b"(%b) Tj" % line.encode() for line in text.split("\n"))
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Rotate %d/MediaBox[0 0 600 800]/Contents 4 0 R/Resources%b>>" % (turned, font),
    ]
    trailer = b"<</Root 1 0 R>>"
    if password is not None:
        owner, number = _rc4(hashlib.md5(_FILLED).digest()[:5], (password + _FILLED)[:32]), b"0123456789abcdef"
        key = hashlib.md5((password + _FILLED)[:32] + owner + b"\xfc\xff\xff\xff" + number).digest()[:5]
        page = _rc4(hashlib.md5(key + b"\4\0\0\0\0").digest()[:10], page)
        names = (owner.hex().encode(), _rc4(key, _FILLED).hex().encode())
        trailer = b"<</Root 1 0 R/Encrypt 5 0 R/ID[<%b><%b>]>>" % ((number.hex().encode(),) * 2)
        parts += [b"<</Length %d>>stream\n%b\nendstream" % (len(page), page)]
        parts += [b"<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P -4>>" % names]
    else:
        parts += [b"<</Length %d>>stream\n%b\nendstream" % (len(page), page)]
    objects = b"".join(b"%d 0 obj\n%b\nendobj\n" % row for row in enumerate(parts, 1))
    return b"%%PDF-1.4\n%btrailer%b\n%%%%EOF" % (objects, trailer)


#: What a password is filled up with.
_FILLED = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


SAID = "Mr. Berg said that it was late and that he had to go.\nMr. Costa replied that it was not."


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_lines_of_a_turned_page_keep_their_order(turned: int) -> None:
    assert text_of(pdf(SAID, turned)).split("\n")[:2] == SAID.split("\n")


def test_a_locked_pdf_is_said_to_be_locked() -> None:
    assert text_of(pdf(SAID, password=b"")).startswith("Mr. Berg")
    with pytest.raises(Unreadable, match="locked with a password"):
        text_of(pdf(SAID, password=b"secret"))


@pytest.mark.long
def test_a_page_that_lies_on_its_side_is_turned() -> None:
    memo = Memo("weir", 5, turns=2)
    [page] = pictures(memo, 1, 0.0)
    out = io.BytesIO()
    Image.open(io.BytesIO(page)).rotate(90, expand=True).save(out, "PNG")

    assert "Orbanescu" in text_of(out.getvalue())


@pytest.mark.long
@pytest.mark.parametrize("cast", CASTS)
def test_three_worn_conversations_are_read_from_a_pdf_without_text(cast: str) -> None:
    memo = Memo(cast, 5)
    text = text_of(as_pdf(pictures(memo, 1, 0.3)))
    found = shares(memo, read(text, [Participant(*each) for each in memo.participants]))

    assert found["kinds"] >= 0.95
    assert found["speakers"] >= 0.85


def test_an_image_that_unfolds_beyond_any_page_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(out, "PNG")

    with pytest.raises(Unreadable, match="points"):
        text_of(out.getvalue())
