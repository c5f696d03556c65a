"""What other rooms ask of the law: which sets there are, and one set as it holds in a province on a day.

Files of `law/` are read once and again only when they change. No database is needed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from chungsuc.criteria.engine.overlays import Overlay, apply
from chungsuc.criteria.engine.sets import CriteriaSet, Words
from chungsuc.criteria.reader import build, lines, overlays, rules, shapes, shaping
from chungsuc.criteria.reader.examples import Example, build_examples
from chungsuc.kit.catalogue import say
from chungsuc.kit.errors import Reason, Refused, SystemFault

Shaped = TypeVar("Shaped", bound=shapes.Shape)
LAW = Path(__file__).resolve().parents[2] / "law"


@dataclass(frozen=True, slots=True)
class SetSummary:
    """One set in a list. `criteria` and `indicators` are what the file knows; `totals` what the decision has."""

    code: str
    name: Words
    citation: Words
    kind_of_unit: str
    period: tuple[date, date]
    in_force: tuple[date, date | None]
    judges: bool
    incomplete: Words | None
    criteria: int
    indicators: int
    totals: tuple[int, int] | None
    replaced_by: str | None
    overlays: tuple[str, ...]
    version: str


def sets() -> list[SetSummary]:
    """Every set, in the order of the periods."""
    laid = all_overlays()
    return [
        SetSummary(
            one.code,
            one.name,
            one.citation,
            one.kind_of_unit,
            one.period,
            one.in_force,
            one.judges,
            one.incomplete,
            len(one.criteria),
            len(one.indicators),
            one.totals,
            one.replaced_by,
            tuple(sorted(code for code, overlay in laid.items() if one.code in overlay.fills)),
            one.version,
        )
        for one in sorted(national_sets().values(), key=lambda one: (one.period[0], one.code))
    ]


def criteria_set(
    code: str, *, province: str | None = None, at: date | None = None, overlay: str | None = None
) -> CriteriaSet:
    """The set with this code; for a province, with its overlay in force on the day `at` (any day if None).

    `overlay` names one overlay instead. Refused: `criteria.set_unknown`, `criteria.overlay_unknown`.
    """
    known = national_sets()
    if code not in known:
        raise Refused(Reason("criteria.set_unknown", set=code, known=sorted(known)))
    if overlay is not None:
        if overlay not in all_overlays() or code not in all_overlays()[overlay].fills:
            fitting = sorted(name for name, one in all_overlays().items() if code in one.fills)
            raise Refused(Reason("criteria.overlay_unknown", overlay=overlay, set=code, known=fitting))
        return _laid(code, overlay, _stamp())
    found = overlay_in_force(code, province, at) if province else None
    return _laid(code, found.code, _stamp()) if found else known[code]


def overlay_in_force(code: str, province: str, at: date | None) -> Overlay | None:
    """The overlay that this province has laid on the set and that holds on the day; the newest if several."""
    found = [
        one for one in all_overlays().values() if one.province == province and code in one.fills and one.holds_on(at)
    ]
    return max(found, key=lambda one: one.in_force[0]) if found else None


def national_sets() -> Mapping[str, CriteriaSet]:
    """Every set as the national text has it, by code."""
    return _sets(_stamp())


def all_overlays() -> Mapping[str, Overlay]:
    """Every provincial overlay, by code."""
    return _overlays(_stamp())


def recognition_rules(set_code: str | None = None) -> tuple[rules.RecognitionRules, ...]:
    """The rules for recognition and withdrawal, of one set or all."""
    found = _rules(_stamp())
    return tuple(one for one in found if set_code is None or one.set_code == set_code)


def example_files() -> list[str]:
    """The names of the files of worked examples: a set's code, or an overlay's."""
    return sorted(path.stem for path in (LAW / "examples").glob("*.yaml"))


def examples(name: str) -> tuple[Example, ...]:
    """The worked examples in `law/examples/<name>.yaml`; none when there is no such file."""
    if name not in example_files():
        return ()
    return build_examples(_examples_shape(name), examples_set(name))


def examples_set(name: str) -> CriteriaSet:
    """The set, with its overlay, that a file of worked examples is about."""
    shape = _examples_shape(name)
    return criteria_set(shape.set, overlay=shape.overlay)


def _examples_shape(name: str) -> shapes.ExamplesShape:
    return _shape(LAW / "examples" / f"{name}.yaml", shapes.ExamplesShape)[0]


def _stamp() -> tuple[tuple[str, int, int], ...]:
    """What the files of the law look like now: they are read again when this changes."""
    found = []
    for folder in ("", "overlays", "rules"):
        try:
            entries = list(os.scandir(LAW / folder))
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.name.endswith(".yaml"):
                status = entry.stat()
                found.append((entry.path, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def _sets(stamp: tuple[tuple[str, int, int], ...]) -> Mapping[str, CriteriaSet]:
    found = {}
    for path in _named(stamp, LAW):
        shape, written, text = _shape(path, shapes.SetShape)
        built, problems = build.build_set(shape, written)
        _sound(path, problems)
        found[built.code] = replace(built, version=_version(text))
    return found


@lru_cache(maxsize=4)
def _overlays(stamp: tuple[tuple[str, int, int], ...]) -> Mapping[str, Overlay]:
    found = {}
    for path in _named(stamp, LAW / "overlays"):
        shape, written, _ = _shape(path, shapes.OverlayShape)
        built, problems = overlays.build_overlay(shape, written, _sets(stamp))
        _sound(path, problems)
        found[built.code] = built
    return found


@lru_cache(maxsize=4)
def _rules(stamp: tuple[tuple[str, int, int], ...]) -> tuple[rules.RecognitionRules, ...]:
    found = []
    for path in _named(stamp, LAW / "rules"):
        shape, written, _ = _shape(path, shapes.RulesShape)
        built, problems = rules.build_rules(shape, written)
        _sound(path, problems)
        found.append(built)
    return tuple(found)


@lru_cache(maxsize=32)
def _laid(code: str, overlay: str, stamp: tuple[tuple[str, int, int], ...]) -> CriteriaSet:
    text = (LAW / "overlays" / f"{overlay}.yaml").read_text(encoding="utf-8")
    national = _sets(stamp)[code]
    return apply(national, _overlays(stamp)[overlay], version=_version(national.version + text))


def _named(stamp: tuple[tuple[str, int, int], ...], folder: Path) -> list[Path]:
    return [Path(name) for name, _, _ in stamp if Path(name).parent == folder]


def _shape(path: Path, kind: type[Shaped]) -> tuple[Shaped, dict[tuple[str | int, ...], int], str]:
    text = path.read_text(encoding="utf-8")
    document = lines.read(text)
    shape, problems = shaping.shape_of(document)
    _sound(path, problems)
    assert isinstance(shape, kind), f"{path} is a {type(shape).__name__}"
    return shape, document.lines, text


def _sound(path: Path, problems: tuple[Reason, ...]) -> None:
    """A broken file in `law/` is a fault of the installation, not of whoever asks."""
    if problems:
        name = str(path.relative_to(LAW))
        raise SystemFault(Reason("criteria.law_broken", file=name, count=len(problems), said=say(problems[0])))


def _version(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
