"""Every read of titles: who is recognised at a date, as known at a date, and why the count moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from chungsuc.kit import clock
from chungsuc.recognition import rules
from chungsuc.recognition.models import Title, TitleFate
from chungsuc.recognition.rules import (
    Alteration,
    Balance,
    Fate,
    FateFact,
    Provenance,
    Status,
    TitleFact,
    Way,
)
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

Known = date | datetime | None
_BEFORE_ALL = date(1, 1, 1)


def titles_at(at: date, known: Known = None, under: str | None = None, kind: str = "xa_ntm") -> list[TitleFact]:
    """The titles that count at `at`, as recorded by `known` (None: by now), sorted by the holder's code.

    A title counts from 31/12 of its year. `under`: only holders below the unit with this code at `at`
    (a code not in force raises `Refused`).
    """
    found = [fact for fact in every_title(at, known, kind) if fact.counts]
    if under is None:
        return found
    below = {unit.id for unit in territory.units_at(at, under=under)} | {territory.unit_at(under, at).id}
    return [fact for fact in found if fact.unit_id in below]


def every_title(at: date, known: Known = None, kind: str = "xa_ntm") -> list[TitleFact]:
    """Every title recorded by `known`, counted or not, with where it stands at `at`."""
    moment = _moment(known)
    rows = list(_recorded(Title.objects.filter(kind=kind), moment).order_by("pk"))
    fates = _fates([row.pk for row in rows], moment)
    alterations = alterations_of({row.unit_id for row in rows}, until=at)
    ways = {
        row.pk: rules.follow(
            given_id=row.unit_id, year=row.year, at=at, alterations=alterations, fates=fates.get(row.pk, {})
        )
        for row in rows
    }
    facts = _facts(rows, ways, at)
    return sorted(facts, key=lambda fact: (fact.unit_code, fact.year, fact.id))


def title_of(unit_id: int, at: date, known: Known = None, kind: str = "xa_ntm") -> TitleFact | None:
    """The title that the unit holds at `at`; where several were handed to it, the oldest."""
    held = [fact for fact in titles_at(at, known, kind=kind) if fact.unit_id == unit_id]
    return min(held, key=lambda fact: (fact.year, fact.id)) if held else None


def new_in_year(year: int, *, at: date, known: Known = None, under: str | None = None) -> list[TitleFact]:
    """The titles given for `year` that count at `at`."""
    return [fact for fact in titles_at(at, known, under) if fact.year == year]


def explain(start: date, end: date, known: Known = None, kind: str = "xa_ntm") -> Balance:
    """Why the number of recognised units moved between two dates: who came, who went, by which merger."""
    return rules.balance(
        start=start,
        end=end,
        known=known,
        then=every_title(start, known, kind),
        now=every_title(end, known, kind),
    )


def undecided(at: date, known: Known = None) -> list[TitleFact]:
    """The titles whose holder was altered and whose fate nobody has decided."""
    return [fact for fact in every_title(at, known) if fact.status is Status.UNDECIDED]


def alterations_of(unit_ids: Iterable[int], *, until: date) -> dict[int, list[Alteration]]:
    """The alterations of these units, and of all units that came of them, oldest first."""
    found: dict[int, list[Alteration]] = {}
    asked: set[int] = set()
    wanted = set(unit_ids)
    while wanted:
        asked |= wanted
        steps = [step for step in territory.steps_between(_BEFORE_ALL, until, wanted) if step.from_id in wanted]
        for unit_id, alteration in _alterations(steps):
            found.setdefault(unit_id, []).append(alteration)
        wanted = {step.to_id for step in steps if step.to_id is not None} - asked
    return {unit_id: sorted(some, key=lambda one: one.effective) for unit_id, some in found.items()}


def _alterations(steps: Iterable) -> list[tuple[int, Alteration]]:
    grouped = defaultdict(list)
    for step in steps:
        grouped[step.from_id, step.effective].append(step)
    return [
        (
            unit_id,
            Alteration(
                unit_id=unit_id,
                effective=effective,
                act=some[0].act,
                changes=tuple(sorted({word for step in some for word in step.change.split("+")})),
                onto_ids=tuple(sorted({step.to_id for step in some if step.to_id is not None})),
            ),
        )
        for (unit_id, effective), some in grouped.items()
        if rules.is_alteration(word for step in some for word in step.change.split("+"))
    ]


def _moment(known: Known) -> datetime | None:
    if known is None or isinstance(known, datetime):
        return known
    return clock.end_of(known)


def _recorded(rows, moment: datetime | None):
    return rows if moment is None else rows.filter(recorded_at__lte=moment)


def _fates(title_ids: list[int], moment: datetime | None) -> dict[int, dict[date, FateFact]]:
    """The fate that stands per title and day of alteration: the newest recorded by the moment."""
    found: dict[int, dict[date, FateFact]] = {}
    rows = _recorded(TitleFate.objects.filter(title_id__in=title_ids), moment)
    for row in rows.order_by("recorded_at", "pk"):
        found.setdefault(row.title_id, {})[row.effective] = FateFact(
            title_id=row.title_id,
            effective=row.effective,
            fate=Fate(row.fate),
            onto_id=row.onto_id,
            decided_on=row.decided_on,
            decision=row.decision,
            why=row.why,
            source=row.source,
            provenance=Provenance(row.provenance),
            recorded_at=row.recorded_at,
        )
    return found


def _facts(rows: list[Title], ways: Mapping[int, Way], at: date) -> list[TitleFact]:
    given = territory.by_pairs((row.unit_id, _day_given(row)) for row in rows)
    holders = territory.by_pairs(
        (ways[row.pk].holder_id or row.unit_id, _last_day(ways[row.pk], row, at)) for row in rows
    )
    found = []
    for row in rows:
        way = ways[row.pk]
        holder = holders[way.holder_id or row.unit_id, _last_day(way, row, at)]
        first = given[row.unit_id, _day_given(row)]
        found.append(_fact(row, way, holder, first))
    return found


def _day_given(row: Title) -> date:
    """The day on which the unit that got the title is named: 31/12 of its year, or the day of an earlier decision."""
    return min(rules.counts_from(row.year), row.decision_date)


def _last_day(way: Way, row: Title, at: date) -> date:
    """The day on which the holder's name is read: `at`, or the eve of the alteration that ended the title."""
    if way.status in (Status.NOT_KEPT, Status.UNDECIDED):
        return date.fromordinal(way.turns[-1].alteration.effective.toordinal() - 1)
    return _day_given(row) if way.status is Status.NOT_YET else at


def _fact(row: Title, way: Way, holder: UnitFact, first: UnitFact) -> TitleFact:
    return TitleFact(
        id=row.pk,
        kind=row.kind,
        set_code=row.set_code,
        year=row.year,
        decision_number=row.decision_number,
        decision_date=row.decision_date,
        authority=row.authority,
        source=row.source,
        provenance=Provenance(row.provenance),
        note=row.note,
        status=way.status,
        unit_id=holder.id,
        unit_code=holder.code,
        unit_name=holder.name,
        parent_code=holder.parent_code,
        parent_name=holder.parent_name,
        given_id=first.id,
        given_code=first.code,
        given_name=first.name,
        turns=way.turns,
    )
