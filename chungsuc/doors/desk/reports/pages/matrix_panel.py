"""One cell of the matrix explained: a criterion of a commune with its indicators; and a whole row in few words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from chungsuc.criteria.engine import CriterionVerdict, Verdict
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, frame, said_day
from chungsuc.doors.desk.reports.pages.gaps import gap_text
from chungsuc.doors.desk.reports.pages.verdicts import shown
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.rules import Card

HOLDS = (Verdict.MET, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One indicator: its verdict in a sentence, the way to its history, the badge of an unchecked value."""

    code: str
    name: str
    verdict: str
    value: str
    gap: str
    why: str
    warning: str
    to: str


@dataclass(frozen=True)
class PanelPage:
    """The criterion of the commune. `summary`: where a newer summary table speaks instead of the figures."""

    frame: Frame
    code: str
    name: str
    parent: str
    number: int
    criterion: str
    verdict: str
    summary: str
    owner: str
    lines: tuple[PanelLine, ...]
    met: int
    of: int


def panel_page(card: Card, number: int, asked: Asked, lang: str) -> PanelPage:
    """The page of one cell; `Refused` where the set has no such criterion."""
    judged = next((one for one in card.verdict.criteria if one.number == number), None)
    if judged is None:
        raise Refused(Reason("criterion.unknown", set=card.rules.code, number=number))
    return PanelPage(
        frame=frame(asked, card.made, place="matrix", unit=card.unit, lang=lang, above=card.above),
        code=card.unit.code,
        name=card.unit.name,
        parent=card.above[0].name if card.above else "",
        number=number,
        criterion=judged.name.of(lang),
        verdict=_verdict(card, judged).value,
        summary=_summary(card, lang),
        owner="; ".join(_owners(card, judged, lang)),
        lines=_lines(card, judged, asked, lang),
        met=card.summary.met if card.summary else card.verdict.met,
        of=card.verdict.of,
    )


def reasons_of(card: Card, lang: str) -> dict[str, str]:
    """Every criterion of the commune in one short sentence, by number: what a cell says when pointed at."""
    return {str(one.number): _in_short(card, one, lang) for one in card.verdict.criteria}


def _in_short(card: Card, judged: CriterionVerdict, lang: str) -> str:
    if card.summary:
        return _summary(card, lang)
    short = [one for one in judged.indicators if one.verdict not in HOLDS]
    if not short:
        return text("desk.matrix.holds", lang, count=len(judged.indicators))
    said = []
    for one in short:
        limits, value = one.ruling.indicator, shown(one.ruling.indicator, one.value, lang)
        gap = gap_text(one, lang)
        name = f"{one.code} {limits.short.of(lang)}"
        said.append(f"{name}: {gap}" if one.value is None or limits.kind == "boolean" else f"{name}: {value}, {gap}")
    return "; ".join(said) + "."


def _verdict(card: Card, judged: CriterionVerdict) -> Verdict:
    """What the matrix shows: the summary table where it is newer than the figures."""
    if card.summary is None:
        return judged.verdict
    if card.summary.criteria is None:
        return Verdict.NO_FIGURE
    return Verdict.MET if judged.number in card.summary.criteria else Verdict.NOT_MET


def _summary(card: Card, lang: str) -> str:
    if card.summary is None:
        return ""
    key = "desk.matrix.by_count" if card.summary.criteria is None else "desk.matrix.by_table"
    return text(key, lang, day=said_day(card.summary.day, lang))


def _owners(card: Card, judged: CriterionVerdict, lang: str) -> list[str]:
    owners, asked = card.rules.owners, dict.fromkeys(one.ruling.indicator.owner for one in judged.indicators)
    return [owners[one].of(lang) for one in asked if one in owners]


def _lines(card: Card, judged: CriterionVerdict, asked: Asked, lang: str) -> tuple[PanelLine, ...]:
    """Its indicators, those that are short first; none where only a summary table speaks and no figure was given."""
    if card.summary and all(one.verdict is Verdict.NO_FIGURE for one in judged.indicators):
        return ()
    query = f"?{urlencode(asked.explicit)}" if asked.explicit else ""
    lines = []
    for one in sorted(judged.indicators, key=lambda one: one.verdict in HOLDS):
        warning, indicator = one.provenance["mark"], one.ruling.indicator
        lines.append(
            PanelLine(
                code=one.code,
                name=indicator.short.of(lang),
                verdict=one.verdict.value,
                value="" if one.value is None else shown(indicator, one.value, lang),
                gap=gap_text(one, lang),
                why=one.why(lang),
                warning=warning[lang] if warning else "",  # type: ignore[index]
                to=f"/units/{quote(card.unit.code)}/indicators/{quote(one.code)}{query}",
            )
        )
    return tuple(lines)
