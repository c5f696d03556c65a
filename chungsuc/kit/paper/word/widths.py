"""How wide words are in a Times-metric font, so that the rule below them is as long as the decree wants."""

from __future__ import annotations

from functools import cache

from PIL import ImageFont

from chungsuc.kit.paper.glyphs import BOLD, FONTS
from chungsuc.kit.paper.tying import tidy

MM_IN_POINT = 25.4 / 72
DRAWN_AT = 200


def width_of(text: str, size: float) -> float:
    """Millimetres that bold words of `size` points take; near enough where the fonts are not there."""
    font = _font()
    ems = font.getlength(tidy(text)) / DRAWN_AT if font else 0.58 * len(text)
    return ems * size * MM_IN_POINT


@cache
def _font() -> ImageFont.FreeTypeFont | None:
    path = FONTS / BOLD
    return ImageFont.truetype(str(path), DRAWN_AT) if path.exists() else None
