"""Kept files as a page lists them, and addresses inside sources made into links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chungsuc.assessment.rules import EvidenceFact

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)\]]")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One kept file, to download. `picture`: it can be shown as an image."""

    number: int
    name: str
    size_kb: int
    speaks_of: date
    taken_at: datetime | None
    where: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `link` where it is an address."""

    said: str
    link: str = ""


def evidence_lines(kept: Iterable[EvidenceFact]) -> tuple[EvidenceLine, ...]:
    """The files in the order given."""
    return tuple(
        EvidenceLine(
            one.id,
            one.name,
            max(one.size // 1024, 1),
            one.speaks_of,
            one.taken_at,
            f"{one.taken_where[0]:.5f}, {one.taken_where[1]:.5f}" if one.taken_where else "",
            one.kind.startswith("image/") or one.kind in ("jpeg", "png", "webp"),
        )
        for one in kept
    )


def with_links(text: str) -> tuple[Piece, ...]:
    """The text in pieces, every web address in it a link that shows its host and no more than 60 letters."""
    pieces, end = [], 0
    for found in _ADDRESS.finditer(text):
        pieces.append(Piece(text[end : found.start()]))
        bare = found[0].split("://", 1)[1].rstrip("/")
        pieces.append(Piece(bare if len(bare) <= 60 else bare[:57] + "…", found[0]))
        end = found.end()
    pieces.append(Piece(text[end:]))
    return tuple(one for one in pieces if one.said)
