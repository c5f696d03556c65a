"""Which letters the PDF font has. A letter that it lacks is shown as □, never left out and never a crash."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from chungsuc.kit.errors import Reason, SystemFault
from chungsuc.kit.paper.layout import PLACE
from chungsuc.kit.paper.tying import tidy

FONTS = PLACE / "fonts"
REGULAR, BOLD = "Tinos_400Regular.ttf", "Tinos_700Bold.ttf"
FACES = (REGULAR, "Tinos_400Regular_Italic.ttf", BOLD, "Tinos_700Bold_Italic.ttf")
LACKING = "□"


def printable(text: str) -> str:
    """The text tidied, with every letter that any face of the font lacks as □."""
    have = letters()
    return "".join(one if ord(one) in have else LACKING for one in tidy(text))


@cache
def letters() -> frozenset[int]:
    """The code points that all four faces have."""
    missing = [name for name in FACES if not (FONTS / name).exists()]
    if missing:
        raise SystemFault(Reason("paper.no_fonts", folder=str(FONTS)))
    return frozenset.intersection(*(code_points(FONTS / name) for name in FACES))


def code_points(path: Path) -> frozenset[int]:
    """The code points of a TrueType file: the tables of its `cmap` in the formats 4 and 12."""
    data = path.read_bytes()
    start = next(
        struct.unpack_from(">I", data, 12 + 16 * place + 8)[0]
        for place in range(struct.unpack_from(">H", data, 4)[0])
        if data[12 + 16 * place : 16 + 16 * place] == b"cmap"
    )
    found: set[int] = set()
    for place in range(struct.unpack_from(">H", data, start + 2)[0]):
        table = start + struct.unpack_from(">I", data, start + 4 + 8 * place + 4)[0]
        shape = struct.unpack_from(">H", data, table)[0]
        if shape == 4:
            found |= _segments(data, table)
        elif shape == 12:
            for group in range(struct.unpack_from(">I", data, table + 12)[0]):
                first, last, _ = struct.unpack_from(">III", data, table + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found)


def _segments(data: bytes, table: int) -> set[int]:
    count = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, table + 14)
    starts = struct.unpack_from(f">{count}H", data, table + 16 + 2 * count)
    steps = struct.unpack_from(f">{count}H", data, table + 16 + 4 * count)
    places = table + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, places)
    found: set[int] = set()
    for number, (first, last, step, offset) in enumerate(zip(starts, ends, steps, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", data, places + 2 * number + offset + 2 * (code - first))[0]
            if glyph and (glyph + step) & 0xFFFF:
                found.add(code)
    return found
