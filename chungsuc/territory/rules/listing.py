"""Checks on a list of units: is it a tree, and does it equal what the changes give?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from chungsuc.kit.errors import Reason
from chungsuc.kit.vietnamese import nfc
from chungsuc.territory.rules.draft import UnitLine
from chungsuc.territory.rules.held import Held
from chungsuc.territory.rules.kinds import PARENTS, Kind


def why_not_a_tree(units: Sequence[UnitLine]) -> Iterator[Reason]:
    """What is wrong with a list of units: codes twice, orphans, cycles, kinds in the wrong place, no root."""
    by_code = {unit.code: unit for unit in units}
    for code, times in Counter(unit.code for unit in units).items():
        if times > 1:
            yield Reason("list.code_twice", unit=code, lines=tuple(unit.line for unit in units if unit.code == code))
    roots = [unit for unit in units if unit.parent_code is None]
    if len(roots) != 1 or roots[0].kind is not Kind.PROVINCE:
        yield Reason("list.one_province", found=tuple(unit.name for unit in roots) or ("–",))
    circling = _circling(by_code)
    if circling:
        yield Reason("list.cycle", units=tuple(sorted(circling)))
    for unit in units:
        if unit.parent_code is None:
            continue
        parent = by_code.get(unit.parent_code)
        if parent is None:
            yield Reason("list.parent_unknown", unit=unit.code, name=unit.name, parent=unit.parent_code, line=unit.line)
        elif unit.code not in circling and parent.kind not in PARENTS[unit.kind]:
            yield Reason("list.kind_under", unit=unit.code, name=unit.name, parent=parent.name, line=unit.line)


def _circling(by_code: dict[str, UnitLine]) -> set[str]:
    found: set[str] = set()
    for start in by_code:
        path: list[str] = []
        code: str | None = start
        while code is not None and code in by_code and code not in path:
            path.append(code)
            code = by_code[code].parent_code
        if code in path:
            found.update(path[path.index(code) :])
    return found


def differences(expected: Sequence[UnitLine], reached: Iterable[Held]) -> Iterator[Reason]:
    """Where the list after the changes and the units that the changes give do not agree."""
    now = {held.code: held for held in reached}
    codes = {held.key: held.code for held in now.values()}
    listed = {unit.code: unit for unit in expected}
    for code in sorted(now.keys() - listed.keys()):
        yield Reason("change.no_fate", unit=code, name=now[code].name)
    for code in sorted(listed.keys() - now.keys()):
        yield Reason("change.no_origin", unit=code, name=listed[code].name, line=listed[code].line)
    for code in sorted(listed.keys() & now.keys()):
        unit, held = listed[code], now[code]
        above = codes.get(held.parent) if held.parent is not None else None
        if (nfc(unit.name), unit.kind, unit.parent_code) != (nfc(held.name), held.kind, above):
            yield Reason(
                "change.result_differs",
                unit=code,
                line=unit.line,
                listed=f"{unit.name} ({unit.parent_code or '–'})",
                reached=f"{held.name} ({above or '–'})",
            )
