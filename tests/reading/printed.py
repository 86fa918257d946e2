"""Memoranda printed and damaged as pictures: drawn on paper, worn, tilted and read back by an optical reader."""

from __future__ import annotations

import io
import random
import textwrap

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .memo import Memo


def pictures(memo: Memo, seed: int, wear: float) -> list[bytes]:
    """The pages of a memorandum as PNG images, worn by specks and gaps in the ink."""
    dice = random.Random(f"print {seed}")
    rows: list[str] = []
    for piece in memo.pieces:
        rows += [*textwrap.wrap(piece.text, 78), ""]
    font = ImageFont.load_default(size=26)
    pages = []
    for start in range(0, len(rows), 44):
        image = Image.new("L", (1300, 1750), 255)
        pen = ImageDraw.Draw(image)
        for number, row in enumerate(rows[start : start + 44]):
            pen.text((60, 50 + number * 37), row, fill=40, font=font)
        image = image.filter(ImageFilter.GaussianBlur(0.6 + wear))
        points = image.load()
        assert points is not None
        for _ in range(int(wear * 40_000)):
            points[dice.randrange(image.width), dice.randrange(image.height)] = dice.choice((20, 255, 255))
        image = image.rotate(dice.uniform(-0.4, 0.4) * wear, fillcolor=255)
        out = io.BytesIO()
        image.save(out, "PNG")
        pages.append(out.getvalue())
    return pages


def as_pdf(pages: list[bytes]) -> bytes:
    """Pages as a PDF that has images and no text."""
    images = [Image.open(io.BytesIO(page)).convert("L") for page in pages]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=150)
    return out.getvalue()
