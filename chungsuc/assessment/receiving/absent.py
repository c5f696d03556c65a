"""Why a written name is not among the units of a day: never heard of, ended, not yet there, or of another kind."""

from __future__ import annotations

import difflib
from datetime import date

from chungsuc.assessment.matrix import Under
from chungsuc.assessment.matrix.names import readings
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import day, fold, same_name
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Found, Kind, UnitFact, short_name

_ABOVE = (Kind.DISTRICT, Kind.CITY)
_LEVELS = (Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD)


class Absence:
    """What other days know, asked on one day."""

    def __init__(self, on: date, units: list[UnitFact]) -> None:
        self.on, self.units = on, units

    def why_absent(self, name: str, code: str | None, under: Under | None) -> Reason:
        """The reason for a name or a code that no unit (under that district) bears that day."""
        found = self._ever(name, _LEVELS) if name else []
        here = [hit for hit in found if under and (hit.parent_code in under.codes or hit.parent_name == under.name)]
        there = [hit for hit in found if self._holds(hit)]
        # A unit that later moved is in force all the same, under the district it had that day.
        holding = {hit.id for hit in there}
        ended = [hit for hit in here or found if not self._holds(hit) and hit.id not in holding]
        if ended and (not there or any(hit in here for hit in ended)):
            spans = [f"{hit.code} {hit.name}: {_span(hit)}" for hit in ended]
            return Reason("matrix.not_in_force", name=name, on=self.on, spans=spans, became=self._became(ended))
        if there:
            places = [f"{hit.name} ({hit.parent_name})" if under else f"{hit.code} {hit.name}" for hit in there]
            if under:
                return Reason("matrix.other_district", name=name, under=under.name, places=places)
            return Reason("matrix.not_a_commune", name=name, on=self.on, there=places)
        if code:
            return self._code(code)
        return Reason("matrix.unknown_name", name=name, on=self.on, hint=self._hint(name))

    def district(self, name: str) -> frozenset[str] | None:
        """For a district of another day the codes in force that it went into; None when never heard of."""
        found = self._ever(name, _ABOVE)
        if not found:
            return None
        return frozenset(unit.code for hit in found for unit in self._now(hit.id) if unit.kind in _ABOVE)

    def _ever(self, name: str, kinds: tuple[Kind, ...]) -> list[Found]:
        """Every version of a unit that ever bore this name, as written or without marks."""
        for reading, _ in readings(name):
            for text in dict.fromkeys((reading, short_name(reading))):
                hits = [
                    hit
                    for hit in (territory.find(text) if len(text) > 1 else ())
                    if hit.kind in kinds and fold(text) in (fold(hit.matched), fold(short_name(hit.matched)))
                ]
                alike = [hit for hit in hits if same_name(text) in _spellings(hit)]
                if alike or hits:
                    return alike or hits
        return []

    def _holds(self, hit: Found) -> bool:
        return (hit.valid_from is None or hit.valid_from <= self.on) and (
            hit.valid_to is None or self.on < hit.valid_to
        )

    def _became(self, found: list[Found]) -> str:
        names = [f"{unit.code} {unit.name}" for hit in found for unit in self._now(hit.id)]
        return f" → {', '.join(dict.fromkeys(names))}" if names else ""

    def _now(self, unit_id: int) -> list[UnitFact]:
        """What the unit has become by the day, in force then."""
        reached, frontier = {unit_id}, {unit_id}
        while frontier:
            steps = territory.steps_between(date.min, self.on, frontier)
            further = {step.to_id for step in steps if step.from_id in frontier and step.to_id is not None}
            frontier = further - reached
            reached |= frontier
        return sorted(territory.by_ids(reached, self.on).values(), key=lambda unit: unit.code)

    def _code(self, code: str) -> Reason:
        try:
            territory.unit_at(code, self.on)
        except Refused as refused:
            return refused.reasons[0]
        return Reason("matrix.unknown_code", code=code, on=self.on)

    def _hint(self, name: str) -> str:
        names = {fold(unit.short_name): unit.name for unit in self.units if unit.kind in _LEVELS}
        wanted = fold(short_name(list(readings(name))[-1][0] if name else ""))
        near = difflib.get_close_matches(wanted, names, n=2, cutoff=0.8)
        return f" (≈ {', '.join(names[key] for key in near)}?)" if near else ""


def _spellings(hit: Found) -> set[str]:
    return {same_name(hit.matched), same_name(short_name(hit.matched))}


def _span(hit: Found) -> str:
    start = day(hit.valid_from) if hit.valid_from else "…"
    return f"{start} – {day(hit.valid_to) if hit.valid_to else '…'}"
