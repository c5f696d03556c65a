"""`chungsuc units` and `chungsuc lineage`: who is where on a day, and who became whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from chungsuc import reactions
from chungsuc.accounts import guard
from chungsuc.accounts.rules import OPERATOR, Permission
from chungsuc.doors.cli.boundaries import boundaries
from chungsuc.doors.cli.output import DAY, format_option, language, now, show_json, show_table, today
from chungsuc.kit.catalogue import phrases, text
from chungsuc.kit.vietnamese import day as written
from chungsuc.kit.vietnamese import sort_key
from chungsuc.territory import actions, lists, queries
from chungsuc.territory.queries import GenerationFact
from chungsuc.territory.rules import ClassNote, Found, Kind, Lineage, Step, UnitFact


def _word(key: str, **facts: Any) -> str:
    return text(f"units.cli.{key}", language(), **facts)


def _at(required: bool = False) -> Any:
    return click.option("--at", type=DAY, required=required, help=_word("at"))


@click.group("units", invoke_without_command=True, help=_word("help"))
@_at()
@click.option("--under", metavar="CODE", help=_word("under"))
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help=_word("kind"))
@click.option("--sort", type=click.Choice(["code", "name"]), default="code", show_default=True, help=_word("sort"))
@format_option("table", "json")
@click.pass_context
def units(ctx: click.Context, at: date | None, under: str | None, kind: str | None, sort: str, form: str) -> None:
    """The units in force on a day; sub-commands search, load, check and activate."""
    if ctx.invoked_subcommand is not None:
        return
    at = at or today()
    found = queries.units_at(at, under, None if kind is None else {Kind(kind)})
    if sort == "name":
        found = sorted(found, key=lambda unit: (sort_key(unit.short_name), unit.code))
    if form == "json":
        notes = [asdict(note) for note in queries.class_notes(found, at)]
        show_json({"at": at, "units": [_unit(unit) for unit in found], "notes": notes})
        return
    rows = [
        (u.code, u.name, _word(f"kind.{u.kind.value}"), u.parent_name, _day(u.valid_from), _until(u.valid_to))
        for u in found
    ]
    show_table(rows, _word("columns").split("|"), _word("title", count=len(found), on=at))
    for note in queries.class_notes(found, at):
        click.echo(_word(f"note.{note.provenance}", what=_class(note)))


@units.command("find", help=_word("find"))
@click.argument("words")
@_at()
@format_option("table", "json")
def find(words: str, at: date | None, form: str) -> None:
    """Search names, old ones too, however they are written."""
    found = queries.find(words, at)
    if form == "json":
        show_json({"text": words, "at": at, "units": [_found(hit) for hit in found]})
        return
    rows = [
        (
            hit.code,
            hit.name,
            "" if hit.matched == hit.name else hit.matched,
            hit.parent_name,
            _day(hit.valid_from),
            _until(hit.valid_to),
        )
        for hit in found
    ]
    show_table(rows, _word("find.columns").split("|"), _word("find.title", count=len(found), words=words))


@units.command("load", help=_word("load"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--draft", is_flag=True, help=_word("draft"))
@click.option("--since", type=DAY, help=_word("since"))
@format_option("table", "json")
def load(paths: tuple[Path, ...], draft: bool, since: date | None, form: str) -> None:
    """Read CSV files into generations: as drafts, or all the way."""
    _allowed()
    drafts = lists.read_paths(paths, since)
    if draft:
        done = actions.load_drafts(drafts=drafts, by=OPERATOR, at=now())
    else:
        at = now()
        done = reactions.carry_out(
            "units.activated", lambda: actions.load_generations(drafts=drafts, by=OPERATOR, at=at), by=OPERATOR, at=at
        )
    _show_generations(done, form)


@units.command("generations", help=_word("generations"))
@format_option("table", "json")
def generations(form: str) -> None:
    """What has been handed in, and how far it is."""
    _show_generations(queries.generations(), form)


@units.command("check", help=_word("check"))
@click.argument("generation", type=int, required=False)
@format_option("table", "json")
def check(generation: int | None, form: str) -> None:
    """Try a draft against the units in force."""
    _allowed()
    generation = generation or queries.earliest_open().id
    plan = actions.check_draft(generation=generation, by=OPERATOR, at=now())
    counts = {
        "created": len(plan.created),
        "versions": len(plan.opened),
        "closed": len(plan.closed),
        "changes": len(plan.steps),
        "classes": len(plan.classes),
    }
    if form == "json":
        show_json({"accepted": True, "generation": generation, "plan": counts, "problems": []})
    else:
        click.echo(_word("checked", id=generation, **counts))


@units.command("activate", help=_word("activate"))
@click.argument("generation", type=int, required=False)
@format_option("table", "json")
def activate(generation: int | None, form: str) -> None:
    """Make a checked draft the truth."""
    _allowed()
    generation = generation or queries.earliest_open().id
    at = now()
    activated = reactions.carry_out(
        "units.activated", lambda: actions.activate(generation=generation, by=OPERATOR, at=at), by=OPERATOR, at=at
    )
    _show_generations([activated], form)


@units.command("discard", help=_word("discard"))
@click.argument("generation", type=int)
@format_option("table", "json")
def discard(generation: int, form: str) -> None:
    """Put a draft aside for good."""
    _allowed()
    _show_generations([actions.discard(generation=generation, by=OPERATOR, at=now())], form)


units.add_command(boundaries)


@click.command("lineage", help=_word("lineage"))
@click.argument("code")
@_at()
@format_option("table", "json")
def lineage(code: str, at: date | None, form: str) -> None:
    """Where a unit came from, what it became, and where it all is today."""
    at = at or today()
    found = queries.lineage(code, at, today())
    if form == "json":
        show_json(_lineage(found, at))
        return
    unit = found.unit
    click.echo(
        f"{unit.code} {unit.name} ({unit.parent_name or '–'}): {_day(unit.valid_from)} – {_until(unit.valid_to)}"
    )
    rows = [(_word("from"), *_step_row(step, step.from_code, step.from_name)) for step in found.predecessors]
    rows += [(_word("to"), *_step_row(step, step.to_code, step.to_name)) for step in found.successors]
    show_table(rows, _word("lineage.columns").split("|"))
    where = ", ".join(f"{now_.code} {now_.name}" for now_ in found.in_force_today)
    if found.ended:
        where = _word("ended", on=found.ended.effective, act=found.ended.act)
    click.echo(_word("today", where=where or "–"))


def _allowed() -> None:
    guard.require(OPERATOR, Permission.LOAD_UNITS, on=today())


def _day(day: date | None) -> str:
    if day is None:
        return "…"
    return written(day) if language() == "vi" else day.isoformat()


def _until(end: date | None) -> str:
    """The last day in force: people read "until 31/01/2020", not the half-open "before 01/02/2020"."""
    return _day(end and end - timedelta(days=1))


def _class(note: ClassNote) -> str:
    """ "vùng (1980/QĐ-TTg)", "khu vực": the scheme in the reader's words, its decision where one is known."""
    word = _word(f"scheme.{note.scheme}") if f"units.cli.scheme.{note.scheme}" in phrases() else note.scheme
    return f"{word} ({note.decision})" if note.decision else word


def _unit(unit: UnitFact) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "parent": unit.parent_code,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "region": unit.region,
        "classes": dict(unit.classes),
    }


def _found(hit: Found) -> dict[str, Any]:
    return {
        "code": hit.code,
        "name": hit.name,
        "kind": hit.kind,
        "parent": hit.parent_code,
        "parent_name": hit.parent_name,
        "valid_from": hit.valid_from,
        "valid_to": hit.valid_to,
        "matched": hit.matched,
    }


def _lineage(found: Lineage, at: date) -> dict[str, Any]:
    data: dict[str, Any] = {
        "at": at,
        "unit": _unit(found.unit),
        "predecessors": [_step(step, step.from_code, step.from_name) for step in found.predecessors],
        "successors": [_step(step, step.to_code, step.to_name) for step in found.successors],
        "in_force_today": [{"code": unit.code, "name": unit.name} for unit in found.in_force_today],
    }
    if found.ended:
        data["ended"] = {"effective": found.ended.effective, "act": found.ended.act}
    return data


def _step(step: Step, code: str | None, name: str | None) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "effective": step.effective,
        "act": step.act,
        "part": step.part,
        "change": step.change,
        "note": step.note,
    }


def _step_row(step: Step, code: str | None, name: str | None) -> tuple[str, ...]:
    change = " + ".join(_word(f"change.{word}") for word in step.change.split("+"))
    return _day(step.effective), f"{code} {name}", change, _word("part") if step.part else "", step.act


def _show_generations(facts: Sequence[GenerationFact], form: str) -> None:
    if form == "json":
        columns = ("id", "label", "province_code", "step", "by", "at", "units", "changes", "classes")
        show_json({"generations": [{name: getattr(fact, name) for name in columns} for fact in facts]})
        return
    rows = [
        (
            f.id,
            f.label,
            f.province_code,
            _word(f"step.{f.step}"),
            f.at.strftime("%d/%m/%Y %H:%M"),
            f.units,
            f.changes,
            f.classes,
        )
        for f in facts
    ]
    show_table(rows, _word("generations.columns").split("|"))
