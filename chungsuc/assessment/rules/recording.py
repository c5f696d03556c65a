"""What stands against writing a figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from chungsuc.accounts.rules import OPERATOR
from chungsuc.assessment.rules.facts import FigureEntry, FigureFact, FigureRow
from chungsuc.assessment.rules.levels import Level
from chungsuc.criteria.engine import CriteriaSet, Indicator, Kind, Share
from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.errors import Reason, reasons
from chungsuc.kit.vietnamese import number

QUOTIENT = Decimal("1e-10")
SHOWN_SHARE = Decimal("0.01")
_SEXES = {"male": "nam", "female": "nữ"}


def same_content(entry: FigureEntry, fact: FigureFact) -> bool:
    """Whether what is put in says the same as the line that stands (then nothing is written again)."""
    return (
        _same_share(Share(stored_value(entry), entry.num, entry.den), Share(fact.value, fact.num, fact.den))
        and _same_shares(entry.parts, fact.parts)
        and said(entry.not_applicable) == fact.not_applicable
        and said(entry.nearly_met) == fact.nearly_met
        and said(entry.note) == fact.note
    )


def _same_shares(given: Mapping[str, Decimal | Share], kept: Mapping[str, Decimal | Share]) -> bool:
    return given.keys() == kept.keys() and all(_same_share(_share(given[key]), _share(kept[key])) for key in given)


def _share(part: Decimal | Share) -> Share:
    return part if isinstance(part, Share) else Share(part)


def _same_share(given: Share, kept: Share) -> bool:
    """The same value and counts; a share alone, as a form shows it, that agrees with the counts says nothing new."""
    if given.counted or not kept.counted or not isinstance(given.value, Decimal):
        return given == kept
    exact = kept.num * 100 / kept.den if kept.den else None  # type: ignore[operator]
    return given.value == kept.value or (exact is not None and given.value in _roundings(exact))


def _roundings(exact: Decimal) -> tuple[Decimal, Decimal]:
    return exact.quantize(SHOWN_SHARE, ROUND_HALF_UP), exact.quantize(QUOTIENT)


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
    changed = sorted(changed, key=code_order)
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


def overtaken(
    seen: Mapping[str, int], standing: Mapping[str, FigureFact], rules: CriteriaSet
) -> tuple[Reason, ...]:
    """Figures that someone else has recorded since the person looked. `seen`: indicator -> figure id (0: none)."""
    return tuple(
        Reason(
            "figure.changed_meanwhile",
            indicator=indicator,
            who=OPERATOR.name if fact.author == OPERATOR.code else fact.author,
            when=f"{fact.recorded_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}",
            value=shown(fact, rules.by_code.get(indicator)),
            figure=fact.id,
        )
        for indicator, fact in sorted(standing.items(), key=lambda one: code_order(one[0]))
        if indicator in seen and seen[indicator] != fact.id
    )


def code_order(code: str) -> tuple[tuple[int, str], ...]:
    """The order in which people read codes: 2.1 before 10, 17.2 before 17.10."""
    return tuple((int(piece) if piece.isdecimal() else -1, piece) for piece in re.findall(r"\d+|\D+", code))


def shown(fact: FigureFact, indicator: Indicator | None) -> str:
    """A figure in few words, for messages: 94,9; Đạt; each part by its name."""
    if fact.not_applicable is not None:
        return f"không xét ({fact.not_applicable})"
    if fact.parts:
        names = {part.key: part.name.vi for part in indicator.parts} if indicator else {}
        names = _SEXES | names
        return "; ".join(f"{names.get(name, name)} {_plain(value)}" for name, value in sorted(fact.parts.items()))
    if fact.value is not None and indicator is not None and indicator.kind is Kind.BOOLEAN:
        return "Đạt" if fact.value else "Chưa đạt"
    return "" if fact.value is None else _plain(fact.value)


def _plain(value: Decimal | Share | None) -> str:
    if not isinstance(value, Share):
        return "" if value is None else number(value)
    return f"{number(value.num)}/{number(value.den)}" if value.counted else _plain(value.value)  # type: ignore[arg-type]
