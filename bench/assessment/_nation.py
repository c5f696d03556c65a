"""A scratch database on the server in use, with a made-up nation in it. Dropped at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import quote, urlsplit, urlunsplit

import numpy as np

SET = "xa-ntm-2016-2020"
AT = "2019-12-31"


@contextmanager
def scratch() -> Iterator[None]:
    """Django on a fresh, migrated database named after this process."""
    import psycopg

    name = f"chungsuc_bench_{os.getpid()}"
    admin, mine = _addresses(name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    os.environ["CHUNGSUC_DATABASE_URL"] = mine
    try:
        from chungsuc.config import startup

        startup.prepare()
        yield
    finally:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _addresses(name: str) -> tuple[str, str]:
    """Addresses of the server's `postgres` database and of the scratch one."""
    url = os.environ.get("CHUNGSUC_DATABASE_URL")
    if not url:
        from chungsuc.config import embedded, places

        embedded.ensure_running(places.home())
        entry = embedded.django_settings(places.home())
        url = f"postgresql://{entry['USER']}@/postgres?host={quote(entry['HOST'], safe='')}&port={entry['PORT']}"
    parts = urlsplit(url)
    return tuple(
        urlunsplit(parts._replace(path=f"/{database}", netloc=parts.netloc)) for database in ("postgres", name)
    )  # type: ignore[return-value]


def lay_out(provinces: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Units of a nation: for each province (districts, communes per district); return commune ids by province."""
    from django.db import connection

    rows, communes = [], []
    key = 0
    for place, (districts, per_district) in enumerate(provinces, start=1):
        key += 1
        province, mine = key, []
        rows.append((province, f"{place:02d}", f"Tỉnh {place}", "province", None))
        for district in range(districts):
            key += 1
            above = key
            rows.append((above, f"{place:02d}{district:03d}", f"Huyện {above}", "district", province))
            for _ in range(per_district):
                key += 1
                rows.append((key, f"{key:07d}", f"Xã {key}", "commune", above))
                mine.append(key)
        communes.append(mine)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO territory_generation (label, province_code, digest, content)"
            " VALUES ('bench', '00', '-', '{}') RETURNING id"
        )
        generation = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO territory_unit (id, generation_id) SELECT v, %s FROM unnest(%s::bigint[]) v",
            [generation, [row[0] for row in rows]],
        )
        with cursor.copy(
            "COPY territory_unit_version (unit_id, code, name, short_name, alt_names, kind, parent_id,"
            " search, sort_key, generation_id) FROM STDIN"
        ) as copy:
            for unit, code, name, kind, parent in rows:
                copy.write_row((unit, code, name, name, "[]", kind, parent, name, name, generation))
        cursor.execute(
            "INSERT INTO territory_unit_class (unit_id, scheme, value, decision, provenance, note,"
            " generation_id) SELECT unit_id, 'region', 'tdmnpb', '', '', '', generation_id"
            " FROM territory_unit_version WHERE kind = 'province'"
        )
        cursor.execute("ANALYZE")
    return communes


def figures_for(unit_ids: Sequence[int], *, seed: int = 1):
    """A grid of plausible figures for every leaf of the set: around the thresholds, 2 % missing."""
    from datetime import date

    from chungsuc.assessment.rules import FigureGrid, Level
    from chungsuc.criteria import queries as criteria
    from chungsuc.criteria.engine import Kind

    random = np.random.default_rng(seed)
    rules = criteria.criteria_set(SET)
    columns = []
    for leaf in rules.leaves:
        kind = rules.by_code[leaf.indicator].kind
        if kind is Kind.BOOLEAN:
            column = (random.random(len(unit_ids)) < 0.8).astype(float)
        elif kind is Kind.PERCENT:
            column = np.round(np.clip(random.normal(85, 14, len(unit_ids)), 0, 100), 1)
        else:
            column = np.round(np.abs(random.normal(30, 10, len(unit_ids))))
        if leaf.part is None:
            column[random.random(len(unit_ids)) < 0.02] = np.nan
        columns.append(column)
    return FigureGrid(np.array(unit_ids, dtype=np.int64), date.fromisoformat(AT), Level.SELF, np.stack(columns, axis=1))


def load(unit_ids: Sequence[int], *, judge: bool, seed: int = 1):
    """Record a grid of figures for these units; return the receipt."""
    from chungsuc.accounts.rules import OPERATOR
    from chungsuc.assessment import actions
    from chungsuc.kit import clock

    return actions.load_figures(
        rows=figures_for(unit_ids, seed=seed),
        set_code=SET,
        by=OPERATOR,
        at=clock.now(),
        source="demo: bench",
        judge=judge,
    )


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a plain table."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    print(f"\n{title}")
    for row in cells:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
