"""How much is missing to the threshold, in an officer's words: "còn thiếu 12 hộ"."""

from __future__ import annotations

from decimal import Decimal

from chungsuc.criteria.engine import Indicator, IndicatorVerdict, Kind, Verdict
from chungsuc.criteria.engine.nodes import AtLeast, AtMost, Piece
from chungsuc.criteria.engine.sentences import amount, missing, part_name
from chungsuc.kit.catalogue import text


def gap_text(one: IndicatorVerdict, lang: str) -> str:
    """What stands between the unit and the threshold; "" where it is met or cannot be judged."""
    if one.verdict is Verdict.NO_FIGURE:
        return text("desk.gap.no_figure", lang)
    if one.verdict not in (Verdict.NOT_MET, Verdict.NEARLY_MET):
        return ""
    indicator = one.ruling.indicator
    said = [_piece(indicator, piece, lang) for piece in one.pieces if piece.holds is False]
    return "; ".join(part for part in said if part)


def _piece(indicator: Indicator, piece: Piece, lang: str) -> str:
    name = f"{part_name(indicator, piece.part, lang)}: " if piece.part else ""
    if not isinstance(piece.leaf, AtLeast | AtMost):
        return name + text("desk.gap.requirement", lang)
    way = "short" if isinstance(piece.leaf, AtLeast) else "over"
    if piece.share.counted and indicator.counted:
        number = missing(piece.leaf, piece.share, whole=indicator.counted.whole)
        return name + text(f"desk.gap.{way}", lang, number=amount(number, lang), what=indicator.counted.name.of(lang))
    distance = abs(Decimal(piece.share.value) - piece.leaf.limit)  # type: ignore[arg-type]
    rounded = amount(distance, lang, 2 if distance >= Decimal("0.005") else None)
    if indicator.kind is Kind.PERCENT:
        what = text("desk.gap.points", lang)
    else:
        what = indicator.unit.of(lang) if indicator.unit else ""
    return name + text(f"desk.gap.{way}", lang, number=rounded, what=what).rstrip()
