"""Values, limits and what is missing, as a scorecard prints them."""

from __future__ import annotations

from decimal import Decimal

from chungsuc.criteria.engine import Figure, Indicator, IndicatorVerdict, Kind, Share, Verdict
from chungsuc.criteria.engine.nodes import AtLeast, AtMost, Piece
from chungsuc.criteria.engine.sentences import amount, limit_text, missing, part_name, with_unit
from chungsuc.kit.catalogue import text


def value_of(one: IndicatorVerdict, lang: str) -> str:
    """`94,9%`, `Đạt`, parts one after the other; a dash where nothing is recorded."""
    if one.verdict is Verdict.NOT_APPLICABLE:
        return text("verdict.not_applicable", lang)
    return _shown(one.ruling.indicator, one.value, lang)


def limits_of(one: IndicatorVerdict, lang: str) -> str:
    """What the law asks here: `≥ 95%`; by part where it asks by part; a dash where it asks nothing known."""
    indicator, limits = one.ruling.indicator, tuple(one.ruling.limits)
    said = [
        f"{part_name(indicator, part, lang)} {limit_text(indicator, leaf, lang)}"
        if part
        else limit_text(indicator, leaf, lang)
        for part, leaf in limits
    ]
    return "; ".join(said) or "–"


def missing_of(one: IndicatorVerdict, lang: str) -> str:
    """How much stands between the commune and the threshold."""
    if one.verdict is Verdict.NO_FIGURE:
        return text("verdict.no_figure", lang)
    said = [_missing(one.ruling.indicator, piece, lang) for piece in one.pieces if piece.holds is False]
    return "; ".join(said) or "–"


def _shown(indicator: Indicator, value: object, lang: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, Share):
        return _shown(indicator, Figure(value=value.value, num=value.num, den=value.den).share().value, lang)
    if isinstance(value, bool):
        return text("verdict.met" if value else "verdict.not_met", lang)
    if isinstance(value, Decimal):
        return with_unit(indicator, amount(value, lang, 2), lang)
    pieces = dict(value).items()  # type: ignore[call-overload]
    return "; ".join(f"{part_name(indicator, key, lang)} {_shown(indicator, one, lang)}" for key, one in pieces)


def _missing(indicator: Indicator, piece: Piece, lang: str) -> str:
    name = f"{part_name(indicator, piece.part, lang)}: " if piece.part else ""
    if not isinstance(piece.leaf, AtLeast | AtMost):
        return name + text("papers.card.requirement", lang)
    way = "short" if isinstance(piece.leaf, AtLeast) else "over"
    if piece.share.counted and indicator.counted:
        number = missing(piece.leaf, piece.share, whole=indicator.counted.whole)
        what = indicator.counted.name.of(lang)
        return name + text(f"papers.card.{way}", lang, number=amount(number, lang), what=what)
    distance = abs(Decimal(piece.share.value) - piece.leaf.limit)  # type: ignore[arg-type]
    number = amount(distance, lang, 2 if distance >= Decimal("0.005") else None)
    if indicator.kind is Kind.PERCENT:
        what = text("papers.card.points", lang)
    else:
        what = indicator.unit.of(lang) if indicator.unit else ""
    return name + text(f"papers.card.{way}", lang, number=number, what=what).rstrip()
