"""Figures that cannot be: each is refused with its own reason, and nothing good is refused."""

from __future__ import annotations

import pickle
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungsuc.criteria import queries
from chungsuc.criteria.engine import Share
from chungsuc.criteria.engine.checks import gives, read
from chungsuc.criteria.reader.figures import from_json
from chungsuc.kit.catalogue import as_json, mend, say
from chungsuc.kit.errors import Refused

OLD = queries.criteria_set("xa-ntm-2016-2020")
NEW = queries.criteria_set("xa-ntm-2021-2025")


@pytest.mark.parametrize(
    ("code", "given_", "reason"),
    [
        ("4.2", D(120), "criteria.over_100"),
        ("4.2", D("100.01"), "criteria.over_100"),
        ("4.2", D("1E+308"), "criteria.over_100"),
        ("4.2", D("-0.1"), "criteria.negative"),
        ("4.2", D("NaN"), "criteria.not_finite"),
        ("4.2", D("Infinity"), "criteria.not_finite"),
        ("4.2", float("nan"), "criteria.not_finite"),
        ("4.2", "94,9", "criteria.number_expected"),
        ("4.2", D("1E-400"), "criteria.too_precise"),
        ("4.2", {"num": D("1E-400"), "den": D(1)}, "criteria.too_precise"),
        ("4.2", [94], "criteria.number_expected"),
        ("4.2", True, "criteria.number_expected_not_boolean"),
        ("4.2", {}, "criteria.value_missing"),
        ("4.2", {"vlaue": D(94)}, "criteria.key_unknown"),
        ("4.2", {"value": D("94.9"), "num": D(900), "den": D(1000)}, "criteria.counts_not_share"),
        ("4.2", {"value": D("94.9"), "num": D(949)}, "criteria.counts_incomplete"),
        ("4.2", {"num": D(5), "den": D(0)}, "criteria.counts_of_nothing"),
        ("4.2", {"num": D(6), "den": D(5)}, "criteria.part_over_whole"),
        ("4.2", {"num": D("5.5"), "den": D(10)}, "criteria.counts_not_whole"),
        ("4.2", {"num": D(-1), "den": D(10)}, "criteria.count_bad"),
        ("4.2", {"num": "a", "den": D(10)}, "criteria.count_bad"),
        ("4.2", {"value": D(90), "not_applicable": "vì"}, "criteria.set_aside_with_value"),
        ("4.2", {"not_applicable": ""}, "criteria.reason_missing"),
        ("4.2", {"not_applicable": True}, "criteria.reason_missing"),
        ("4.2", {"value": D(90), "nearly_met": " "}, "criteria.reason_missing"),
        ("4.2", {"nearly_met": "vì"}, "criteria.value_missing"),
        ("4.2", {"not_applicable": "vì", "nearly_met": "vì"}, "criteria.set_aside_and_nearly_met"),
        ("9.1", D("0.5"), "criteria.not_whole"),
        ("9.1", D("1E+308"), "criteria.too_large"),
        ("9.1", True, "criteria.number_expected_not_boolean"),
        ("9.1", {"value": D(0), "num": D(0), "den": D(9)}, "criteria.counts_not_asked"),
        ("10", D(36_000_000), "criteria.too_large"),
        ("10", {"not_applicable": "không có"}, "criteria.cannot_be_set_aside"),
        ("1.1", D(1), "criteria.boolean_expected"),
        ("1.1", "x", "criteria.boolean_expected"),
        ("1.1", {"value": True, "num": D(1), "den": D(1)}, "criteria.counts_not_asked"),
        ("17.1", D(91), "criteria.parts_expected"),
        ("17.1", {"hygienic": D(91)}, "criteria.part_missing"),
        ("17.1", {"hygienic": D(91), "clean": D(120)}, "criteria.over_100"),
        ("17.1", {"hygienic": D(91), "clena": D(52)}, "criteria.part_unknown"),
        ("17.1", {"value": D(91)}, "criteria.parts_expected"),
        ("17.1", {"hygienic": D(91), "17.1a": D(91), "clean": D(52)}, "criteria.part_twice"),
        (
            "17.1",
            {"hygienic": D(91), "clean": {"value": D(52), "num": D(40), "den": D(100)}},
            "criteria.counts_not_share",
        ),
        ("20.1", True, "criteria.indicator_unknown"),
        ("4", D(95), "criteria.indicator_unknown"),
    ],
)
def test_refused(code, given_, reason):
    _, problems = read(OLD, {code: given_})
    assert [one.code for one in problems] == [reason]
    for lang in ("vi", "en"):
        assert code in say(problems[0], lang) and len(say(problems[0], lang)) < 250
        assert mend(problems[0], lang)
        assert "Decimal(" not in say(problems[0], lang) and "True" not in say(problems[0], lang)


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        ({"17.1a": D(91), "17.1b": D(52)}, (D(91), D(52))),
        ({"17.1": {"17.1a": D(91), "clean": 52}}, (D(91), D(52))),
        ({"17.1": {"hygienic": D(91)}, "17.1b": D(52)}, (D(91), D(52))),
    ],
)
def test_parts_by_name_or_by_code(raw, share):
    figures, problems = read(OLD, raw)
    assert problems == ()
    assert (figures["17.1"].share("hygienic").value, figures["17.1"].share("clean").value) == share


def test_a_part_given_twice():
    _, problems = read(OLD, {"17.1": {"hygienic": D(91), "clean": D(52)}, "17.1a": D(90)})
    assert [one.code for one in problems] == ["criteria.part_twice"]


def test_good_figures_of_every_kind():
    raw = {
        "4.2": 94.9, "9.1": 0, "1.1": True, "17.1": {"hygienic": 91, "clean": 52},
        "13.2": {"not_applicable": "reason"}, "11": {"value": D(13), "nearly_met": "vì"}, "12": None,
        "6.3": {"num": 9, "den": 10}, "2.1": {"num": D("5.5"), "den": D("7.25")},
        "15.1": {"value": 90, "num": 8951, "den": 9945},
    }  # fmt: skip
    figures, problems = read(OLD, raw)
    assert problems == ()
    assert "12" not in figures
    assert figures["4.2"].value == D("94.9")
    assert figures["6.3"].share().value == 90
    assert figures["15.1"].share().value < D("90.01")


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"4.2": D("100.0000001")}, "Chỉ tiêu 4.2: 100,0000001% lớn hơn 100%."),
        ({"9.1": D("1.5")}, "Chỉ tiêu 9.1 là số đếm, 1,5 không phải số nguyên."),
        ({"1.1": [D(1)]}, "Chỉ tiêu 1.1 chỉ nhận đạt hoặc chưa đạt (true/false), không nhận '[1]'."),
        ({"4.2": True}, "Chỉ tiêu 4.2 cần một con số, không nhận đạt/chưa đạt (true)."),
        ({"17.1": {"hygienic": D(91)}}, "Chỉ tiêu 17.1 thiếu số liệu phần nước sạch; phải có đủ mọi phần."),
        ({"17.1": {"hygienic": D(91), "clean": D(-1)}}, "Chỉ tiêu 17.1 (nước sạch): -1 nhỏ hơn 0."),
    ],
)
def test_vietnamese_is_vietnamese(given_, said):
    (problem,) = read(OLD, given_)[1]
    assert say(problem) == said


def test_parts_are_keys_as_data_and_words_in_sentences():
    (problem,) = read(NEW, {"12.1": {"male": D(75)}})[1]
    told = as_json(problem, "vi")
    assert told["facts"] == {"indicator": "12.1", "part": "female", "parts": ["male", "female"]}
    assert "phần nữ" in told["text"] and "women" in say(problem, "en")
    again = pickle.loads(pickle.dumps(problem))
    assert say(again) == say(problem) and say(again, "en") == say(problem, "en")
    (whole,) = read(NEW, {"12.1": D(75)})[1]
    assert "male (nam), female (nữ)" in say(whole) and "male (men), female (women)" in say(whole, "en")


def test_every_problem_is_told_at_once():
    _, problems = read(OLD, {"4.2": D(120), "9.1": D("0.5"), "17.1": {"hygienic": "a", "clean": D(-1)}})
    assert [one.code for one in problems] == [
        "criteria.over_100", "criteria.not_whole", "criteria.number_expected", "criteria.negative",
    ]  # fmt: skip


def test_both_sexes_are_asked_for():
    assert [one.code for one in read(NEW, {"12.1": D(75)})[1]] == ["criteria.parts_expected"]
    assert read(NEW, {"12.1": {"male": 75, "female": {"num": 7, "den": 10}}})[1] == ()


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 3))
def test_a_share_rounded_to_any_decimals_is_given_by_its_counts(num, den, places):
    exact = D(num) * 100 / D(den)
    rounded = exact.quantize(D(1).scaleb(-places), rounding="ROUND_HALF_UP")
    assert gives(rounded, exact)
    assert not gives(rounded + D(2).scaleb(-places), exact)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"4.2": 94.9, "4.2": 95}', "criteria.figures_duplicate"),
        (b'{"17.1": {"clean": 1, "clean": 2}}', "criteria.figures_duplicate"),
        (b"[1, 2]", "criteria.figures_not_object"),
        (b"94.9", "criteria.figures_not_object"),
        (b"{'4.2': 94.9}", "criteria.figures_not_json"),
        (b"", "criteria.figures_not_json"),
        (b'{"4.2": ' + b"[" * 100_000, "criteria.figures_not_json"),
        ('{"1.1": true, "x": "Điện"}'.encode("utf-16"), "criteria.figures_not_utf8"),
        (b" " * 5_000_001, "criteria.figures_too_big"),
    ],
)
def test_files_that_are_no_figures(data, code):
    with pytest.raises(Refused) as caught:
        from_json(data, name="so-lieu.json")
    assert [reason.code for reason in caught.value.reasons] == [code]
    assert say(caught.value.reasons[0], "vi") and say(caught.value.reasons[0], "en")
    assert "Expecting" not in say(caught.value.reasons[0], "vi")


def test_json_numbers_stay_exact():
    found = from_json(b'\xef\xbb\xbf{"4.2": 94.90, "9.1": 0, "10": 1e308, "11": NaN, "12": -Infinity}', name="x")
    assert str(found["4.2"]) == "94.90"
    codes = {one.facts["indicator"]: one.code for one in read(OLD, found)[1]}
    assert codes == {"10": "criteria.too_large", "11": "criteria.not_finite", "12": "criteria.not_finite"}


def test_counts_alone_are_a_share():
    assert Share(None, D(1), D(3)).counted and not Share(None, D(1), D(0)).counted
