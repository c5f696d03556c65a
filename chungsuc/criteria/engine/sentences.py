"""Why a verdict is what it is, in one sentence an officer understands. The words are in `phrases.yaml`."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from chungsuc.criteria.engine.figures import HUNDRED, Figure, Share
from chungsuc.criteria.engine.nodes import AtLeast, AtMost, IsTrue, Leaf, Piece, Verdict
from chungsuc.criteria.engine.placing import Ruling
from chungsuc.criteria.engine.sets import Indicator, Kind
from chungsuc.kit import vietnamese
from chungsuc.kit.catalogue import text

MEASURED_STEP = Decimal("0.01")


def why(verdict: Verdict, ruling: Ruling, figure: Figure, pieces: tuple[Piece, ...], lang: str) -> str:
    """The sentence for one verdict, with value, threshold, place and source."""
    facts = {"indicator": ruling.indicator.code, "where": _where(ruling, lang)}
    if verdict is Verdict.NOT_APPLICABLE:
        return text("criteria.why.not_applicable", lang, **facts, reason=figure.not_applicable)
    if verdict is Verdict.NO_THRESHOLD:
        key = "criteria.why.left_to_province" if ruling.indicator.set_by == "province" else "criteria.why.no_threshold"
        return text(key, lang, **facts)
    if verdict is Verdict.NO_FIGURE and ruling.node is None:
        return text("criteria.why.no_figure_no_threshold", lang, **facts)
    facts["comparison"] = "; ".join(_comparison(ruling.indicator, piece, lang) for piece in pieces)
    facts["comparison"] += "".join(_by_counts(ruling.indicator, piece, figure, lang) for piece in pieces)
    if verdict is Verdict.NEARLY_MET:
        return text("criteria.why.nearly_met", lang, **facts, reason=figure.nearly_met)
    if verdict is Verdict.NOT_MET:
        return text("criteria.why.not_met", lang, **facts) + _short_of(ruling.indicator, pieces, lang)
    return text(f"criteria.why.{verdict.value}", lang, **facts)


def mark(ruling: Ruling, lang: str) -> str:
    """The warning to show beside a value that was not read at a source; empty when it was."""
    if ruling.source.example:
        return text("criteria.mark.example", lang)
    return "" if ruling.checked else text("criteria.mark.unchecked", lang)


def amount(value: Decimal | bool, lang: str, places: int | None = None) -> str:
    """A number as people write it in the language: 94,9 or 94.9; rounded half up to `places` where given."""
    exact = Decimal(value)
    if places is not None and -exact.normalize().as_tuple().exponent > places:  # type: ignore[operator]
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    shown = vietnamese.number(exact)
    return shown if lang == "vi" else shown.translate(str.maketrans(",.", ".,"))


def with_unit(indicator: Indicator, shown: str, lang: str) -> str:
    """`94,9%`, `3 nhà`, `36 triệu đồng/người/năm`."""
    if indicator.unit is None:
        return shown
    unit = indicator.unit.of(lang)
    return f"{shown}%" if unit == "%" else f"{shown} {unit}"


def limit_text(indicator: Indicator, leaf: Leaf, lang: str) -> str:
    """`≥ 95%`, `≤ 12%`, `Đạt`."""
    if isinstance(leaf, IsTrue):
        return text("criteria.word.required", lang)
    sign = "≥" if isinstance(leaf, AtLeast) else "≤"
    return f"{sign} {with_unit(indicator, amount(leaf.limit, lang), lang)}"


def _where(ruling: Ruling, lang: str) -> str:
    place, source = ruling.place.of(lang), ruling.citation.of(lang)
    return f"{place}, {source}" if place else source


def _comparison(indicator: Indicator, piece: Piece, lang: str) -> str:
    name = f"{part_name(indicator, piece.part, lang)} " if piece.part else ""
    leaf, share = piece.leaf, piece.share
    if leaf is None or isinstance(leaf, IsTrue):
        key = {True: "criteria.why.requirement_met", False: "criteria.why.requirement_not_met"}.get(
            piece.holds,
            "criteria.why.requirement_open",  # type: ignore[arg-type]
        )
        return text(key, lang, name=indicator.short.of(lang))
    if share.value is None:
        return text("criteria.why.missing", lang, name=name, limit=limit_text(indicator, leaf, lang))
    found = _shown_value(share, leaf, lang)
    sign = {(AtLeast, True): "≥", (AtLeast, False): "<", (AtMost, True): "≤", (AtMost, False): ">"}[
        type(leaf), bool(piece.holds)
    ]
    limit = with_unit(indicator, amount(leaf.limit, lang), lang)
    if indicator.kind is Kind.PERCENT:
        found = with_unit(indicator, found, lang)
    return f"{name}{found} {sign} {limit}"


def _shown_value(share: Share, leaf: AtLeast | AtMost, lang: str) -> str:
    """A computed share rounded to two decimals, or as many as show on which side of the limit it is."""
    value = Decimal(share.value)  # type: ignore[arg-type]
    if not share.counted:
        return amount(value, lang)
    for places in range(2, 12):
        shown = value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
        if (shown >= leaf.limit) == (value >= leaf.limit) and (shown <= leaf.limit) == (value <= leaf.limit):
            return amount(shown, lang)
    return amount(value, lang)


def contradicted(piece: Piece, figure: Figure) -> bool:
    """Whether the value as written stands on the other side of the limit than the counts that decide."""
    written = figure.written(piece.part)
    if piece.leaf is None or piece.holds is None or not piece.share.counted or written is None:
        return False
    return piece.leaf.holds(Share(written)) is not piece.holds


def _by_counts(indicator: Indicator, piece: Piece, figure: Figure, lang: str) -> str:
    """Says that the counts decide, where the written value alone would have given another verdict."""
    if not contradicted(piece, figure):
        return ""
    num, den = (amount(count, lang) for count in (piece.share.num, piece.share.den))  # type: ignore[arg-type]
    share = with_unit(indicator, _shown_value(piece.share, piece.leaf, lang), lang)  # type: ignore[arg-type]
    written = with_unit(indicator, amount(figure.written(piece.part), lang), lang)  # type: ignore[arg-type]
    return text("criteria.why.by_counts", lang, num=num, den=den, share=share, written=written)


def part_name(indicator: Indicator, part: str, lang: str) -> str:
    """What a part is called: nước sạch, nam."""
    for known in indicator.parts:
        if known.key == part:
            return known.name.of(lang)
    return text(f"criteria.word.{part}", lang)


def _short_of(indicator: Indicator, pieces: tuple[Piece, ...], lang: str) -> str:
    """How many households (pupils, km …) are missing or too many, where the counts are known."""
    if indicator.counted is None:
        return ""
    found = []
    for piece in pieces:
        if piece.holds is not False or not piece.share.counted or piece.leaf is None:
            continue
        number = missing(piece.leaf, piece.share, whole=indicator.counted.whole)
        key = "criteria.why.short" if isinstance(piece.leaf, AtLeast) else "criteria.why.over"
        name = indicator.counted.name.of(lang)
        found.append(text(key, lang, number=amount(number, lang), counted=name))
    return "".join(found)


def missing(leaf: Leaf, share: Share, *, whole: bool) -> Decimal:
    """How many more (or fewer) of what is counted would reach the limit; exact, then to whole ones or 0.01."""
    step = Decimal(1) if whole else MEASURED_STEP
    exact = leaf.limit * share.den / HUNDRED  # type: ignore[operator]
    if isinstance(leaf, AtMost):
        return share.num - (exact / step).to_integral_value(ROUND_FLOOR) * step  # type: ignore[operator]
    return (exact / step).to_integral_value(ROUND_CEILING) * step - share.num  # type: ignore[operator]
