"""The two writers. Their packages are loaded when the first paper is written: most commands and pages write none."""

from __future__ import annotations

from chungsuc.kit.paper.drawing import Drawing
from chungsuc.kit.paper.model import Paper


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2a, tagged by PDF/UA-1. The same paper gives the same bytes.

    SystemFault `paper.no_fonts` where the build has not brought the fonts.
    """
    from chungsuc.kit.paper import pdf

    return pdf.as_pdf(paper)


def as_word(paper: Paper) -> bytes:
    """The paper as .docx, to edit. The same paper gives the same bytes."""
    from chungsuc.kit.paper import word

    return word.as_word(paper)


def as_png(drawing: Drawing) -> bytes:
    """A drawing as a picture, for files that cannot hold it as lines."""
    from chungsuc.kit.paper import pdf

    return pdf.as_png(drawing)
