"""Which unit a row speaks of: by code, by name, by name under its district."""

from __future__ import annotations

from dataclasses import dataclass

from chungsuc.assessment.matrix.facts import Asked, Under
from chungsuc.assessment.matrix.names import bare_heading, readings, tidy
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.delimited import looks_doubly_encoded
from chungsuc.kit.vietnamese import legacy_encoding, same_name
from chungsuc.territory.rules import Kind, UnitFact, kind_of_name

_COMMUNE_LEVEL = (Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The unit, or the reason why there is none. `kind_written`: the name says xã, thị trấn or phường."""

    unit: UnitFact | None = None
    reason: Reason | None = None
    warnings: tuple[Reason, ...] = ()
    by_code: bool = False
    kind_written: bool = False


def resolve(name: str, code: str, asked: Asked, under: Under | None) -> Resolved:
    """Find the unit of a row. The district narrows the names; a code decides, and the name must not contradict it."""
    exact = asked.by_code.get(code) if code else None
    if exact is not None and exact.name == name and exact.kind in _COMMUNE_LEVEL:
        return Resolved(exact, by_code=True, kind_written=True)
    kind_written = kind_of_name(tidy(name)) in _COMMUNE_LEVEL if name else False
    named = _by_name(name, asked, under, kind_written) if name else Resolved(kind_written=kind_written)
    if not code:
        return named
    coded = asked.by_code.get(code)
    if coded is None or coded.kind not in _COMMUNE_LEVEL:
        if named.unit is not None:
            told = Reason("matrix.code_unknown", code=code, name=named.unit.name)
            return Resolved(named.unit, named.reason, (*named.warnings, told))
        return Resolved(reason=asked.past.why_absent(tidy(name), code, under), kind_written=kind_written)
    if not name or _agree(name, coded, asked):
        return Resolved(coded, by_code=True, kind_written=kind_written)
    differ = Reason("matrix.code_name_differ", code=code, named=coded.name, name=tidy(name))
    return Resolved(coded, differ, by_code=True)


def _agree(name: str, unit: UnitFact, asked: Asked) -> bool:
    return any(unit in asked.gazetteer.match(reading) for reading, _ in readings(name))


def _by_name(name: str, asked: Asked, under: Under | None, kind_written: bool) -> Resolved:
    for reading, beside in readings(name):
        named = _under_named(beside, asked)
        if beside is not None and named is None:
            continue
        hits = [unit for unit in asked.gazetteer.match(reading) if unit.kind in _COMMUNE_LEVEL]
        if hits:
            return _choose(reading, hits, asked, named or under, kind_written)
    spoilt = _spoilt(name)
    return Resolved(reason=spoilt, kind_written=kind_written or spoilt is not None)


def _under_named(text: str | None, asked: Asked) -> Under | None:
    if not text:
        return None
    found = [unit for unit in asked.gazetteer.match(bare_heading(text)) if unit.kind in (Kind.DISTRICT, Kind.CITY)]
    return Under(found[0].name, frozenset({found[0].code})) if len(found) == 1 else None


def _choose(reading: str, hits: list[UnitFact], asked: Asked, under: Under | None, kind_written: bool) -> Resolved:
    """One of the units that bear the name. A namesake in another district is never taken for it."""
    if under is not None:
        inside = [unit for unit in hits if unit.parent_code in under.codes]
        if not inside:
            return Resolved(reason=asked.past.why_absent(reading, None, under), kind_written=True)
        hits = inside
    hits = [unit for unit in hits if unit.kind is Kind.COMMUNE] or hits
    if len(hits) > 1:
        return _ambiguous(reading, hits)
    read_as = () if _toned_alike(reading, hits[0]) else (Reason("matrix.read_as", written=reading, name=hits[0].name),)
    return Resolved(hits[0], None, read_as, kind_written=kind_written)


def _ambiguous(reading: str, hits: list[UnitFact]) -> Resolved:
    places = [f"{unit.name} ({unit.parent_name or unit.code})" for unit in hits]
    return Resolved(reason=Reason("matrix.ambiguous_name", name=reading, places=places), kind_written=True)


def _toned_alike(reading: str, unit: UnitFact) -> bool:
    """Whether the name was written with its marks, not only recognised without them."""
    names = {same_name(name) for name in (unit.name, unit.short_name, *unit.alt_names)}
    written = {same_name(reading)}
    for prefix in (2, 1):
        words = reading.split()
        if len(words) > prefix:
            written.add(same_name(" ".join(words[prefix:])))
    if "." in reading:
        written.add(same_name(reading.partition(".")[2]))
    return bool(written & names)


def _spoilt(name: str) -> Reason | None:
    """Letters lost or in an old encoding: never guessed."""
    tidied = tidy(name)
    if "\ufffd" in tidied or looks_doubly_encoded(tidied) or ("?" in tidied and any(c.isalpha() for c in tidied)):
        return Reason("matrix.broken_letters", name=tidied[:60])
    encoding = legacy_encoding(tidied)
    return Reason("matrix.old_encoding", name=tidied[:60], encoding=encoding) if encoding else None
