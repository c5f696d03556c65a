"""A workbook whose import is killed in the middle leaves nothing half-written, and can be sent again."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.assessment.scratch import Scratch, scratch

pytestmark = pytest.mark.slow
COUNT = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM {table})" for table in ("assessment_batch", "assessment_figure", "journal_line")
)
BLANK = """
from datetime import date
from pathlib import Path
from chungsuc.assessment import receiving
receiving.blank_form(path=Path({path!r}), unit_code="99001", set_code="xa-ntm-2016-2020", at=date(2019, 12, 31))
"""
RECEIVE = """
import sys
from pathlib import Path
from chungsuc.accounts.rules import OPERATOR
from chungsuc.assessment import receiving, storing
from chungsuc.kit import clock
real = storing.insert_figures
def slowly(lines):
    numbers = real(lines)
    print("written", flush=True)
    {pause}
    return numbers
storing.insert_figures = slowly
answer = receiving.receive_form(path=Path({path!r}), by=OPERATOR, at=clock.now(), commit=True)
print(answer.accepted, answer.figures)
"""


@pytest.fixture(scope="module")
def apart(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), scratch(tmp_path_factory.mktemp("scratch")) as made:
        yield made


def test_a_killed_import_leaves_nothing(apart: Scratch, tmp_path: Path):
    path = tmp_path / "bieu.xlsx"
    apart.run(BLANK.format(path=str(path)))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "4.2":
            sheet.cell(row, 8).value = 95
    book.save(path)
    before = apart.ask(COUNT)
    process = apart.start(RECEIVE.format(path=str(path), pause="sys.stdin.readline()"))
    assert process.stdout.readline() == "written\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert apart.ask(COUNT) == before
    again = apart.run(RECEIVE.format(path=str(path), pause="pass"))
    assert again.split() == ["written", "True", "1"]
    (after,) = apart.ask(COUNT)
    assert after[:2] == (before[0][0] + 1, before[0][1] + 1)
    assert apart.ask("SELECT DISTINCT speaks_of FROM assessment_figure") == [(date(2019, 12, 31),)]
