"""The page of one criterion: how many meet it, who is short and by how much, who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from chungsuc.criteria.engine.sentences import limit_text, part_name
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, frame
from chungsuc.doors.desk.reports.pages.verdicts import IndicatorRow, indicator_row
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import percent
from chungsuc.reports.rules.criteria import CriterionView, ShortCommune

SHOWN = 120


@dataclass(frozen=True, slots=True)
class AskedIndicator:
    """What one indicator of the criterion asks, who owns it, how sure its threshold is."""

    code: str
    name: str
    limit: str
    owner: str
    article: str
    guidance: str
    warning: str
    lacking: int


@dataclass(frozen=True, slots=True)
class ShortLine:
    """One commune that is short: its open indicators."""

    code: str
    name: str
    parent: str
    rows: tuple[tuple[IndicatorRow, str], ...]


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """How many communes of one district meet it."""

    code: str
    name: str
    communes: int
    met: int
    width: str


@dataclass(frozen=True)
class CriterionPage:
    """Everything the template needs. `nearly`: how many lack one indicator only, in words; `sort`: of the matrix."""

    frame: Frame
    number: int
    name: str
    set_code: str
    unit_code: str
    sort: str
    title: str
    nearly: str
    lacking: int
    counted: int
    met: int
    share: str
    owners: tuple[str, ...]
    indicators: tuple[AskedIndicator, ...]
    short: tuple[ShortLine, ...]
    more: int
    marked_only: int
    districts: tuple[DistrictLine, ...]
    before: int | None
    after: int | None
    download: str


def criterion_page(found: CriterionView, asked: Asked, lang: str) -> CriterionPage:
    """The page of one view."""
    ground, criterion = found.ground, found.criterion
    counted = int(ground.counted.sum())
    numbers = [one.number for one in found.rules.criteria]
    place = numbers.index(criterion.number)
    query = urlencode(asked.explicit)
    one_short = sum(len(one.open) == 1 for one in found.short)
    return CriterionPage(
        frame=frame(asked, ground.made, place="criteria", unit=ground.unit, lang=lang, above=ground.above),
        number=criterion.number,
        name=criterion.name.of(lang),
        set_code=found.rules.code,
        unit_code=ground.unit.code,
        sort=f"c{criterion.number}",
        title=text("desk.criterion.title", lang, met=found.met, communes=counted),
        nearly=text("desk.criterion.nearly", lang, count=one_short) if one_short else "",
        lacking=counted - found.met,
        counted=counted,
        met=found.met,
        share=decimal(percent(found.met, counted), lang, 1),
        owners=tuple(dict.fromkeys(said for one in criterion.indicators if (said := _owner(found, one.owner, lang)))),
        indicators=tuple(_indicators(found, lang)),
        short=tuple(_short(one, query, lang) for one in found.short[:SHOWN]),
        more=max(len(found.short) - SHOWN, 0),
        marked_only=found.marked_only,
        districts=tuple(
            DistrictLine(here.code, here.name, one.communes, one.met, f"{100 * one.met / one.communes:.1f}%")
            for one, here in ((count, count.district) for count in found.districts)
            if one.communes
        ),
        before=numbers[place - 1] if place else None,
        after=numbers[place + 1] if place + 1 < len(numbers) else None,
        download=urlencode({"criterion": criterion.number}),
    )


def _indicators(found: CriterionView, lang: str) -> list[AskedIndicator]:
    """What the law asks here: of the first commune that is short, else what holds for every region."""
    example = found.short[0].judged if found.short else ()
    by_code = {one.code: one for one in example}
    lines = []
    for one in found.criterion.indicators:
        judged = by_code.get(one.code)
        limits = judged.ruling.limits if judged else ()
        warning = judged.provenance["mark"] if judged else None
        limit = "; ".join(
            (f"{part_name(one, part, lang)} " if part else "") + limit_text(one, leaf, lang) for part, leaf in limits
        )
        lines.append(
            AskedIndicator(
                code=one.code,
                name=one.name.of(lang),
                limit=limit or "–",
                owner=_owner(found, one.owner, lang),
                article=judged.article if judged else "",
                guidance=one.guidance or "",
                warning=warning[lang] if warning else "",  # type: ignore[index]
                lacking=sum(any(line.code == one.code for line in commune.open) for commune in found.short),
            )
        )
    return lines


def _owner(found: CriterionView, owner: str | None, lang: str) -> str:
    """The department that answers for it, as the law data name it."""
    return found.rules.owners[owner].of(lang) if owner and owner in found.rules.owners else ""


def _short(one: ShortCommune, query: str, lang: str) -> ShortLine:
    rows = []
    for judged in one.open:
        to = f"/units/{quote(one.unit.code)}/indicators/{quote(judged.code)}" + (f"?{query}" if query else "")
        rows.append((indicator_row(judged, one.figures.get(judged.code), "", lang), to))
    return ShortLine(one.unit.code, one.unit.name, one.unit.parent_name or "", tuple(rows))
