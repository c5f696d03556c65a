"""The only place where the clock is read; only doors and `config` may call it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware, in Vietnamese time."""
    return datetime.now(tz=VIETNAM)


def today() -> date:
    """This day in Vietnam."""
    return now().date()


def end_of(day: date) -> datetime:
    """The last moment of `day` in Vietnam: "as known on 15/1/2020" includes that day."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=VIETNAM)
