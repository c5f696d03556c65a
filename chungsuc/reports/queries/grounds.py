"""The ground of every report: the communes of a unit on a day, judged under one set from what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from chungsuc.accounts import guard
from chungsuc.accounts.rules import VISITOR, Permission, Person
from chungsuc.assessment import queries as assessment
from chungsuc.assessment.rules import Level, use_marks
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import CriteriaSet, Verdict
from chungsuc.criteria.engine.columns import judge_columns, thresholds_for
from chungsuc.criteria.queries import SetSummary
from chungsuc.kit import journal
from chungsuc.kit.errors import Reason, Refused, reasons
from chungsuc.kit.memory import Memory
from chungsuc.kit.vietnamese import sort_key
from chungsuc.recognition import queries as recognition
from chungsuc.recognition.rules import Status, TitleFact
from chungsuc.reports.rules import DISTRICT_KINDS, Bands, Basis, CriterionName, Ground, Made, SummaryCount
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact

DAY = "datetime64[D]"
KEPT: Memory[Ground] = Memory(limit=64, seconds=60)
ROOM = Path(__file__).resolve().parent.parent


def ground(*, at: date, known: datetime | None, unit_code: str, set_code: str, by: Person = VISITOR) -> Ground:
    """Judge every commune in force under `unit_code` on `at` (the unit itself where it is a commune).

    Refused: `unit.unknown`, `unit.not_in_force`, `set.unknown`, `situation.before_set`, or by the guard.
    """
    chain = _chain(unit_code, at)
    guard.require(by, Permission.READ, unit=chain[0].id, on=at)
    question = (journal.head(), at, known, unit_code, set_code)
    return KEPT.get(question, lambda: _ground(chain, at, known, set_code))


def _ground(chain: Sequence[UnitFact], at: date, known: datetime | None, set_code: str) -> Ground:
    unit = chain[0]
    rules = set_for(set_code, at, chain)
    below = territory.units_at(at, under=unit.code)
    districts = tuple(one for one in below if one.kind in DISTRICT_KINDS)
    communes = _ordered([one for one in (*below, unit) if one.kind is Kind.COMMUNE], districts)
    place = {district.id: number for number, district in enumerate(districts)}
    titles = tuple(recognition.every_title(at, known))
    verdicts, met, basis, speaks_of, unverified = judged = _judge(rules, communes, at, known)
    for array in judged:
        array.setflags(write=False)  # many readers share it
    return Ground(
        unit=unit,
        at=at,
        known=known,
        set_code=set_code,
        set_name=rules.name.vi,
        set_name_en=rules.name.en,
        criteria=tuple(CriterionName(one.number, one.name.vi, one.name.en) for one in rules.criteria),
        bands=bands_for(len(rules.criteria)),
        communes=communes,
        districts=districts,
        district_of=np.array([place.get(one.parent_id, -1) for one in communes], dtype=np.int32),
        verdicts=verdicts,
        met=met,
        basis=basis,
        speaks_of=speaks_of,
        titles=_held(titles),
        made=made(),
        set_in_force_from=rules.in_force[0],
        above=tuple(chain[1:]),
        set_short=short_name(rules),
        every_title=titles,
        undecided=_undecided(titles, {one.id for one in (*below, unit)}),
        unverified=frozenset(communes[row].id for row in np.flatnonzero(unverified).tolist()),
        notes=_notes(rules, unit, at, communes, districts, basis, speaks_of),
    )


def made() -> Made:
    """Whether this installation holds made-up data: then every page and paper says so."""
    return Made.DEMO if assessment.is_demo() else Made.REAL


def set_for(set_code: str, at: date, chain: Sequence[UnitFact]) -> CriteriaSet:
    """The set with the overlay of the unit's province; refused before it is in force."""
    province = next((one.code for one in chain if one.kind is Kind.PROVINCE), None)
    rules = assessment.set_for(set_code, province, at)
    begins = rules.in_force[0]
    if at < begins:
        raise Refused(Reason("situation.before_set", set=set_code, at=at, in_force_from=begins))
    return rules


def _chain(unit_code: str, at: date) -> list[UnitFact]:
    unit = territory.unit_at(unit_code, at)
    return territory.ancestors(unit.id, at) or [unit]


def _ordered(communes: Sequence[UnitFact], districts: Sequence[UnitFact]) -> tuple[UnitFact, ...]:
    """By district in order of code, within it as Vietnamese sorts."""
    place = {district.id: number for number, district in enumerate(districts)}
    return tuple(sorted(communes, key=lambda one: (place.get(one.parent_id, -1), sort_key(one.short_name), one.code)))


def _judge(
    rules: CriteriaSet, communes: Sequence[UnitFact], at: date, known: datetime | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(verdicts, met, basis, newest day, unverified): figures first, newer marks of a summary matrix before them."""
    if not communes:
        none, cells = np.zeros(0, dtype=np.int32), np.zeros((0, len(rules.criteria)), dtype=np.int8)
        return cells, none, none.astype(np.int8), none.astype(DAY), none.astype(bool)
    table = assessment.figure_table(units=communes, set_code=rules.code, at=at, known=known)
    contexts = [assessment.context_of(unit, at) for unit in communes]
    found = judge_columns(
        table.values,
        thresholds_for(rules, contexts),
        not_applicable=table.not_applicable,
        nearly_met=table.nearly_met,
    )
    verdicts = np.asarray(found.criterion, dtype=np.int8).copy()
    met = np.asarray(found.met, dtype=np.int32).copy()
    basis = np.where(table.has_figures, Basis.FIGURES, Basis.NOTHING).astype(np.int8)
    speaks_of = np.fmax.reduce(table.speaks_of.astype(DAY), axis=1)
    marks = assessment.marks_table(units=communes, set_code=rules.code, at=at, known=known)
    speaking = use_marks(table, marks)
    if speaking.any():
        verdicts[speaking] = _from_marks(marks.marks[speaking])
        met[speaking] = marks.count[speaking]
        basis[speaking] = np.where(marks.counted_only[speaking], Basis.COUNT, Basis.MARKS)
        speaks_of[speaking] = marks.speaks_of[speaking]
    met[basis == Basis.NOTHING] = 0
    unverified = (table.level == Level.SELF.rank).any(axis=1) & (basis == Basis.FIGURES)
    return verdicts, met, basis, speaks_of, unverified


def summary_count(rules: CriteriaSet, unit: UnitFact, at: date, known: datetime | None) -> SummaryCount | None:
    """The summary matrix that speaks for the commune, where one is newer than its figures."""
    verdicts, met, basis, speaks_of, _ = _judge(rules, [unit], at, known)
    if basis[0] not in (Basis.MARKS, Basis.COUNT):
        return None
    marked = [one.number for one, code in zip(rules.criteria, verdicts[0], strict=True) if code == Verdict.MET.rank]
    return SummaryCount(speaks_of[0].item(), int(met[0]), tuple(marked) if basis[0] == Basis.MARKS else None)


def _from_marks(marks: np.ndarray) -> np.ndarray:
    codes = np.array([Verdict.NOT_MET.rank, Verdict.MET.rank, Verdict.NO_FIGURE.rank], dtype=np.int8)
    return codes[marks]


def short_name(rules: CriteriaSet) -> tuple[str, str]:
    """What people call the set, Vietnamese and English: `2016–2020 (QĐ 1980/QĐ-TTg)`."""
    years = f"{rules.period[0].year}–{rules.period[1].year - 1}"
    return f"{years} ({rules.citation.vi})", f"{years} ({rules.citation.en})"


def _held(titles: Sequence[TitleFact]) -> dict[int, TitleFact]:
    """The title that counts for each holder; the oldest where mergers handed it several."""
    found: dict[int, TitleFact] = {}
    for title in sorted((one for one in titles if one.counts), key=lambda one: (one.year, one.id)):
        found.setdefault(title.unit_id, title)
    return found


def _undecided(titles: Sequence[TitleFact], here: set[int]) -> int:
    """Titles whose holder went into one of these units by a merger, and nobody has said whether they are kept."""
    open_ones = [one for one in titles if one.status is Status.UNDECIDED and one.turns]
    return sum(bool(here & set(one.turns[-1].alteration.onto_ids)) for one in open_ones)


def _notes(
    rules: CriteriaSet,
    unit: UnitFact,
    at: date,
    communes: Sequence[UnitFact],
    districts: Sequence[UnitFact],
    basis: np.ndarray,
    speaks_of: np.ndarray,
) -> tuple[Reason, ...]:
    count = {one: int((basis == one).sum()) for one in Basis}
    ends = rules.period[1]
    re_scored = bool((speaks_of >= np.datetime64(ends)).any())
    after = {"at": at, "period_to": date.fromordinal(ends.toordinal() - 1)}
    return reasons(
        (not communes, Reason("note.no_communes", name=unit.name)),
        (communes and unit.kind is Kind.PROVINCE and not districts, Reason("note.no_districts", at=at)),
        (count[Basis.NOTHING], Reason("note.without_figures", count=count[Basis.NOTHING])),
        (count[Basis.MARKS], Reason("note.marks_only", count=count[Basis.MARKS])),
        (count[Basis.COUNT], Reason("note.count_only", count=count[Basis.COUNT])),
        (at >= ends and re_scored, Reason("note.after_period", **after)),
        (at >= ends and not re_scored, Reason("note.past_period", **after)),
        (not rules.judges, Reason("note.incomplete_set")),
    ) + tuple(
        Reason("note.newer_set_cannot_judge", newer=newer.code, since=newer.in_force[0], set=rules.code)
        for newer in _cannot_judge_yet(rules, at)
    )


def _cannot_judge_yet(rules: CriteriaSet, at: date) -> list[SetSummary]:
    """The newest set for communes in force on the day where it cannot judge: why this older one is used."""
    begun = [one for one in criteria.sets() if one.kind_of_unit == Kind.COMMUNE.value and one.in_force[0] <= at]
    newer = [one for one in begun if one.in_force[0] > rules.in_force[0]]
    return newer[-1:] if rules.judges and not any(one.judges for one in newer) else []


@cache
def _bands() -> dict[int, Bands]:
    rows = yaml.safe_load((ROOM / "bands.yaml").read_text(encoding="utf-8"))
    return {
        row["criteria"]: Bands(row["criteria"], row["low"], tuple((low, high) for low, high in row["bands"]))
        for row in rows
    }


def bands_for(criteria: int) -> Bands:
    """The bands of a set with so many criteria; one band for all and one for the rest where none are agreed."""
    if criteria in _bands():
        return _bands()[criteria]
    return Bands(criteria, (criteria + 1) // 2, ((criteria, criteria), (0, max(criteria - 1, 0))))
