"""Entry without script: find the form, type, save, mend, send; nothing typed is lost, nothing counted twice."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chungsuc.assessment import queries
from chungsuc.assessment.rules import Level
from chungsuc.kit import files
from chungsuc.territory import queries as territory
from tests.doors import entry_desk as desk

URL = f"/units/99005/entry/3{desk.QUESTION}"


@pytest.fixture
def officer(settled):
    desk.add_people()
    return desk.signed_in(desk.OFFICER)


def commune():
    return territory.unit_at("99005", date(2019, 12, 31))


def drafts():
    found = queries.drafts_of(commune().id, desk.SET, date(2019, 12, 31))
    return {code: fact.field for code, fact in found.items()}


def own(indicator):
    return queries.judgements_of(commune().id, desk.SET, date(2019, 12, 31)).get(indicator, {}).get(Level.SELF)


def text(page):
    return page.content.decode()


def test_a_visitor_is_led_to_the_sign_in_and_back(settled, client):
    for address in ("/entry", URL, "/entry/grid?under=991", f"/units/99005/entry/check{desk.QUESTION}"):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in?next=%2F")


def test_the_start_names_what_is_mine(officer):
    page = text(officer.get(f"/entry{desk.QUESTION}"))
    assert "Xã Đồi Chè" in page and "Không còn số liệu chờ gửi." in page and "Xã Hoà Bình" not in page


def test_the_start_of_who_enters_nothing_says_so(settled):
    desk.add_people()
    assert "không nhập số liệu" in text(desk.signed_in(desk.VERIFIER).get("/entry"))


@pytest.mark.parametrize("person", [desk.OTHER, desk.VERIFIER])
@pytest.mark.parametrize("page", ["entry/3", "entry", "entry/check"])
def test_another_units_form_is_not_there(officer, person, page):
    assert desk.signed_in(person).get(f"/units/99005/{page}{desk.QUESTION}").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/units/99005/entry/99{desk.QUESTION}", 404),
        (f"/units/00000/entry/3{desk.QUESTION}", 404),
        ("/units/99005/entry/3?set=nothing&day=2019-12-31", 404),
        (f"/units/99005/entry/3?set={desk.SET}&day=31.12.2019", 200),
        (f"/units/99005/entry/3?set={desk.SET}&day=2999-01-01", 400),
        (f"/units/99004/entry/3{desk.QUESTION}", 404),
        ("/entry/receipts/2020-999999", 404),
        ("/entry/receipts/%00", 404),
    ],
)
def test_addresses_that_are_wrong(officer, address, status):
    assert officer.get(address).status_code == status


def test_save_then_back_then_reload(officer):
    typed = desk.form_of(officer.get(URL)) | {"f:3.1": "80", "step": "save"}
    first = officer.post(URL, typed)
    assert first.status_code == 303 and "receipt=N" in first["Location"]
    assert "Đã lưu nháp trên máy chủ, biên nhận N" in text(officer.get(first["Location"]))
    again = officer.post(URL, typed)  # the back button and the same press, or a double tap
    assert again["Location"] == first["Location"] and drafts() == {"3.1": {"value": "80"}}
    changed = officer.post(URL, typed | {"f:3.1": "85"})  # the old page with another number in it
    assert changed.status_code == 409 and 'value="85"' in text(changed)
    mended = officer.post(URL, desk.form_of(changed) | {"step": "save"})
    assert mended.status_code == 303 and drafts() == {"3.1": {"value": "85"}}


def test_what_cannot_be_read_is_told_at_its_field_and_kept_as_a_draft(officer):
    typed = desk.form_of(officer.get(URL)) | {"f:3.1": "1.234", "f:3.2": "yes", "step": "send"}
    page = officer.post(URL, typed)
    assert page.status_code == 400
    told = text(page)
    assert 'href="#f-3-1-value"' in told and 'value="1.234"' in told and "1234" in told and "1,234" in told
    assert drafts() == {"3.1": {"value": "1.234"}, "3.2": {"value": "yes"}} and own("3.2") is None
    sent = officer.post(URL, desk.form_of(page) | {"f:3.1": "92,5", "step": "send"})
    assert sent.status_code == 303
    assert str(own("3.1").value) == "92.5" and drafts() == {"3.1": None, "3.2": None}


def test_sending_twice_records_once_and_changing_asks_why(officer):
    typed = desk.form_of(officer.get(URL)) | {"f:3.1": "80", "step": "send"}
    places = {officer.post(URL, typed)["Location"] for _ in range(3)}
    assert len(places) == 1
    number = places.pop().split("receipt=")[1].split("&")[0]
    receipt = text(officer.get(f"/entry/receipts/{number}"))
    assert "Xã Đồi Chè" in receipt and desk.OFFICER.name in receipt and "3.1" in receipt
    assert desk.signed_in(desk.OTHER).get(f"/entry/receipts/{number}").status_code == 404
    assert len([one for one in queries.history_of(commune().id, desk.SET, "3.1") if one.level is Level.SELF]) == 1
    asked = officer.post(URL, desk.form_of(officer.get(URL)) | {"f:3.1": "70", "step": "send"})
    assert asked.status_code == 400 and 'href="#why"' in text(asked)
    done = officer.post(URL, desk.form_of(asked) | {"why": "đo lại", "step": "send"})
    assert done.status_code == 303 and own("3.1").value == 70


def test_two_windows_show_both_texts_and_the_person_chooses(officer):
    left, right = desk.form_of(officer.get(URL)), desk.form_of(officer.get(URL))
    officer.post(URL, left | {"f:3.1": "80", "step": "save"})
    page = officer.post(URL, right | {"f:3.1": "90", "f:3.2": "yes", "step": "save"})
    told = text(page)
    assert page.status_code == 409 and "Máy chủ đang có: 80. Bạn gõ: 90." in told and "ở một cửa sổ khác" in told
    assert drafts() == {"3.1": {"value": "80"}}
    theirs = officer.post(URL, desk.form_of(page) | {"take": "3.1"})
    before, after = desk.form_of(page), desk.form_of(theirs)
    different = {name for name in before if before[name] != after[name]} - {"csrfmiddlewaretoken", "command"}
    assert different == {"f:3.1"} and after["f:3.1"] == "80" and before.keys() == after.keys()
    mine = officer.post(URL, desk.form_of(page) | {"step": "save"})
    assert mine.status_code == 303 and drafts() == {"3.1": {"value": "90"}, "3.2": {"value": "yes"}}


def test_a_file_that_is_not_taken_costs_nothing_that_was_typed(officer):
    def post(name, content, **more):
        given = desk.form_of(officer.get(URL)) | {"f:3.1": "80", "step": "save", **more}
        return officer.post(URL, given | {"e:3.1": SimpleUploadedFile(name, content)})

    kept = post("kênh.jpg", desk.photograph())
    assert kept.status_code == 303 and "files=1" in kept["Location"]
    assert "Đã nhận 1 tệp minh chứng." in text(officer.get(kept["Location"]))
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
    for name, content, said in [
        ("kênh.heic", heic, "HEIC"),
        ("kênh.jpg", heic, "HEIC"),
        ("kênh.jpg", b"%PDF-1.4 lying\n%%EOF", "nhưng nội dung là loại khác"),
        ("lớn.jpg", b"\xff\xd8\xff" + bytes(30 * 2**20), "nặng 30 MB, quá mức cho phép 20 MB"),
        ("rỗng.pdf", b"", "rỗng"),
    ]:
        page = post(name, content, **{"f:3.1": "81"})
        assert page.status_code == 400 and said in text(page) and 'href="#f-3-1-file"' in text(page)
        assert desk.form_of(page)["f:3.1"] == "81"
    (fact,) = queries.evidence_of(commune().id, desk.SET, at=date(2019, 12, 31), indicator="3.1")
    assert fact.name == "kênh.jpg" and drafts() == {"3.1": {"value": "81"}}


def test_the_same_form_with_a_file_twice_keeps_one(officer):
    content = desk.photograph()
    given = desk.form_of(officer.get(URL)) | {"f:3.1": "80", "step": "send"}
    for _ in range(2):
        assert officer.post(URL, given | {"e:3.1": SimpleUploadedFile("a.jpg", content)}).status_code == 303
    assert len(queries.evidence_of(commune().id, desk.SET, at=date(2019, 12, 31))) == 1
    only = desk.form_of(officer.get(URL)) | {"f:3.1": "", "step": "send"}
    assert officer.post(URL, only | {"e:3.1": SimpleUploadedFile("b.jpg", content)}).status_code == 303
    assert files.kind_of("b.jpg", content) is files.FileKind.JPEG


def test_check_your_answers_sends_all_of_it_once(officer):
    check = f"/units/99005/entry/check{desk.QUESTION}"
    assert "Không còn số liệu chờ gửi." in text(officer.get(check))
    officer.post(URL, desk.form_of(officer.get(URL)) | {"f:3.1": "80", "f:3.2": "no", "step": "save"})
    page = officer.get(check)
    assert "80" in text(page) and 'id="c-3.1"' in text(page)
    stale, posted = desk.form_of(page), desk.form_of(page)
    officer.post(URL, desk.form_of(officer.get(URL)) | {"f:3.1": "88", "step": "save"})
    late = officer.post(check, stale)
    assert late.status_code == 409 and own("3.1") is None
    posted = desk.form_of(late)
    places = {officer.post(check, posted)["Location"] for _ in range(2)}
    assert len(places) == 1 and own("3.1").value == 88 and own("3.2").value == 0
    assert "Đã gửi, biên nhận" in text(officer.get(places.pop()))


def test_check_your_answers_points_to_what_cannot_be_sent(officer):
    check = f"/units/99005/entry/check{desk.QUESTION}"
    officer.post(URL, desk.form_of(officer.get(URL)) | {"f:3.1": "nhiều", "step": "save"})
    page = officer.post(check, desk.form_of(officer.get(check)))
    assert page.status_code == 400 and 'href="#c-3.1"' in text(page) and drafts() == {"3.1": {"value": "nhiều"}}


def test_the_grid_saves_and_sends_commune_by_commune(settled):
    desk.add_people()
    client = desk.signed_in(desk.COORDINATOR)
    url = f"/entry/grid{desk.QUESTION}&under=99&criterion=3"
    typed = desk.form_of(client.get(url)) | {"u:99005:f:3.1": "80", "u:99003:f:3.1": "1.234", "step": "save"}
    assert client.post("/entry/grid", typed).status_code == 303
    assert drafts() == {"3.1": {"value": "80"}}
    page = client.post("/entry/grid", desk.form_of(client.get(url)) | {"step": "send"})
    assert page.status_code == 400 and "Xã Hoà Bình: " in text(page) and own("3.1") is None
    done = client.post("/entry/grid", desk.form_of(page) | {"u:99003:f:3.1": "75", "step": "send"})
    assert done.status_code == 303 and own("3.1").value == 80 and drafts() == {"3.1": None}


def test_two_people_in_the_grid_and_in_the_form(officer):
    client, url = desk.signed_in(desk.COORDINATOR), f"/entry/grid{desk.QUESTION}&under=99&criterion=3"
    before = desk.form_of(client.get(url))
    officer.post(URL, desk.form_of(officer.get(URL)) | {"f:3.1": "80", "step": "save"})
    page = client.post("/entry/grid", before | {"u:99005:f:3.1": "81", "step": "save"})
    told = text(page)
    assert page.status_code == 409 and "Máy chủ đang có: 80. Bạn gõ: 81." in told and desk.OFFICER.name in told
    assert client.post("/entry/grid", desk.form_of(page) | {"step": "save"}).status_code == 303
    assert drafts() == {"3.1": {"value": "81"}}


def test_no_form_is_taken_without_its_token(settled):
    desk.add_people()
    strict = desk.signed_in(desk.OFFICER, enforce_csrf_checks=True)
    typed = desk.form_of(strict.get(URL)) | {"f:3.1": "80", "step": "save"}
    token = typed.pop("csrfmiddlewaretoken")
    assert strict.post(URL, typed).status_code == 403 and drafts() == {}
    answer = strict.post("/entry/drafts", desk.body(fields={"3.1": {"value": "80"}}), content_type="application/json")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (403, "page.cannot_be_sent")
    assert strict.post("/entry/uploads", headers={"Tus-Resumable": "1.0.0"}).status_code == 403
    assert strict.post(URL, typed | {"csrfmiddlewaretoken": token}).status_code == 303


def test_a_form_without_a_command_is_refused(officer):
    typed = desk.form_of(officer.get(URL)) | {"f:3.1": "80", "step": "save"}
    for command in ("", "nonsense"):
        page = officer.post(URL, typed | {"command": command})
        assert page.status_code == 400 and drafts() == {}
    assert officer.post(URL, typed | {"command": str(uuid4())}).status_code == 303


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"/entry{desk.QUESTION}", 16),
        (f"/units/99005/entry{desk.QUESTION}", 16),
        (URL, 16),
        (f"/units/99005/entry/check{desk.QUESTION}", 16),
    ],
)
def test_pages_ask_few_questions(officer, django_assert_max_num_queries, address, most):
    officer.get(address)
    with django_assert_max_num_queries(most):
        assert officer.get(address).status_code == 200


def test_the_grid_asks_as_much_for_one_commune_as_for_all(settled):
    desk.add_people()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = desk.signed_in(desk.COORDINATOR), []
    for under in ("99", "992"):
        client.get(f"/entry/grid{desk.QUESTION}&under={under}&criterion=3")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/entry/grid{desk.QUESTION}&under={under}&criterion=3")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_documents_for_the_browser_are_kept_for_good(officer):
    page = text(officer.get(URL))
    address = page.split('data-form-url="')[1].split('"')[0].replace("&amp;", "&")
    first = officer.get(address)
    assert first.json()["version"] in address and "immutable" in first["Cache-Control"]
    assert officer.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    stale = officer.get(address.replace(first.json()["version"], "0" * 16))
    assert stale.status_code == 404 and stale.json()["problems"][0]["code"] == "entry.form_superseded"
    tree = officer.get("/forms/units/99/2019-12-31.json")
    assert {one["code"]: one["parent"] for one in tree.json()["units"]}["99005"] == "992"
    assert officer.get("/forms/units/99/2019-12-31.json", headers={"If-None-Match": tree["ETag"]}).status_code == 304
    for wrong in ("/forms/units/99/2019.json", "/forms/units/nothing/2019-12-31.json"):
        assert officer.get(wrong).json()["accepted"] is False


def test_a_draft_that_cannot_be_read_is_told_before_anybody_presses(officer):
    officer.post(URL, desk.form_of(officer.get(URL)) | {"f:3.1": "1.234", "step": "save"})
    for address in (URL, f"/units/99005/entry/check{desk.QUESTION}"):
        assert "“1.234” là 1234 hay 1,234?" in text(officer.get(address))
    assert 'id="problems"' not in text(officer.get(URL))


def test_a_commune_that_has_merged_since_is_entered_by_who_had_it_then(officer):
    """Bãi Cát (99002) went into Ao Cát in 2020; what it says of 2019 may still come late."""
    from chungsuc.accounts import actions
    from chungsuc.accounts.rules import OPERATOR, Person, Role
    from chungsuc.kit import clock

    then = Person("can-bo-bai-cat", "Nông Văn Cũ", Role.COMMUNE_OFFICER, "99002")
    actions.add_people(people=[then], demo=True, by=OPERATOR, at=clock.now())
    client, page = desk.signed_in(then), f"/units/99002/entry/3{desk.QUESTION}"
    assert "Xã Bãi Cát" in text(client.get(f"/entry{desk.QUESTION}"))
    assert client.post(page, desk.form_of(client.get(page)) | {"f:3.1": "80", "step": "send"}).status_code == 303
    assert client.get(f"/units/99005/entry/3{desk.QUESTION}").status_code == 404
