"""`chungsuc titles`: who is recognised at a date, why the count moved, and loading of titles and fates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from chungsuc.accounts.rules import OPERATOR
from chungsuc.doors.cli.output import DAY, format_option, language, now, show_json, show_table, today
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import stop_if
from chungsuc.kit.vietnamese import day as written
from chungsuc.recognition import actions, queries, register
from chungsuc.recognition.rules import Balance, TitleFact, Turn, why_not_ask

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def phrase(key: str, **facts: Any) -> str:
    """A sentence of this topic in the language of the command."""
    return text(f"cli.titles.{key}", language(), **facts)


@click.group(help=text("cli.titles.help", language()), invoke_without_command=True)
@click.option("--at", type=DAY, default=None, help=text("cli.titles.at.help", language()))
@click.option("--known", type=DAY, default=None, help=text("cli.titles.known.help", language()))
@click.option("--under", default=None, metavar="CODE", help=text("cli.titles.under.help", language()))
@format_option("table", "json")
@click.pass_context
def titles(ctx: click.Context, at: date | None, known: date | None, under: str | None, form: str) -> None:
    """The titles that count at a date, as known at a date."""
    if ctx.invoked_subcommand:
        return
    at = at or today()
    stop_if(why_not_ask(at, known=known, today=today()))
    found = queries.titles_at(at, known, under)
    if form == "json":
        told = [as_json(fact) for fact in found]
        show_json({"at": at, "known": known, "under": under, "count": len(told), "titles": told})
        return
    show_table([_row(fact) for fact in found], _columns(), title=phrase("table", count=len(found), at=at))
    if waiting := queries.undecided(at, known):
        click.echo(phrase("undecided", count=len(waiting), units=[_name(fact) for fact in waiting]))
    _say_made_up(found)


@titles.command(help=text("cli.titles.explain.help", language()))
@click.option("--from", "start", type=DAY, required=True, help=text("cli.titles.from.help", language()))
@click.option("--to", "end", type=DAY, required=True, help=text("cli.titles.to.help", language()))
@click.option("--known", type=DAY, default=None, help=text("cli.titles.known.help", language()))
@format_option("table", "json")
def explain(start: date, end: date, known: date | None, form: str) -> None:
    """Why the number moved between two dates."""
    if end < start:
        raise click.UsageError(phrase("backwards"))
    stop_if(why_not_ask(start, end, known=known, today=today()))
    account = queries.explain(start, end, known)
    if form == "json":
        show_json(_balance_json(account))
        return
    _show_balance(account)


@titles.command(help=text("cli.titles.load.help", language()))
@click.argument("file", type=FILE)
@click.option("--history", is_flag=True, help=text("cli.titles.history.help", language()))
@format_option("table", "json")
def load(file: Path, history: bool, form: str) -> None:
    """Load titles from CSV, all or nothing."""
    count = actions.record_titles(
        entries=register.read_titles(file.read_bytes(), file.name), by=OPERATOR, at=now(), history=history
    )
    _say_done(form, "loaded", count)


@titles.command(help=text("cli.titles.fates.help", language()))
@click.argument("file", type=FILE)
@click.option("--history", is_flag=True, help=text("cli.titles.history.help", language()))
@format_option("table", "json")
def fates(file: Path, history: bool, form: str) -> None:
    """Load from CSV what mergers did to titles, all or nothing."""
    count = actions.record_fates(
        entries=register.read_fates(file.read_bytes(), file.name), by=OPERATOR, at=now(), history=history
    )
    _say_done(form, "fates_loaded", count)


def as_json(fact: TitleFact) -> dict[str, Any]:
    """One title as JSON; the shape is documented in docs/guides/titles.md."""
    return {
        "unit": fact.unit_code,
        "name": fact.unit_name,
        "parent": fact.parent_code,
        "parent_name": fact.parent_name,
        "title": fact.kind,
        "set": fact.set_code,
        "year": fact.year,
        "decision": {"number": fact.decision_number, "date": fact.decision_date, "authority": fact.authority},
        "given_to": {"code": fact.given_code, "name": fact.given_name},
        "status": fact.status,
        "counts": fact.counts,
        "changes": [_turn_json(turn) for turn in fact.turns],
        "source": fact.source,
        "provenance": fact.provenance,
        "note": fact.note,
    }


def _turn_json(turn: Turn) -> dict[str, Any]:
    fate = turn.fate
    return {
        "effective": turn.alteration.effective,
        "act": turn.alteration.act,
        "change": list(turn.alteration.changes),
        "fate": turn.outcome,
        "why": fate.why if fate else None,
        "decision": fate.decision if fate else None,
        "decided_on": fate.decided_on if fate else None,
        "source": fate.source if fate else None,
        "provenance": fate.provenance if fate else None,
    }


def _balance_json(account: Balance) -> dict[str, Any]:
    return {
        "from": account.start,
        "to": account.end,
        "known": account.known,
        "before": len(account.before),
        "came": [as_json(fact) for fact in account.came],
        "back": [as_json(fact) for fact in account.back],
        "gone": [as_json(fact) for fact in account.gone],
        "kept_through_change": [as_json(fact) for fact in account.carried],
        "after": len(account.after),
    }


def _show_balance(account: Balance) -> None:
    click.echo(
        phrase(
            "balance",
            start=account.start,
            end=account.end,
            before=len(account.before),
            came=len(account.came) + len(account.back),
            gone=len(account.gone),
            after=len(account.after),
        )
    )
    for key, facts in (
        ("came", account.came),
        ("back", account.back),
        ("gone", account.gone),
        ("carried", account.carried),
    ):
        if facts:
            show_table([_row(fact) for fact in facts], _columns(), title=phrase(key, count=len(facts)))
    _say_made_up([*account.came, *account.gone, *account.carried])


def _columns() -> list[str]:
    return [phrase(f"column.{name}") for name in ("code", "name", "parent", "year", "decision", "how")]


def _row(fact: TitleFact) -> list[str]:
    how = "; ".join(_turn_told(turn) for turn in fact.turns) or phrase("held")
    mark = phrase("made_up_mark") if fact.provenance == "demo" else ""
    return [
        fact.unit_code,
        fact.unit_name,
        fact.parent_name or "",
        str(fact.year),
        f"{fact.decision_number} {_day(fact.decision_date)} {mark}".strip(),
        how,
    ]


def _day(day: date) -> str:
    return written(day) if language() == "vi" else day.isoformat()


def _turn_told(turn: Turn) -> str:
    told = phrase(f"fate.{turn.outcome}", act=turn.alteration.act, effective=turn.alteration.effective)
    if turn.fate is None:
        return told
    mark = phrase("made_up_mark") if turn.fate.provenance == "demo" else ""
    return f"{told}: {turn.fate.why} {mark}".strip()


def _name(fact: TitleFact) -> str:
    return f"{fact.unit_name} ({fact.parent_name})"


def _say_made_up(facts: list[TitleFact]) -> None:
    turns = [turn for fact in facts for turn in fact.turns if turn.fate]
    if any(fact.provenance == "demo" for fact in facts) or any(turn.fate.provenance == "demo" for turn in turns):
        click.echo(phrase("made_up_note"))


def _say_done(form: str, key: str, count: int) -> None:
    if form == "json":
        show_json({"accepted": True, "recorded": count})
    else:
        click.echo(phrase(key, count=count))
