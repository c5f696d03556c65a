"""The steps that load the demo province, each through the ordinary actions and in its own transaction.

A step that is done already is passed over, so a load that was cut off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

import chungsuc
from chungsuc.accounts import actions as people
from chungsuc.accounts import guard
from chungsuc.accounts import queries as accounts
from chungsuc.accounts.rules import OPERATOR, Permission, Person, Role
from chungsuc.assessment import actions as assessment
from chungsuc.assessment import queries as figures
from chungsuc.assessment.rules import BatchKind
from chungsuc.criteria import queries as criteria
from chungsuc.doors.cli.demo import sheet
from chungsuc.kit.errors import Reason, SystemFault
from chungsuc.recognition import actions as recognition
from chungsuc.recognition import queries as titles
from chungsuc.recognition import register
from chungsuc.territory import actions as territory
from chungsuc.territory import lists
from chungsuc.territory import queries as units

DATA = Path(os.environ.get("CHUNGSUC_DATA", Path(chungsuc.__file__).resolve().parent.parent / "data"))
SOURCE = "demo: số liệu mẫu do máy sinh ra, không phải số liệu thật ({file})"
OLD, NEW = "xa-ntm-2016-2020", "xa-ntm-2021-2025"
FIGURES = (
    ("figures-2016.csv", OLD),
    ("figures-2017.csv", OLD),
    ("figures-2018.csv", OLD),
    ("figures-2019.csv", OLD),
    ("figures-2020.csv", OLD),
    ("figures-2022-set-2016.csv", OLD),
    ("figures-2022-set-2021.csv", NEW),
)
FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Step:
    """One step: its phrase with its facts, whether it is done, and how to do it (returns how many rows)."""

    key: str
    facts: Mapping[str, str]
    done: Callable[[], bool]
    run: Callable[[datetime], int]


def all_steps() -> list[Step]:
    """Every step in order: units first, then titles and their fates, then figures."""
    return [
        Step("units", {}, _units_done, _load_units),
        *(_titles_step(path) for path in (DATA / "titles" / "cao-bang-known.csv", DATA / "demo" / "titles.csv")),
        Step("fates", {"file": "fates.csv"}, _fates_done, _load_fates),
        *(_figures_step(name, set_code) for name, set_code in FIGURES),
        Step("people", {"file": "people.yaml"}, _people_done, _add_people),
    ]


def others_figures() -> list[str]:
    """Sources of figures that are not the demo's: where there are any, the demo must not be mixed in."""
    return sorted({one.source for one in figures.batches(limit=1000) if not one.source.startswith("demo")})[:3]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SystemFault(Reason("demo.file_missing", file=str(path))) from error


def _units_done() -> bool:
    wanted = {draft.label for draft in lists.read_folder(DATA / "units" / "cao-bang")}
    return wanted <= {one.label for one in units.generations() if one.step == "activated" and one.province_code == "04"}


def _load_units(at: datetime) -> int:
    guard.require(OPERATOR, Permission.LOAD_UNITS, on=at.date())
    drafts = lists.read_folder(DATA / "units" / "cao-bang")
    return len(territory.load_generations(drafts=drafts, by=OPERATOR, at=at))


def _titles_step(path: Path) -> Step:
    def entries() -> list[register.TitleEntry]:
        return register.read_titles(_bytes(path), path.name)

    def done() -> bool:
        there = {(fact.given_code, fact.year) for fact in titles.every_title(FAR)}
        return {(entry.unit_code, entry.year) for entry in entries()} <= there

    def run(at: datetime) -> int:
        return recognition.record_titles(entries=entries(), by=OPERATOR, at=at, history=True)

    return Step("titles", {"file": path.name}, done, run)


def _fates() -> list[register.FateEntry]:
    path = DATA / "demo" / "fates.csv"
    return register.read_fates(_bytes(path), path.name)


def _fates_done() -> bool:
    decided = {
        (fact.given_code, fact.year, turn.alteration.effective)
        for fact in titles.every_title(FAR)
        for turn in fact.turns
        if turn.fate
    }
    return {(one.unit_code, one.year, one.effective) for one in _fates()} <= decided


def _load_fates(at: datetime) -> int:
    return recognition.record_fates(entries=_fates(), by=OPERATOR, at=at, history=True)


def _people() -> list[Person]:
    told = yaml.safe_load(_bytes(DATA / "demo" / "people.yaml"))
    return [Person(one["code"], one["name"], Role(one["role"]), one["unit"]) for one in told]


def _people_done() -> bool:
    return {one.code for one in _people()} <= {one.code for one in accounts.people(demo=True)}


def _add_people(at: datetime) -> int:
    there = {one.code for one in accounts.people(demo=True)}
    new = [one for one in _people() if one.code not in there]
    return people.add_people(people=new, demo=True, by=OPERATOR, at=at)


def _figures_step(name: str, set_code: str) -> Step:
    @cache
    def content() -> bytes:
        return _bytes(DATA / "demo" / name)

    def digest() -> str:
        return hashlib.sha256(content()).hexdigest()

    def done() -> bool:
        return bool(figures.batches(set_code=set_code, sha256=digest()))

    def run(at: datetime) -> int:
        unit_ids = cache(lambda day: {unit.code: unit.id for unit in units.units_at(day, under="04")})
        booleans = frozenset(
            one.code for one in criteria.criteria_set(set_code).indicators if one.kind.value == "boolean"
        )
        receipt = assessment.load_figures(
            rows=sheet.rows_of(content(), unit_ids, booleans),
            set_code=set_code,
            by=OPERATOR,
            at=at,
            source=SOURCE.format(file=name),
            kind=BatchKind.HISTORY,
            sha256=digest(),
            notes=[{"code": "demo.made_up", "text": "Số liệu mẫu; xem docs/guides/demo.md"}],
            history=True,
        )
        return receipt.recorded

    return Step("figures", {"file": name}, done, run)
