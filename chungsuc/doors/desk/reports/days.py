"""Days as people type them into an address or a field. Pure."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_YEAR = re.compile(r"(\d{4})")


def typed_day(text: str, today: date) -> date | None:
    """The day meant by `31/12/2019`, `31.12.2019`, `31-12-19`, `2019-12-31`; None where it is no day.

    The day comes before the month, as in Vietnam; two digits of a year are of this century. A year alone is
    its last day, or today while the year still runs.
    """
    plain = text.strip()
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(plain):
        year = int(found[3]) if len(found[3]) == 4 else today.year // 100 * 100 + int(found[3])
        return _day(year, int(found[2]), int(found[1]))
    if found := _YEAR.fullmatch(plain):
        return _last_of(int(found[1]), today)
    return None


def _last_of(year: int, today: date) -> date | None:
    return today if year == today.year else _day(year, 12, 31)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
