"""The colours by measure: words can be read, verdicts and bands stay apart for every eye and in grey."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from tests.house.source import PACKAGE

TOKENS = (PACKAGE / "doors" / "ui" / "styles" / "tokens.css").read_text(encoding="utf-8")
LIGHT_PART, DEVICE_PART, CHOSEN_PART, PRINT_PART = re.split(r"@media [^{]*\{", TOKENS)

# What an eye without one kind of cone sees, on linear RGB: Machado, Oliveira & Fernandes, "A Physiologically-based
# Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, table of severity 1.0.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
WHITE = (0.95047, 1.0, 1.08883)  # D65
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
APART = 10  # CIE 1976 difference: well above what two patches side by side need to be told apart (about 2.3)


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", block))


LIGHT, DARK = colours(LIGHT_PART), colours(CHOSEN_PART)


def linear(colour: str) -> list[float]:
    digits = colour[1:] if len(colour) == 7 else "".join(char * 2 for char in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip(EYES["grey"][0], linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def times(matrix, vector) -> list[float]:
    return [sum(weight * part for weight, part in zip(row, vector, strict=True)) for row in matrix]


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    """The colour in CIE L*a*b* as that eye sees it."""
    seen_light = [min(1.0, max(0.0, part)) for part in times(EYES[eye], linear(colour))]
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (value / white for value, white in zip(times(XYZ, seen_light), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, eye: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(seen(one, eye), seen(other, eye), strict=True)) ** 0.5


def test_the_measure_is_the_known_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert seen("#ffffff", "usual") == pytest.approx((100, 0, 0), abs=0.02)
    assert difference("#ff0000", "#00ff00", "usual") == pytest.approx(170.6, abs=0.2)
    assert difference("#808080", "#808080", "deuteranopia") == 0


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read(scheme):
    for ink in ("ink", "ink-2", "ink-3", "accent", "met", "not-met", "nearly-ink"):
        for paper in ("paper", "sheet", "wash"):
            assert contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)
    pairs = [("on-accent", "accent"), ("demo", "demo-wash"), ("accent", "accent-wash"), ("met", "met-wash")]
    pairs += [("ink", f"{verdict}-wash") for verdict in ("met", "nearly", "not-met", "accent")]
    pairs += [(f"on-band-{band}", f"band-{band}") for band in range(1, 6)]
    for ink, paper in pairs:
        assert contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_edges_of_fields_stand_out(scheme):
    for drawn in ("met", "nearly", "not-met", "na", "none", "edge"):
        assert contrast(scheme[drawn], scheme["sheet"]) >= 3, drawn


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_verdicts_and_bands_stay_apart_for_every_eye(scheme, eye):
    for family in (("met", "nearly", "not-met"), tuple(f"band-{band}" for band in range(1, 6))):
        for one, other in combinations(family, 2):
            assert difference(scheme[one], scheme[other], eye) >= APART, (one, other)


def test_dark_by_device_and_dark_by_choice_are_the_same_and_paper_is_never_dark():
    def body(part: str) -> list[str]:
        return [line.strip() for line in part.splitlines() if line.strip().startswith(("--", "color-scheme"))]

    assert body(DEVICE_PART) == body(CHOSEN_PART) != []
    assert set(LIGHT) == set(DARK)
    assert TOKENS.count("@media screen") == 2
    assert colours(PRINT_PART)["sheet"] == "#fff"


def test_no_sheet_of_the_pages_has_a_colour_of_its_own():
    bare = {
        path.name: found
        for path in (PACKAGE / "doors" / "ui" / "styles").glob("*.css")
        if path.name != "tokens.css"
        and (found := re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", _on_screen(path.read_text(encoding="utf-8"))))
    }
    assert bare == {}


def _on_screen(css: str) -> str:
    """The sheet without its print part: paper has black and grey of its own."""
    return re.sub(r"@media print \{.*?\n\}|@media print \{[^\n]*", "", css, flags=re.DOTALL)
