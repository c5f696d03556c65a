"""The situation of a unit, its matrix, what changed since another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache

import numpy as np
import yaml

from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.recognition import queries as recognition
from chungsuc.recognition.rules import TITLE_KINDS, Balance, balance
from chungsuc.reports import rules
from chungsuc.reports.queries.grounds import ROOM, ground
from chungsuc.reports.rules import Ground, Move, Report, Situation
from chungsuc.territory import queries as territory


def situation(
    *, at: date, known: datetime | None = None, unit_code: str, set_code: str, by: Person = VISITOR
) -> Situation:
    """Where the unit stands on `at` under the set, from what had been recorded by `known`."""
    return _noted(ground(at=at, known=known, unit_code=unit_code, set_code=set_code, by=by), by)


def report(*, at: date, known: datetime | None = None, unit_code: str, set_code: str, by: Person = VISITOR) -> Report:
    """The situation, the same at the end of the year before, and what moved between: what a page or paper needs."""
    now = ground(at=at, known=known, unit_code=unit_code, set_code=set_code, by=by)
    before = year_before(now, by)
    return Report(
        ground=now,
        situation=_noted(now, by),
        before=_count(before) if before else None,
        moves=_moves(now, before, own=True),
        balance=_balance(now, before) if before else None,
    )


def matrix(*, at: date, known: datetime | None = None, unit_code: str, set_code: str, by: Person = VISITOR) -> Ground:
    """Communes × criteria in Vietnamese order within districts; sums by `rules.by_criterion`, `rules.by_district`."""
    return ground(at=at, known=known, unit_code=unit_code, set_code=set_code, by=by)


def changes_since(
    *, since: date, at: date, known: datetime | None = None, unit_code: str, set_code: str, by: Person = VISITOR
) -> tuple[Move, ...]:
    """The communes that gained or lost criteria between two days, the largest moves first."""
    now = ground(at=at, known=known, unit_code=unit_code, set_code=set_code, by=by)
    return _moves(now, ground(at=since, known=known, unit_code=unit_code, set_code=set_code, by=by))


def _count(here: Ground) -> Situation:
    higher = [kind for kind, of in TITLE_KINDS.items() if of in rules.DISTRICT_KINDS]
    held = {title.unit_id for kind in higher for title in recognition.titles_at(here.at, here.known, kind=kind)}
    districts = sum(one.id in held for one in here.districts)
    return rules.situation(here, districts_recognised=districts)


def _noted(here: Ground, by: Person) -> Situation:
    found = _count(here)
    return replace(found, footnotes=_footnotes(here, found, by))


def year_before(now: Ground, by: Person) -> Ground | None:
    """The ground at the end of the year before, where the unit and the set were in force then."""
    day = date(now.at.year - 1, 12, 31)
    unit = territory.by_ids([now.unit.id], day).get(now.unit.id)
    if unit is None or (now.set_in_force_from is not None and day < now.set_in_force_from):
        return None
    return ground(at=day, known=now.known, unit_code=unit.code, set_code=now.set_code, by=by)


def _balance(now: Ground, before: Ground) -> Balance:
    """Why the number of titles moved: who came, who went and by which merger, among the units of this ground."""
    here = {unit.id for side in (now, before) for unit in side.communes}
    return balance(
        start=before.at,
        end=now.at,
        known=now.known,
        then=[title for title in before.every_title if here & {title.unit_id, title.given_id}],
        now=[title for title in now.every_title if here & {title.unit_id, title.given_id}],
    )


def _moves(now: Ground, before: Ground | None, *, own: bool = False) -> tuple[Move, ...]:
    """What moved; with `own`, only communes whose numbers before are of that year, not older ones repeated."""
    if before is None:
        return ()
    since = np.datetime64(date(before.at.year, 1, 1) if own else date.min)
    row = {unit.id: place for place, unit in enumerate(before.communes) if before.speaks_of[place] >= since}
    moves = []
    for place, unit in enumerate(now.communes):
        if unit.id in row and now.basis[place]:
            moves.append(move_of(now, before, place, row[unit.id]))
    changed = [move for move in moves if move.gained or move.lost or move.change]
    return tuple(sorted(changed, key=lambda move: (-abs(move.change), move.change, move.order)))


def move_of(now: Ground, before: Ground, place: int, was: int) -> Move:
    """How the commune in row `place` of one ground moved since its row `was` of an earlier one."""
    today, then = rules.met_cells(now.verdicts[place]), rules.met_cells(before.verdicts[was])
    numbers = np.array([one.number for one in now.criteria])
    return Move(
        unit=now.communes[place],
        order=place,
        before=int(before.met[was]),
        after=int(now.met[place]),
        gained=tuple(numbers[today & ~then].tolist()),
        lost=tuple(numbers[then & ~today].tolist()),
    )


@cache
def _published() -> tuple[dict, ...]:
    return tuple(yaml.safe_load((ROOM / "published.yaml").read_text(encoding="utf-8")))


def _footnotes(here: Ground, found: Situation, by: Person) -> tuple[dict[str, str], ...]:
    """The published figures that belong to exactly these computed ones; beside others they would mislead."""
    return tuple(
        {name: row[name] for name in ("field", "published", "vi", "en")}
        for row in _published()
        if (row["unit"], row["at"], row["set"]) == (here.unit.code, here.at, here.set_code)
        and _holds(row["when"], here, found)
        and all(_holds(when, *_under(other, here, by)) for other, when in row.get("under", {}).items())
    )


def _under(set_code: str, here: Ground, by: Person) -> tuple[Ground, Situation]:
    other = ground(at=here.at, known=here.known, unit_code=here.unit.code, set_code=set_code, by=by)
    return other, rules.situation(other, districts_recognised=0)


def _holds(when: Mapping[str, int | str], here: Ground, found: Situation) -> bool:
    """Whether the figures are those that the published text is about; `all_met`, `best` as in two sets."""
    of = len(here.criteria)
    figures = {
        "communes": found.communes,
        "without_figures": found.without_figures,
        "below_10": found.below_10,
        "mean_met": str(found.mean_met),
        "all_met": int((here.met[here.counted] >= of).sum()),
        "best": int(here.met.max(initial=0)),
    }
    return all(figures[name] == value for name, value in when.items())
