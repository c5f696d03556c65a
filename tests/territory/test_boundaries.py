"""Boundaries: what is taken, what is refused and why, and on which days a layer holds."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import Error, connection, transaction
from shapely.geometry import shape

from chungsuc.doors.cli.territory import units as command
from chungsuc.kit.catalogue import say
from chungsuc.kit.errors import Refused
from chungsuc.kit.journal.models import JournalLine
from chungsuc.territory import actions, boundaries, queries
from tests import cast
from tests.territory.squares import board, collection, feature, square

COMMUNES = ["99001", "99002", "99003", "99004", "99005", "99006"]
ABOUT = {"label": "x.geojson", "on": cast.END_2019, "province_code": "99", "source": "made up", "licence": "CC0"}


def load(content: bytes, **changed):
    return actions.load_boundaries(content=content, **{**ABOUT, **changed}, by=cast.OPERATOR, at=cast.LONG_AGO)


def refused(content: bytes, **changed) -> list[str]:
    with pytest.raises(Refused) as caught:
        load(content, **changed)
    assert queries.boundary_layers() == []  # all or nothing
    for one in caught.value.reasons:
        assert say(one, "vi") != say(one, "en")
    return [(one.code, one.facts) for one in caught.value.reasons]


def at(day: date, codes: list[str]) -> set[str]:
    found = {one.id: one.code for one in queries.units_at(day, "99") if one.code in codes}
    return {found[unit] for unit in queries.boundaries_at(day, list(found)).geometries}


def test_a_whole_file_is_kept_with_where_it_is_from(toy):
    found = load(collection(board(COMMUNES)), note="for tests")
    assert (found.level, len(found.geometries)) == ("commune", 6)
    (layer,) = queries.boundary_layers()
    assert (layer.units, layer.source, layer.licence, layer.note, layer.kind) == (
        6, "made up", "CC0", "for tests", "commune",
    )  # fmt: skip
    line = JournalLine.objects.get(event="boundaries.loaded")
    assert (line.subject, line.facts["units"], line.facts["layer"]) == ("province:99", 6, layer.id)


def test_the_level_is_told_by_the_codes(toy):
    assert load(collection(board(["991", "992"]))).level == "district"


@pytest.mark.parametrize("table", ["territory_boundary", "territory_boundary_layer"])
def test_what_was_loaded_cannot_be_changed(toy, table):
    load(collection(board(COMMUNES)))
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 100"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_an_anchor_lies_inside_and_says_how_much_room_there_is(toy):
    load(collection(board(COMMUNES)))
    (unit,) = [one for one in queries.units_at(cast.END_2019, "99") if one.code == "99003"]
    geometry = queries.boundaries_at(cast.END_2019, [unit.id]).geometries[unit.id]
    x, y, radius = geometry["anchor"]
    assert shape(geometry).covers(shape({"type": "Point", "coordinates": [x, y]}).buffer(radius * 0.95))
    assert radius == pytest.approx(0.05, abs=0.002)


def test_a_layer_holds_as_long_as_the_land_is_the_same(merged_toy):
    load(collection(board(COMMUNES)))
    assert at(date(2016, 1, 1), COMMUNES) == set(COMMUNES)
    assert at(date(2020, 2, 29), COMMUNES) == set(COMMUNES)
    # Ao Sen and Bãi Cát became another commune, Đồi Chè took in Đá Bạc: only the others are as they were.
    assert at(cast.MERGED_ON, COMMUNES) == {"99003", "99004"}
    after = ["99001", "99003", "99004", "99005"]
    load(collection(board(after)), on=date(2021, 1, 1))
    assert at(cast.MERGED_ON, after) == set(after)
    assert at(cast.END_2019, COMMUNES) == set(COMMUNES)


def test_the_newest_layer_counts(toy):
    load(collection(board(COMMUNES)))
    load(collection(board(COMMUNES, across=2)), source="newer")
    units = [one.id for one in queries.units_at(cast.END_2019, "99")]
    assert [one.source for one in queries.boundaries_at(cast.END_2019, units).layers] == ["newer"]
    assert [one.source for one in queries.boundary_layers()] == ["newer", "made up"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "boundary.not_geojson"),
        (b"\xff\xfe\x00", "boundary.not_geojson"),
        (b"{" * 100_000, "boundary.not_geojson"),
        (b'{"type":"FeatureCollection","features":[NaN]}', "boundary.not_geojson"),
        (b'{"type":"Topology","objects":{}}', "boundary.not_geojson"),
        (b'{"type":"FeatureCollection","features":{}}', "boundary.not_geojson"),
        (b"[]", "boundary.not_geojson"),
        (collection([]), "boundary.empty"),
        (collection(board(COMMUNES), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}), "boundary.other_crs"),
        (collection(board(COMMUNES), crs="VN-2000"), "boundary.other_crs"),
    ],
)
def test_what_is_no_geojson_in_degrees(toy, content, code):
    assert [found for found, _ in refused(content)] == [code]


def test_a_file_too_large_is_not_read(toy, monkeypatch):
    monkeypatch.setattr(boundaries, "LARGEST", 100)
    assert refused(collection(board(COMMUNES)))[0][0] == "boundary.too_large"


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"])
def test_a_declared_plain_system_is_taken(toy, name):
    assert len(load(collection(board(COMMUNES), crs={"properties": {"name": name}})).geometries) == 6


def test_missing_extra_and_double_units_are_all_named(toy):
    features = board(["99001", "99001", "99002", "99003", "99004", "88888"])
    found = refused(collection(features))
    assert [(code, facts["code"]) for code, facts in found] == [
        ("boundary.twice", "99001"),
        ("boundary.extra", "88888"),
        ("boundary.missing", "99005"),
        ("boundary.missing", "99006"),
    ]
    assert found[2][1]["name"] == "Xã Đồi Chè"


def test_a_lost_nought_is_recognised():
    features, _ = boundaries._features([feature(1273, square(0))], None)
    (found,) = boundaries._why_not_units(features, {"01273": _fact("01273")})
    assert (found.code, found.facts["code"], found.facts["meant"]) == ("boundary.no_nought", "1273", "01273")


def _fact(code: str):
    from chungsuc.territory.rules import Kind, UnitFact

    told = dict.fromkeys(UnitFact.__dataclass_fields__) | {
        "id": 1,
        "code": code,
        "name": "Xã Thử",
        "kind": Kind.COMMUNE,
    }
    return UnitFact(**told)


def test_a_feature_without_a_code_is_named_by_its_place(toy):
    features = [*board(COMMUNES[:5]), feature(None, square(5))]
    assert ("boundary.no_code", 6) in [(code, facts.get("place")) for code, facts in refused(collection(features))]
    renamed = [feature(None, square(place), ten=code) for place, code in enumerate(COMMUNES)]
    assert len(load(collection(renamed), code_name="ten").geometries) == 6


def _spoilt(geometry) -> bytes:
    features = board(COMMUNES)
    features[2]["geometry"] = geometry
    return collection(features)


BOW = [[106.2, 22.5], [106.3, 22.6], [106.3, 22.5], [106.2, 22.6], [106.2, 22.5]]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "boundary.not_an_area"),
        ({"type": "Point", "coordinates": [106.2, 22.5]}, "boundary.not_an_area"),
        ({"type": "LineString", "coordinates": BOW}, "boundary.not_an_area"),
        ({"type": "Polygon", "coordinates": []}, "boundary.not_an_area"),
        ({"type": "Polygon", "coordinates": [BOW[:2]]}, "boundary.unreadable"),
        ({"type": "Polygon", "coordinates": [["a", "b"]]}, "boundary.unreadable"),
        ({"type": "Polygon", "coordinates": "x"}, "boundary.unreadable"),
        ({"type": "Polygon", "coordinates": [[*BOW[:1], [106.3, 22.5], *BOW[:1], *BOW[:1]]]}, "boundary.invalid"),
        ({"type": "Polygon", "coordinates": [BOW]}, "boundary.invalid"),
    ],
)  # fmt: skip
def test_a_shape_that_is_no_area(toy, geometry, code):
    found = [(kind, facts["place"], facts["code"]) for kind, facts in refused(_spoilt(geometry)) if "place" in facts]
    assert found == [(code, 3, "99003")]


def test_an_invalid_shape_is_named_with_the_spot(toy):
    ((_, facts),) = refused(_spoilt({"type": "Polygon", "coordinates": [BOW]}))
    assert facts["said"] == "Self-intersection" and facts["spot"] == "106.25, 22.55"


@pytest.mark.parametrize(
    ("moved", "code"),
    [
        (lambda x, y: (600_000 + x, 2_500_000 + y), "boundary.metres"),
        (lambda x, y: (y, x), "boundary.swapped"),
        (lambda x, y: (x - 100, y), "boundary.elsewhere"),
    ],
)
def test_another_coordinate_system_is_said_once(toy, moved, code):
    features = [feature(one, [moved(*point) for point in square(place)]) for place, one in enumerate(COMMUNES)]
    ((found, facts),) = refused(collection(features))
    assert (found, facts["count"], facts["code"], facts["place"]) == (code, 6, "99001", 1)


def test_units_that_overlap_are_named_with_how_much(toy):
    features = board(COMMUNES)
    features[1] = feature("99002", [[x - 0.05, y] for x, y in square(1)])
    ((code, facts),) = refused(collection(features))
    assert (code, facts["name"], facts["other_name"]) == ("boundary.overlap", "Xã Ao Sen", "Xã Bãi Cát")
    assert facts["percent"] == 50.0 and 50 < facts["area"] < 62  # 0.05° × 0.1° at 22.5° north


def test_slivers_of_two_digitised_borders_are_taken(toy):
    features = board(COMMUNES)
    features[1] = feature("99002", [[x - 0.0003, y] for x, y in square(1)])
    assert len(load(collection(features)).geometries) == 6


@pytest.mark.parametrize(("name", "code"), [("source", "boundary.no_source"), ("licence", "boundary.no_licence")])
def test_nothing_is_loaded_without_source_and_rights(toy, name, code):
    assert refused(collection(board(COMMUNES)), **{name: " "})[0][0] == code


def test_a_day_without_units_is_refused(toy):
    assert refused(collection(board(COMMUNES)), province_code="991", level="district")[0][0] == "boundary.no_units"


def test_simplified_neighbours_keep_one_border(toy, monkeypatch):
    """A wavy border between two units, far over the budget, is made coarser for both alike."""
    wiggle = [0.004 * (step % 2) + 0.0001 * (step % 7) for step in range(801)]
    wave = [[106.1 + aside, round(22.5 + 0.1 * step / 800, 5)] for step, aside in enumerate(wiggle)]
    left = [[106.0, 22.5], *wave, [106.0, 22.6], [106.0, 22.5]]
    right = [[106.2, 22.6], *reversed(wave), [106.2, 22.5], [106.2, 22.6]]
    monkeypatch.setattr(boundaries, "BUDGET", 1_500)
    read = load(collection([feature("991", left), feature("992", right)]))
    assert read.tolerance > 0 and read.size <= 1_500
    shapes = [shape(one) for one in read.geometries.values()]
    assert all(one.is_valid for one in shapes)
    assert shapes[0].intersection(shapes[1]).area < 1e-9
    assert shapes[0].union(shapes[1]).area == pytest.approx(0.02, rel=0.001)  # no gap either


def run(*words: str):
    return CliRunner().invoke(command, ["boundaries", *words], catch_exceptions=False, standalone_mode=False)


def test_the_commands(toy, tmp_path):
    path = tmp_path / "communes.geojson"
    path.write_bytes(collection(board(COMMUNES)))
    told = ["--source", "made up", "--licence", "CC0"]
    checked = run("load", str(path), "--at", "2019-12-31", "--check", "--format", "json")
    assert json.loads(checked.output)["checked"] is True and queries.boundary_layers() == []
    loaded = json.loads(run("load", str(path), "--generation", str(toy[0].id), *told, "--format", "json").output)
    assert (loaded["units"], loaded["province"], loaded["level"]) == (6, "99", "commune")
    listed = json.loads(run("list", "--format", "json").output)["layers"]
    assert [(one["units"], one["source"], one["label"]) for one in listed] == [(6, "made up", "communes.geojson")]
    assert "made up" in run("list").output
    out = tmp_path / "again.geojson"
    out.write_text(run("export", "--at", "2019-12-31", "--under", "99").output, encoding="utf-8")
    again = json.loads(run("load", str(out), "--at", "2019-12-31", "--check", "--format", "json").output)
    assert again["units"] == 6


def test_a_refused_file_leaves_by_the_usual_door(toy, tmp_path):
    path = tmp_path / "x.geojson"
    path.write_bytes(collection(board(COMMUNES[:4])))
    with pytest.raises(Refused) as caught:
        run("load", str(path), "--at", "2019-12-31", "--check")
    assert {one.code for one in caught.value.reasons} == {"boundary.missing"}


def test_a_generation_says_its_day(merged_toy):
    today = date(2026, 1, 1)
    first, second = (one.id for one in queries.generations())
    assert queries.day_of_generation(first, today) == (date(2020, 2, 29), "99")
    assert queries.day_of_generation(second, today) == (cast.MERGED_ON, "99")
    with pytest.raises(Refused, match=r"generation\.unknown"):
        queries.day_of_generation(99_999, today)
