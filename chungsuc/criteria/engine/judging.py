"""Judging one unit with words: every indicator explained, criteria and total drawn from them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chungsuc.criteria.engine.figures import Context, Figure
from chungsuc.criteria.engine.nodes import Piece, Verdict, all_of, weigh
from chungsuc.criteria.engine.placing import Ruling, place
from chungsuc.criteria.engine.sentences import mark, why
from chungsuc.criteria.engine.sets import CriteriaSet, Kind, Value, Words
from chungsuc.kit.errors import Reason, stop_if

NOTHING = Figure()


@dataclass(frozen=True, slots=True)
class IndicatorVerdict:
    """One indicator judged: what was found, against what, by which article, and why in words.

    `value`, `threshold` and `margin` are plain values, or mappings by part for compound indicators.
    `margin` is in the indicator's unit and never negative on the met side; None for requirements.
    """

    verdict: Verdict
    ruling: Ruling
    figure: Figure
    pieces: tuple[Piece, ...]

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.ruling.indicator.code

    @property
    def value(self) -> Value | Mapping[str, Value | None] | None:
        """What was judged; a share with counts is computed from them."""
        boolean = self.ruling.indicator.kind is Kind.BOOLEAN
        return self._by_part(
            lambda piece: bool(piece.share.value) if boolean and piece.share.value is not None else piece.share.value
        )

    @property
    def threshold(self) -> Value | Mapping[str, Value] | None:
        """What the law asks here; None where it asks nothing known."""
        return self.ruling.threshold

    @property
    def margin(self) -> Value | Mapping[str, Value | None] | None:
        """Signed distance to the threshold, at least 0 when met."""
        return self._by_part(_margin)

    @property
    def article(self) -> str:
        """The legal source of the threshold."""
        return self.ruling.article

    @property
    def provenance(self) -> dict[str, object]:
        """Where the threshold comes from, as plain data; `mark` is the warning to show beside it."""
        source = self.ruling.source
        warning = {"vi": mark(self.ruling, "vi"), "en": mark(self.ruling, "en")}
        return {
            "status": source.status,
            "confidence": source.confidence,
            "sources": list(source.sources),
            "note": source.note,
            "seen": list(source.seen),
            "value_seen": self.ruling.checked,
            "example": source.example,
            "overlay": self.ruling.overlay,
            "mark": warning if warning["vi"] else None,
        }

    def why(self, lang: str = "vi") -> str:
        """The verdict in one sentence that an officer understands."""
        return why(self.verdict, self.ruling, self.figure, self.pieces, lang)

    def _by_part(self, of):  # type: ignore[no-untyped-def]
        if not self.pieces:
            return None
        if self.pieces[0].part is None:
            return of(self.pieces[0])
        found = {piece.part: of(piece) for piece in self.pieces}
        return None if all(value is None for value in found.values()) else found


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """A criterion judged; met when all its applicable indicators are."""

    number: int
    name: Words
    verdict: Verdict
    indicators: tuple[IndicatorVerdict, ...]


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """A unit judged by a set: `met` criteria of `of`. What is set aside counts as met and is listed."""

    set_code: str
    version: str
    overlay: str | None
    context: Context
    met: int
    of: int
    set_aside: tuple[int, ...]
    criteria: tuple[CriterionVerdict, ...]


def _margin(piece: Piece) -> Value | None:
    if piece.leaf is None or piece.share.value is None:
        return None
    return piece.leaf.margin(piece.share.value)


def judge(criteria_set: CriteriaSet, figures: Mapping[str, Figure], context: Context) -> SetVerdict:
    """Judge a unit's figures (indicator code -> figure) by a set in a context.

    Refused (`criteria.indicator_unknown`) when a figure belongs to no indicator of the set. Figures
    are taken as checked (`criteria.engine.checks`); a missing one gives `no_figure`, never met.
    """
    stop_if(
        Reason("criteria.indicator_unknown", indicator=code, set=criteria_set.code)
        for code in figures
        if code not in criteria_set.by_code
    )
    rulings = iter(place(criteria_set, context))
    criteria = []
    for criterion in criteria_set.criteria:
        judged = tuple(
            judge_indicator(next(rulings), figures.get(indicator.code, NOTHING)) for indicator in criterion.indicators
        )
        verdict = all_of(tuple(one.verdict for one in judged))
        criteria.append(CriterionVerdict(criterion.number, criterion.name, verdict, judged))
    aside = tuple(one.number for one in criteria if one.verdict is Verdict.NOT_APPLICABLE)
    met = sum(one.verdict is Verdict.MET for one in criteria) + (len(aside) if criteria_set.set_aside_counts else 0)
    return SetVerdict(
        criteria_set.code,
        criteria_set.version,
        criteria_set.overlay,
        context,
        met,
        len(criteria),
        aside,
        tuple(criteria),
    )


def judge_indicator(ruling: Ruling, figure: Figure) -> IndicatorVerdict:
    """Judge one figure by what its indicator asks in this place."""
    if ruling.node is not None:
        verdict, pieces = weigh(ruling.node, figure)
        return IndicatorVerdict(verdict, ruling, figure, pieces)
    return IndicatorVerdict(_without_threshold(ruling, figure), ruling, figure, _shown_only(ruling, figure))


def _without_threshold(ruling: Ruling, figure: Figure) -> Verdict:
    if figure.not_applicable is not None and ruling.may_set_aside:
        return Verdict.NOT_APPLICABLE
    parts = ruling.indicator.part_keys or (None,)
    given = all(figure.share(part).value is not None for part in parts)
    return Verdict.NO_THRESHOLD if given else Verdict.NO_FIGURE


def _shown_only(ruling: Ruling, figure: Figure) -> tuple[Piece, ...]:
    """The values found, with nothing to compare them to."""
    return tuple(Piece(part, figure.share(part), None, None) for part in ruling.indicator.part_keys or (None,))
