"""One indicator's verdict in ready words: value, threshold, bullet bars, sentence, source, badge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from chungsuc.assessment.rules import EvidenceFact, FigureFact
from chungsuc.criteria.engine import Figure, Indicator, IndicatorVerdict, Share
from chungsuc.criteria.engine.sentences import amount, limit_text, with_unit
from chungsuc.doors.desk.reports.pages.evidence import EvidenceLine, evidence_lines
from chungsuc.doors.desk.reports.pages.frame import said_day
from chungsuc.doors.desk.reports.pages.gaps import gap_text
from chungsuc.kit.catalogue import text

LAST_TICK = Decimal("99.3")  # a threshold of 100% is drawn inside the bar


@dataclass(frozen=True, slots=True)
class Bar:
    """A bullet bar: how far the value reaches, where the threshold stands; percent of the width, as SVG has them."""

    label: str
    value: str
    limit: str
    width: str
    tick: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from."""

    speaks_of: object
    level: str
    author: str
    source: str
    recorded_at: object
    counts: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an indicator asks, for whoever does not know it by heart."""

    unit: str
    how: str
    conditional: str
    aside: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator judged, ready to show. `warning` is the badge of a value not read at a source.

    `gap`: how much is missing, in words. `previous`: the value that counted at the end of the year before,
    where it was another one.
    """

    code: str
    short: str
    name: str
    verdict: str
    word: str
    value: str
    limit: str
    bars: tuple[Bar, ...]
    why: str
    article: str
    warning: str
    example: bool
    owner: str
    source: Source | None
    gap: str
    requirement: bool
    meaning: Meaning
    previous: str = ""
    evidence: tuple[EvidenceLine, ...] = field(default=())


def indicator_row(
    one: IndicatorVerdict,
    fact: FigureFact | None,
    owner: str,
    lang: str,
    *,
    before: FigureFact | None = None,
    evidence: Sequence[EvidenceFact] = (),
) -> IndicatorRow:
    """The row of one verdict with the figure behind it, the one before and the files kept."""
    indicator = one.ruling.indicator
    warning = one.provenance["mark"]
    return IndicatorRow(
        code=one.code,
        short=indicator.short.of(lang),
        name=indicator.name.of(lang),
        verdict=one.verdict.value,
        word=text(f"verdict.{one.verdict.value}", lang),
        value=shown(indicator, one.value, lang),
        limit="; ".join(limit_text(indicator, leaf, lang) for _, leaf in one.ruling.limits) or "–",
        bars=_bars(one, lang),
        why=one.why(lang),
        article=one.article,
        warning=warning[lang] if warning else "",
        example=bool(one.provenance["example"]),
        owner=owner,
        source=source_of(fact, lang) if fact else None,
        gap=gap_text(one, lang),
        requirement=indicator.kind == "boolean",
        meaning=_meaning(indicator, lang),
        previous=_previous(indicator, fact, before, lang),
        evidence=evidence_lines(evidence),
    )


def _meaning(indicator: Indicator, lang: str) -> Meaning:
    unit = indicator.unit.of(lang) if indicator.unit else ""
    counted = indicator.counted.name.of(lang) if indicator.counted else ""
    return Meaning(
        unit=f"{unit} ({counted})" if unit and counted else unit or counted,
        how=indicator.guidance or "",
        conditional=indicator.conditional.of(lang) if indicator.conditional else "",
        aside=text(f"desk.aside.{indicator.set_aside.value}", lang),
    )


def _previous(indicator: Indicator, fact: FigureFact | None, before: FigureFact | None, lang: str) -> str:
    """`31/12/2018: 93,1%` where the figure of then said something else."""
    if before is None or fact is None or before.id == fact.id:
        return ""
    then, now = recorded(indicator, before, lang), recorded(indicator, fact, lang)
    return "" if then == now else text("desk.previous", lang, day=said_day(before.speaks_of, lang), value=then)


def source_of(fact: FigureFact, lang: str) -> Source:
    """Where one recorded line comes from."""
    counts = "" if fact.num is None or fact.den is None else f"{amount(fact.num, lang)}/{amount(fact.den, lang)}"
    return Source(
        speaks_of=fact.speaks_of,
        level=text(f"desk.level.{fact.level.value}", lang),
        author=fact.author,
        source=fact.source,
        recorded_at=fact.recorded_at,
        counts=counts,
        reason=fact.reason or "",
        note="; ".join(part for part in (fact.note, fact.not_applicable, fact.nearly_met) if part),
    )


def shown(indicator: Indicator, value: object, lang: str) -> str:
    """A value in words: `94,9%`, `Đạt`, parts one after the other, a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, Share):
        return shown(indicator, Figure(value=value.value, num=value.num, den=value.den).share().value, lang)
    if isinstance(value, bool):
        return text("verdict.met" if value else "verdict.not_met", lang)
    if isinstance(value, Decimal):
        return with_unit(indicator, amount(value, lang, 2), lang)
    names = {part.key: part.name.of(lang) for part in indicator.parts}
    pieces = [f"{names.get(key, sex(key, lang))} {shown(indicator, one, lang)}" for key, one in dict(value).items()]
    return "; ".join(pieces)


def sex(key: str, lang: str) -> str:
    """The name of a part that is a sex, else the key itself."""
    return text(f"desk.part.{key}", lang) if key in ("male", "female") else key


def recorded(indicator: Indicator, fact: FigureFact, lang: str) -> str:
    """A recorded line in few words."""
    if fact.not_applicable is not None:
        return text("verdict.not_applicable", lang)
    if fact.parts:
        return shown(indicator, fact.parts, lang)
    if indicator.kind == "boolean" and fact.value is not None:
        return shown(indicator, bool(fact.value), lang)
    if fact.num is None or not fact.den:
        return shown(indicator, fact.value, lang)
    counted = Figure(value=fact.value, num=fact.num, den=fact.den).share().value
    said = shown(indicator, counted, lang)
    if fact.value is None or _same(fact.value, Decimal(counted)):
        return said
    return text("desk.recorded.other", lang, counted=said, written=shown(indicator, fact.value, lang))


def _same(written: Decimal, counted: Decimal) -> bool:
    """Whether what was written is what the counts give, at the places that were written."""
    places = max(-written.as_tuple().exponent, 0)  # type: ignore[operator]
    return counted.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP") == written


def _bars(one: IndicatorVerdict, lang: str) -> tuple[Bar, ...]:
    indicator = one.ruling.indicator
    if indicator.kind == "boolean" or one.ruling.node is None:
        return ()
    names = {part.key: part.name.of(lang) for part in indicator.parts}
    bars = []
    for piece in one.pieces:
        value, limit = piece.share.value, piece.leaf.limit
        if value is None or isinstance(value, bool):
            continue
        top = (
            Decimal(100) if indicator.kind == "percent" else max(value, Decimal(limit)) * Decimal("1.25") or Decimal(1)
        )
        bars.append(
            Bar(
                label=names.get(piece.part, sex(piece.part, lang)) if piece.part else "",
                value=with_unit(indicator, amount(value, lang, 2), lang),
                limit=limit_text(indicator, piece.leaf, lang),
                width=f"{min(value * 100 / top, Decimal(100)):.2f}%",
                tick=f"{min(Decimal(limit) * 100 / top, LAST_TICK):.2f}%",
                holds=bool(piece.holds),
            )
        )
    return tuple(bars)
