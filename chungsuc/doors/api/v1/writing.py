"""Figures come in: of one unit, of many; all or nothing, and each request takes effect once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Header

from chungsuc.assessment import actions
from chungsuc.assessment.rules import BatchKind, FigureEntry, FigureRow, Level, Receipt
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Share
from chungsuc.doors.api.v1 import inward, shapes
from chungsuc.doors.api.v1.figures import router  # one address reads and writes: one router
from chungsuc.doors.api.v1.operations import KEY_WANTED, answers
from chungsuc.doors.api.v1.values import Code
from chungsuc.kit import clock, commands
from chungsuc.kit.errors import Reason, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

MOST_DAYS = 60
Key = Annotated[UUID, Header(alias="Idempotency-Key")]


@router.post(
    "/units/{code}/figures",
    operation_id="record_figures",
    response=answers(shapes.ReceiptOut, writes=True),
    tags=["writing"],
    openapi_extra=KEY_WANTED,
)
def record_figures(request: HttpRequest, response: HttpResponse, code: Code, body: inward.FiguresIn, key: Key):
    """Record figures of one unit at one level for one day."""

    def act() -> dict[str, Any]:
        criteria.criteria_set(body.set)
        receipt = actions.record_figures(
            unit=territory.unit_at(code, body.speaks_of),
            set_code=body.set,
            speaks_of=body.speaks_of,
            level=Level(body.level),
            entries={indicator: _entry(one) for indicator, one in body.figures.items()},
            source=body.source,
            seen=body.seen,
            reason=body.reason,
            by=request.person,
            at=clock.now(),
        )
        return _receipt(receipt, [code])

    return _once(request, response, key, f"api.figures.{code}", act)


@router.post(
    "/figures",
    operation_id="record_batch",
    response=answers(shapes.ReceiptOut, writes=True),
    tags=["writing"],
    openapi_extra=KEY_WANTED,
)
def record_batch(request: HttpRequest, response: HttpResponse, body: inward.BatchIn, key: Key):
    """Record figures of many units in one batch: all are taken or none."""

    def act() -> dict[str, Any]:
        criteria.criteria_set(body.set)
        rows, codes = _rows(body)
        receipt = actions.load_figures(
            rows=rows,
            set_code=body.set,
            source=body.source,
            kind=BatchKind.ENTRY,
            reason=body.reason,
            by=request.person,
            at=clock.now(),
        )
        return _receipt(receipt, codes)

    return _once(request, response, key, "api.figures", act)


def _once(
    request: HttpRequest, response: HttpResponse, key: UUID, route: str, act: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    answer = commands.once(
        commands.key_of(str(key)), actor=request.person.code, route=route, body=request.body, at=clock.now(), act=act
    )
    if answer.replayed:
        response.headers["Replayed"] = "true"
    return answer.body


def _receipt(receipt: Receipt, codes: list[str]) -> dict[str, Any]:
    return {
        "accepted": True,
        "batch": receipt.batch_id,
        "recorded": receipt.recorded,
        "unchanged": receipt.unchanged,
        "changed": receipt.changed,
        "units": codes,
        "verdicts": receipt.verdicts,
        "figures": dict(receipt.figure_ids),
    }


def _entry(given: inward.FigureIn) -> FigureEntry:
    return FigureEntry(
        value=given.value,
        num=given.num,
        den=given.den,
        parts={
            name: Share(part.value, part.num, part.den) if isinstance(part, inward.ShareIn) else part
            for name, part in given.parts.items()
        },
        not_applicable=given.not_applicable,
        nearly_met=given.nearly_met,
        note=given.note,
        source=given.source,
    )


def _rows(body: inward.BatchIn) -> tuple[list[FigureRow], list[str]]:
    """The rows with their units' identities, and the codes as they came; `Refused` with every unit that is not there.

    A row's number, counted from 1, is its `line` in every problem.
    """
    days = sorted({row.speaks_of for row in body.rows})
    stop_if([Reason("api.too_many_days", most=MOST_DAYS)] if len(days) > MOST_DAYS else ())
    units: dict[tuple[date, str], UnitFact] = {
        (day, unit.code): unit for day in days for unit in territory.units_at(day)
    }
    strange = {
        (row.unit, row.speaks_of): Reason("unit.unknown", unit=row.unit, on=row.speaks_of, line=line)
        for line, row in reversed(list(enumerate(body.rows, start=1)))
        if (row.speaks_of, row.unit) not in units
    }
    stop_if(reversed(list(strange.values())[-100:]))
    rows = [
        FigureRow(
            unit_id=units[row.speaks_of, row.unit].id,
            speaks_of=row.speaks_of,
            level=Level(row.level),
            indicator=row.indicator,
            entry=_entry(row),
            reason=row.reason,
            line=line,
        )
        for line, row in enumerate(body.rows, start=1)
    ]
    return rows, list(dict.fromkeys(row.unit for row in body.rows))
