"""`chungsuc workbook …`: blank workbooks out, filled ones and plain matrices in. See docs/guides/workbook.md."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from chungsuc.accounts.rules import OPERATOR
from chungsuc.assessment import receiving
from chungsuc.assessment.rules import Level
from chungsuc.doors.cli.output import DAY, DONE, REFUSED, format_option, language, now, show_json, show_table
from chungsuc.kit.catalogue import text


def _word(key: str, **facts: Any) -> str:
    return text(f"workbook.cli.{key}", language(), **facts)


@click.group("workbook", help=_word("help"))
def workbook() -> None:
    """Excel in and out."""


@workbook.command("read", help=_word("read"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--as", "shape", type=click.Choice(["form", "matrix"]), default="form", show_default=True, help=_word("as")
)
@click.option("--set", "set_code", metavar="SET", help=_word("set"))
@click.option("--unit", "unit_code", metavar="CODE", help=_word("unit"))
@click.option("--at", type=DAY, help=_word("at"))
@click.option("--commit", is_flag=True, help=_word("commit"))
@click.option("--level", type=click.Choice([level.value for level in Level]), help=_word("level"))
@click.option("--reason", help=_word("reason"))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=_word("answer"))
@format_option("table", "json")
def read(
    file: Path,
    shape: str,
    set_code: str | None,
    unit_code: str | None,
    at: date | None,
    commit: bool,
    level: str | None,
    reason: str | None,
    output: Path | None,
    form: str,
) -> int:
    """Check a file; with --commit record it."""
    if shape == "matrix":
        if set_code is None or at is None:
            raise click.UsageError(_word("matrix_needs"))
        return _read_matrix(file, set_code, at, commit, level, form)
    answer = receiving.receive_form(
        path=file,
        set_code=set_code,
        unit_code=unit_code,
        speaks_of=at,
        level=level,
        commit=commit,
        reason=reason,
        by=OPERATOR,
        at=now(),
    )
    _show_form(answer, commit, form)
    if output is not None:
        receiving.answer_workbook(path=file, target=output, answer=answer, lang=language())
        click.echo(_word("answered", path=output), err=True)
    return DONE if answer.accepted else REFUSED


@workbook.command("blank", help=_word("blank"))
@click.option("--unit", "unit_code", metavar="CODE", required=True, help=_word("unit"))
@click.option("--set", "set_code", metavar="SET", required=True, help=_word("set"))
@click.option("--at", type=DAY, required=True, help=_word("at"))
@click.option("--per", type=click.Choice(["commune", "district"]), help=_word("per"))
@click.option(
    "--level", type=click.Choice([level.value for level in Level]), default=Level.SELF.value, help=_word("level")
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help=_word("output"))
@format_option("table", "json")
def blank(unit_code: str, set_code: str, at: date, per: str | None, level: str, output: Path, form: str) -> None:
    """Make a blank form."""
    whole = per == "district"
    units = receiving.blank_form(
        path=output, unit_code=unit_code, set_code=set_code, at=at, level=level, whole_district=whole
    )
    if form == "json":
        show_json({"path": str(output), "unit": unit_code, "set": set_code, "at": at, "communes": units})
    else:
        click.echo(_word("blank_done", path=output, units=units))


def _show_form(answer: receiving.FormAnswer, commit: bool, form: str) -> None:
    shown = answer.as_json(language())
    if form == "json":
        show_json(shown)
        return
    _show_problems(shown["problems"])
    key = "refused" if not answer.accepted else "recorded" if commit else "would_record"
    click.echo(_word(f"form_{key}", **{name: shown[name] for name in _KNOWS[key]}))


_KNOWS = {"refused": ("figures",), "recorded": ("figures", "changed"), "would_record": ("figures", "changed")}


def _read_matrix(file: Path, set_code: str, at: date, commit: bool, level: str | None, form: str) -> int:
    answer = receiving.receive_matrix(
        path=file,
        set_code=set_code,
        speaks_of=at,
        by=OPERATOR,
        at=now(),
        commit=commit,
        level=level or Level.APPRAISED,
    )
    shown = answer.as_json(language())
    if form == "json":
        show_json(shown)
    else:
        _show_problems(shown["problems"])
        key = "refused" if not answer.accepted else "recorded" if commit else "would_record"
        click.echo(_word(f"matrix_{key}", units=len(answer.read.units)))
    return DONE if answer.accepted else REFUSED


def _show_problems(problems: list[dict[str, Any]]) -> None:
    if problems:
        rows = [(_word(one["severity"]), one["sheet"], one["cell"], one["text"]) for one in problems]
        show_table(rows, _word("columns").split("|"))
