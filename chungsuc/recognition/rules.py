"""What a title is, when it counts, and what the mergers of its holder do to it. Pure.

A title counts from 31/12 of the year for which it was given. An alteration (merger, absorption,
split, abolition) of the holder asks "is the title kept?"; the answer is a recorded fate, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chungsuc.kit.errors import Reason, reasons

FIRST_YEAR = 2010  # the programme's first year
TITLE_KINDS = {"xa_ntm": "commune"}  # title -> the kind of unit that may hold it


class Fate(StrEnum):
    """What became of a title when its holder was altered."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    UNDECIDED = "undecided"


class Provenance(StrEnum):
    """Whether a fact was published or made up for the demo."""

    REAL = "real"
    DEMO = "demo"


class Status(StrEnum):
    """Where a title stands on a date."""

    HELD = "held"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    UNDECIDED = "undecided"
    NOT_YET = "not_yet"

    @property
    def counts(self) -> bool:
        """Whether the title is counted among the recognised."""
        return self in (Status.HELD, Status.KEPT)


@dataclass(frozen=True, slots=True)
class TitleEntry:
    """A title as it is put in: `unit_code` is the code in force on 31/12 of `year`."""

    unit_code: str
    year: int
    kind: str
    set_code: str
    decision_number: str
    decision_date: date
    authority: str
    source: str
    provenance: Provenance
    note: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FateEntry:
    """A fate as it is put in: the title is named by its unit's code and its year.

    `effective` is the day of the alteration, `onto_code` the unit that keeps the title (its code on
    that day), `decided_on` the day from which the fate is known.
    """

    unit_code: str
    year: int
    effective: date
    fate: Fate
    onto_code: str | None
    decided_on: date
    decision: str
    why: str
    source: str
    provenance: Provenance
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Alteration:
    """One legal change of a holder on one day: what happened and which units came of it."""

    unit_id: int
    effective: date
    act: str
    changes: tuple[str, ...]
    onto_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FateFact:
    """A recorded fate."""

    title_id: int
    effective: date
    fate: Fate
    onto_id: int | None
    decided_on: date
    decision: str
    why: str
    source: str
    provenance: Provenance
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One alteration on a title's way, with the fate that stands (None: nobody has decided)."""

    alteration: Alteration
    fate: FateFact | None

    @property
    def outcome(self) -> Fate:
        """The fate; where none is recorded the title is undecided."""
        return self.fate.fate if self.fate else Fate.UNDECIDED


@dataclass(frozen=True, slots=True)
class Way:
    """What became of one title up to a date: who holds it (None: nobody), how, through which turns."""

    status: Status
    holder_id: int | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class TitleFact:
    """One title as it stands at a date. `unit_*` is the holder at that date (the last holder when it no
    longer counts); `given_*` the unit that got it; `how` tells by what it is held."""

    id: int
    kind: str
    set_code: str
    year: int
    decision_number: str
    decision_date: date
    authority: str
    source: str
    provenance: Provenance
    note: str
    status: Status
    unit_id: int
    unit_code: str
    unit_name: str
    parent_code: str | None
    parent_name: str | None
    given_id: int
    given_code: str
    given_name: str
    turns: tuple[Turn, ...]

    @property
    def counts(self) -> bool:
        """Whether it is counted among the recognised at the date."""
        return self.status.counts

    @property
    def decision(self) -> str:
        """The decision as officials cite it: number and date."""
        return f"{self.decision_number} ngày {self.decision_date:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Balance:
    """Why the number of recognised units moved between two dates: before + came - gone = after."""

    start: date
    end: date
    known: date | datetime | None
    before: tuple[TitleFact, ...]
    after: tuple[TitleFact, ...]
    came: tuple[TitleFact, ...]
    back: tuple[TitleFact, ...]
    gone: tuple[TitleFact, ...]
    carried: tuple[TitleFact, ...]


# Words of territorial change that leave the holder's land and people as they were.
HARMLESS = frozenset({"rename", "reparent", "recode"})


def counts_from(year: int) -> date:
    """The day from which a title given for `year` counts (product decision 0008)."""
    return date(year, 12, 31)


def is_alteration(changes: Iterable[str]) -> bool:
    """Whether these changes touch what the title was given for."""
    return any(change not in HARMLESS for change in changes)


def follow(
    *,
    given_id: int,
    year: int,
    at: date,
    alterations: Mapping[int, Sequence[Alteration]],
    fates: Mapping[date, FateFact],
) -> Way:
    """Walk a title from the unit that got it through every alteration of its holder up to `at`.

    `alterations`: unit identity -> its alterations, oldest first. `fates`: the newest fate per day of
    alteration. The walk ends where the title is not kept or where nobody has decided.
    """
    if at < counts_from(year):
        return Way(Status.NOT_YET, None, ())
    holder, turns, day = given_id, [], counts_from(year)
    while alteration := _next(alterations.get(holder, ()), after=day, until=at):
        turn = Turn(alteration, fates.get(alteration.effective))
        turns.append(turn)
        if turn.outcome is not Fate.KEPT:
            return Way(Status(turn.outcome.value), holder, tuple(turns))
        holder = turn.fate.onto_id or holder
        day = alteration.effective
    return Way(Status.KEPT if turns else Status.HELD, holder, tuple(turns))


def _next(found: Sequence[Alteration], *, after: date, until: date) -> Alteration | None:
    return next((one for one in found if after < one.effective <= until), None)


def why_not_ask(*days: date, known: date | None, today: date) -> tuple[Reason, ...]:
    """What stands against asking who is recognised on these days, as known at one: none may lie ahead."""
    last = max(days)
    return reasons(
        (last > today, Reason("title.date_in_future", at=last, today=today)),
        (known is not None and known > today, Reason("title.known_in_future", known=known, today=today)),
    )


def why_not_give(entry: TitleEntry, *, unit_kind: str, held: int | None, today: date) -> tuple[Reason, ...]:
    """What stands against recording this title. `held`: the year of a title of this kind that the unit has."""
    facts = {"unit": entry.unit_code, "line": entry.line or 0}
    wanted = TITLE_KINDS.get(entry.kind)
    wrong = wanted is not None and unit_kind != wanted
    return reasons(
        (wanted is None, Reason("title.kind_unknown", kind=entry.kind, known=sorted(TITLE_KINDS), **facts)),
        (wrong, Reason("title.wrong_unit_kind", kind=entry.kind, unit_kind=unit_kind, **facts)),
        (
            not FIRST_YEAR <= entry.year <= today.year,
            Reason("title.year_outside", year=entry.year, first=FIRST_YEAR, last=today.year, **facts),
        ),
        (
            entry.decision_date.year < entry.year,
            Reason("title.decision_before_year", year=entry.year, decision_date=entry.decision_date, **facts),
        ),
        (
            entry.decision_date > today,
            Reason("title.decision_in_future", decision_date=entry.decision_date, today=today, **facts),
        ),
        (not entry.decision_number.strip(), Reason("title.decision_missing", **facts)),
        (not entry.source.strip(), Reason("title.source_missing", **facts)),
        (held is not None, Reason("title.already_held", year=held or 0, **facts)),
    )


def why_not_fate(
    entry: FateEntry, *, alteration: Alteration | None, onto_id: int | None, onto_kind: str | None, today: date
) -> tuple[Reason, ...]:
    """What stands against recording this fate of a title whose holder was altered (or was not)."""
    facts = {"unit": entry.unit_code, "line": entry.line or 0}
    kept = entry.fate is Fate.KEPT
    return reasons(
        (alteration is None, Reason("title.fate_no_alteration", effective=entry.effective, **facts)),
        (kept and not entry.onto_code, Reason("title.fate_onto_missing", **facts)),
        (
            kept and entry.onto_code and alteration and onto_id not in alteration.onto_ids,
            Reason("title.fate_onto_not_successor", onto=entry.onto_code or "", effective=entry.effective, **facts),
        ),
        (
            kept and onto_kind is not None and onto_kind != "commune",
            Reason("title.fate_onto_not_commune", onto=entry.onto_code or "", **facts),
        ),
        (not entry.why.strip(), Reason("title.fate_why_missing", **facts)),
        (
            not entry.effective <= entry.decided_on <= today and entry.fate is not Fate.UNDECIDED,
            Reason("title.fate_decided_when", decided_on=entry.decided_on, effective=entry.effective, **facts),
        ),
    )


def balance(
    *, start: date, end: date, known: date | datetime | None, then: Sequence[TitleFact], now: Sequence[TitleFact]
) -> Balance:
    """Account for every title between two dates. `then`, `now`: every title as it stood at either end."""
    earlier = {fact.id: fact for fact in then}
    counted_then = {key for key, fact in earlier.items() if fact.counts}
    after = tuple(fact for fact in now if fact.counts)
    arrived = [fact for fact in after if fact.id not in counted_then]
    fresh = tuple(fact for fact in arrived if earlier.get(fact.id) is None or earlier[fact.id].status is Status.NOT_YET)
    return Balance(
        start=start,
        end=end,
        known=known,
        before=tuple(fact for fact in then if fact.counts),
        after=after,
        came=fresh,
        back=tuple(fact for fact in arrived if fact not in fresh),
        gone=tuple(fact for fact in now if fact.id in counted_then and not fact.counts),
        carried=tuple(
            fact
            for fact in after
            if fact.id in counted_then and len(fact.turns) > len(earlier[fact.id].turns)
        ),
    )
