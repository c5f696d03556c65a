"""What comes in, as schemas. Shares are in percent; days ISO; numbers exactly as they are written."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chungsuc.doors.api.v1.shapes import LevelName
from chungsuc.doors.api.v1.values import (
    MOST_ROWS,
    Code,
    Day,
    FigureId,
    IndicatorCode,
    Number,
    Said,
    SetCode,
    Short,
    Value,
)


class Inward(BaseModel):
    """What comes in says nothing that we do not know."""

    model_config = ConfigDict(extra="forbid")


class ShareIn(Inward):
    """A part with its counts; where they are given they decide."""

    value: Number | None = None
    num: Number | None = None
    den: Number | None = None


class FigureIn(Inward):
    """A figure: a value (or its counts, or its parts), or the reason why there is none."""

    value: Value | None = None
    num: Number | None = None
    den: Number | None = None
    parts: dict[Short, Number | ShareIn] = Field(default_factory=dict, max_length=20)
    not_applicable: Said | None = None
    nearly_met: Said | None = None
    note: Said | None = None
    source: Said | None = None


class FiguresIn(Inward):
    """Figures of one unit. `seen`: the number of the figure that you had before you, by indicator (0: none)."""

    set: SetCode
    speaks_of: Day
    level: LevelName = "self"
    source: Short
    reason: Said | None = None
    seen: dict[IndicatorCode, FigureId] = Field(default_factory=dict, max_length=500)
    figures: Annotated[dict[IndicatorCode, FigureIn], Field(min_length=1, max_length=500)]


class RowIn(FigureIn):
    """One figure of a batch."""

    unit: Code
    speaks_of: Day
    level: LevelName = "self"
    indicator: IndicatorCode
    reason: Said | None = None


class BatchIn(Inward):
    """Figures of many units, at most 5,000; all are taken or none."""

    set: SetCode
    source: Short
    reason: Said | None = None
    rows: Annotated[list[RowIn], Field(min_length=1, max_length=MOST_ROWS)]
