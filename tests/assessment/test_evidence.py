"""Evidence: bytes safely on the disk before the row, kinds checked, photographs keep when and where."""

from __future__ import annotations

import errno
import io
import os
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import ExifTags, Image

from chungsuc.accounts.rules import VISITOR
from chungsuc.assessment import actions, queries
from chungsuc.assessment.models import Evidence
from chungsuc.assessment.rules import FigureEntry
from chungsuc.kit import files, journal
from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.errors import Refused, SystemFault
from tests.assessment.conftest import SET, unit
from tests.cast import COORDINATOR, END_2019, OFFICER, VERIFIER

pytestmark = pytest.mark.django_db


def photograph(taken="2019:11:05 08:30:00"):
    exif, out = Image.Exif(), io.BytesIO()
    exif[ExifTags.IFD.Exif] = {int(ExifTags.Base.DateTimeOriginal): taken}
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (22.0, 40.0, 12.0), 3: "E", 4: (106.0, 15.0, 30.0)}
    Image.new("RGB", (8, 6), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def add(now, *, name="đường xóm.jpg", content=None, by=OFFICER, **more):
    act = {"unit": unit("99001"), "set_code": SET, "indicator": "2.3", "speaks_of": END_2019} | more
    return actions.add_evidence(name=name, content=photograph() if content is None else content, by=by, at=now, **act)


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_photograph_is_kept_with_its_time_and_place(land, now, evidence_folder):
    fact = add(now)
    assert (fact.kind, fact.name, fact.size) == ("jpeg", "đường xóm.jpg", len(photograph()))
    assert fact.taken_at == datetime(2019, 11, 5, 8, 30, tzinfo=VIETNAM)
    assert fact.taken_where == (22.67, 106.2583333)
    assert stored(evidence_folder) == [fact.sha256]
    again, content = queries.evidence_file(fact.id)
    assert content == photograph() and again == fact
    assert queries.evidence_of(unit("99001").id, SET, at=END_2019) == [fact]
    assert queries.evidence_of(unit("99001").id, SET, at=END_2019, indicator="2.1") == []
    assert queries.evidence_of(unit("99001").id, SET, at=END_2019 - timedelta(days=1)) == []
    assert journal.lines(subject="unit:99001")[0]["event"] == "evidence.added"


def test_a_photograph_from_the_future_is_kept_with_a_remark(land, now, evidence_folder):
    assert add(now).remarks == ()
    fact = add(now, content=photograph("2094:01:01 00:00:00"))
    assert [one.code for one in fact.remarks] == ["evidence.taken_in_future"]


def test_a_name_is_kept_on_one_line(land, now, evidence_folder):
    assert add(now, name="ảnh\nxóm\u202e 1.jpg").name == "ảnh xóm 1.jpg"


def test_the_same_file_twice_is_two_rows_and_one_file(land, now, evidence_folder):
    first, second = add(now), add(now, indicator="2.1")
    assert first.id != second.id and stored(evidence_folder) == [first.sha256]


def test_it_may_belong_to_one_figure(land, now):
    receipt = actions.record_figures(
        unit=unit("99001"),
        set_code=SET,
        speaks_of=END_2019,
        level="self",
        source="x",
        at=now,
        entries={"1.1": FigureEntry(True)},
        by=COORDINATOR,
    )
    number = receipt.figure_ids["1.1"]
    assert add(now, indicator="1.1", figure_id=number).figure_id == number
    with pytest.raises(Refused, match=r"evidence\.other_figure"):
        add(now, indicator="1.2", figure_id=number)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "trang.jpg", "content": b"<html><script>x</script></html>"}, "files.not_what_it_says"),
        ({"name": "trang.html", "content": b"<html></html>"}, "files.kind_not_taken"),
        ({"name": "hinh.jpg", "content": b"<svg onload='x'/>"}, "files.not_what_it_says"),
        ({"content": b""}, "files.empty"),
        ({"indicator": "77"}, "figure.indicator_unknown"),
        ({"by": VISITOR}, "accounts.not_allowed"),
    ],
)
def test_what_is_refused_leaves_neither_row_nor_file(land, now, evidence_folder, change, code):
    with pytest.raises(Refused) as refused:
        add(now, **change)
    assert refused.value.reasons[0].code == code
    assert not Evidence.objects.exists() and stored(evidence_folder) == []


def test_whoever_judges_may_bring_evidence(land, now):
    assert add(now, by=VERIFIER).by == VERIFIER.code


def test_a_date_in_the_future_or_another_kind_of_unit_is_refused(land, now):
    with pytest.raises(Refused, match="date_in_future"):
        add(now, speaks_of=now.date() + timedelta(days=2))
    with pytest.raises(Refused, match="other_kind_of_unit"):
        add(now, unit=unit("99004"), by=COORDINATOR)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_said_and_nothing_is_recorded(land, now, evidence_folder, monkeypatch, step):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(SystemFault) as fault:
        add(now)
    monkeypatch.undo()
    assert fault.value.reason.code == "files.cannot_keep"
    assert not Evidence.objects.exists() and stored(evidence_folder) == []


def test_the_bytes_are_safe_before_the_row_exists(land, now, monkeypatch):
    rows = []
    real = files.store._write_durably
    monkeypatch.setattr(
        files.store, "_write_durably", lambda *args: (rows.append(Evidence.objects.count()), real(*args))
    )
    add(now)
    assert rows == [0] and Evidence.objects.count() == 1


def test_evidence_is_never_changed_or_deleted(land, now):
    add(now)
    for sql in ("UPDATE assessment_evidence SET name = 'x'", "DELETE FROM assessment_evidence"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_download_is_an_attachment(land, now):
    headers = queries.evidence_response_headers(add(now))
    assert headers["Content-Disposition"].startswith("attachment") and headers["X-Content-Type-Options"] == "nosniff"


def test_unknown_evidence_is_refused(land):
    with pytest.raises(Refused, match=r"evidence\.unknown"):
        queries.evidence_file(4711)
