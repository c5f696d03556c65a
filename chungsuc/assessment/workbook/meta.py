"""Reads back the hidden sheet of a form."""

from __future__ import annotations

import json

from chungsuc.assessment.workbook.facts import Meta
from chungsuc.assessment.workbook.labels import META_SHEET
from chungsuc.kit.sheets.table import Book


def read_meta(book: Book) -> Meta | None:
    """The facts, or None when the sheet is gone or spoilt."""
    sheet = book.sheet(META_SHEET)
    if sheet is None:
        return None
    found = {sheet.text(row, 0): sheet.text(row, 1) for row in range(sheet.rows)}
    try:
        seen = json.loads(found.get("seen") or "{}")
        return Meta(
            kind=found["kind"],
            set_code=found["set_code"],
            set_version=found.get("set_version", ""),
            unit=found["unit"],
            at=found["at"],
            level=found["level"],
            form=found.get("form", ""),
            template=found["template"],
            seen={str(code): int(number) for code, number in seen.items()},
        )
    except (KeyError, ValueError, AttributeError):
        return None
