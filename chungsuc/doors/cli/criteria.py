"""`chungsuc criteria`: look at the sets of the law, check a file, write the reference pages. Needs no database."""

from __future__ import annotations

from pathlib import Path

import click

from chungsuc.criteria import checking, queries, reference, showing
from chungsuc.criteria.engine.sets import CriteriaSet
from chungsuc.doors.cli.output import format_option, language, show_json, show_table
from chungsuc.kit.catalogue import as_json, mend, say, text
from chungsuc.kit.errors import Reason, Refused


@click.group(help=text("cli.criteria.help", language()))
def criteria() -> None:
    """The law as data."""


@criteria.command("list", help=text("cli.criteria.list.help", language()))
@format_option("table", "json")
def list_sets(form: str) -> None:
    """Every set."""
    found = queries.sets()
    if form == "json":
        show_json({"sets": [showing.summary_json(one) for one in found]})
        return
    lang = language()
    rows = [
        (
            one.code,
            one.name.of(lang),
            f"{one.criteria}/{one.indicators}",
            text("criteria.word.yes" if one.judges else "criteria.word.no", lang),
            one.incomplete.of(lang) if one.incomplete else "",
        )
        for one in found
    ]
    show_table(
        rows, [text(f"cli.criteria.column.{name}", lang) for name in ("set", "name", "size", "judges", "missing")]
    )


@criteria.command("show", help=text("cli.criteria.show.help", language()))
@click.argument("set_code", metavar="SET")
@click.option("--overlay", help=text("cli.criteria.overlay", language()))
@click.option("--region", default="tdmnpb", show_default=True, help=text("cli.criteria.region", language()))
@format_option("table", "json")
def show(set_code: str, overlay: str | None, region: str, form: str) -> None:
    """One set, with every threshold and how well it is known."""
    found = queries.criteria_set(set_code, overlay=overlay)
    if region not in found.regions:
        raise Refused(Reason("criteria.region_unknown", region=region, known=list(found.regions)))
    if form == "json":
        show_json(showing.set_json(found))
    else:
        _show(found, region)


def _show(found: CriteriaSet, region: str) -> None:
    lang = language()
    if found.incomplete is not None:
        click.echo(f"! {found.incomplete.of(lang)}")
    rows = []
    for criterion in found.criteria:
        rows.append((criterion.number, criterion.name.of(lang), "", "", ""))
        for one in criterion.indicators:
            owner = found.owners.get(one.owner or "")
            source = one.fill.provenance if one.fill else one.provenance
            limit = showing.asked(one, region, lang)
            if limit == "–" and one.set_by == "province":
                limit = text("criteria.word.province_sets", lang)
            known = showing.status_text(source, region, lang)
            rows.append((one.code, one.short.of(lang), limit, owner.of(lang) if owner else "", known))
    columns = [text(f"cli.criteria.column.{name}", lang) for name in ("code", "name", "threshold", "owner", "known")]
    show_table(rows, columns, f"{found.name.of(lang)} ({found.citation.of(lang)})")


@criteria.command("check", help=text("cli.criteria.check.help", language()))
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@format_option("table", "json")
def check(path: Path, form: str) -> None:
    """What is wrong with a file of the law, by line."""
    kind, problems = checking.check_file(path)
    lang = language()
    if form == "json":
        found = [as_json(problem, lang) for problem in problems]
        show_json({"accepted": not problems, "file": path.name, "kind": kind, "problems": found})
        if problems:
            raise click.exceptions.Exit(1)
        return
    for problem in problems:
        click.echo(f"✗ {path.name}: {say(problem, lang)}  [{problem.code}]", err=True)
        how = mend(problem, lang)
        if how:
            click.echo(f"  → {how}", err=True)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(text("cli.criteria.check.good", lang, file=path.name, kind=kind))


@criteria.command("reference", help=text("cli.criteria.reference.help", language()))
@click.option("-o", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs/reference"),
              show_default=True, help=text("cli.criteria.reference.folder", language()))
def write_reference(folder: Path) -> None:
    """The generated pages of the manual."""
    for name, page in reference.pages().items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(page, encoding="utf-8")
        except OSError as error:
            raise Refused(Reason("cli.criteria.not_written", path=str(folder / name), said=error.strerror)) from error
        click.echo(folder / name)
