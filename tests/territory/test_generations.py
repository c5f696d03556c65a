"""Draft, check, activate: the order, what each writes, and what the database itself refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import VISITOR, Permission
from chungsuc.kit import journal
from chungsuc.kit.catalogue import mend, say
from chungsuc.kit.errors import Refused
from chungsuc.territory import actions, lists, queries
from chungsuc.territory.models import UnitClass, UnitVersion
from chungsuc.territory.rules import Draft
from tests import cast

pytestmark = pytest.mark.django_db
WHO = {"by": cast.OPERATOR, "at": cast.LONG_AGO}


def first() -> Draft:
    return lists.read_tables({"units_2019.csv": cast.UNITS.encode()})[0]


def second(text: str = cast.CHANGES) -> Draft:
    return lists.read_tables({"changes_2020.csv": text.encode()})[0]


def codes_of(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in caught.value.reasons]


def test_a_draft_changes_nothing_until_it_is_activated() -> None:
    loaded = actions.load_draft(draft=first(), **WHO)
    assert (loaded.step, loaded.units, loaded.province_code) == ("loaded", 9, "99")
    assert queries.units_at(cast.END_2019) == []
    plan = actions.check_draft(generation=loaded.id, **WHO)
    assert len(plan.created) == 9 and queries.units_at(cast.END_2019) == []
    assert actions.activate(generation=loaded.id, **WHO).step == "activated"
    assert [unit.code for unit in queries.units_at(cast.END_2019, "991")] == ["99001", "99002", "99003", "99004"]
    assert [line["event"] for line in journal.lines(subject=f"generation:{loaded.id}")] == [
        "units.activated", "units.checked", "units.loaded",
    ]  # fmt: skip


def test_a_draft_is_not_activated_unchecked_or_twice() -> None:
    loaded = actions.load_draft(draft=first(), **WHO)
    with pytest.raises(Refused) as caught:
        actions.activate(generation=loaded.id, **WHO)
    assert codes_of(caught) == ["generation.not_checked"]
    actions.check_draft(generation=loaded.id, **WHO)
    actions.activate(generation=loaded.id, **WHO)
    for act in (actions.activate, actions.check_draft, actions.discard):
        with pytest.raises(Refused) as caught:
            act(generation=loaded.id, **WHO)
        assert codes_of(caught) == ["generation.activated_already"]
    other = actions.load_draft(draft=second(), **WHO)
    actions.discard(generation=other.id, **WHO)
    with pytest.raises(Refused) as caught:
        actions.check_draft(generation=other.id, **WHO)
    assert codes_of(caught) == ["generation.discarded_already"]


def test_the_same_draft_is_kept_once(toy: list[queries.GenerationFact]) -> None:
    with pytest.raises(Refused) as caught:
        actions.load_draft(draft=first(), **WHO)
    assert codes_of(caught) == ["generation.loaded_before"]
    again = actions.load_generations(drafts=[first()], **WHO)
    assert [(fact.id, fact.step) for fact in again] == [(toy[0].id, "activated")]


def test_a_discarded_draft_may_come_again() -> None:
    loaded = actions.load_draft(draft=first(), **WHO)
    assert actions.discard(generation=loaded.id, **WHO).step == "discarded"
    assert actions.load_draft(draft=first(), **WHO).id != loaded.id
    assert queries.earliest_open().id != loaded.id


def test_nothing_waiting_and_unknown_numbers() -> None:
    with pytest.raises(Refused) as caught:
        queries.earliest_open()
    assert codes_of(caught) == ["generation.none_waiting"]
    with pytest.raises(Refused) as caught:
        actions.check_draft(generation=987654, **WHO)
    assert codes_of(caught) == ["generation.unknown"]


def test_changes_of_a_province_that_is_not_there() -> None:
    with pytest.raises(Refused) as caught:
        actions.load_draft(draft=second(), **WHO)
    assert codes_of(caught) == ["generation.no_province"]


def test_a_first_list_and_its_changes_are_drafts_of_one_load() -> None:
    """The province of a table of changes is that of the list that waits beside it."""
    one, two = actions.load_drafts(drafts=[first(), second()], **WHO)
    assert (one.province_code, two.province_code) == ("99", "99")
    with pytest.raises(Refused) as caught:
        actions.check_draft(generation=two.id, **WHO)
    assert codes_of(caught) == ["generation.nothing_in_force"]
    for fact in (one, two):
        actions.check_draft(generation=fact.id, **WHO)
        actions.activate(generation=fact.id, **WHO)
    assert queries.unit_at("99001", cast.MERGED_ON).name == "Xã Ao Cát"


def test_a_code_that_comes_later_says_since_when(db: None) -> None:
    drafts = lists.read_tables({"units_2019.csv": cast.UNITS.encode()}, date(2018, 1, 1))
    actions.load_generations(drafts=drafts, **WHO)
    with pytest.raises(Refused) as caught:
        queries.unit_at("99001", date(2017, 12, 31))
    assert codes_of(caught) == ["unit.not_yet"]
    assert "Xã Ao Sen chỉ mang mã này từ 01/01/2018" in say(caught.value.reasons[0])


def test_a_problem_names_its_file_and_its_mend(toy: list[queries.GenerationFact]) -> None:
    wrong = actions.load_draft(draft=second(cast.CHANGES.replace("99006,", "99066,")), **WHO)
    with pytest.raises(Refused) as caught:
        actions.check_draft(generation=wrong.id, **WHO)
    (reason,) = caught.value.reasons
    assert say(reason).startswith("Tệp changes_2020.csv, dòng 4: mã 99066 không có hiệu lực")
    assert "old_code" in mend(reason)


def test_a_bad_draft_is_refused_and_writes_nothing(toy: list[queries.GenerationFact]) -> None:
    half = "\n".join(line for line in cast.CHANGES.splitlines() if "absorbs" not in line) + "\n"
    loaded = actions.load_draft(draft=second(half), **WHO)
    with pytest.raises(Refused) as caught:
        actions.check_draft(generation=loaded.id, **WHO)
    assert codes_of(caught) == ["change.absorber_unstated"]
    assert queries.generations()[-1].step == "loaded"


def test_all_or_nothing(db: None) -> None:
    wrong = cast.CHANGES.replace("99006,99005", "99016,99005")
    with pytest.raises(Refused):
        actions.load_generations(drafts=[first(), second(wrong)], **WHO)
    assert queries.units_at(cast.END_2019) == [] and queries.generations() == []


def test_the_toy_province_through_its_mergers(merged_toy: list[queries.GenerationFact]) -> None:
    before = {unit.code: unit for unit in queries.units_at(cast.END_2019)}
    after = {unit.code: unit for unit in queries.units_at(cast.MERGED_ON)}
    assert (before["99001"].name, after["99001"].name) == ("Xã Ao Sen", "Xã Ao Cát")
    assert before["99001"].id != after["99001"].id
    assert before["99005"].id == after["99005"].id and "99006" not in after
    found = queries.lineage("99005", cast.MERGED_ON, cast.MERGED_ON)
    assert [(step.from_code, step.change) for step in found.predecessors] == [("99005", "absorb"), ("99006", "merge")]


def test_another_province_stands_beside_it(toy: list[queries.GenerationFact]) -> None:
    other = cast.UNITS.replace("99", "88").replace("Thử", "Khác")
    actions.load_generations(drafts=lists.read_tables({"units_2019.csv": other.encode()}), **WHO)
    assert len(queries.units_at(cast.END_2019)) == 18
    assert len(queries.units_at(cast.END_2019, "88")) == 8
    assert {unit.code for unit in queries.match("Ao Sen", cast.END_2019)} == {"88001", "99001"}
    assert [unit.code for unit in queries.match("Ao Sen", cast.END_2019, district="Tỉnh Khác")] == ["88001"]


def test_a_later_class_closes_the_one_before(toy: list[queries.GenerationFact]) -> None:
    head = "code,scheme,value,valid_from,valid_to,decision,provenance,note\n"
    for label, value, day in (("2021", "III", "2021-01-01"), ("2026", "II", "01/01/2026")):
        text = f"{head}99001,khu_vuc,{value},{day},,1/QĐ-THU,example,\n"
        actions.load_generations(drafts=lists.read_tables({f"classes_{label}.csv": text.encode()}), **WHO)
    seen = [queries.unit_at("99001", day).classes for day in (date(2020, 12, 31), date(2021, 1, 1), date(2026, 1, 1))]
    assert seen == [{}, {"khu_vuc": "III"}, {"khu_vuc": "II"}]
    text = f"{head}99001,khu_vuc,I,2022-01-01,2022-06-01,1/QĐ-THU,example,\n"
    with pytest.raises(Refused) as caught:
        actions.load_generations(drafts=lists.read_tables({"classes_2022.csv": text.encode()}), **WHO)
    assert codes_of(caught) == ["class.overlap"]


def test_a_class_of_a_unit_not_in_force(toy: list[queries.GenerationFact]) -> None:
    text = "code,scheme,value,valid_from\n99001,khu_vuc,I,2026-01-01\n99077,khu_vuc,I,2026-01-01\n"
    with pytest.raises(Refused) as caught:
        actions.load_generations(drafts=lists.read_tables({"classes_2026.csv": text.encode()}), **WHO)
    assert codes_of(caught) == ["class.unit_not_in_force"]


def test_a_visitor_may_not_load_units() -> None:
    with pytest.raises(Refused) as caught:
        guard.require(VISITOR, Permission.LOAD_UNITS, on=cast.END_2019)
    assert codes_of(caught) == ["accounts.not_allowed"]


def test_the_guard_knows_the_units_above(toy: list[queries.GenerationFact]) -> None:
    mine = queries.unit_at("99001", cast.END_2019)
    guard.require(cast.OFFICER, Permission.RECORD_FIGURES, unit=mine.id, on=cast.END_2019)
    guard.require(cast.VERIFIER, Permission.VERIFY_FIGURES, unit=mine.id, on=cast.END_2019)
    with pytest.raises(Refused) as caught:
        guard.require(cast.VERIFIER, Permission.VERIFY_FIGURES, unit=queries.unit_at("99005", cast.END_2019).id,
                      on=cast.END_2019)  # fmt: skip
    assert codes_of(caught) == ["accounts.other_unit"]


def copy_of(code: str, /, **changed: object) -> UnitVersion:
    row = UnitVersion.objects.get(code=code)
    row.pk = None
    for name, value in changed.items():
        setattr(row, name, value)
    return row


def constraint(error: pytest.ExceptionInfo[IntegrityError]) -> str:
    return error.value.__cause__.diag.constraint_name  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"code": "99111", "valid_from": date(2018, 1, 1)}, "territory_one_version_at_a_time"),
        ({"unit_id": "of 99002", "valid_from": date(2018, 1, 1)}, "territory_one_version_at_a_time"),
        ({"valid_from": date(2020, 1, 1), "valid_to": date(2020, 1, 1)}, "territory_version_period"),
        ({"kind": "hamlet"}, "territory_version_kind"),
        ({"parent_id": None}, "territory_version_root"),
        ({"parent_id": "self"}, "territory_version_not_own_parent"),
    ],
)
def test_the_database_refuses(toy: list[queries.GenerationFact], changed: dict[str, object], name: str) -> None:
    ids = {
        "of 99002": UnitVersion.objects.get(code="99002").unit_id,
        "self": UnitVersion.objects.get(code="99001").unit_id,
    }
    row = copy_of(
        "99001", **{key: ids.get(value, value) if isinstance(value, str) else value for key, value in changed.items()}
    )
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        row.save()
    assert constraint(error) == name


def test_one_code_is_borne_by_one_unit_at_a_time(merged_toy: list[queries.GenerationFact]) -> None:
    ended = UnitVersion.objects.get(code="99006")
    row = copy_of("99002", code="99005", unit_id=ended.unit_id, valid_from=date(2020, 3, 1), valid_to=None)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        row.save()
    assert constraint(error) == "territory_one_unit_per_code"


def test_rows_are_only_ever_closed(merged_toy: list[queries.GenerationFact]) -> None:
    open_row = UnitVersion.objects.filter(code="99003")
    closed_row = UnitVersion.objects.filter(code="99002")
    attempts = [
        lambda: open_row.update(name="Xã Khác"),
        lambda: open_row.update(valid_to=date(2021, 1, 1), name="Xã Khác"),
        lambda: closed_row.update(valid_to=None),
        lambda: closed_row.update(valid_to=date(2021, 1, 1)),
        open_row.delete,
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            attempt()
        assert constraint(error) == "territory_unit_version_append_only"
    assert open_row.update(valid_to=date(2021, 1, 1)) == 1


@pytest.mark.parametrize(
    "table",
    ["territory_act", "territory_generation", "territory_generation_move", "territory_unit", "territory_unit_version",
     "territory_unit_class", "territory_change", "territory_change_act"],
)  # fmt: skip
def test_tables_are_not_emptied(merged_toy: list[queries.GenerationFact], table: str) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")
    assert constraint(error).endswith("_append_only")


def test_a_breach_found_by_the_database_is_a_reason(toy: list[queries.GenerationFact]) -> None:
    row = UnitVersion.objects.get(code="99001")
    UnitClass.objects.create(unit_id=row.unit_id, scheme="khu_vuc", value="I", valid_from=date(2027, 1, 1),
                             generation_id=row.generation_id)  # fmt: skip
    text = "code,scheme,value,valid_from\n99001,khu_vuc,II,2026-01-01\n"
    with pytest.raises(Refused) as caught:
        actions.load_generations(drafts=lists.read_tables({"classes_2026.csv": text.encode()}), **WHO)
    assert codes_of(caught) == ["class.overlap"]
