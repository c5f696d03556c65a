"""The heavy dashboard: 50 indicators × 34 provinces × 12 months out of ten million monthly figures.

Rival, in the same run on the same server: the shape in which DHIS2 keeps and asks such data, with the indexes and
statistics it would have: first its fact table joined with period, unit and element structures, then its denormalised
analytics table (whose rebuild is timed too, for a figure is on its dashboards only after it). All three must agree.
`--figures 2000000` makes a smaller nation. Target for the cube: under 150 ms from 10 million figures.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import numpy as np
import psycopg

from chungsuc.insight import cube as cubes
from chungsuc.insight import keeping

INDICATORS, PROVINCES, MONTHS, ASKED = 50, 34, 60, 12
TARGET = 0.150

STRUCTURES = """
CREATE TABLE dataelement AS SELECT g AS dataelementid, 'de' || lpad(g::text, 9, '0') AS uid
  FROM generate_series(1, {indicators}) g;
CREATE TABLE periodstructure AS SELECT g AS periodid,
    to_char(date '2021-01-01' + (g - 1) * interval '1 month', 'YYYYMM') AS monthly,
    to_char(date '2021-01-01' + (g - 1) * interval '1 month', 'YYYY') AS yearly
  FROM generate_series(1, {months}) g;
CREATE TABLE orgunitstructure AS SELECT g AS organisationunitid, 'ou' || lpad(g::text, 9, '0') AS uid,
    'VN' AS uidlevel1, 'prov' || lpad(((g - 1) % {provinces})::text, 2, '0') AS uidlevel2
  FROM generate_series(1, {communes}) g;
CREATE TABLE categoryoptioncombo AS SELECT 1 AS categoryoptioncomboid, 'default0001' AS uid;
ALTER TABLE dataelement ADD PRIMARY KEY (dataelementid);
ALTER TABLE periodstructure ADD PRIMARY KEY (periodid);
ALTER TABLE orgunitstructure ADD PRIMARY KEY (organisationunitid);
"""
FACTS = """
CREATE UNLOGGED TABLE datavalue AS SELECT de AS dataelementid, pe AS periodid, ou AS sourceid,
    1 AS categoryoptioncomboid, 1 AS attributeoptioncomboid,
    (((de * 31 + pe * 17 + ou * 7) % 1000) / 10.0)::text AS value
  FROM generate_series(1, {months}) pe, generate_series(1, {communes}) ou, generate_series(1, {indicators}) de;
CREATE INDEX ON datavalue (periodid);
ANALYZE;
"""
JOINED = """
SELECT de.uid, ou.uidlevel2, ps.monthly, avg(dv.value::double precision), count(*)
FROM datavalue dv
JOIN dataelement de ON de.dataelementid = dv.dataelementid
JOIN periodstructure ps ON ps.periodid = dv.periodid
JOIN orgunitstructure ou ON ou.organisationunitid = dv.sourceid
JOIN categoryoptioncombo co ON co.categoryoptioncomboid = dv.categoryoptioncomboid
WHERE ps.yearly = '2025'
GROUP BY de.uid, ou.uidlevel2, ps.monthly
"""
ANALYTICS = """
CREATE UNLOGGED TABLE analytics AS SELECT de.uid AS dx, ou.uidlevel1, ou.uidlevel2, ps.monthly, ps.yearly,
    co.uid AS co, dv.value::double precision AS value
FROM datavalue dv
JOIN dataelement de ON de.dataelementid = dv.dataelementid
JOIN periodstructure ps ON ps.periodid = dv.periodid
JOIN orgunitstructure ou ON ou.organisationunitid = dv.sourceid
JOIN categoryoptioncombo co ON co.categoryoptioncomboid = dv.categoryoptioncomboid
WHERE dv.value ~ '^(-?[0-9]+)(\\.[0-9]+)?$';
CREATE INDEX ON analytics (monthly);
ANALYZE analytics;
"""
PREPARED = """
SELECT dx, uidlevel2, monthly, avg(value), count(*) FROM analytics
WHERE monthly BETWEEN '202501' AND '202512' GROUP BY dx, uidlevel2, monthly
"""
COPY = """COPY (SELECT (periodid - 1)::int4, (dataelementid - 1)::int4, (sourceid - 1)::int4, value::float8
  FROM datavalue) TO STDOUT (FORMAT BINARY)"""
WIRE = np.dtype(
    [("fields", ">i2"), *((part, kind) for name in "mlu" for part, kind in ((f"_{name}", ">i4"), (name, ">i4")))]
    + [("_v", ">i4"), ("v", ">f8")]
)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--figures", type=int, default=10_000_000)
    figures = parser.parse_args().figures
    communes = figures // (INDICATORS * MONTHS)
    with scratch() as connection, tempfile.TemporaryDirectory() as folder:
        laid, load_seconds = timed(lambda: lay_out(connection, communes))
        print(f"{laid:,} figures ({communes:,} × {INDICATORS} × {MONTHS} months) laid out in {load_seconds:.0f} s")
        cube, build_seconds = timed(lambda: build(connection, communes))
        keeping.keep(cube, keeping.Seen("bench", 1), Path(folder))
        mapped, _ = keeping.kept("bench", Path(folder))
        ours, our_seconds = best(lambda: ask(mapped), 7)
        joined, joined_seconds = best(lambda: rows(connection, JOINED), 3)
        _, rebuild_seconds = timed(lambda: run(connection, ANALYTICS))
        prepared, prepared_seconds = best(lambda: rows(connection, PREPARED), 3)
    agree(ours, joined)
    agree(ours, prepared)
    report(our_seconds, joined_seconds, prepared_seconds, build_seconds, rebuild_seconds)
    if our_seconds > TARGET:
        sys.exit(f"over the target of {TARGET * 1000:.0f} ms")


def report(ours: float, joined: float, prepared: float, build: float, rebuild: float) -> None:
    """Print the ratios."""
    print(f"{'dashboard 50 × 34 × 12':<44}{'ms':>9}{'ratio':>9}")
    print(f"{'dense cube (mapped file)':<44}{ours * 1000:>9.0f}{1:>9.1f}")
    print(f"{'DHIS2 shape: fact table and its joins':<44}{joined * 1000:>9.0f}{joined / ours:>9.1f}")
    print(f"{'DHIS2 shape: prepared analytics table':<44}{prepared * 1000:>9.0f}{prepared / ours:>9.1f}")
    print(f"made anew: cube {build:.1f} s, analytics table {rebuild:.1f} s (one index of its seven)")


def lay_out(connection: psycopg.Connection, communes: int) -> int:
    """The nation in the rival's tables."""
    facts = {"indicators": INDICATORS, "months": MONTHS, "provinces": PROVINCES, "communes": communes}
    run(connection, STRUCTURES.format(**facts))
    run(connection, FACTS.format(**facts))
    return communes * INDICATORS * MONTHS


def build(connection: psycopg.Connection, communes: int) -> cubes.Cube:
    """The cube from the same rows, in one binary stream."""
    groups = [(province, list(range(province, communes, PROVINCES))) for province in range(PROVINCES)]
    leaves = [(f"{number:03d}", None) for number in range(INDICATORS)]
    layout = cubes.shelf(set_code="bench", first="2021-01", months=MONTHS, leaves=leaves, groups=groups)
    made, place = cubes.empty(layout), np.argsort(layout.unit_ids)
    rest, first = b"", True
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for chunk in grouped(copy, 1 << 24):
            blob = rest + (chunk[19:] if first else chunk)
            first, whole = False, len(rest + chunk) // WIRE.itemsize - 1
            lines = np.frombuffer(blob, dtype=WIRE, count=max(whole, 0))
            rest = blob[max(whole, 0) * WIRE.itemsize :]
            cubes.fold(made, lines["m"].astype(int), lines["l"].astype(int), place[lines["u"]], lines["v"])
    lines = np.frombuffer(rest[:-2], dtype=WIRE)
    cubes.fold(made, lines["m"].astype(int), lines["l"].astype(int), place[lines["u"]], lines["v"])
    return made


def grouped(copy, size: int) -> Iterator[bytes]:
    """The stream in pieces of about `size` bytes."""
    held = bytearray()
    for piece in copy:
        held += piece
        if len(held) >= size:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def ask(cube: cubes.Cube) -> cubes.Dashboard:
    """The dashboard of the last twelve months, thresholds included (the rival gives means and counts only)."""
    limits = np.full(INDICATORS, 50.0)
    return cubes.dashboard(cube, months=slice(MONTHS - ASKED, MONTHS), limits=limits)


def agree(ours: cubes.Dashboard, theirs: list[tuple]) -> None:
    """Both say the same for every cell."""
    assert len(theirs) == ours.mean.size, (len(theirs), ours.mean.size)
    for uid, province, month, mean, count in theirs:
        place = int(uid[2:]) - 1, int(province[4:]), int(month[4:]) - 1
        assert count == ours.count[place] and abs(mean - ours.mean[place]) < 1e-9, (uid, province, month)


def run(connection: psycopg.Connection, sql: str) -> None:
    """Statements without an answer."""
    connection.execute(sql)


def rows(connection: psycopg.Connection, sql: str) -> list[tuple]:
    """All rows of an answer."""
    return connection.execute(sql).fetchall()


def timed(act: Callable[[], object]) -> tuple:
    """(what it gave, seconds)."""
    start = time.perf_counter()
    return act(), time.perf_counter() - start


def best(act: Callable[[], object], times: int) -> tuple:
    """(what it gave, median seconds) after one run that is not counted."""
    given = act()
    return given, statistics.median(timed(act)[1] for _ in range(times))


@contextmanager
def scratch() -> Iterator[psycopg.Connection]:
    """A database of its own on the server in use, dropped at the end."""
    url = os.environ.get("CHUNGSUC_DATABASE_URL")
    if not url:
        from chungsuc.config import embedded, places

        embedded.ensure_running(places.home())
        entry = embedded.django_settings(places.home())
        url = f"postgresql://{entry['USER']}@/postgres?host={quote(str(entry['HOST']), safe='')}&port={entry['PORT']}"
    name = f"chungsuc_dashboard_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            with psycopg.connect(urlunsplit(urlsplit(url)._replace(path=f"/{name}")), autocommit=True) as connection:
                connection.execute("SET work_mem = '256MB'")
                yield connection
        finally:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main()
