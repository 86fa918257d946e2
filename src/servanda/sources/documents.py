"""From a file's bytes to its text, within bounds: what is no document ends in a sentence, not in a full memory.

Text is taken as it stands, a PDF by its text layer. Pages without one, and images, are read by an optical reader that
the extra `scan` brings.
"""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from .reading.english import FUNCTION

#: How large a document may be, and how long one of its lines: a page has some thousand characters.
MOST_BYTES = 16 * 1024 * 1024
MOST_TEXT = 1_000_000
MOST_LINES = 100_000
LONGEST_LINE = 20_000
#: How many pages a PDF may have, how many of them may need reading, and how many points an image may have.
MOST_PAGES = 1000
MOST_SCANNED = 100
MOST_POINTS = 60_000_000
#: How much of a text may be characters that no text has.
_MOST_STRANGE = 0.01
_STRANGE = {*range(32), 0xFFFD} - {9, 10, 12, 13, 27}
#: Dots to an inch at which a page is drawn to be read; a PDF counts 72 to an inch.
_DOTS = 200
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
#: How many pages are shown as pictures, how wide in points, and how well; together they are some megabytes at most.
MOST_PICTURES, _PICTURE_WIDTH, _PICTURE_QUALITY = 60, 1000, 55
#: A page with fewer letters than this in its text layer is an image.
_FEW_LETTERS = 20
#: How many bytes of a PDF may be unfolded, in one part and all together.
MOST_UNFOLDED_AT_ONCE, MOST_UNFOLDED = 8_000_000, 60_000_000
#: What other documents begin with, and what is to be done with them.
_OTHERS = (
    (b"PK\x03\x04", "is a Word or OpenDocument file or an archive: save it as PDF or as text"),
    (b"\xd0\xcf\x11\xe0", "is an old Word file: save it as PDF or as text"),
    (b"{\\rtf", "is RTF: save it as PDF or as text"),
    (b"\xff\xfe", "is text in UTF-16: save it as UTF-8"),
    (b"\xfe\xff", "is text in UTF-16: save it as UTF-8"),
)
#: How much of a text every other byte is nothing, where letters have two; of so many first bytes.
_WIDE, _FIRST = 0.4, 4096
#: How many words a page read upright has at least of those that hold sentences together, or all its words are few.
_UPRIGHT, _SOME_WORDS = 0.12, 20
_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
#: How far before a stream its dictionary is looked at.
_DICTIONARY = 300
_NEW_PAGE = "\n\f\n"


class Unreadable(Exception):
    """A document that cannot be read; says why, as the end of a sentence that begins with its name."""


def text_of(data: bytes) -> str:
    """The text of a document. Raises `Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"is too large: a document can have {MOST_BYTES // 1024 // 1024} MiB at most; divide it")
    if not data.strip():
        raise Unreadable("is empty: there is nothing to read")
    if data.startswith(b"%PDF-"):
        return checked(_text_of_pdf(data))
    if _is_image(data):
        return checked(_text_of_image(_opened(data)))
    return checked(_decoded(data))


def pictures_of(data: bytes) -> list[bytes]:
    """The pages of a PDF or an image as JPEG, small enough to lie in a page; none of a text, or beyond the first few.

    Raises `Unreadable`.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("is too large")
    if data.startswith(b"%PDF-"):
        with _pdf(data) as document:
            return [_small(_drawn(document[at])) for at in range(min(len(document), MOST_PICTURES))]
    return [_small(_opened(data))] if _is_image(data) else []


def _small(image: Any) -> bytes:
    image = image.convert("L")
    image.thumbnail((_PICTURE_WIDTH, 2 * _PICTURE_WIDTH))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_PICTURE_QUALITY, optimize=True)
    return out.getvalue()


def _is_image(data: bytes) -> bool:
    return data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def checked(text: str) -> str:
    """The text, if it is one that can be read within bounds."""
    if len(text) > MOST_TEXT:
        raise Unreadable(f"is too long: {MOST_TEXT // 1_000_000} million characters can be read at once; divide it")
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise Unreadable(f"has {len(lines):,} lines; {MOST_LINES:,} can be read at once; divide it")
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"has {len(line):,} characters on line {number}; no line of a page is half as long")
    return text


def _decoded(data: bytes) -> str:
    for begins, said in _OTHERS:
        if data.startswith(begins):
            raise Unreadable(said)
    if data[:_FIRST].lstrip()[:14].lower().startswith((b"<html", b"<!doctype html")):
        raise Unreadable("is HTML: save what it shows as PDF or as text")
    nothing = data[:_FIRST].count(0)
    if nothing >= _WIDE * len(data[:_FIRST]):
        raise Unreadable("is text in UTF-16: save it as UTF-8")
    if nothing:
        raise Unreadable("is no text: it holds bytes that no text has")
    text = data.decode("utf-8-sig", errors="replace")
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    if _in_one_byte(data, text):
        raise Unreadable("is text in another encoding than UTF-8, such as Windows-1252: save it as UTF-8")
    strange = sum(text.count(chr(code)) for code in _STRANGE)
    if strange > _MOST_STRANGE * len(text):
        raise Unreadable("is no text: it holds bytes that no text in UTF-8 has")
    return text


def _in_one_byte(data: bytes, text: str) -> bool:
    """Whether letters that are not read in UTF-8 are such in an encoding of one byte, and none is one of UTF-8."""
    lost = text.count("\ufffd")
    if not lost or any(ord(letter) > 127 and letter != "\ufffd" for letter in text):
        return False
    high = bytes(byte for byte in data if byte > 127)
    meant = high.decode("cp1252", errors="replace")
    return sum(each.isalpha() or each in "“”‘’–—…§°«»¿¡" for each in meant) >= 0.9 * len(meant)


def _needed(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise Unreadable("is a PDF or an image, which the extra `scan` reads: pip install 'servanda[scan]'") from None


def _text_of_pdf(data: bytes) -> str:
    """The text layers of the pages; a page without one is drawn and read."""
    with _pdf(data) as document:
        if len(document) > MOST_PAGES:
            raise Unreadable(f"has {len(document):,} pages; {MOST_PAGES:,} can be read at once; divide it")
        pages: list[str] = []
        scanned = letters = 0
        for page in document:
            turned = page.get_rotation()
            page.set_rotation(0)  # in a page that is turned, lines come in the wrong order
            text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
            if sum(map(str.isalnum, text)) < _FEW_LETTERS:
                scanned += 1
                if scanned > MOST_SCANNED:
                    raise Unreadable(f"has more than {MOST_SCANNED} pages that are images; divide it")
                page.set_rotation(turned)
                text = _text_of_image(_drawn(page))
            letters += len(text)
            if letters > MOST_TEXT:
                raise Unreadable(f"is too long: {MOST_TEXT // 1_000_000} million characters can be read at once")
            pages.append(text.strip("\n"))
            page.close()
        return _NEW_PAGE.join(pages) + "\n"


@contextmanager
def _pdf(data: bytes) -> Iterator[Any]:
    """A PDF, unless it unfolds to more than pages have."""
    pdfium = _needed("pypdfium2")
    _check_unfolded(data)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as reason:
        if "password" in str(reason).lower():
            raise Unreadable("is locked with a password: save a copy of it without one") from None
        raise Unreadable(f"is no PDF that can be opened: {reason}") from None
    try:
        yield document
    finally:
        document.close()


def _check_unfolded(data: bytes) -> None:
    """Refuse a PDF whose compressed parts, images aside, unfold to more than pages of text have."""
    total = 0
    for found in _STREAM.finditer(data):
        if b"/Image" in data[max(0, found.start() - _DICTIONARY) : found.start()]:
            continue
        unfolding = zlib.decompressobj()
        try:
            size = len(unfolding.decompress(data[found.end() :], MOST_UNFOLDED_AT_ONCE + 1))
        except zlib.error:
            continue
        total += size
        if size > MOST_UNFOLDED_AT_ONCE or total > MOST_UNFOLDED:
            raise Unreadable("unfolds to more than pages of text have; it may have been made to exhaust the machine")


def _drawn(page: Any) -> Any:
    width, height = page.get_size()
    scale = min(_DOTS / 72, (MOST_POINTS / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale).to_pil()


def _opened(data: bytes) -> Any:
    """An image, unless it unfolds to more points than a page has."""
    images = _needed("PIL.Image")
    try:
        image = images.open(io.BytesIO(data))
        if image.width * image.height > MOST_POINTS:
            raise Unreadable(f"unfolds to {image.width:,} × {image.height:,} points; no page has so many")
        image.load()
    except (OSError, SyntaxError, ValueError, images.DecompressionBombError) as reason:
        raise Unreadable(f"is no image that can be opened: {reason}") from None
    return image


def _text_of_image(image: Any) -> str:
    reader = _needed("tesserocr")
    data = Path(sys.prefix) / "share" / "tessdata"
    read: Callable[..., str] = reader.image_to_text

    def text(turned: int) -> str:
        page = image.convert("L").rotate(turned, expand=True, fillcolor=255)
        return read(page, lang="eng", path=str(data), psm=reader.PSM.AUTO)

    upright = text(0)
    words = upright.lower().split()
    if _small_words(upright) >= _UPRIGHT * len(words) or len(words) < _SOME_WORDS:
        return upright
    return max([upright, *(text(turned) for turned in (90, 270, 180))], key=_small_words)


def _small_words(text: str) -> int:
    """How many words of a text hold sentences together: a page that lies on its side has hardly any."""
    return sum(word in FUNCTION for word in re.findall(r"[a-z]{2,}", text.lower()))
