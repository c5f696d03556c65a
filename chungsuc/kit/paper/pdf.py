"""A paper as PDF: PDF/A-2a and PDF/UA-1 at once (archivable, tagged), with the shipped font only.

Texts reach the typesetter as JSON and are set as strings: nothing in them is ever read as markup.
"""

from __future__ import annotations

import io
import json
from datetime import timedelta, timezone
from functools import cache
from typing import Any

import typst
from PIL import Image

from chungsuc.kit.paper.data import drawing_data, paper_data
from chungsuc.kit.paper.drawing import Drawing
from chungsuc.kit.paper.glyphs import FONTS, letters, printable
from chungsuc.kit.paper.layout import PLACE
from chungsuc.kit.paper.model import Paper

STANDARDS = ["a-2a", "ua-1"]
DOTS_PER_INCH = 220


@cache
def _fonts() -> typst.Fonts:
    letters()  # says clearly when they are not there
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compiler(page: str, data: dict[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        PLACE / page,
        root=PLACE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2a, tagged by PDF/UA-1. The same paper gives the same bytes."""
    compiler = _compiler("paper.typ", paper_data(paper, printable))
    made_at = paper.made_at.replace(microsecond=0)
    moment = made_at.astimezone(timezone(made_at.utcoffset() or timedelta()))  # a fixed offset
    return compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment)  # type: ignore[return-value]


def as_png(drawing: Drawing) -> bytes:
    """A drawing as a picture, for files that cannot hold it as lines."""
    compiler = _compiler("picture.typ", drawing_data(drawing, printable))
    return _small(compiler.compile(format="png", ppi=DOTS_PER_INCH))  # type: ignore[arg-type]


def _small(picture: bytes) -> bytes:
    """The picture in few colours: lines and flat areas need no more, and lines to the communes are thin."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(
        64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    ).save(out, "PNG")
    return out.getvalue()
