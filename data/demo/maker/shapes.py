"""How each indicator behaves: in what it is counted, how low and high it goes, how fast it moves. Made up."""

from __future__ import annotations

from dataclasses import dataclass

from maker.law import NEW, OLD


@dataclass(frozen=True)
class Shape:
    """`base`: what a share is counted in (a name in `Place.size`). `far` and `near`: where the value ends when the
    goal is far off, and long after it is reached. `pace`: how fast, per year."""

    base: str | None = None
    far: float = 20.0
    near: float = 97.0
    pace: float = 0.25


YES_NO = Shape()
_ROADS = {
    "2.1": Shape("km_commune", 20, 100, 0.2),
    "2.2": Shape("km_village", 6, 92, 0.22),
    "2.3": Shape("km_lane", 15, 100, 0.2),
    "2.4": Shape("km_field", 2, 88, 0.2),
}
SHAPES: dict[str, dict[str, Shape]] = {
    OLD: _ROADS
    | {
        "3.1": Shape("ha", 38, 96, 0.3),
        "4.2": Shape("households", 68, 99.6, 0.35),
        "5": Shape("schools", 0, 100, 0.35),
        "6.3": Shape("villages", 20, 100, 0.2),
        "9.1": Shape("households", 0.16, 0, 0.35),
        "9.2": Shape("households", 38, 96, 0.2),
        "10": Shape(None, 0, 0, 0.085),
        "11": Shape("households", 66, 3.5, 0.14),
        "12": Shape("able", 80, 97.5, 0.4),
        "14.2": Shape("pupils", 42, 95, 0.3),
        "14.3": Shape("workers", 8, 58, 0.22),
        "15.1": Shape("people", 66, 99.2, 0.4),
        "15.3": Shape("children", 39, 15, 0.2),
        "16": Shape("villages", 30, 100, 0.3),
        "17.1:hygienic": Shape("households", 58, 99, 0.28),
        "17.1:clean": Shape("households", 8, 88, 0.25),
        "17.2": Shape("shops", 45, 100, 0.3),
        "17.6": Shape("households", 22, 94, 0.22),
        "17.7": Shape("livestock", 18, 92, 0.22),
        "17.8": Shape("food", 72, 100, 0.3),
        "18.4": Shape("bodies", 60, 100, 0.4),
    },
    NEW: _ROADS
    | {
        "3.1": Shape("ha", 38, 96, 0.3),
        "4.2": Shape("households", 68, 99.6, 0.35),
        "5.1": Shape("schools", 0, 100, 0.35),
        "6.3": Shape("villages", 20, 100, 0.2),
        "9.2": Shape("households", 38, 96, 0.2),
        "10.1": Shape(None, 0, 0, 0.085),
        "11.1": Shape("households", 72, 6, 0.14),
        "12.1:male": Shape("workers", 28, 84, 0.25),
        "12.1:female": Shape("workers", 24, 82, 0.25),
        "12.2:male": Shape("workers", 4, 42, 0.25),
        "12.2:female": Shape("workers", 3, 40, 0.25),
        "14.2:male": Shape("pupils", 42, 95, 0.3),
        "14.2:female": Shape("pupils", 42, 96, 0.3),
        "15.1:male": Shape("people", 66, 99.2, 0.4),
        "15.1:female": Shape("people", 66, 99.4, 0.4),
        "15.3": Shape("children", 39, 15, 0.2),
        "15.4": Shape("people", 5, 90, 0.3),
        "16.1": Shape("villages", 30, 100, 0.3),
        "17.1:total": Shape("households", 2, 80, 0.25),
        "17.1:centralised": Shape("households", 0.5, 60, 0.25),
        "17.2": Shape("shops", 45, 100, 0.3),
        "17.4": Shape(None, 0.2, 6, 0.3),
        "17.6": Shape("tonnes", 10, 92, 0.25),
        "17.7": Shape("kg", 20, 100, 0.3),
        "17.8": Shape("households", 22, 94, 0.22),
        "17.9": Shape("livestock", 18, 92, 0.22),
        "17.10": Shape("food", 72, 100, 0.3),
        "17.11": Shape("households", 2, 75, 0.25),
        "17.12": Shape("kg", 5, 85, 0.25),
        "18.3": Shape("bodies", 60, 100, 0.4),
    },
}
# Where no threshold is known, a figure moves around this value all the same. Made up.
WITHOUT_THRESHOLD = {"15.3": 25.0, "17.2": 90.0, "17.6": 50.0}
# Indicators of the new set that ask in substance what one of the old set asked: they share their figure when the
# verdict allows it.
SAME = {
    "2.1": "2.1", "2.2": "2.2", "2.3": "2.3", "2.4": "2.4", "3.1": "3.1", "3.2": "3.2", "4.1": "4.1", "4.2": "4.2",
    "5.1": "5", "6.1": "6.1", "6.2": "6.2", "6.3": "6.3", "7.1": "7", "8.1": "8.1", "8.2": "8.2", "8.3": "8.3",
    "8.4": "8.4", "9.2": "9.2", "10.1": "10", "13.1": "13.1", "13.2": "13.2", "14.1": "14.1", "15.2": "15.2",
    "15.3": "15.3", "16.1": "16", "17.2": "17.2", "17.3": "17.3", "17.5": "17.4", "17.8": "17.6", "17.10": "17.8",
    "18.1": "18.1", "18.2": "18.3", "18.3": "18.4", "18.4": "18.5", "18.5": "18.6", "19.1": "19.1", "19.2": "19.2",
}  # fmt: skip


def shape_of(set_code: str, code: str, part: str | None) -> Shape:
    """The shape of an indicator or of one of its parts."""
    return SHAPES[set_code].get(f"{code}:{part}" if part else code, YES_NO)
