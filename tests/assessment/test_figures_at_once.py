"""Several processes on one database: two people at once, a killed import, and no deadlock between totals."""

from __future__ import annotations

import signal
import time

import pytest

from tests.assessment.scratch import Scratch, scratch

pytestmark = pytest.mark.slow

ACT = """
import sys
from datetime import date
from decimal import Decimal
from chungsuc.accounts.rules import Person, Role
from chungsuc.assessment import actions, queries
from chungsuc.assessment.rules import FigureEntry, FigureRow, Level
from chungsuc.kit import clock
from chungsuc.kit.errors import Refused
from chungsuc.territory import queries as territory
DAY, SET = date(2019, 12, 31), "xa-ntm-2016-2020"

def record(who, value, code="99001", seen=None, reason=None, indicator="4.2"):
    return actions.record_figures(
        unit=territory.unit_at(code, DAY), set_code=SET, speaks_of=DAY, level="self", source="thử",
        entries={indicator: FigureEntry(Decimal(value))}, by=Person(who, who, Role.COORDINATOR), at=clock.now(),
        seen=seen, reason=reason)
"""


@pytest.fixture(scope="module")
def land_apart(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), scratch(tmp_path_factory.mktemp("scratch")) as made:
        yield made


def test_of_two_people_saving_at_once_the_later_is_told_and_nothing_is_lost(land_apart: Scratch):
    code = (
        ACT
        + """
print("ready", flush=True)
sys.stdin.readline()
try:
    record(WHO, VALUE, seen={"4.2": 0}, reason="của tôi")
    print("written")
except Refused as refused:
    print(refused.reasons[0].code, refused.reasons[0].facts["who"], refused.reasons[0].facts["value"])
"""
    )
    people = [
        land_apart.start(f"WHO, VALUE = {who!r}, {value!r}\n" + code) for who, value in (("an", "91"), ("binh", "92"))
    ]
    for person in people:
        assert person.stdout.readline() == "ready\n"
    for person in people:
        person.stdin.write("\n")
        person.stdin.flush()
    said = sorted(person.communicate()[0].strip() for person in people)
    assert said[1] == "written"
    code_, who, value = said[0].split()
    assert code_ == "figure.changed_meanwhile"
    kept = land_apart.ask(
        "SELECT b.by, f.value::int::text FROM assessment_figure f JOIN assessment_batch b ON b.id = f.batch_id"
    )
    assert kept == [(who, value)]


def test_many_writers_of_one_province_neither_deadlock_nor_lose_count(land_apart: Scratch):
    code = (
        ACT
        + """
for turn in range(5):
    record("w", str(SEED * 10 + turn), code=CODE, reason="lần nữa", indicator="11" if turn % 2 else "12")
print("done")
"""
    )
    places = [("99001", 1), ("99003", 2), ("99005", 3), ("99002", 4)]
    writers = [land_apart.start(f"CODE, SEED = {code_!r}, {seed}\n" + code) for code_, seed in places]
    ended = [writer.communicate() for writer in writers]
    assert [out.strip() for out, _ in ended] == ["done"] * 4, ended
    assert land_apart.run(ACT + "print(queries.drift(SET, at=clock.today()))").strip() == "[]"


def test_an_import_that_is_killed_leaves_nothing_half_written(land_apart: Scratch):
    tables = ("assessment_batch", "assessment_figure", "assessment_verdict", "assessment_tally", "journal_line")
    count = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    before = land_apart.ask(count)
    code = (
        ACT
        + """
from chungsuc.assessment import storing
unit = territory.unit_at("99006", DAY)
real = storing.copy_figures
def slowly(lines):
    real(lines)
    print("copied", flush=True)
    sys.stdin.readline()
storing.copy_figures = slowly
rows = [FigureRow(unit.id, date(2017, 1, 1 + n), Level.SELF, "4.2", FigureEntry(Decimal(n))) for n in range(28)]
actions.load_figures(rows=rows, set_code=SET, by=Person("c", "c", Role.COORDINATOR), at=clock.now(), source="tệp")
"""
    )
    process = land_apart.start(code)
    assert process.stdout.readline() == "copied\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for _ in range(100):
        if not land_apart.ask(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        ):
            break
        time.sleep(0.05)
    assert land_apart.ask(count) == before
    whole = land_apart.run(code.replace("sys.stdin.readline()", "pass"))  # the same import again, undisturbed
    assert whole == "copied\n"
    assert land_apart.ask("SELECT count(*) FROM assessment_figure")[0][0] > before[0][1]
