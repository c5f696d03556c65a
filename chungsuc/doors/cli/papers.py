"""Papers by commands: the situation report, a commune's scorecard, the matrix as an annex, as Word or PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from chungsuc.doors.cli.output import DAY, language, now, today
from chungsuc.kit.catalogue import text
from chungsuc.kit.clock import end_of
from chungsuc.kit.paper import Paper, as_pdf, as_word
from chungsuc.reports import papers, queries
from chungsuc.reports.papers import ISSUERS, SIGNERS, Issuer
from chungsuc.reports.rules import Report

WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": as_word, "pdf": as_pdf}
FORMS = tuple(WRITERS)

Command = Callable[..., Any]


def written_as(form: str, output: Path | None) -> Path:
    """Where a paper goes: it is no text for a terminal, so a file must be named."""
    if output is None:
        raise click.UsageError(text("cli.papers.no_output", language(), form=form))
    return output


def situation_bytes(found: Report, form: str, issuer: Issuer) -> bytes:
    """The situation report as the bytes of a file."""
    return WRITERS[form](papers.situation_paper(found, made_at=now(), issuer=issuer, lang=language()))


def issuing(command: Command) -> Command:
    """Who issues the paper and who signs it."""
    command = click.option(
        "--issuer", type=click.Choice(ISSUERS), default=ISSUERS[0], help=text("cli.papers.issuer", language())
    )(command)
    return click.option(
        "--signer", type=click.Choice(SIGNERS), default=SIGNERS[0], help=text("cli.papers.signer", language())
    )(command)


def asking(command: Command) -> Command:
    """The question and the file, the same on every paper."""
    for option in (
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMS),
            default="pdf",
            show_default=True,
            help=text("cli.format.help", language()),
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, dir_okay=False),
            required=True,
            help=text("cli.situation.out", language()),
        ),
        click.option("--set", "set_code", help=text("cli.situation.set", language())),
        click.option("--known", type=DAY, help=text("cli.situation.known", language())),
        click.option("--at", type=DAY, required=True, help=text("cli.situation.at", language())),
    ):
        command = option(command)
    return command


def _question(at: date, known: date | None, unit: str | None, set_code: str | None) -> dict[str, Any]:
    moment = end_of(known) if known else None
    one = queries.ask(at=at, known=moment, unit_code=unit, set_code=set_code, today=today())
    return {"at": one.at, "known": one.known, "unit_code": one.unit_code, "set_code": one.set_code}


def _keep(output: Path, content: bytes) -> None:
    from chungsuc.doors.cli.situation import writing

    with writing(output):
        output.write_bytes(content)
    click.echo(text("cli.situation.written", language(), file=str(output)), err=True)


@click.command("card", help=text("cli.papers.card", language()))
@click.argument("unit")
@asking
@issuing
def card(
    unit: str, at: date, known: date | None, set_code: str | None, output: Path, form: str, issuer: str, signer: str
) -> None:
    """The scorecard of one commune."""
    found = queries.commune_card(**_question(at, known, unit, set_code), today=today())
    paper = papers.card_paper(found, made_at=now(), issuer=Issuer(issuer, signer), lang=language())
    _keep(output, WRITERS[form](paper))


@click.command("matrix", help=text("cli.papers.matrix", language()))
@click.option("--unit", help=text("cli.situation.unit", language()))
@asking
def matrix(unit: str | None, at: date, known: date | None, set_code: str | None, output: Path, form: str) -> None:
    """The matrix of communes and criteria as an annex."""
    found = queries.matrix(**_question(at, known, unit, set_code))
    _keep(output, WRITERS[form](papers.matrix_paper(found, made_at=now(), lang=language())))
