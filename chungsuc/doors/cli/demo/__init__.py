"""`chungsuc demo`: load the made-up figures of a real province, and say what is loaded."""

from __future__ import annotations

import time
from typing import Any

import click

from chungsuc.doors.cli.output import format_option, language, now, show_json
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused


def phrase(key: str, **facts: Any) -> str:
    """A sentence of this topic in the language of the command."""
    return text(f"cli.demo.{key}", language(), **facts)


@click.group(help=text("cli.demo.help", language()))
def demo() -> None:
    """The demo province."""


@demo.command(help=text("cli.demo.load.help", language()))
def load() -> None:
    """Load what is not there yet, step by step."""
    from chungsuc.doors.cli.demo import steps

    begun = time.monotonic()
    every = steps.all_steps()
    left = [step for step in every if not step.done()]
    if not left:
        click.echo(phrase("there"))
        return
    if others := steps.others_figures():
        raise Refused(Reason("demo.real_figures", sources=others))
    for place, step in enumerate(every, start=1):
        if step.done():
            continue
        click.echo(phrase("step", place=place, of=len(every), what=phrase(step.key, **step.facts)), nl=False)
        started = time.monotonic()
        count = step.run(now())
        click.echo(phrase("took", count=count, seconds=f"{time.monotonic() - started:.1f}"))
    click.echo(phrase("done", seconds=f"{time.monotonic() - begun:.0f}"))


@demo.command(help=text("cli.demo.status.help", language()))
@format_option("table", "json")
def status(form: str) -> None:
    """Which steps are done."""
    from chungsuc.doors.cli.demo import steps

    told = [{"step": step.key, **step.facts, "done": step.done()} for step in steps.all_steps()]
    if form == "json":
        show_json({"loaded": all(one["done"] for one in told), "steps": told})
        return
    for step, one in zip(steps.all_steps(), told, strict=True):
        click.echo(f"{'✓' if one['done'] else '·'} {phrase(step.key, **step.facts)}")
