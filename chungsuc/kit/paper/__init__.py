"""Official papers from one source: a model of pure data, written as Word (editable) and as PDF (PDF/A, tagged).

The layout is that of NĐ 30/2020/NĐ-CP and stands as data with its provenance in `layout.yaml`. No business word.
"""

from chungsuc.kit.paper.drawing import Area, Drawing, Label, Stroke
from chungsuc.kit.paper.layout import Measure, layout
from chungsuc.kit.paper.model import (
    Annex,
    Block,
    Body,
    Box,
    Closing,
    Column,
    Figure,
    Heading,
    Letterhead,
    Notes,
    Paper,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    Words,
)
from chungsuc.kit.paper.tying import tidy
from chungsuc.kit.paper.writers import as_pdf, as_png, as_word

__all__ = [
    "Annex",
    "Area",
    "Block",
    "Body",
    "Box",
    "Closing",
    "Column",
    "Drawing",
    "Figure",
    "Heading",
    "Label",
    "Letterhead",
    "Measure",
    "Notes",
    "Paper",
    "Paragraph",
    "Row",
    "Run",
    "Section",
    "Stroke",
    "Table",
    "Words",
    "as_pdf",
    "as_png",
    "as_word",
    "layout",
    "tidy",
]
