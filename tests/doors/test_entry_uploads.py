"""Evidence in pieces: a lost line costs nothing, a lying file is refused, nothing acknowledged is lost."""

from __future__ import annotations

import base64
import os
import time
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from chungsuc.assessment import actions, queries
from chungsuc.kit.files import partial
from chungsuc.territory import queries as territory
from tests.doors import entry_desk as desk

TUS = {"Tus-Resumable": "1.0.0"}
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100


@pytest.fixture
def officer(settled, settings, tmp_path):
    settings.CHUNGSUC_UPLOADS = tmp_path / "uploads"
    desk.add_people()
    return desk.signed_in(desk.OFFICER)


def metadata(**more):
    facts = {"unit": "99005", "set": desk.SET, "day": desk.DAY, "indicator": "3.1", "filename": "kênh.jpg"}
    facts |= {"filetype": "image/jpeg", "command": str(uuid4())} | more
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in facts.items())


def begin(client, length, **more):
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata(**more)}
    return client.post("/entry/uploads", headers=headers)


def patch(client, where, offset, piece):
    return client.patch(
        where, piece, content_type="application/offset+octet-stream", headers={**TUS, "Upload-Offset": str(offset)}
    )


def head(client, where):
    return client.head(where, headers=TUS)


def kept():
    unit = territory.unit_at("99005", date(2019, 12, 31))
    return queries.evidence_of(unit.id, desk.SET, at=date(2019, 12, 31), indicator="3.1")


def code(answer):
    return answer.json()["problems"][0]["code"]


def test_the_server_says_what_it_speaks(officer):
    told = officer.options("/entry/uploads")
    assert told.status_code == 204 and told["Tus-Version"] == "1.0.0"
    assert told["Tus-Extension"] == "creation,termination" and int(told["Tus-Max-Size"]) == 20 * 2**20


def test_a_line_lost_in_the_middle_goes_on_where_it_was(officer):
    content = desk.photograph((300, 200))
    where = begin(officer, len(content))["Location"]
    assert patch(officer, where, 0, content[:5000])["Upload-Offset"] == "5000"
    again = desk.signed_in(desk.OFFICER)  # the phone was restarted
    assert head(again, where)["Upload-Offset"] == "5000"
    late = patch(again, where, 0, content[:5000])  # a piece that was sent before
    assert (late.status_code, code(late)) == (409, "upload.bad_offset")
    done = patch(again, where, 5000, content[5000:])
    assert done.status_code == 204 and done["Upload-Offset"] == str(len(content))
    (fact,) = kept()
    assert done["Evidence"] == str(fact.id) and queries.evidence_file(fact.id)[1] == content
    assert head(again, where)["Evidence"] == str(fact.id)
    assert not list(Path(partial._folder()).glob("*.part"))


def test_a_reply_lost_at_either_end_begins_nothing_twice(officer):
    content, command = desk.photograph(), str(uuid4())
    first, second = (begin(officer, len(content), command=command) for _ in range(2))
    assert first["Location"] == second["Location"] and second.status_code == 201
    patch(officer, first["Location"], 0, content)
    assert begin(officer, len(content), command=command).status_code == 201
    assert head(officer, first["Location"])["Upload-Offset"] == str(len(content))
    other = begin(officer, len(content) + 1, command=command)
    assert (other.status_code, code(other)) == (409, "upload.other_begun")
    assert len(kept()) == 1


def test_a_fault_at_the_last_step_loses_no_evidence(officer, monkeypatch):
    content = desk.photograph()
    where = begin(officer, len(content))["Location"]

    def broken(**_):
        raise RuntimeError("the power went")

    monkeypatch.setattr("chungsuc.doors.desk.entry.uploads.actions.add_evidence", broken)
    with pytest.raises(RuntimeError):
        patch(officer, where, 0, content)
    monkeypatch.undo()
    assert kept() == []
    offset = int(head(officer, where)["Upload-Offset"])  # a whole upload would be taken for a kept one
    assert offset == len(content) - 1
    assert patch(officer, where, offset, content[offset:]).status_code == 204
    assert queries.evidence_file(kept()[0].id)[1] == content


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("kênh.jpg", b"%PDF-1.4 in truth\n%%EOF\n", "files.not_what_it_says"),
        ("kênh.heic", HEIC, "files.heic"),
        ("kênh.jpg", HEIC, "files.heic"),
        ("kênh.exe", b"MZ" + bytes(50), "files.kind_not_taken"),
        ("kênh.jpg", b"\xff\xd8\xff" + bytes(50), "files.unreadable_picture"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(officer, name, content, refusal):
    where = begin(officer, len(content), filename=name)["Location"]
    answer = patch(officer, where, 0, content)
    assert (answer.status_code, code(answer)) == (400, refusal) and answer.json()["problems"][0]["text"]
    assert kept() == [] and head(officer, where).status_code == 410


def test_thirty_megabytes_are_refused_before_they_are_sent(officer):
    answer = begin(officer, 30 * 2**20)
    assert (answer.status_code, code(answer)) == (413, "upload.too_large")
    assert "30 MB" in answer.json()["problems"][0]["text"]


@pytest.mark.parametrize(
    ("length", "more", "status"),
    [
        (0, {}, 400),
        (10, {"unit": "99003"}, 404),
        (10, {"unit": "nowhere"}, 404),
        (10, {"unit": "\x00"}, 400),
        (10, {"day": "2019"}, 400),
        (10, {"command": "x"}, 400),
        (10, {"indicator": ""}, 400),
    ],
)
def test_beginnings_that_are_wrong(officer, length, more, status):
    answer = begin(officer, length, **more)
    assert answer.status_code == status and answer.json()["accepted"] is False


def test_headers_that_are_wrong(officer):
    where = begin(officer, 10)["Location"]
    assert officer.head(where).status_code == 412
    assert officer.post("/entry/uploads", headers=TUS).status_code == 400
    wrong = officer.patch(where, b"x", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"})
    assert wrong.status_code == 415
    assert patch(officer, where, -1, b"x").status_code == 409
    assert head(officer, f"/entry/uploads/{uuid4()}").status_code == 410


def test_more_than_was_promised_is_not_taken(officer):
    content = desk.photograph()
    where = begin(officer, len(content))["Location"]
    assert patch(officer, where, 0, content + b"more")["Upload-Offset"] == str(len(content))
    assert queries.evidence_file(kept()[0].id)[1] == content


def test_an_upload_belongs_to_who_began_it(officer, client):
    where = begin(officer, 10)["Location"]
    for other, status in ((desk.signed_in(desk.OTHER), 410), (client, 401)):
        assert head(other, where).status_code == status
        assert patch(other, where, 0, b"x").status_code == status
        assert other.delete(where, headers=TUS).status_code == status
    assert officer.delete(where, headers=TUS).status_code == 204
    assert head(officer, where).status_code == 410


def test_an_upload_that_another_request_holds_is_not_waited_for(officer, monkeypatch):
    where = begin(officer, 10)["Location"]
    monkeypatch.setattr(partial, "_TRIES", 2)
    with partial.locked(UUID(where.rsplit("/", 1)[1])):
        answer = patch(officer, where, 0, b"x")
    assert (answer.status_code, code(answer)) == (423, "upload.busy")
    assert patch(officer, where, 0, b"x").status_code == 204


def test_what_nobody_went_on_with_is_dropped_and_one_person_cannot_fill_the_disk(officer, monkeypatch):
    old, young = (begin(officer, 10)["Location"] for _ in range(2))
    for path in Path(partial._folder()).glob(f"{old.rsplit('/', 1)[1]}.*"):
        os.utime(path, (time.time() - 8 * 86_400,) * 2)
    monkeypatch.setattr(partial, "AT_ONCE", 2)
    assert begin(officer, 10).status_code == 201
    assert head(officer, old).status_code == 410 and head(officer, young).status_code == 200
    answer = begin(officer, 10)
    assert (answer.status_code, code(answer)) == (429, "upload.too_many")
    assert begin(desk.signed_in(desk.COORDINATOR), 10).status_code == 201


def test_the_bytes_are_on_the_disk_before_the_row(officer, monkeypatch):
    content, order = desk.photograph(), []
    real = actions.evidence.files.keep

    def keep(given, *, folder):
        order.append(("file", kept()))
        return real(given, folder=folder)

    monkeypatch.setattr(actions.evidence.files, "keep", keep)
    patch(officer, begin(officer, len(content))["Location"], 0, content)
    assert order == [("file", [])] and len(kept()) == 1
