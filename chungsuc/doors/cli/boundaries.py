"""`chungsuc units boundaries`: check, load, list and export the boundaries of units."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from chungsuc.accounts import guard
from chungsuc.accounts.rules import OPERATOR, Permission
from chungsuc.doors.cli.output import DAY, format_option, language, now, show_json, show_table, today
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import day as written
from chungsuc.territory import actions, queries
from chungsuc.territory.rules import BOUNDARY_LEVELS as LEVELS
from chungsuc.territory.rules import Kind

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def phrase(key: str, **facts: object) -> str:
    """A sentence of this topic in the language of the command."""
    return text(f"cli.boundaries.{key}", language(), **facts)


def _help(key: str) -> str:
    return phrase(f"{key}.help")


@click.group(help=_help("group"))
def boundaries() -> None:
    """Boundaries of units, as GeoJSON."""


@boundaries.command(help=_help("load"))
@click.argument("file", type=FILE)
@click.option("--at", type=DAY, help=_help("at"))
@click.option("--generation", type=int, metavar="ID", help=_help("generation"))
@click.option("--province", metavar="CODE", help=_help("province"))
@click.option("--level", type=click.Choice(sorted(LEVELS)), help=_help("level"))
@click.option("--code-name", metavar="NAME", help=_help("code_name"))
@click.option("--source", default="", help=_help("source"))
@click.option("--licence", default="", help=_help("licence"))
@click.option("--note", default="", help=_help("note"))
@click.option("--check", is_flag=True, help=_help("check"))
@format_option("table", "json")
def load(
    file: Path, at: date | None, generation: int | None, province: str | None, check: bool, form: str, **told: Any
) -> None:
    """Load a file whole, or only check it."""
    guard.require(OPERATOR, Permission.LOAD_UNITS, on=today())
    day, code = _where(at, generation, province)
    content = file.read_bytes()
    shape = {"level": told.pop("level"), "code_name": told.pop("code_name")}
    if check:
        found = queries.read_boundaries(content, day, code, **shape)
    else:
        where = {"content": content, "label": file.name, "on": day, "province_code": code}
        found = actions.load_boundaries(**where, **shape, **told, by=OPERATOR, at=now())
    facts = {"units": len(found.geometries), "level": found.level, "bytes": found.size, "tolerance": found.tolerance}
    if form == "json":
        show_json({"accepted": True, "checked": check, "on": day, "province": code, **facts})
        return
    said = {"count": len(found.geometries), "on": _day(day), "size": f"{found.size / 1000:.0f}"}
    click.echo(phrase("checked" if check else "loaded", level=phrase(f"level.{found.level}"), **said))


def _where(at: date | None, generation: int | None, province: str | None) -> tuple[date, str]:
    """The day and the province that a file is for."""
    if (at is None) == (generation is None):
        raise click.UsageError(phrase("at_or_generation"))
    if generation is not None:
        day, code = queries.day_of_generation(generation, today())
        return day, province or code
    assert at is not None
    if province is not None:
        return at, province
    found = queries.units_at(at, kinds=[Kind.PROVINCE])
    if len(found) != 1:
        raise Refused(Reason("boundary.which_province", count=len(found), on=at))
    return at, found[0].code


@boundaries.command("list", help=_help("list"))
@format_option("table", "json")
def list_layers(form: str) -> None:
    """Every layer that was loaded."""
    layers = queries.boundary_layers()
    if form == "json":
        names = ("id", "label", "province_code", "kind", "on", "units", "source", "licence", "note", "by", "at")
        show_json({"layers": [{name: getattr(one, name) for name in names} for one in layers]})
        return
    rows = [
        (it.id, _day(it.on), it.province_code, phrase(f"level.{it.kind}"), it.units, it.label, it.source, it.licence)
        for it in layers
    ]
    show_table(rows, phrase("columns").split("|"))


@boundaries.command(help=_help("export"))
@click.option("--at", type=DAY, help=_help("export_at"))
@click.option("--under", required=True, metavar="CODE", help=_help("under"))
@click.option("--level", type=click.Choice(sorted(LEVELS)), help=_help("level"))
def export(at: date | None, under: str, level: str | None) -> None:
    """The boundaries on a day as GeoJSON on standard output, simplified as they are kept."""
    day = at or today()
    kinds = LEVELS[level] if level else tuple(kind for some in LEVELS.values() for kind in some)
    units = queries.units_at(day, under, kinds)
    found = queries.boundaries_at(day, [one.id for one in units])
    features = [
        {
            "type": "Feature",
            "properties": {"code": one.code, "name": one.name, "kind": one.kind.value},
            "geometry": {name: found.geometries[one.id][name] for name in ("type", "coordinates")},
        }
        for one in units
        if one.id in found.geometries
    ]
    sources = [{"source": one.source, "licence": one.licence, "on": one.on.isoformat()} for one in found.layers]
    told = {"type": "FeatureCollection", "sources": sources, "features": features}
    click.echo(json.dumps(told, ensure_ascii=False, separators=(",", ":")))


def _day(value: date) -> str:
    return written(value) if language() == "vi" else value.isoformat()
