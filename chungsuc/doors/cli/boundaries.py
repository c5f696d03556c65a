"""`chungsuc boundaries`: check, load, list and export the boundaries of units."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from chungsuc.accounts import guard
from chungsuc.accounts.rules import OPERATOR, Permission
from chungsuc.doors.cli.output import DAY, format_option, language, now, show_json, show_table, today
from chungsuc.kit.catalogue import text
from chungsuc.territory import actions, queries
from chungsuc.territory import boundaries as reading

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def phrase(key: str, **facts: object) -> str:
    """A sentence of this topic in the language of the command."""
    return text(f"cli.boundaries.{key}", language(), **facts)


@click.group(help=text("cli.boundaries.help", language()))
def boundaries() -> None:
    """Boundaries of units, as GeoJSON."""


@boundaries.command(help=text("cli.boundaries.load.help", language()))
@click.argument("file", type=FILE)
@click.option("--at", type=DAY, required=True, help=text("cli.boundaries.at.help", language()))
@click.option("--province", required=True, metavar="CODE", help=text("cli.boundaries.province.help", language()))
@click.option("--level", type=click.Choice(sorted(reading.LEVELS)), required=True)
@click.option("--source", default="", help=text("cli.boundaries.source.help", language()))
@click.option("--licence", default="", help=text("cli.boundaries.licence.help", language()))
@click.option("--code-name", default=None, help=text("cli.boundaries.code_name.help", language()))
@click.option("--check", is_flag=True, help=text("cli.boundaries.check.help", language()))
@format_option("table", "json")
def load(
    file: Path, at: date, province: str, level: str, source: str, licence: str, code_name: str | None, check: bool,
    form: str,
) -> None:  # fmt: skip
    """Load a file whole, or only check it."""
    content = file.read_bytes()
    guard.require(OPERATOR, Permission.LOAD_UNITS, on=now().date())
    if check:
        units = {unit.code: unit for unit in queries.units_at(at, province, reading.LEVELS[level])}
        count = len(reading.read(content, units, code_name=code_name))
    else:
        count = actions.load_boundaries(
            content=content, label=file.name, on=at, province_code=province, level=level, source=source,
            licence=licence, code_name=code_name, by=OPERATOR, at=now(),
        )  # fmt: skip
    if form == "json":
        show_json({"accepted": True, "checked": check, "units": count})
        return
    click.echo(phrase("checked" if check else "loaded", count=count))


@boundaries.command("list", help=text("cli.boundaries.list.help", language()))
@format_option("table", "json")
def list_layers(form: str) -> None:
    """Every layer that was loaded."""
    rows = [
        {
            "layer": one.id, "label": one.label, "province": one.province_code, "level": one.kind, "on": one.on,
            "units": one.units, "source": one.source, "licence": one.licence, "by": one.by, "at": one.at,
        }
        for one in queries.boundary_layers()
    ]  # fmt: skip
    if form == "json":
        show_json(rows)
        return
    show_table([list(row.values()) for row in rows], list(rows[0]) if rows else ["layer"])


@boundaries.command(help=text("cli.boundaries.export.help", language()))
@click.option("--at", type=DAY, default=None)
@click.option("--under", required=True, metavar="CODE")
def export(at: date | None, under: str) -> None:
    """The boundaries on a day as GeoJSON on standard output."""
    day = at or today()
    units = {unit.id: unit for unit in queries.units_at(day, under)}
    shapes = queries.boundaries_at(day, list(units))
    features = [
        {
            "type": "Feature",
            "properties": {"code": units[key].code, "name": units[key].name},
            "geometry": shapes[key],
        }
        for key in sorted(shapes, key=lambda key: units[key].code)
    ]
    click.echo(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False))
