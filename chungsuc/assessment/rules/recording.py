"""What stands against writing a figure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from chungsuc.assessment.rules.facts import FigureEntry, FigureFact, FigureRow
from chungsuc.assessment.rules.levels import Level
from chungsuc.criteria.engine import Share
from chungsuc.kit.errors import Reason, reasons

QUOTIENT = Decimal("1e-10")


def same_content(entry: FigureEntry, fact: FigureFact) -> bool:
    """Whether what is put in says the same as the line that stands (then nothing is written again)."""
    return (
        stored_value(entry) == fact.value
        and entry.num == fact.num
        and entry.den == fact.den
        and _shares(entry.parts) == _shares(fact.parts)
        and said(entry.not_applicable) == fact.not_applicable
        and said(entry.nearly_met) == fact.nearly_met
        and said(entry.note) == fact.note
    )


def _shares(parts: Mapping[str, Decimal | Share]) -> dict[str, Share]:
    return {name: part if isinstance(part, Share) else Share(part) for name, part in parts.items()}


def said(text: str | None) -> str | None:
    """A text as it is kept: composed (NFC), no white space around it; None where nothing was said."""
    return unicodedata.normalize("NFC", text).strip() or None if text is not None else None


def stored_value(entry: FigureEntry) -> Decimal | None:
    """The number that is kept: 1/0 for a boolean; of a share given by its counts alone, the quotient to ten places."""
    if isinstance(entry.value, bool):
        return Decimal(int(entry.value))
    if entry.value is None and entry.num is not None and entry.den:
        return (entry.num * 100 / entry.den).quantize(QUOTIENT)
    return entry.value


def why_not_act(
    *, speaks_of: date, today: date, in_force_from: date | None, level: Level, levels: Sequence[Level]
) -> tuple[Reason, ...]:
    """What stands against figures that speak of this date, at this level, recorded today."""
    early = in_force_from is not None and speaks_of < in_force_from
    return reasons(
        (speaks_of > today, Reason("figure.date_in_future", speaks_of=speaks_of, today=today)),
        (early, Reason("figure.date_before_set", speaks_of=speaks_of, in_force_from=in_force_from)),
        (
            level not in levels,
            Reason(
                "figure.level_unknown", level=level.value, speaks_of=speaks_of, levels=[known.value for known in levels]
            ),
        ),
    )


def why_not_change(*, changed: Iterable[str], reason: str | None) -> tuple[Reason, ...]:
    """A figure that was recorded before may be changed only with a reason."""
    changed = sorted(changed)
    return reasons((changed and not (reason or "").strip(), Reason("figure.reason_missing", indicators=changed)))


def why_not_rows(rows: Sequence[FigureRow], *, at: datetime, history: bool) -> tuple[Reason, ...]:
    """What stands against the rows as a list: said twice, or recorded before its date or in the future.

    A history may hold several lines about one figure, recorded at different moments.
    """
    found: list[Reason] = []
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        key = (row.unit_id, row.speaks_of, row.level, row.indicator, row.recorded_at if history else None)
        moment = row.recorded_at
        found += reasons(
            (key in seen, Reason("figure.twice", indicator=row.indicator, speaks_of=row.speaks_of, line=row.line)),
            (moment is not None and not history, Reason("figure.recorded_at_not_asked", line=row.line)),
            (history and moment is not None and moment > at, Reason("figure.recorded_in_future", line=row.line)),
            (
                history and moment is not None and moment.date() < row.speaks_of,
                Reason("figure.recorded_before_date", line=row.line, speaks_of=row.speaks_of),
            ),
        )
        seen.add(key)
    return tuple(found)


def overtaken(seen: Mapping[str, int], standing: Mapping[str, FigureFact]) -> tuple[Reason, ...]:
    """Figures that someone else has recorded since the person looked. `seen`: indicator -> figure id (0: none)."""
    return tuple(
        Reason(
            "figure.changed_meanwhile",
            indicator=indicator,
            who=fact.author,
            when=fact.recorded_at.isoformat(timespec="seconds"),
            value=shown(fact),
            figure=fact.id,
        )
        for indicator, fact in sorted(standing.items())
        if indicator in seen and seen[indicator] != fact.id
    )


def shown(fact: FigureFact) -> str:
    """A figure in few words, for messages."""
    if fact.not_applicable is not None:
        return f"không xét ({fact.not_applicable})"
    if fact.parts:
        return "; ".join(f"{name} {_plain(value)}" for name, value in sorted(fact.parts.items()))
    return "" if fact.value is None else _plain(fact.value)


def _plain(value: Decimal | Share) -> str:
    if isinstance(value, Share):
        return f"{value.num}/{value.den}" if value.counted else str(value.value)
    return f"{value.normalize():f}"
