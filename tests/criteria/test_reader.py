"""The checker names line, field and mend of whatever is wrong with a file of the law."""

from __future__ import annotations

import pytest

from chungsuc.criteria import queries
from chungsuc.criteria.checking import check_text
from chungsuc.criteria.reader import lines
from chungsuc.kit.catalogue import mend, say

SET = (queries.LAW / "xa-ntm-2016-2020.yaml").read_text(encoding="utf-8")
OVERLAY = (queries.LAW / "overlays" / "cao-bang-vi-du.yaml").read_text(encoding="utf-8")
EXAMPLES = (queries.LAW / "examples" / "xa-ntm-2016-2020.yaml").read_text(encoding="utf-8")
ELECTRICITY = "        thresholds: {national: 98, tdmnpb: 95, dbsh: 99, btb: 98, dhntb: 98, tn: 98, dnb: 99, dbscl: 98}"


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def found(text):
    _, problems = check_text(text)
    for one in problems:
        assert mend(one, "vi") and mend(one, "en"), one.code
        assert "{" not in say(one, "vi") + say(one, "en") + (mend(one, "vi") or "") + (mend(one, "en") or "")
    return [(one.code, one.facts["line"], one.facts["field"]) for one in problems]


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        (ELECTRICITY, ELECTRICITY.replace("dbsh", "dbhs"), "criteria.file_unknown_region", "thresholds.dbhs"),
        (ELECTRICITY, ELECTRICITY.replace("95", '"95"'), "criteria.file_wrong_type", "thresholds.tdmnpb"),
        (ELECTRICITY, ELECTRICITY.replace("95", "195"), "criteria.file_out_of_range", "thresholds.tdmnpb"),
        (ELECTRICITY, ELECTRICITY.replace("95", "-5"), "criteria.file_out_of_range", "thresholds.tdmnpb"),
        (ELECTRICITY, ELECTRICITY.replace("95", ".nan"), "criteria.file_wrong_type", "thresholds.tdmnpb"),
        (ELECTRICITY, ELECTRICITY.replace("95", "true"), "criteria.file_wrong_type", "thresholds.tdmnpb"),
        (ELECTRICITY, ELECTRICITY.replace("95", "{yaer: {2016: 90}}"), "criteria.file_bad_branch", "thresholds.tdmnpb"),
        (ELECTRICITY, ELECTRICITY.replace("dnb: 99, ", ""), "criteria.file_threshold_missing", "thresholds"),
        (ELECTRICITY, ELECTRICITY.replace("dbsh", "tdmnpb"), "criteria.file_duplicate_key", "thresholds.tdmnpb"),
        (ELECTRICITY, "        treshholds: {}", "criteria.file_unknown_field", "treshholds"),
        ('      - code: "4.2"', "      - code: 4.2", "criteria.file_wrong_type", "code"),
        ('      - code: "4.2"', '      - code: "4.1"', "criteria.file_twice", "code"),
        ('      - code: "4.2"', '      - code: "5.2"', "criteria.file_code_outside", "code"),
        ("    group: III\n", "    group: VI\n", "criteria.file_unknown_name", "group"),
        ("        kind: count", "        kind: counting", "criteria.file_not_one_of", "kind"),
        ("        set_by: national", "        set_by: nation", "criteria.file_not_one_of", "set_by"),
        ("indicators: 49}", "indicators: 48}", "criteria.file_totals", "totals"),
        ("in_force: {from: 2016-12-01, to: null}", "in_force: {from: 2016-12-01, to: 2015-01-01}",
         "criteria.file_span_reversed", "in_force.to"),
        ("period: {from: 2016-01-01, to: 2021-01-01}", "period: {from: 2021-01-01, to: 2016-01-01}",
         "criteria.file_span_reversed", "period.to"),
        ("judges: true", "judges: maybe", "criteria.file_wrong_type", "judges"),
        ("period: {from: 2016-01-01", "period: {from: 2016-13-01", "criteria.file_bad_date", "period.from"),
        ("file: criteria-set", "file: criterion-set", "criteria.file_kind", "file"),
        ("schema: 1", "schema: 2", "criteria.file_not_one_of", "schema"),
        ("incomplete: null", "incomplete: !!python/name:os.system", "criteria.file_tag", "incomplete"),
        ("incomplete: null", "incomplete: &here null", "criteria.file_alias", "(file)"),
    ],
)  # fmt: skip
def test_a_slip_is_named_by_line_and_field(old, new, code, field):
    assert SET.count(old) >= 1
    text = SET.replace(old, new, 1)
    told = found(text)
    line = line_of(SET, old)
    assert any(c == code and f.endswith(field) and abs(n - line) <= 1 for c, n, f in told), told


def test_the_mend_proposes_the_field_that_was_meant():
    _, problems = check_text(SET.replace("        better: higher", "        beter: higher", 1))
    mends = [mend(one, "en") for one in problems]
    assert "Change 'beter' to better, or remove the line." in mends


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "criteria.file_empty"),
        ("a: [1, 2", "criteria.file_not_yaml"),
        ("[" * 5000, "criteria.file_not_yaml"),
        ("- one", "criteria.file_kind"),
        ("file: criteria-set\nfile: overlay", "criteria.file_duplicate_key"),
        ("a: " + "{a: " * 60 + "1" + "}" * 60, "criteria.file_too_deep"),
    ],
)
def test_what_is_no_law_at_all(text, code):
    assert code in [one[0] for one in found(text)]


def test_fields_foreign_to_the_kind_are_named():
    start = SET.index('      - code: "2.1"')
    before, rest = SET[:start], SET[start:]
    told = found(before + rest.replace("kind: percent", "kind: boolean", 1))
    foreign = {field.rsplit(".", 1)[-1] for code, _, field in told if code == "criteria.file_foreign_field"}
    assert foreign == {"better", "unit", "counted"}


def test_a_value_out_of_range_is_not_also_missing():
    (told,) = found(SET.replace(ELECTRICITY, ELECTRICITY.replace("95", "195"), 1))
    assert told[0] == "criteria.file_out_of_range"


def test_a_doubled_key_names_both_lines():
    (problem,) = check_text("file: overlay\nschema: 1\ncode: a\n\ncode: b\n")[1]
    assert say(problem) == "Dòng 5, code: 'code' đã có ở dòng 3."


def test_vietnamese_sentences_have_no_words_of_the_code():
    (waived,) = check_text(filled("6.1", "false"))[1]
    assert "không được bỏ" in say(waived) and "true" in mend(waived)
    (typed,) = check_text(SET.replace(ELECTRICITY, ELECTRICITY.replace("95", "true"), 1))[1]
    assert say(typed).endswith("'true' sai kiểu, cần một con số.")
    assert say(typed, "en").endswith("a number is needed.")
    assert typed.facts["expected"] == "number"


def test_an_overlay_is_in_force_for_some_time():
    old = "in_force: {from: 2016-12-01, to: null}"
    told = found(OVERLAY.replace(old, old.replace("null", "2016-12-01")))
    assert [one[0] for one in told] == ["criteria.file_span_reversed"]


def test_everything_wrong_is_told_at_once():
    text = SET.replace("        kind: count", "        kind: counting", 1).replace("judges: true", "judges: maybe", 1)
    assert {one[0] for one in found(text)} == {"criteria.file_not_one_of", "criteria.file_wrong_type"}


def test_verified_needs_a_source():
    text = SET.replace(
        "        provenance: {status: memory, confidence: high}", "        provenance: {status: verified}", 1
    )
    assert "criteria.file_no_source" in [one[0] for one in found(text)]


def filled(code, value, set_code="xa-ntm-2016-2020"):
    head = OVERLAY[: OVERLAY.index("sets:")]
    return head + (
        f'sets:\n  {set_code}:\n    "{code}":\n      value: {value}\n'
        "      provenance: {status: example, confidence: low}\n"
    )


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("2.1", "80"),
        ("2.1", "{khu_vuc: {I: 100, II: 80, III: 50}}"),
        ("2.2", "{year: {2016: 40, 2018: 50}}"),
        ("6.1", "true"),
        ("17.5", "true"),
    ],
)
def test_an_overlay_fills_what_is_delegated(code, value):
    assert found(filled(code, value)) == []


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("4.2", "90", "criteria.overlay_not_delegated"),
        ("4.2", "99", "criteria.overlay_not_delegated"),
        ("1.1", "true", "criteria.overlay_not_delegated"),
        ("2.1", "120", "criteria.file_out_of_range"),
        ("2.1", "true", "criteria.file_wrong_type"),
        ("6.1", "false", "criteria.file_requirement_waived"),
        ("6.1", "80", "criteria.file_wrong_type"),
        ("2.9", "80", "criteria.overlay_unknown_indicator"),
        ("2.1", "{khu_vuc: {I: 100, II: 180}}", "criteria.file_out_of_range"),
        ("2.1", "{nhom: {I: 100}}", "criteria.file_bad_branch"),
        ("17.1", "90", "criteria.overlay_parts"),
    ],
)
def test_an_overlay_may_not(code, value, reason):
    ((told, line, field),) = found(filled(code, value))
    assert told == reason
    assert field.startswith(f"sets.xa-ntm-2016-2020.{code}")
    assert line >= line_of(filled(code, value), f'"{code}"')


def test_an_overlay_of_an_unknown_set():
    assert [one[0] for one in found(filled("2.1", "80", "xa-ntm-2016-2021"))] == ["criteria.file_unknown_set"]
    assert [one[0] for one in found(OVERLAY.replace("region: tdmnpb", "region: north"))] == [
        "criteria.file_unknown_region"
    ] * 2


def test_an_overlay_may_tighten_where_the_text_lets_it(monkeypatch):
    """With `may_tighten` on 4.2 a province may ask more, never less."""
    from chungsuc.criteria.reader import build, shaping

    text = SET.replace(ELECTRICITY, "        may_tighten: true\n" + ELECTRICITY)
    document = lines.read(text)
    built, problems = build.build_set(shaping.shape_of(document)[0], document.lines)
    assert problems == ()
    monkeypatch.setattr("chungsuc.criteria.checking.queries.national_sets", lambda: {built.code: built})
    assert found(filled("4.2", "95")) == []
    assert found(filled("4.2", "97.5")) == []
    assert [one[0] for one in found(filled("4.2", "94.9"))] == ["criteria.overlay_loosens"]
    assert [one[0] for one in found(filled("4.2", "{khu_vuc: {I: 97, III: 90}}"))] == ["criteria.overlay_loosens"]


def test_a_worked_example_that_contradicts():
    old = '  - {indicator: "4.2", region: tdmnpb, given: 95, verdict: met}'
    assert old in EXAMPLES
    told = found(EXAMPLES.replace(old, old.replace("verdict: met", "verdict: not_met"), 1))
    assert [one[0] for one in told] == ["criteria.example_contradicts"]
    assert told[0][1] == line_of(EXAMPLES, old)
    assert [one[0] for one in found(EXAMPLES.replace(old, old.replace("95", "195"), 1))] == [
        "criteria.example_not_a_figure"
    ]
    assert [one[0] for one in found(EXAMPLES.replace(old, old.replace("4.2", "4.3"), 1))] == [
        "criteria.example_unknown"
    ]
    assert [one[0] for one in found(EXAMPLES.replace("còn thiếu khoảng 3 hộ", "còn thiếu 3 hộ"))] == [
        "criteria.example_says"
    ]


def test_a_set_is_checked_with_the_examples_beside_it(tmp_path):
    from chungsuc.criteria.checking import check_file

    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "xa-ntm-2016-2020.yaml").write_text(EXAMPLES, encoding="utf-8")
    path = tmp_path / "xa-ntm-2016-2020.yaml"
    path.write_text(SET.replace(ELECTRICITY, ELECTRICITY.replace("tdmnpb: 95", "tdmnpb: 94")), encoding="utf-8")
    kind, problems = check_file(path)
    assert kind == "criteria-set"
    assert {one.code for one in problems} >= {"criteria.example_contradicts"}
    path.write_bytes("Điện".encode("utf-16"))
    assert [one.code for one in check_file(path)[1]] == ["criteria.figures_not_utf8"]
