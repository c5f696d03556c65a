"""How big an uploaded spreadsheet may be. One place, so that pages, commands and tests agree."""

from __future__ import annotations

FILE_BYTES = 50 * 1024 * 1024
ENTRIES = 2_000
INFLATED_BYTES = 200 * 1024 * 1024
RATIO = 100
RATIO_FROM = 1024 * 1024
ROWS = 20_000
COLUMNS = 300
CELLS = 1_000_000
JAIL_MEMORY = 1024 * 1024 * 1024
JAIL_SECONDS = 20
