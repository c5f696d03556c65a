"""Two sets side by side: the two counts first, then criterion by criterion or commune by commune."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, frame
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import VERDICTS, Basis, SetSide, TwoSets
from chungsuc.territory.rules import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of one set, as judged on the one commune."""

    number: int
    name: str
    verdict: str

    @property
    def key(self) -> str:
        """The key of the verdict's word."""
        return f"verdict.{self.verdict}"


@dataclass(frozen=True, slots=True)
class Side:
    """One set: what it is called and what it counts."""

    code: str
    name: str
    of: int
    all_met: int
    best: int | None
    mean: str
    without_figures: int
    lines: tuple[Line, ...]
    met: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """One commune with its two counts and their bars."""

    code: str
    name: str
    parent: str
    met_a: int | None
    met_b: int | None
    width_a: str
    width_b: str


@dataclass(frozen=True)
class ComparePage:
    """Everything the template needs."""

    frame: Frame
    a: Side
    b: Side
    commune: bool
    communes: int
    pairs: tuple[Pair, ...]
    sentence: str
    asked_sets: tuple[tuple[str, str], ...]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sets, in the order asked."""
        return (self.a, self.b)

    @property
    def download(self) -> str:
        """The comparison as an address asks a table for it."""
        return f"{self.frame.asked.table_query}&{urlencode({'set': self.a.code, 'with': self.b.code})}"


def compare_page(found: TwoSets, asked: Asked, lang: str) -> ComparePage:
    """The page of one comparison."""
    here = found.a.ground
    commune = here.unit.kind is Kind.COMMUNE
    a, b = _side(found.a, commune, lang), _side(found.b, commune, lang)
    key = "desk.compare.commune" if commune else "desk.compare.sentence"
    facts = (
        {"met_a": _or_dash(a.met), "of_a": a.of, "met_b": _or_dash(b.met), "of_b": b.of}
        if commune
        else {"a": _so_many(a, lang), "b": _so_many(b, lang)}
    )
    return ComparePage(
        frame=frame(asked, here.made, place="compare", unit=here.unit, lang=lang, above=here.above),
        a=a,
        b=b,
        commune=commune,
        communes=len(here.communes),
        pairs=() if commune else _pairs(found),
        sentence=text(key, lang, unit=here.unit.name, set_a=a.name, set_b=b.name, **facts),
        asked_sets=tuple((choice.value, choice.name) for choice in asked.sets),
    )


def _or_dash(met: int | None) -> int | str:
    return "–" if met is None else met


def _so_many(side: Side, lang: str) -> str:
    if side.best is None:
        return text("desk.compare.unknown", lang)
    return text("desk.compare.some" if side.all_met else "desk.compare.none", lang, count=side.all_met)


def _side(side: SetSide, commune: bool, lang: str) -> Side:
    ground = side.ground
    return Side(
        code=ground.set_code,
        name=ground.set_short[lang == "en"],
        of=side.of,
        all_met=side.all_met,
        best=side.best,
        mean=decimal(side.mean_met, lang, 2),
        without_figures=int((ground.basis == Basis.NOTHING).sum()),
        lines=_lines(side, lang) if commune else (),
        met=ground.met_of(0) if commune else None,
    )


def _lines(side: SetSide, lang: str) -> tuple[Line, ...]:
    return tuple(
        Line(one.number, one.name(lang), VERDICTS[code].value)
        for one, code in zip(side.ground.criteria, side.ground.verdicts[0].tolist(), strict=True)
    )


def _pairs(found: TwoSets) -> tuple[Pair, ...]:
    a, b = found.a, found.b
    rows = [
        Pair(
            code=unit.code,
            name=unit.name,
            parent=unit.parent_name or "",
            met_a=a.ground.met_of(row),
            met_b=b.ground.met_of(row),
            width_a=f"{a.ground.met[row] * 100 / (a.of or 1):.2f}%",
            width_b=f"{b.ground.met[row] * 100 / (b.of or 1):.2f}%",
        )
        for row, unit in enumerate(a.ground.communes)
    ]
    return tuple(sorted(rows, key=lambda pair: (-(pair.met_a or 0), -(pair.met_b or 0))))
