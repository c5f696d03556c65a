"""The engine with words: verdicts, sentences, what counts, and what can never happen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chungsuc.criteria import queries
from chungsuc.criteria.engine import Context, Figure, Kind, Share, Verdict, judge, place
from chungsuc.criteria.engine.nodes import (
    AllParts,
    AtLeast,
    AtMost,
    BadRule,
    BothSexes,
    IsTrue,
    WhereApplicable,
    all_of,
)
from chungsuc.criteria.engine.sentences import missing
from chungsuc.kit.errors import Refused
from tests.criteria import places

OLD = queries.criteria_set("xa-ntm-2016-2020")
LAID = queries.criteria_set("xa-ntm-2016-2020", province="04")
NEW = queries.criteria_set("xa-ntm-2021-2025")
MOUNTAINS = Context("tdmnpb", 2019)


def one(code, figure, criteria_set=OLD, context=MOUNTAINS):
    judged = judge(criteria_set, {code: figure} if figure is not None else {}, context)
    return next(i for c in judged.criteria for i in c.indicators if i.code == code)


def all_met(criteria_set, context=MOUNTAINS):
    found = {}
    for ruling in place(criteria_set, context):
        limits = dict(ruling.limits)
        if ruling.indicator.part_keys:
            found[ruling.indicator.code] = Figure(parts={part: leaf.limit for part, leaf in limits.items()})
        elif limits:
            found[ruling.indicator.code] = Figure(limits[None].limit)
    return found


def test_the_sentence_of_the_issue():
    judged = one("4.2", Figure(D("94.9"), D(2847), D(3000)))
    assert judged.why("vi") == (
        "Chỉ tiêu 4.2 chưa đạt: 94,9% < 95% (Trung du miền núi phía Bắc, QĐ 1980/QĐ-TTg); còn thiếu khoảng 3 hộ"
    )
    assert judged.why("en") == (
        "Indicator 4.2 not met: 94.9% < 95% (Northern midlands and mountains, Decision 1980/QĐ-TTg); "
        "about 3 short (households)"
    )
    assert (judged.value, judged.threshold, judged.margin) == (D("94.9"), D(95), D("-0.1"))
    assert judged.article == "QĐ 1980/QĐ-TTg, tiêu chí 4, chỉ tiêu 4.2"
    assert judged.provenance["mark"] == {"vi": "chưa đối chiếu văn bản", "en": "not checked against the text"}


@pytest.mark.parametrize(
    ("code", "figure", "said"),
    [
        ("1.1", Figure(True), "Chỉ tiêu 1.1 đạt: đáp ứng yêu cầu “Quy hoạch chung xây dựng xã được duyệt”"),
        ("1.1", Figure(False), "Chỉ tiêu 1.1 chưa đạt: chưa đáp ứng yêu cầu"),
        ("9.1", Figure(D(3)), "Chỉ tiêu 9.1 chưa đạt: 3 > 0 nhà"),
        ("10", Figure(D("35.9")), "Chỉ tiêu 10 chưa đạt: 35,9 < 36 triệu đồng/người/năm"),
        ("11", Figure(D("12.0")), "Chỉ tiêu 11 đạt: 12% ≤ 12%"),
        ("15.3", None, "Chỉ tiêu 15.3 chưa có số liệu: cần ≤ 26,7%"),
        ("1.1", None, "Chỉ tiêu 1.1 chưa có số liệu: cần đáp ứng yêu cầu"),
        ("2.1", None, "Chỉ tiêu 2.1 chưa có số liệu, cũng chưa có mức đạt"),
        ("2.1", Figure(D(50)), "Chỉ tiêu 2.1 chưa xét được: mức đạt do UBND cấp tỉnh quy định"),
        ("17.1", Figure(parts={"hygienic": D(91)}), "nước hợp vệ sinh 91% ≥ 90%; nước sạch cần ≥ 50%"),
        ("13.2", Figure(not_applicable="không có"), "Chỉ tiêu 13.2 không xét: không có"),
        ("4.2", Figure(D(94), nearly_met="đang kéo điện"), "lý do: đang kéo điện"),
    ],
)
def test_sentences(code, figure, said):
    assert said in one(code, figure).why("vi")


def test_where_the_law_is_silent_in_the_new_set():
    assert "chưa có mức đạt đáng tin" in one("15.3", Figure(D(20)), NEW).why("vi")


def test_provincial_values_are_cited_and_marked():
    judged = one("2.2", Figure(D("49.9")), LAID)
    assert judged.verdict is Verdict.NOT_MET
    assert "ví dụ quyết định của UBND tỉnh Cao Bằng" in judged.why("vi")
    assert judged.article.endswith("; ví dụ quyết định của UBND tỉnh Cao Bằng")
    assert judged.provenance["example"] is True
    assert judged.provenance["overlay"] == "cao-bang-vi-du"
    assert judged.provenance["mark"]["vi"].startswith("ví dụ")


def test_counts_decide_and_are_exact():
    assert one("4.2", Figure(num=D(9500), den=D(10000))).verdict is Verdict.MET
    third = one("4.2", Figure(num=D(9499), den=D(10000)))
    assert third.verdict is Verdict.NOT_MET
    assert "94,99% < 95%" in third.why("vi")
    close = one("4.2", Figure(num=D(949999), den=D(1000000)))
    assert "94,9999% < 95%" in close.why("vi") and "còn thiếu khoảng 1 hộ" in close.why("vi")
    # a share that no decimal can write: 2/3 of 150 villages, threshold 70
    assert one("16", Figure(num=D(100), den=D(150))).margin < 0
    rounded = one("4.2", Figure(D(95), D(9499), D(10000)))
    assert rounded.verdict is Verdict.NOT_MET and rounded.value == D("94.99")


def test_compound_and_both_sexes():
    both = one("17.1", Figure(parts={"hygienic": D(90), "clean": D("49.9")}))
    assert both.verdict is Verdict.NOT_MET
    assert both.threshold == {"hygienic": 90, "clean": 50} and both.margin == {"hygienic": 0, "clean": D("-0.1")}
    counted = one("17.1", Figure(parts={"hygienic": Share(None, D(899), D(1000)), "clean": D(52)}))
    assert "còn thiếu khoảng 1 hộ" in counted.why("vi")
    women = one("12.1", Figure(parts={"male": D(80), "female": D("69.9")}), NEW, Context("tdmnpb", 2024))
    assert women.verdict is Verdict.NOT_MET and "nữ 69,9% < 70%" in women.why("vi") and "women" in women.why("en")


def test_nearly_met_is_only_a_humans_word():
    assert one("4.2", Figure(D("94.99"))).verdict is Verdict.NOT_MET
    assert one("4.2", Figure(D(94), nearly_met="sắp xong")).verdict is Verdict.NEARLY_MET
    assert one("4.2", Figure(D(95), nearly_met="sắp xong")).verdict is Verdict.MET
    assert one("4.2", Figure(nearly_met="sắp xong")).verdict is Verdict.NO_FIGURE


def test_a_commune_that_meets_everything():
    judged = judge(LAID, all_met(LAID), MOUNTAINS)
    assert (judged.met, judged.of) == (19, 19)
    assert judged.overlay == "cao-bang-vi-du" and judged.version == LAID.version != OLD.version
    without = judge(OLD, all_met(OLD), MOUNTAINS)
    assert without.met == 18 and without.criteria[1].verdict is Verdict.NO_FIGURE


def test_set_aside_counts_as_met_and_is_listed():
    figures = all_met(LAID) | {"7": Figure(not_applicable="quy hoạch không có chợ")}
    judged = judge(LAID, figures, MOUNTAINS)
    assert (judged.met, judged.set_aside) == (19, (7,))
    assert judged.criteria[6].verdict is Verdict.NOT_APPLICABLE
    strict = judge(replace(LAID, set_aside_counts=False), figures, MOUNTAINS)
    assert strict.met == 18


def test_what_cannot_be_set_aside_stays_without_a_figure():
    assert one("10", Figure(not_applicable="không muốn")).verdict is Verdict.NO_FIGURE


def test_figures_of_no_indicator_are_refused():
    with pytest.raises(Refused) as caught:
        judge(OLD, {"99.9": Figure(D(1))}, MOUNTAINS)
    assert [reason.code for reason in caught.value.reasons] == ["criteria.indicator_unknown"]


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        ("met met", "met"),
        ("met not_applicable", "met"),
        ("not_applicable not_applicable", "not_applicable"),
        ("met nearly_met", "nearly_met"),
        ("nearly_met no_threshold", "no_threshold"),
        ("no_threshold no_figure met", "no_figure"),
        ("no_figure not_met nearly_met", "not_met"),
    ],
)
def test_a_criterion_is_the_worst_of_what_applies(verdicts, whole):
    assert all_of(tuple(Verdict(word) for word in verdicts.split())) is Verdict(whole)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_better_figure_never_lowers_a_verdict(data):
    criteria_set = data.draw(st.sampled_from([OLD, LAID, NEW]))
    context = data.draw(places.contexts(criteria_set))
    figures = data.draw(places.figures(criteria_set, context))
    before = judge(criteria_set, figures, context)
    code = data.draw(st.sampled_from(sorted(figures) or ["4.2"]))
    indicator, figure = criteria_set.by_code[code], figures.get(code)
    assume(figure is not None and figure.not_applicable is None)
    step = data.draw(st.integers(0, 5000).map(lambda n: D(n) / 100))
    better = _better(indicator, figure, step)
    after = judge(criteria_set, figures | {code: better}, context)
    assert after.met >= before.met
    for old, new in zip(before.criteria, after.criteria, strict=True):
        assert new.verdict.rank >= old.verdict.rank
        for mine, then in zip(old.indicators, new.indicators, strict=True):
            assert then.verdict.rank >= mine.verdict.rank


def _better(indicator, figure, step):
    if indicator.kind is Kind.BOOLEAN:
        return replace(figure, value=True)
    change = -step if indicator.better == "lower" else step
    if indicator.part_keys:
        return replace(figure, parts={part: value + change for part, value in figure.parts.items()})
    return replace(figure, value=figure.value + change)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_verdict_explains_itself_and_keeps_its_margin(data):
    criteria_set = data.draw(st.sampled_from([LAID, NEW]))
    context = data.draw(places.contexts(criteria_set))
    judged = judge(criteria_set, data.draw(places.figures(criteria_set, context)), context)
    for criterion in judged.criteria:
        for found in criterion.indicators:
            for lang in ("vi", "en"):
                said = found.why(lang)
                assert found.code in said and "{" not in said
            margins = found.margin.values() if isinstance(found.margin, dict) else [found.margin]
            known = [margin for margin in margins if margin is not None]
            if found.verdict is Verdict.MET:
                assert all(margin >= 0 for margin in known)
            if found.verdict in (Verdict.NOT_MET, Verdict.NEARLY_MET) and known:
                assert any(margin < 0 for margin in known)
            assert (found.verdict is not Verdict.MET) or found.ruling.node is not None


@given(st.integers(1, 5000), st.data(), st.integers(0, 1000))
def test_what_is_missing_is_exactly_enough(whole, data, tenths):
    have, limit = data.draw(st.integers(0, whole)), D(tenths) / 10
    more = AtLeast(limit)
    share = Share(None, D(have), D(whole))
    if not more.holds(share):
        need = missing(more, share, whole=True)
        assert more.holds(share._replace(num=have + need)) and not more.holds(share._replace(num=have + need - 1))
    fewer = AtMost(limit)
    if not fewer.holds(share):
        spare = missing(fewer, share, whole=True)
        assert fewer.holds(share._replace(num=have - spare)) and not fewer.holds(share._replace(num=have - spare + 1))


@pytest.mark.parametrize(
    "build",
    [
        lambda: AtLeast(True),
        lambda: AtLeast(95),
        lambda: AtMost(D("NaN")),
        lambda: AtMost(D("Infinity")),
        lambda: IsTrue(False),
        lambda: AllParts((("one", AtLeast(D(1))),)),
        lambda: AllParts((("one", AtLeast(D(1))), ("one", AtLeast(D(2))))),
        lambda: AllParts((("one", AtLeast(D(1))), ("two", "2 > 1"))),
        lambda: BothSexes(BothSexes(AtLeast(D(1)))),
        lambda: WhereApplicable(WhereApplicable(AtLeast(D(1)))),
        lambda: WhereApplicable("True"),
    ],
)
def test_a_rule_that_means_nothing_cannot_be_built(build):
    with pytest.raises(BadRule):
        build()
