"""Checks what the matrix itself adds up: totals of a row, sums of a group, sums of all. Differences are warnings."""

from __future__ import annotations

import re

from chungsuc.assessment.matrix.facts import UnitRead
from chungsuc.assessment.matrix.marks import read_count
from chungsuc.assessment.matrix.names import district_of, is_province
from chungsuc.assessment.matrix.rows import Summary, Walk
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.grid import address
from chungsuc.kit.vietnamese import fold


def check_totals(walk: Walk, *, alone: bool = True) -> None:
    """Warn where a total contradicts its marks. `alone`: no other sheet of the file holds a part of the table."""
    for group in walk.groups:
        for read in group:
            if read.counts and len(read.met) == len(walk.asked.numbers):
                _check_row(walk, read)
    for summary in walk.summaries:
        if alone or not _of_province(walk, summary):
            _check_summary(walk, summary)


def _check_row(walk: Walk, read: UnitRead) -> None:
    layout = walk.layout
    for column, right in (
        (layout.total, read.count),
        (layout.not_met_total, len(walk.asked.numbers) - read.count),
    ):
        said = None if column is None else read_count(layout.sheet.value(read.row, column))
        if said is not None and said != right:
            walk.result.warn(
                Reason("matrix.total_differs", name=read.unit.name, said=said, counted=right),
                layout.sheet.name,
                address(read.row, column or 0),
            )


def _check_summary(walk: Walk, summary: Summary) -> None:
    """Compare with every range the row may mean; it is wrong only where none of them fits."""
    said = _numbers(walk, summary)
    share = any(word in summary.text.lower() for word in ("tỷ lệ", "tỉ lệ", "%"))
    if not said or share or _counts_units(walk, summary):
        return
    mean = any(word in summary.text.lower() for word in ("bình quân", "trung bình", "bq", "tb"))
    scopes = [scope for scope in _scopes(walk, summary) if scope]
    if not scopes:
        return
    wrongs = [_wrong(walk, said, scope, mean) for scope in scopes]
    best = min(wrongs, key=lambda wrong: (len(wrong), sum(abs(said[at] - wrong[at]) for at in wrong)))
    for column, counted in sorted(best.items()):
        walk.result.warn(
            Reason("matrix.sum_differs", name=summary.text[:60], said=said[column], counted=counted),
            walk.layout.sheet.name,
            address(summary.row, column),
        )


def _numbers(walk: Walk, summary: Summary) -> dict[int, int | float]:
    layout = walk.layout
    columns = [*layout.criteria.values(), *([] if layout.total is None else [layout.total])]
    found = {column: read_count(layout.sheet.value(summary.row, column)) for column in columns}
    return {column: number for column, number in found.items() if number is not None}


def _counts_units(walk: Walk, summary: Summary) -> bool:
    """Whether it says how many units reach a number (`Số xã đạt 19 tiêu chí: 20`), not what a column adds up to."""
    reaches = re.search(r"\d+\s*(?:-\s*\d+\s*)?(?:/\s*\d+\s*)?(?:tieu chi|tc)\b", fold(summary.text))
    layout = walk.layout
    under = [column for column in layout.criteria.values() if layout.sheet.value(summary.row, column) is not None]
    beside = len(layout.criteria) > 2 and under == [(layout.name or 0) + 1]
    return bool(reaches) or (beside and walk.layout.text(summary.row, layout.total) == "")


def _of_province(walk: Walk, summary: Summary) -> bool:
    """Whether it names the whole province."""
    if re.search(r"\b(?:toan|ca) tinh\b", fold(summary.text)):
        return True
    return district_of(summary.text, walk.asked) is None and is_province(summary.text, walk.asked)


def _scopes(walk: Walk, summary: Summary) -> list[list[UnitRead]]:
    """The groups a sum may stand for; groups with unreadable rows are left out, their sums cannot be checked."""
    everything = [read for group in walk.groups for read in group]
    if _of_province(walk, summary):
        return [] if walk.spoilt else [everything]
    scopes = []
    group = walk.groups[summary.group]
    if summary.group not in walk.spoilt:
        if summary.heads:
            scopes.append(group)
        else:
            scopes.append([read for read in group if read.row < summary.row])
            scopes.append([read for read in group if read.row > summary.row])
            scopes.append(_since_last_sum(walk, summary, group))
    elif summary.heads or len(walk.groups) > 1:
        return []
    if not walk.spoilt and not summary.heads:
        scopes.append(everything)
    if not walk.spoilt and not group:
        later = [other for other in walk.groups[summary.group + 1 :] if other]
        scopes += later[:1]
    return scopes


def _since_last_sum(walk: Walk, summary: Summary, group: list[UnitRead]) -> list[UnitRead]:
    before = max((other.row for other in walk.summaries if other.row < summary.row), default=-1)
    return [read for read in group if before < read.row < summary.row]


def _wrong(walk: Walk, said: dict[int, int | float], scope: list[UnitRead], mean: bool) -> dict[int, int | float]:
    """Column -> what was counted, where neither the communes alone nor all listed units give what is said."""
    layout = walk.layout
    wrong: dict[int, int | float] = {}
    communes = [read for read in scope if read.counts]
    criterion_of = {column: number for number, column in layout.criteria.items()}
    for column, number in said.items():
        values = []
        for reads in (communes, scope):
            if column in criterion_of:
                values.append(sum(read.met.get(criterion_of[column], False) for read in reads))
                continue
            total = sum(read.count for read in reads)
            values.append(total)
            if reads:
                values += [round(total / len(reads), places) for places in (0, 1, 2)]
        if number not in values:
            wrong[column] = values[-1] if mean else values[0]
    return wrong
