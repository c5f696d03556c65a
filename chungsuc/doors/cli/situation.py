"""`chungsuc situation`: where a province, district or commune stands at a date, as known at a date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click
from xlsxwriter.exceptions import FileCreateError

from chungsuc.doors.cli.output import DAY, format_option, language, show_json, show_table, today
from chungsuc.doors.cli.papers import FORMS, card, issuing, situation_bytes, written_as
from chungsuc.doors.cli.papers import matrix as matrix_annex
from chungsuc.kit.catalogue import say, text
from chungsuc.kit.clock import end_of
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import two_digits
from chungsuc.reports import markdown, matrix_xlsx, prose, queries
from chungsuc.reports.papers import Issuer
from chungsuc.reports.rules import Report, SetSide, Situation, TwoSets, as_json, two_sets_json


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
@issuing
@format_option("table", "json", "md", "xlsx", *FORMS)
@click.pass_context
def situation(
    ctx: click.Context,
    at: date | None,
    known: date | None,
    unit: str | None,
    set_code: str | None,
    output: Path | None,
    form: str,
    issuer: str,
    signer: str,
) -> None:
    """Where the unit stands."""
    if ctx.invoked_subcommand is not None:
        return
    if at is None:
        raise click.UsageError(text("cli.situation.no_at", language()))
    if form == "xlsx" and output is None:
        raise click.UsageError(text("cli.situation.no_output", language()))
    if form in FORMS:
        output = written_as(form, output)
    asked = _asked(at, known, unit, set_code)
    if form in FORMS:
        content = situation_bytes(queries.report(**asked), form, Issuer(issuer, signer))
        with writing(output):
            output.write_bytes(content)
        click.echo(text("cli.situation.written", language(), file=str(output)), err=True)
    elif form == "xlsx":
        found = queries.matrix(**asked)
        with writing(output):
            matrix_xlsx.write(found, output, lang=language())
        click.echo(text("cli.situation.written", language(), file=str(output)), err=True)
    elif form == "json":
        _answer(as_json(queries.situation(**asked), language()), output)
    else:
        _for_people(queries.report(**asked), form, output)


situation.add_command(card)
situation.add_command(matrix_annex)


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
    with writing(output):
        output.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """What the reader's place for the file cannot take is refused with the reason, not a fault of the system."""
    if not output.absolute().parent.is_dir():
        raise Refused(_unwritable(output, "no_folder", folder=str(output.parent)))
    try:
        yield
    except (OSError, FileCreateError) as fault:
        raise Refused(_unwritable(output, "denied")) from fault


def _unwritable(output: Path, why: str, **facts: str) -> Reason:
    return Reason(
        "situation.cannot_write", file=str(output), why=text(f"situation.cannot_write.{why}", language(), **facts)
    )


def _for_people(found: Report, form: str, output: Path | None) -> None:
    if form == "table":
        _show_situation(found.situation)
        return
    document = markdown.document(found.situation, found.before, language())
    if output is None:
        click.echo(document, nl=False)
    else:
        with writing(output):
            output.write_text(document, encoding="utf-8")


def _show_situation(found: Situation) -> None:
    lang = language()
    name = prose.unit_name(found.unit, lang)
    click.echo(text("cli.situation.head", lang, unit=name, at=found.at, set=found.set_title(lang)))
    label = prose.demo_label(found.made, found.real_titles, lang)
    if label:
        click.echo(label)
    if found.communes:
        click.echo(_line(found, lang))
    if prose.has_figures(found):
        _show_bands(found, lang)
    _show_districts(found, lang)
    if prose.has_figures(found):
        _show_criteria(found, lang)
    for note in found.notes:
        click.echo("· " + say(note, lang))
    for footnote in found.footnotes:
        click.echo("* " + footnote[lang])


def _line(found: Situation, lang: str) -> str:
    """The counts in one line; what was never recorded has no mean and no share."""
    counts = {"communes": found.communes, "recognised": found.recognised, "new": found.recognised_in_year}
    if not prose.has_figures(found):
        return text("cli.situation.line.no_figures", lang, **counts)
    line = text(
        "cli.situation.line",
        lang,
        **counts,
        mean=markdown.decimal(found.mean_met, lang),
        below=found.below_10,
        percent=markdown.decimal(found.below_10_percent, lang),
        low=found.low,
    )
    lacking = found.without_figures
    return f"{line} {text('cli.situation.without', lang, count=two_digits(lacking))}" if lacking else line


def _show_bands(found: Situation, lang: str) -> None:
    rows = [[key, count] for key, count in found.bands.items()]
    if found.without_figures:
        rows.append([text("report.without_figures", lang), found.without_figures])
    show_table(rows, [text("report.criteria", lang), text("report.communes", lang)])


def _show_criteria(found: Situation, lang: str) -> None:
    show_table(
        [
            [line.number, (line.name_en or line.name) if lang == "en" else line.name, line.met]
            for line in found.by_criterion
        ],
        [text("report.number", lang), text("report.criterion", lang), text("report.met", lang)],
    )


def _show_districts(found: Situation, lang: str) -> None:
    if not found.by_district:
        return
    head = [text(f"report.{key}", lang) for key in ("district", "communes", "recognised", "mean")]
    head.append(text("report.below", lang, low=found.low))
    lacking = [text("report.without_figures", lang)] if found.without_figures else []
    show_table(
        [
            [
                prose.line_name(one, lang),
                one.communes,
                one.recognised,
                markdown.decimal(one.mean_met, lang),
                one.below_10,
                *one.bands.values(),
                *([one.without_figures] if lacking else []),
            ]
            for one in found.by_district
        ],
        [*head, *found.bands, *lacking],
    )


def _of(side: SetSide, row: int) -> str:
    met = side.ground.met_of(row)
    return "–" if met is None else f"{met}/{side.of}"


def _show_two(found: TwoSets) -> None:
    lang = language()
    a, b = found.a, found.b
    rows = [
        [unit.code, unit.name, unit.parent_name, _of(a, row), _of(b, row)] for row, unit in enumerate(a.ground.communes)
    ]
    show_table(
        rows,
        [text(f"cli.compare.{key}", lang) for key in ("code", "name", "district")]
        + [a.ground.set_code, b.ground.set_code],
    )
    for side in (a, b):
        mean = markdown.decimal(side.mean_met, lang)
        said = {"set": side.ground.set_code, "all": side.all_met, "best": side.best, "of": side.of, "mean": mean}
        click.echo(text("cli.compare.line" if side.best is not None else "cli.compare.line.no_figures", lang, **said))
