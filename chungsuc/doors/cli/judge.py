"""`chungsuc judge`: judge figures by a criteria set and say why, storing nothing."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from chungsuc.criteria import judgement
from chungsuc.criteria.reader.figures import from_json
from chungsuc.doors.cli.output import DAY, format_option, language, show_json, show_table, today
from chungsuc.kit.catalogue import text


@click.command(help=text("cli.judge.help", language()))
@click.option("--set", "set_code", required=True, help=text("cli.judge.set", language()))
@click.option("--unit", "unit_code", required=True, help=text("cli.judge.unit", language()))
@click.option("--at", type=DAY, required=True, help=text("cli.judge.at", language()))
@click.option(
    "--figures",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    required=True,
    help=text("cli.judge.figures", language()),
)
@click.option("--region", help=text("cli.judge.region", language()))
@click.option("--overlay", help=text("cli.judge.overlay", language()))
@click.option("--explain", is_flag=True, help=text("cli.judge.explain", language()))
@format_option("table", "json")
def judge(
    set_code: str,
    unit_code: str,
    at: date,
    figures: str,
    region: str | None,
    overlay: str | None,
    explain: bool,
    form: str,
) -> None:
    """Judge a file of figures."""
    data = sys.stdin.buffer.read() if figures == "-" else Path(figures).read_bytes()
    judged = judgement.judge_figures(
        set_code=set_code,
        unit_code=unit_code,
        at=at,
        today=today(),
        figures=from_json(data, name=figures),
        region=region,
        overlay=overlay,
    )
    if form == "json":
        show_json(judgement.as_json(judged))
    else:
        _show(judged, explain)


def _show(judged: judgement.Judgement, explain: bool) -> None:
    lang, verdict = language(), judged.verdict
    title = text("cli.judge.title", lang, unit=judged.unit.name, at=judged.at, set=verdict.set_code)
    columns = [text(f"cli.judge.column.{name}", lang) for name in ("number", "name", "verdict")]
    rows = []
    for one in verdict.criteria:
        rows.append((one.number, one.name.of(lang), text(f"criteria.verdict.{one.verdict.value}", lang)))
        for inner in one.indicators if explain else ():
            mark = inner.provenance["mark"]
            rows.append(("", f"{inner.why(lang)}{f' · {mark[lang]}' if isinstance(mark, dict) else ''}", ""))
    show_table(rows, columns, title)
    click.echo(text("cli.judge.met", lang, met=verdict.met, of=verdict.of))
    for note in judged.notes:
        click.echo(f"· {note.of(lang)}")
