"""The layout as data: every length and size with the range that the decree allows and where it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

PLACE = Path(__file__).resolve().parent
WORD_FONT = "Times New Roman"
PDF_FONT = "Tinos"


@dataclass(frozen=True, slots=True)
class Measure:
    """One length (mm), size (pt) or share. `provenance`: verified, memory (to be checked) or house (our own)."""

    value: float
    lowest: float
    highest: float
    provenance: str
    source: str


@cache
def layout() -> Mapping[str, Measure]:
    """Every measure by name, for example `margin.left`."""
    told = yaml.safe_load((PLACE / "layout.yaml").read_text(encoding="utf-8"))
    sources = told.pop("sources")
    found = {}
    for name, one in told.items():
        lowest, highest = one.get("allowed", (one["value"], one["value"]))
        source = sources.get(one.get("source", ""), one.get("confidence", ""))
        found[name] = Measure(one["value"], lowest, highest, one["provenance"], source)
    return MappingProxyType(found)


def measure(name: str) -> float:
    """The value of one measure."""
    return layout()[name].value


def text_width(*, landscape: bool = False) -> float:
    """Millimetres between the left and the right margin."""
    across = measure("page.height" if landscape else "page.width")
    return across - measure("margin.left") - measure("margin.right")
