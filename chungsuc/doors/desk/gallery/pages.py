"""What the gallery shows: made-up facts for every part, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from chungsuc.kit.catalogue import text

TOKENS = ("paper", "sheet", "wash", "ink", "accent", "met", "nearly", "not-met", "na", "none")
VERDICTS = ("met", "nearly_met", "not_met", "not_applicable", "no_figure", "no_threshold")
BANDS = (("19", 20), ("15–18", 9), ("10–14", 62), ("5–9", 80), ("0–4", 6))
ROWS = (("Xã Đa Thông", "9/19", 2, 2016, "52,4", "64,7"), ("Xã Sóc Hà", "19/19", 0, 2019, "100", "97,1"))
DAYS = (date(2018, 12, 31), date(2019, 12, 31), date(2020, 6, 30), date(2020, 12, 31), date(2022, 12, 31))
ICONS = ("search", "calendar", "download", "printer", "map", "table", "camera", "history", "check", "alert-triangle")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """Everything on the page; `frame` is what the question of a page needs."""

    frame: Any
    tokens: tuple[str, ...]
    verdicts: tuple[str, ...]
    icons: tuple[str, ...]
    segments: list[dict[str, Any]]
    bars: list[dict[str, Any]]
    rows: tuple[tuple[Any, ...], ...]
    moments: list[dict[str, Any]]
    steps: list[dict[str, str]]
    problems: list[dict[str, str]]
    fields: list[Any]


def gallery_page(lang: str) -> GalleryPage:
    """Put the page together."""
    return GalleryPage(
        frame=_frame(lang),
        tokens=TOKENS,
        verdicts=VERDICTS,
        icons=ICONS,
        segments=_segments(),
        bars=_bars(),
        rows=ROWS,
        moments=_moments(lang),
        steps=[
            {"name": text(f"gallery.step.{number}", lang), "state": state, "to": "#steps" if state == "done" else ""}
            for number, state in enumerate(("done", "wrong", "now", "next"), 1)
        ],
        problems=[
            {"said": text("gallery.problem.said", lang), "mend": text("gallery.problem.mend", lang), "input": "f-wrong"}
        ],
        fields=[_field(lang, "4.2", typed="80", verdict="not_met"), _field(lang, "9.1", typed="", verdict="no_figure")],
    )


def _frame(lang: str) -> SimpleNamespace:
    set_name = text("gallery.set", lang)
    asked = SimpleNamespace(
        at=DAYS[1],
        known_day=None,
        set_name=set_name,
        explicit={},
        sets=[SimpleNamespace(value="xa-ntm-2016-2020", name=set_name, chosen=True)],
        days=DAYS,
    )
    return SimpleNamespace(asked=asked, demo=True, place="gallery", query="", crumbs=(), notes=(), footnotes=())


def _segments() -> list[dict[str, Any]]:
    whole, begun, found = sum(count for _, count in BANDS), 0, []
    for place, (key, count) in enumerate(BANDS, 1):
        width, start = 100 * count / whole, 100 * begun / whole
        said = {
            name: f"{value:.2f}%" for name, value in (("x", start), ("width", width), ("middle", start + width / 2))
        }
        found.append({"key": key, "count": count, "place": place, "roomy": width > 4, **said})
        begun += count
    return found


def _bars() -> list[dict[str, Any]]:
    return [
        {"label": "4.2", "value": "96,3%", "limit": "≥ 95%", "holds": True, "width": "96.3%", "tick": "95%"},
        {"label": "9.2", "value": "64,7%", "limit": "≥ 75%", "holds": False, "width": "64.7%", "tick": "75%"},
    ]


def _moments(lang: str) -> list[dict[str, Any]]:
    days = {"figures": DAYS[0], "title": DAYS[1], "merge": date(2020, 2, 1)}
    return [
        {
            "day": day,
            "kind": kind,
            "said": text(f"gallery.moment.{kind}", lang),
            "act": text("gallery.moment.act", lang),
        }
        for kind, day in days.items()
    ]


def _field(lang: str, code: str, *, typed: str, verdict: str) -> SimpleNamespace:
    """One field as the entry page shows it."""
    slug = code.replace(".", "-")

    def box(name: str, value: str) -> SimpleNamespace:
        label = text(f"gallery.field.{name}", lang)
        return SimpleNamespace(
            id=f"g-{slug}-{name}", name=f"g:{code}:{name}", label=label, value=value, unit="%", wrong=False
        )

    said = text("gallery.field.why" if typed else "gallery.field.no_figure", lang)
    row = SimpleNamespace(value=box("value", typed), num=box("num", ""), den=box("den", ""))
    return SimpleNamespace(
        **dict.fromkeys(("own", "boolean", "warning", "aside", "conditional", "choice"), ""),
        code=code,
        slug=slug,
        name=text("gallery.field.name", lang),
        limit="≥ 95%",
        last="78,5%" if typed else "",
        last_day=DAYS[0],
        seen=0,
        rows=[row],
        verdict=verdict,
        why=said,
        problems=[],
        may_set_aside=False,
        article=text("gallery.field.article", lang),
        guidance=text("gallery.field.guidance", lang),
        owner=text("gallery.field.owner", lang),
        proofs=[],
    )
