"""A change set accounts for every unit, or it is refused with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungsuc.territory import lists
from chungsuc.territory.rules import ChangeKind, ChangeLine, Draft, Held, Kind, Plan, plan_draft
from tests import cast

HEAD = "old_code,new_code,kind,effective_date,legal_basis,event,old_name,new_name,old_parent,new_parent,parent_date\n"
KEYS = {"99": 1, "991": 2, "992": 3, "99001": 4, "99002": 5, "99003": 6, "99004": 7, "99005": 8, "99006": 9}


def before() -> list[Held]:
    (draft,) = lists.read_tables({"units_2019.csv": cast.UNITS.encode()})
    return [
        Held(KEYS[u.code], u.code, u.name, u.kind, KEYS[u.parent_code] if u.parent_code else None, u.alt_names)
        for u in draft.units
    ]


def plan(*lines: str, units: str | None = None) -> Plan:
    tables = {"changes_2020.csv": (HEAD + "\n".join(lines) + "\n").encode()}
    if units is not None:
        tables["units_2020.csv"] = units.encode()
    (draft,) = lists.read_tables(tables)
    return plan_draft(draft, before())


def line(
    old: str, new: str, event: str, name: str = "", parent: str = "", part: str = "full", day: str = "2020-03-01"
) -> str:
    return f"{old},{new},{part},{day},1/NQ-THU (01/02/2020),{event},,{name},,{parent},"


def codes(made: Plan) -> list[str]:
    return [reason.code for reason in made.reasons]


def test_the_toy_mergers() -> None:
    (draft,) = lists.read_tables({"changes_2020.csv": cast.CHANGES.encode()})
    made = plan_draft(draft, before())
    assert codes(made) == []
    assert [(held.code, held.name, held.key < 0, held.valid_from) for held in made.opened] == [
        ("99001", "Xã Ao Cát", True, cast.MERGED_ON)
    ]
    assert sorted(made.closed) == [(4, cast.MERGED_ON), (5, cast.MERGED_ON), (9, cast.MERGED_ON)]
    assert [(step.change, step.part) for step in made.steps].count(("merge", False)) == 3
    assert {act.number for act in made.acts} == {"1/NQ-THU"}


def test_a_rename_keeps_the_identity_and_opens_a_version() -> None:
    made = plan(line("99004", "99004", "rename", "Thị trấn Đông Mới", "Huyện Đông"))
    assert codes(made) == [] and made.created == ()
    assert [(held.key, held.name, held.parent) for held in made.opened] == [(7, "Thị trấn Đông Mới", 2)]


def test_a_new_code_keeps_the_identity() -> None:
    made = plan(line("99004", "99009", "recode"))
    assert codes(made) == [] and [(held.key, held.code) for held in made.opened] == [(7, "99009")]


def test_a_part_transfer_keeps_both() -> None:
    made = plan(line("99001", "99002", "part_transfer", part="part"))
    assert codes(made) == [] and made.opened == () and made.closed == ()
    assert [(step.old, step.new, step.part) for step in made.steps] == [(4, 5, True)]


def test_a_part_becomes_a_new_unit() -> None:
    made = plan(line("99001", "99010", "part_transfer", "Xã Mới", "Huyện Tây", part="part"))
    assert codes(made) == [] and [(held.key < 0, held.name, held.parent) for held in made.opened] == [
        (True, "Xã Mới", 3)
    ]


def test_a_move_that_comes_later_is_two_steps() -> None:
    later = ",,Xã Ao Sen,Huyện Đông,Huyện Tây,2020-03-01"
    made = plan(
        f"99001,99001,full,2020-02-01,1/NQ-THU,absorbs+reparent{later}",
        f"99002,99001,full,2020-02-01,1/NQ-THU,merge+reparent{later}",
    )
    assert codes(made) == []
    assert sorted((step.effective, step.change, step.old) for step in made.steps) == [
        (date(2020, 2, 1), "absorb", 4),
        (date(2020, 2, 1), "merge", 5),
        (date(2020, 3, 1), "reparent", 4),
    ]
    assert [(held.key, held.parent, held.valid_from) for held in made.opened] == [(4, 3, date(2020, 3, 1))]


REFUSED = {
    "unknown old code": ([line("88888", "99001", "merge")], "change.unit_not_in_force"),
    "merged twice": (
        [line("99001", "99002", "merge"), line("99001", "99003", "merge"), line("99002", "99002", "absorbs"),
         line("99003", "99003", "absorbs")], "change.not_whole"),
    "merged and kept": ([line("99001", "99001", "absorbs"), line("99001", "99002", "merge")], "change.two_fates"),
    "split into one part": (
        [line("99001", "99002", "split", part="part"), line("99002", "99002", "absorbs")], "change.not_whole"),
    "split wholly": ([line("99001", "99002", "split"), line("99002", "99002", "absorbs")], "change.not_whole"),
    "half of a merger": (
        [line("99001", "99002", "merge", part="part"), line("99002", "99002", "absorbs")], "change.not_whole"),
    "absorber unstated": ([line("99001", "99002", "merge")], "change.absorber_unstated"),
    "no name for the new unit": ([line("99001", "99001", "merge", "", "Huyện Đông")], "change.new_unit_incomplete"),
    "no parent for the new unit": ([line("99001", "99001", "merge", "Xã Mới")], "change.new_unit_incomplete"),
    "lines disagree": (
        [line("99001", "99001", "merge", "Xã A", "991"), line("99002", "99001", "merge", "Xã B", "991")],
        "change.lines_disagree"),
    "one code claimed twice": (
        [line("99001", "99009", "recode"), line("99002", "99009", "recode")], "change.code_claimed_twice"),
    "code still borne": ([line("99001", "99002", "recode")], "change.code_taken"),
    "unknown parent": ([line("99001", "99001", "reparent", "", "Huyện Bắc")], "change.parent_unknown"),
    "no new code": ([line("99001", "", "merge")], "change.no_new_code"),
    "rename unsaid": ([line("99001", "99001", "absorbs", "Xã Khác", "991")], "change.unsaid"),
    "move unsaid": ([line("99001", "99001", "absorbs", "", "992")], "change.unsaid"),
    "orphans": ([line("992", "", "abolished")], "change.orphan"),
    "kind under kind": ([line("99001", "99001", "reparent", "", "99004")], "change.kind_under"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_accounted_for_is_refused(case: str) -> None:
    lines, code = REFUSED[case]
    assert code in codes(plan(*lines))


def test_a_code_that_changed_its_meaning_is_caught_by_the_name() -> None:
    made = plan("99001,99002,full,2020-03-01,1/NQ-THU,merge,Xã Ao Cát,,,,",
                "99002,99002,full,2020-03-01,1/NQ-THU,absorbs,Xã Bãi Cát,,,,")  # fmt: skip
    assert codes(made) == ["change.old_name_differs"]


def test_a_code_borne_in_another_province_is_refused() -> None:
    (draft,) = lists.read_tables({"changes_2020.csv": (HEAD + line("99004", "88001", "recode") + "\n").encode()})
    assert codes(plan_draft(draft, before(), {"88001"})) == ["change.code_taken"]


def test_a_change_before_the_last_one_is_refused() -> None:
    held = [Held(h.key, h.code, h.name, h.kind, h.parent, h.alt_names, date(2020, 3, 1)) for h in before()]
    (draft,) = lists.read_tables({"changes_2020.csv": (HEAD + line("99004", "99009", "recode") + "\n").encode()})
    assert codes(plan_draft(draft, held)) == ["change.before_last"]


AFTER = cast.UNITS.replace("99001,Xã Ao Sen", "99001,Xã Ao Cát").replace("99002,Xã Bãi Cát,Xã,991,Huyện Đông,\n", "")
MERGED = (line("99001", "99001", "merge", "Xã Ao Cát", "991"), line("99002", "99001", "merge", "Xã Ao Cát", "991"))


def test_the_list_after_must_come_out() -> None:
    assert codes(plan(*MERGED, units=AFTER)) == []


def test_an_old_unit_without_fate() -> None:
    made = plan(*MERGED, units=AFTER.replace("99006,Xã Đá Bạc,Xã,992,Huyện Tây,\n", ""))
    assert [(r.code, r.facts["unit"]) for r in made.reasons] == [("change.no_fate", "99006")]


def test_a_new_unit_without_origin() -> None:
    made = plan(*MERGED, units=AFTER + "99011,Xã Lạ,Xã,992,Huyện Tây,\n")
    assert [(r.code, r.facts["unit"]) for r in made.reasons] == [("change.no_origin", "99011")]


@pytest.mark.parametrize(
    ("old", "new"), [("Xã Đồi Chè", "Xã Đồi Trè"), ("Xã,992,Huyện Tây,\n99006", "Xã,991,,\n99006")]
)
def test_a_result_that_differs(old: str, new: str) -> None:
    made = plan(*MERGED, units=AFTER.replace(old, new))
    assert [(r.code, r.facts["unit"]) for r in made.reasons] == [("change.result_differs", "99005")]


LISTS = {
    "cycle": ("99001,Xã Ao Sen,Xã,991", "99001,Xã Ao Sen,Xã,99001", "list.cycle"),
    "two under each other": ("992,Huyện Tây,Huyện,99,", "992,Huyện Tây,Huyện,99005,", "list.cycle"),
    "orphan": ("99006,Xã Đá Bạc,Xã,992", "99006,Xã Đá Bạc,Xã,993", "list.parent_unknown"),
    "code twice": ("99006,", "99005,", "list.code_twice"),
    "no province": ("99,Tỉnh Thử,Tỉnh,,,\n", "", "list.one_province"),
    "commune under a commune": ("99006,Xã Đá Bạc,Xã,992", "99006,Xã Đá Bạc,Xã,99005", "list.kind_under"),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_first_list_must_be_a_tree(case: str) -> None:
    old, new, code = LISTS[case]
    assert old in cast.UNITS
    (draft,) = lists.read_tables({"units_2019.csv": cast.UNITS.replace(old, new).encode()})
    assert code in codes(plan_draft(draft, []))


def test_a_province_is_not_loaded_twice() -> None:
    (draft,) = lists.read_tables({"units_2019.csv": cast.UNITS.encode()})
    assert "generation.province_exists" in codes(plan_draft(draft, before()))


@given(st.lists(st.integers(0, 5), min_size=12, max_size=12))
def test_any_full_merger_accounts_for_every_unit(groups: list[int]) -> None:
    """However twelve communes are grouped: each ends once, each new unit has its origins, no code is borne twice."""
    root = [Held(1, "99", "Tỉnh Thử", Kind.PROVINCE, None)]
    communes = [Held(place + 2, f"99{place:03d}", f"Xã {place}", Kind.COMMUNE, 1) for place in range(12)]
    target = {group: f"99{groups.index(group):03d}" for group in set(groups)}
    changes = tuple(
        ChangeLine(cast.MERGED_ON, "1/NQ-THU", (ChangeKind.MERGE,), held.code, target[group],
                   new_name=f"Xã Mới {group}", new_parent="99", line=place)
        for place, (held, group) in enumerate(zip(communes, groups, strict=True)))  # fmt: skip
    made = plan_draft(Draft("2020", changes=changes), [*root, *communes])
    assert made.reasons == ()
    assert sorted(key for key, _ in made.closed) == [held.key for held in communes]
    assert len(made.opened) == len(set(groups)) == len(made.created)
    assert len({held.code for held in made.after}) == len(made.after) == len(set(groups)) + 1
    assert {step.new for step in made.steps} == set(made.created)
    assert [step.old for step in made.steps] == [held.key for held in communes]
