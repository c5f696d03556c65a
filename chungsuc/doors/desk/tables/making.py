"""Every table that pages offer: who makes one imports `Table` and `table` from here."""

from __future__ import annotations

from chungsuc.doors.desk.tables import commune, law, province
from chungsuc.doors.desk.tables.registry import Table, made, table

__all__ = ["Table", "commune", "law", "made", "province", "table"]
