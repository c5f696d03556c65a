"""One cell of the matrix explained: a criterion of a commune with its indicators."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, frame
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.rules import Card


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One indicator: its verdict in a sentence, the way to its history, the badge of an unchecked value."""

    code: str
    name: str
    verdict: str
    why: str
    warning: str
    to: str


@dataclass(frozen=True)
class PanelPage:
    """The criterion of the commune."""

    frame: Frame
    code: str
    name: str
    parent: str
    number: int
    criterion: str
    verdict: str
    lines: tuple[PanelLine, ...]
    met: int
    of: int


def panel_page(card: Card, number: int, asked: Asked, lang: str) -> PanelPage:
    """The page of one cell; `Refused` where the set has no such criterion."""
    judged = next((one for one in card.verdict.criteria if one.number == number), None)
    if judged is None:
        raise Refused(Reason("desk.matrix.no_criterion", number=number))
    query = f"?{frame_query(asked)}" if asked.explicit else ""
    lines = []
    for one in judged.indicators:
        warning = one.provenance["mark"]
        to = f"/units/{quote(card.unit.code)}/indicators/{quote(one.code)}{query}"
        said = warning[lang] if warning else ""  # type: ignore[index]
        name = one.ruling.indicator.short.of(lang)
        lines.append(PanelLine(one.code, name, one.verdict.value, one.why(lang), said, to))
    return PanelPage(
        frame=frame(asked, card.made, place="matrix", unit=card.unit, lang=lang, above=card.above),
        code=card.unit.code,
        name=card.unit.name,
        parent=card.above[0].name if card.above else "",
        number=number,
        criterion=judged.name.of(lang),
        verdict=judged.verdict.value,
        lines=tuple(lines),
        met=card.verdict.met,
        of=card.verdict.of,
    )


def frame_query(asked: Asked) -> str:
    """The question as it is carried on."""
    return urlencode(asked.explicit)
