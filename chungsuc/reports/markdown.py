"""The situation as a Markdown document: the opening paragraph, then tables. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chungsuc.kit.catalogue import say, text
from chungsuc.kit.vietnamese import day, number
from chungsuc.reports import prose
from chungsuc.reports.rules import DistrictLine, Situation, percent


def document(found: Situation, before: Situation | None = None, lang: str = "vi") -> str:
    """The whole document; a demo says so in its first line."""
    known = _day(found.known.date(), lang) if found.known else text("md.known.now", lang)
    counted = prose.has_figures(found)
    label = prose.demo_label(found.made, found.real_titles, lang)
    demo = [f"> **{label}**"] if label else []
    blocks = [
        f"# {text('md.title', lang, unit=prose.unit_name(found.unit, lang))}",
        *demo,
        text("md.facts", lang, at=_day(found.at, lang), known=known, set=found.set_title(lang)),
        prose.opening(found, before, lang) + _marks(found),
        *(_section("md.bands", _bands(found, lang), lang) if counted else []),
        *(_section("md.by_criterion", _criteria(found, lang), lang) if counted else []),
        *(_section("md.by_district", _districts(found, lang), lang) if found.by_district else []),
        *(_section("md.notes", "\n".join(f"- {say(note, lang)}" for note in found.notes), lang) if found.notes else []),
        *(f"[^{place}]: {note[lang]}" for place, note in enumerate(found.footnotes, 1)),
    ]
    return "\n\n".join(blocks) + "\n"


def decimal(value: Decimal | None, lang: str) -> str:
    """A figure for people: `10,62` in Vietnamese, `10.62` in English, a dash where there is none."""
    if value is None:
        return "–"
    return number(value, -int(value.as_tuple().exponent)) if lang == "vi" else str(value)


def _day(value: date, lang: str) -> str:
    return day(value) if lang == "vi" else value.isoformat()


def _marks(found: Situation) -> str:
    return "".join(f"[^{place}]" for place, _ in enumerate(found.footnotes, 1))


def _section(key: str, body: str, lang: str) -> list[str]:
    return [f"## {text(key, lang)}", body]


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], left: int = 1) -> str:
    """A table whose first `left` columns are text; numbers stand to the right."""
    rule = ["---" if place < left else "---:" for place in range(len(head))]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in (head, rule, *rows))


def _bands(found: Situation, lang: str) -> str:
    head = [text("report.criteria", lang), text("report.communes", lang), text("report.share", lang)]
    rows = [
        (key.replace("-", "–"), count, decimal(percent(count, found.counted), lang) + "%")
        for key, count in found.bands.items()
    ]
    if found.without_figures:
        rows.append((text("report.without_figures", lang), found.without_figures, "–"))
    return _table(head, rows)


def _criteria(found: Situation, lang: str) -> str:
    head = [text(key, lang) for key in ("report.number", "report.criterion", "report.met", "report.share")]
    rows = [
        (
            str(line.number),
            (line.name_en or line.name) if lang == "en" else line.name,
            line.met,
            decimal(percent(line.met, found.counted), lang) + "%",
        )
        for line in found.by_criterion
    ]
    return _table(head, rows, left=2)


def _districts(found: Situation, lang: str) -> str:
    head = [text("report.district", lang), text("report.communes", lang), text("report.recognised", lang)]
    head += [text("report.mean", lang), text("report.below", lang, low=found.low)]
    head += [key.replace("-", "–") for key in found.bands]
    lacking = bool(found.without_figures)
    rows = [_line(prose.line_name(line, lang), line, lang, lacking) for line in found.by_district]
    rows.append(_line(f"**{text('report.total', lang)}**", found, lang, lacking))
    return _table([*head, text("report.without_figures", lang)] if lacking else head, rows)


def _line(name: str, line: DistrictLine | Situation, lang: str, lacking: bool) -> tuple[object, ...]:
    """One row of the district table; a column of communes without figures only where there are some."""
    row = (name, line.communes, line.recognised, decimal(line.mean_met, lang), line.below_10, *line.bands.values())
    return (*row, line.without_figures) if lacking else row
