"""`chungsuc figures …`, `chungsuc evidence …`: load, record, show; keep files. Shapes: docs/guides/figures.md."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from chungsuc.accounts.rules import OPERATOR
from chungsuc.assessment import actions, queries
from chungsuc.assessment.rules import EvidenceFact, FigureFact, Level, Receipt
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Kind, Share
from chungsuc.doors.cli.output import DAY, format_option, language, now, show_json, show_table, today
from chungsuc.kit.catalogue import as_json, mend, say, text
from chungsuc.kit.errors import Refused
from chungsuc.kit.vietnamese import day as shown_day
from chungsuc.kit.vietnamese import number
from chungsuc.territory import queries as territory


def _help(key: str) -> str:
    return text(f"cli.figures.{key}", language())


UNIT = click.option("--unit", "code", required=True, help=_help("unit"))
SET = click.option("--set", "set_code", required=True, help=_help("set"))
AT = click.option("--at", type=DAY, required=True, help=_help("at"))
KNOWN = click.option("--known", type=DAY, help=_help("known"))
INDICATOR = click.option("--indicator", required=True, help=_help("indicator"))
REASON = click.option("--reason", help=_help("reason"))


@click.group(help=_help("group"))
def figures() -> None:
    """Figures: what was recorded."""


@figures.command(help=_help("load"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@SET
@click.option("--history", is_flag=True, help=_help("history_flag"))
@click.option("--commit", is_flag=True, help=_help("commit"))
@click.option("--source", help=_help("source"))
@REASON
@format_option("table", "json")
def load(
    file: Path, set_code: str, history: bool, commit: bool, source: str | None, reason: str | None, form: str
) -> None:
    """Check a CSV; with --commit record it."""
    act = {"by": OPERATOR, "at": now(), "commit": commit, "history": history, "source": source, "reason": reason}
    try:
        receipt = actions.load_csv(content=file.read_bytes(), name=file.name, set_code=set_code, **act)
    except Refused as refused:
        if form == "json":
            raise
        _show_lines(refused)
        raise click.exceptions.Exit(1) from refused
    answer = {"accepted": True, "committed": commit, "set": set_code, **_receipt(receipt), "problems": []}
    if form == "json":
        show_json(answer)
    else:
        key = "loaded" if commit else "would_load"
        click.echo(
            text(
                f"cli.figures.{key}",
                language(),
                recorded=receipt.recorded,
                units=len(receipt.units),
                unchanged=receipt.unchanged,
                changed=receipt.changed,
            )
        )


@figures.command(help=_help("record"))
@UNIT
@SET
@AT
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    default=Level.SELF.value,
    show_default=True,
    help=_help("level"),
)
@click.option("--file", "file", type=click.File("rb"), required=True, help=_help("file"))
@click.option("--source", default="", help=_help("source"))
@REASON
@format_option("table", "json")
def record(
    code: str, set_code: str, at: date, level: str, file: Any, source: str, reason: str | None, form: str
) -> None:
    """Record the figures of one unit from a JSON file of the shape that `judge` reads."""
    receipt = actions.record_json(
        content=file.read(),
        unit=territory.unit_at(code, at),
        set_code=set_code,
        speaks_of=at,
        level=level,
        source=source or Path(file.name).name,
        reason=reason,
        by=OPERATOR,
        at=now(),
    )
    if form == "json":
        show_json({"accepted": True, "unit": code, "set": set_code, "at": at, "level": level, **_receipt(receipt)})
    else:
        click.echo(
            text(
                "cli.figures.recorded",
                language(),
                recorded=receipt.recorded,
                unchanged=receipt.unchanged,
                changed=receipt.changed,
            )
        )


@figures.command(help=_help("show"))
@UNIT
@SET
@AT
@KNOWN
@click.option("--level", type=click.Choice([level.value for level in Level]), help=_help("level"))
@format_option("table", "json")
def show(code: str, set_code: str, at: date, known: date | None, level: str | None, form: str) -> None:
    """The figures that count for a unit at a date, as known at a date."""
    unit = territory.unit_at(code, at)
    found = queries.figures_of(unit.id, set_code, at, queries.known_at(known), Level(level) if level else None)
    rules = criteria.criteria_set(set_code)
    facts = [found[code] for code in rules.by_code if code in found]
    if form == "json":
        show_json(
            {
                "unit": unit.code,
                "name": unit.name,
                "set": set_code,
                "at": at,
                "known": known,
                "figures": [_fact(fact, rules) for fact in facts],
            }
        )
        return
    show_table(
        _rows(facts, rules),
        _columns("indicator", "value", "level", "speaks_of", "recorded_at", "author", "source"),
        title=f"{unit.name} – {shown_day(at)}",
    )


@figures.command(help=_help("history"))
@UNIT
@SET
@INDICATOR
@click.option("--at", type=DAY, help=_help("at"))
@KNOWN
@format_option("table", "json")
def history(code: str, set_code: str, indicator: str, at: date | None, known: date | None, form: str) -> None:
    """Every line ever recorded for one indicator of a unit, the newest recorded first."""
    unit = territory.unit_at(code, at or today())
    facts = queries.history_of(unit.id, set_code, indicator, queries.known_at(known))
    rules = criteria.criteria_set(set_code)
    if form == "json":
        show_json(
            {
                "unit": unit.code,
                "name": unit.name,
                "set": set_code,
                "indicator": indicator,
                "history": [_fact(fact, rules) for fact in facts],
            }
        )
        return
    show_table(
        _rows(facts, rules), _columns("indicator", "value", "level", "speaks_of", "recorded_at", "author", "source")
    )


@figures.command(help=_help("check"))
@SET
@click.option("--mend", is_flag=True, help=_help("mend"))
@format_option("table", "json")
@click.pass_context
def check(ctx: click.Context, set_code: str, mend: bool, form: str) -> None:
    """Compare the kept totals with a recomputation from all figures, over the communes in force today."""
    wrong = queries.drift(set_code, at=today())
    if wrong and mend:
        actions.rebuild_tallies(set_code=set_code, by=OPERATOR, at=now())
        wrong = queries.drift(set_code, at=today())
    totals = len(queries.tallies(set_code=set_code))
    key = "drift" if wrong else "equal" if totals else "nothing_to_compare"
    communes, with_figures = queries.counted_today(set_code, at=today())
    facts = {"set": set_code, "count": len(wrong), "communes": communes, "with_figures": with_figures}
    said = text(f"cli.figures.{key}", language(), **facts)
    if form == "json":
        show_json({"set": set_code, "equal": not wrong, "totals": totals, "drift": wrong, "text": said})
    else:
        click.echo(said)
    ctx.exit(1 if wrong else 0)


@click.group(help=_help("evidence"))
def evidence() -> None:
    """Evidence: files behind figures."""


@evidence.command("add", help=_help("evidence_add"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@UNIT
@SET
@INDICATOR
@AT
@click.option("--figure", type=int, help=_help("figure"))
@format_option("table", "json")
def evidence_add(file: Path, code: str, set_code: str, indicator: str, at: date, figure: int | None, form: str) -> None:
    """Keep a file as evidence."""
    fact = actions.add_evidence(
        name=file.name,
        content=file.read_bytes(),
        unit=territory.unit_at(code, at),
        set_code=set_code,
        indicator=indicator,
        speaks_of=at,
        figure_id=figure,
        by=OPERATOR,
        at=now(),
    )
    _show_evidence([fact], form, one=True)


@evidence.command("list", help=_help("evidence_list"))
@UNIT
@SET
@AT
@click.option("--indicator", help=_help("indicator"))
@format_option("table", "json")
def evidence_list(code: str, set_code: str, at: date, indicator: str | None, form: str) -> None:
    """What is kept for a unit."""
    unit = territory.unit_at(code, at)
    _show_evidence(queries.evidence_of(unit.id, set_code, at=at, indicator=indicator), form, one=False)


@evidence.command("get", help=_help("evidence_get"))
@click.argument("evidence_id", type=int)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=_help("output"))
def evidence_get(evidence_id: int, output: Path | None) -> None:
    """Write a kept file out, checked against its hash."""
    _, content = queries.evidence_file(evidence_id)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)


def _show_lines(refused: Refused) -> None:
    """Each problem after the line and column where it stands."""
    lang = language()
    for reason in refused.reasons:
        places = [(name, reason.facts.get(name)) for name in ("line", "unit", "indicator", "column")]
        where = ", ".join(f"{text(f'cli.figures.{name}_at', lang)} {value}" for name, value in places if value)
        before = "" if reason.code.startswith("csv.") else f"{where}: "
        click.echo(f"✗ {before}{say(reason, lang)}  [{reason.code}]", err=True)
        if how := mend(reason, lang):
            click.echo(f"  → {how}", err=True)


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "batch": receipt.batch_id,
        "figures": receipt.recorded,
        "unchanged": receipt.unchanged,
        "changed": receipt.changed,
        "units": len(receipt.units),
        "verdicts": receipt.verdicts,
    }


def _fact(fact: FigureFact, rules: Any) -> dict[str, Any]:
    return {
        "indicator": fact.indicator,
        "value": _value(fact, rules),
        "num": fact.num,
        "den": fact.den,
        "parts": {name: part._asdict() if isinstance(part, Share) else part for name, part in fact.parts.items()},
        "not_applicable": fact.not_applicable,
        "nearly_met": fact.nearly_met,
        "note": fact.note,
        "level": fact.level,
        "speaks_of": fact.speaks_of,
        "source": fact.source,
        "author": fact.author,
        "reason": fact.reason,
        "recorded_at": fact.recorded_at.isoformat(),
        "id": fact.id,
        "supersedes": fact.supersedes,
        "batch": fact.batch_id,
        "kind": fact.batch_kind,
    }


def _value(fact: FigureFact, rules: Any) -> Any:
    known = rules.by_code.get(fact.indicator)
    return bool(fact.value) if known and known.kind is Kind.BOOLEAN and fact.value is not None else fact.value


def _rows(facts: list[FigureFact], rules: Any) -> list[tuple[Any, ...]]:
    return [
        (
            fact.indicator,
            _said(fact, rules),
            text(f"cli.figures.level.{fact.level.value}", language()),
            shown_day(fact.speaks_of),
            f"{fact.recorded_at:%d/%m/%Y %H:%M}",
            OPERATOR.name if fact.author == OPERATOR.code else fact.author,
            fact.source,
        )
        for fact in facts
    ]


def _said(fact: FigureFact, rules: Any) -> str:
    lang = language()
    if fact.not_applicable is not None:
        return f"{text('cli.figures.not_applicable', lang)}: {fact.not_applicable}"
    if fact.parts:
        return "; ".join(f"{name} {_share(part)}" for name, part in fact.parts.items())
    value = _value(fact, rules)
    if isinstance(value, bool):
        return text("cli.figures.yes" if value else "cli.figures.no", lang)
    counts = f" ({number(fact.num)}/{number(fact.den)})" if fact.num is not None and fact.den is not None else ""
    return ("" if value is None else number(value)) + counts


def _share(part: Any) -> str:
    if not isinstance(part, Share):
        return number(part)
    return f"{number(part.num)}/{number(part.den)}" if part.counted else number(part.value)


def _columns(*names: str) -> list[str]:
    return [text(f"cli.figures.column.{name}", language()) for name in names]


def _show_evidence(facts: list[EvidenceFact], form: str, *, one: bool) -> None:
    if form == "json":
        found = [
            {
                "id": fact.id,
                "sha256": fact.sha256,
                "name": fact.name,
                "kind": fact.kind,
                "size": fact.size,
                "indicator": fact.indicator,
                "speaks_of": fact.speaks_of,
                "figure": fact.figure_id,
                "taken_at": fact.taken_at and fact.taken_at.isoformat(),
                "taken_where": fact.taken_where,
                "by": fact.by,
                "at": fact.at.isoformat(),
                "remarks": [as_json(remark, language()) for remark in fact.remarks],
            }
            for fact in facts
        ]
        show_json(found[0] if one else {"evidence": found})
        return
    show_table(
        [(fact.id, fact.name, fact.kind, fact.size, fact.indicator, shown_day(fact.speaks_of)) for fact in facts],
        _columns("id", "name", "kind", "size", "indicator", "speaks_of"),
    )
    for remark in (remark for fact in facts for remark in fact.remarks):
        click.echo(f"! {say(remark, language())}  [{remark.code}]", err=True)
