"""How the forms look: quiet green heads, pale yellow where one types, everything else locked."""

from __future__ import annotations

from typing import Any

FONT = "Times New Roman"
GREEN, PALE, ENTRY, LINE, GREY = "#1F5C45", "#E6F0EB", "#FFF9DB", "#B7C9C0", "#6B7280"
_BASE = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
_CELL = _BASE | {"border": 1, "border_color": LINE, "text_wrap": True}

STYLES: dict[str, dict[str, Any]] = {
    "title": _BASE | {"bold": True, "font_size": 15, "font_color": GREEN},
    "label": _BASE | {"font_color": GREY},
    "fact": _BASE | {"bold": True},
    "head": _CELL | {"bold": True, "bg_color": GREEN, "font_color": "#FFFFFF", "align": "center"},
    "subhead": _CELL | {"bg_color": PALE, "align": "center", "font_size": 9},
    "criterion": _CELL | {"bold": True, "bg_color": PALE},
    "code": _CELL | {"align": "center", "num_format": "@"},
    "text": _CELL,
    "centre": _CELL | {"align": "center"},
    "warn": _CELL | {"font_size": 9, "font_color": "#9A3412", "italic": True},
    "last": _CELL | {"align": "right", "font_color": GREY, "num_format": "#,##0.######"},
    "entry_number": _CELL | {"align": "right", "bg_color": ENTRY, "locked": False, "num_format": "#,##0.######"},
    "entry_text": _CELL | {"bg_color": ENTRY, "locked": False},
    "entry_yes": _CELL | {"align": "center", "bg_color": ENTRY, "locked": False},
    "shut": _CELL | {"bg_color": "#F3F4F6"},
    "same": {"font_color": GREY, "italic": True},
    "help": _BASE | {"text_wrap": True, "valign": "top"},
}
PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "autofilter": True,
}


def formats(book: Any) -> dict[str, Any]:
    """The styles as formats of an xlsxwriter book."""
    return {name: book.add_format(properties) for name, properties in STYLES.items()}
