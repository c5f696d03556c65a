"""`chungsuc situation`: where a province, district or commune stands at a date, as known at a date."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from chungsuc.doors.cli.output import DAY, format_option, language, show_json, show_table, today
from chungsuc.kit.catalogue import say, text
from chungsuc.kit.clock import end_of
from chungsuc.reports import markdown, matrix_xlsx, queries
from chungsuc.reports.rules import Made, Report, Situation, TwoSets, as_json, two_sets_json


def _asked(at: date, known: date | None, unit: str | None, set_code: str | None) -> dict[str, Any]:
    """The question with what was left out filled in."""
    moment = end_of(known) if known else None
    return asdict(queries.ask(at=at, known=moment, unit_code=unit, set_code=set_code, today=today()))


@click.group("situation", invoke_without_command=True, help=text("cli.situation.help", language()))
@click.option("--at", type=DAY, help=text("cli.situation.at", language()))
@click.option("--known", type=DAY, help=text("cli.situation.known", language()))
@click.option("--unit", help=text("cli.situation.unit", language()))
@click.option("--set", "set_code", help=text("cli.situation.set", language()))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=text("cli.situation.out", language())
)
@format_option("table", "json", "md", "xlsx")
@click.pass_context
def situation(
    ctx: click.Context,
    at: date | None,
    known: date | None,
    unit: str | None,
    set_code: str | None,
    output: Path | None,
    form: str,
) -> None:
    """Where the unit stands."""
    if ctx.invoked_subcommand is not None:
        return
    if at is None:
        raise click.UsageError(text("cli.situation.no_at", language()))
    if form == "xlsx" and output is None:
        raise click.UsageError(text("cli.situation.no_output", language()))
    asked = _asked(at, known, unit, set_code)
    if form == "xlsx":
        matrix_xlsx.write(queries.matrix(**asked), output, lang=language())
        click.echo(text("cli.situation.written", language(), file=str(output)), err=True)
    elif form == "json":
        _answer(as_json(queries.situation(**asked), language()), output)
    else:
        _for_people(queries.report(**asked), form, output)


@situation.command("compare", help=text("cli.compare.help", language()))
@click.option("--at", type=DAY, required=True, help=text("cli.situation.at", language()))
@click.option("--known", type=DAY, help=text("cli.situation.known", language()))
@click.option("--unit", help=text("cli.situation.unit", language()))
@click.option(
    "--set",
    "sets",
    multiple=True,
    default=("xa-ntm-2016-2020", "xa-ntm-2021-2025"),
    show_default=True,
    help=text("cli.compare.sets", language()),
)
@format_option("table", "json")
def compare(at: date, known: date | None, unit: str | None, sets: tuple[str, ...], form: str) -> None:
    """The same communes under two sets."""
    if len(sets) != 2:
        raise click.UsageError(text("cli.compare.two", language()))
    asked = _asked(at, known, unit, sets[0])
    asked.pop("set_code")
    found = queries.two_sets(**asked, set_a=sets[0], set_b=sets[1])
    if form == "json":
        show_json(two_sets_json(found))
    else:
        _show_two(found)


def _answer(data: dict[str, object], output: Path | None) -> None:
    if output is None:
        show_json(data)
        return
    import json

    output.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _for_people(found: Report, form: str, output: Path | None) -> None:
    if form == "table":
        _show_situation(found.situation)
        return
    document = markdown.document(found.situation, found.before, language())
    if output is None:
        click.echo(document, nl=False)
    else:
        output.write_text(document, encoding="utf-8")


def _show_situation(found: Situation) -> None:
    lang = language()
    click.echo(text("cli.situation.head", lang, unit=found.unit.name, at=found.at, set=found.set_title(lang)))
    if found.made is Made.DEMO:
        click.echo(text("note.demo", lang))
    click.echo(
        text(
            "cli.situation.line",
            lang,
            communes=found.communes,
            recognised=found.recognised,
            new=found.recognised_in_year,
            mean=markdown.decimal(found.mean_met, lang),
            below=found.below_10,
            percent=markdown.decimal(found.below_10_percent, lang),
            low=found.low,
        )
    )
    show_table(
        [[key, count] for key, count in found.bands.items()],
        [text("report.criteria", lang), text("report.communes", lang)],
    )
    _show_districts(found, lang)
    show_table(
        [
            [line.number, (line.name_en or line.name) if lang == "en" else line.name, line.met]
            for line in found.by_criterion
        ],
        [text("report.number", lang), text("report.criterion", lang), text("report.met", lang)],
    )
    for note in found.notes:
        click.echo("· " + say(note, lang))
    for footnote in found.footnotes:
        click.echo("* " + footnote[lang])


def _show_districts(found: Situation, lang: str) -> None:
    if not found.by_district:
        return
    head = [text(f"report.{key}", lang) for key in ("district", "communes", "recognised", "mean")]
    head.append(text("report.below", lang, low=found.low))
    show_table(
        [
            [
                one.name,
                one.communes,
                one.recognised,
                markdown.decimal(one.mean_met, lang),
                one.below_10,
                *one.bands.values(),
            ]
            for one in found.by_district
        ],
        [*head, *found.bands],
    )


def _show_two(found: TwoSets) -> None:
    lang = language()
    a, b = found.a, found.b
    rows = [
        [unit.code, unit.name, unit.parent_name, f"{a.ground.met[row]}/{a.of}", f"{b.ground.met[row]}/{b.of}"]
        for row, unit in enumerate(a.ground.communes)
    ]
    show_table(
        rows,
        [text(f"cli.compare.{key}", lang) for key in ("code", "name", "district")]
        + [a.ground.set_code, b.ground.set_code],
    )
    for side in (a, b):
        mean = markdown.decimal(side.mean_met, lang)
        said = {"set": side.ground.set_code, "all": side.all_met, "best": side.best, "of": side.of, "mean": mean}
        click.echo(text("cli.compare.line", lang, **said))
