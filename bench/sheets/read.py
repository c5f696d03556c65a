"""A workbook of 10,000 communes × 49 indicators: read, checked and stored in under 10 s and 1 GiB.

The verdicts that follow are measured too. Reading and checking alone must be at least 3× faster than openpyxl, in its
default mode, merely reading. The same file, one run; the best of three for both readers.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.assessment._nation import AT, SET, figures_for, lay_out, scratch, table

COMMUNES = (80, 125)
SECONDS, MEGABYTES, RATIO = 10, 1024, 3


def main() -> str | None:
    """Measure and print; a sentence when a limit is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nation.xlsx"
        with scratch():
            _write(path)
            checking = min(_timed(lambda: _read_and_check(path)) for _ in range(3))
            storing = _timed(lambda: _receive(path, judge=False))
        judging = float(subprocess.check_output([sys.executable, __file__, str(path)], text=True))
        peak = (
            max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
        )
        rival = min(_timed(lambda: _openpyxl(path)) for _ in range(2))
        size = path.stat().st_size / 1e6
    count = COMMUNES[0] * COMMUNES[1]
    table(
        f"workbook of {count} communes × 49 indicators ({size:.1f} MB)",
        ("what", "seconds", "ratio", "limit"),
        [
            ("openpyxl, default mode, merely reading", f"{rival:.2f}", "1.0", ""),
            ("ours: child process, all checks, no store", f"{checking:.2f}", f"{rival / checking:.1f}×", f"≥ {RATIO}×"),
            ("ours: read, check, store, commit", f"{storing:.2f}", f"{rival / storing:.1f}×", f"< {SECONDS} s"),
            ("ours: the same, then 10,000 verdicts with traces", f"{judging:.2f}", f"{rival / judging:.1f}×", ""),
            ("peak memory of parent or child, MB", str(peak), "", f"< {MEGABYTES}"),
        ],
    )
    missed = [
        text
        for wrong, text in (
            (rival / checking < RATIO, f"only {rival / checking:.1f}× faster than openpyxl"),
            (storing > SECONDS, f"{storing:.1f} s"),
            (peak > MEGABYTES, f"{peak} MB"),
        )
        if wrong
    ]
    return ", ".join(missed) or None


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _write(path: Path) -> None:
    """A filled form of the made-up nation."""
    from chungsuc.assessment import queries
    from chungsuc.assessment.workbook.blank_many import write_many
    from chungsuc.assessment.workbook.facts import ManyForm
    from chungsuc.criteria.engine import place
    from chungsuc.territory import queries as territory
    from chungsuc.territory.rules import Kind

    lay_out([COMMUNES])
    on = date.fromisoformat(AT)
    above = territory.unit_at("01", on)
    communes = tuple(territory.units_at(on, under="01", kinds={Kind.COMMUNE}))
    rules = queries.set_for(SET, "01", on)
    rulings = tuple(place(rules, queries.context_of(unit, on)) for unit in communes)
    values = figures_for([unit.id for unit in communes]).values
    write_many(path, ManyForm(rules, above, communes, rulings, on, "self", values, "bench"))


def _read_and_check(path: Path) -> None:
    """All that happens before anything is written."""
    from chungsuc.assessment.receiving import forms
    from chungsuc.kit.sheets import reading

    book = reading.read(path)
    told = forms._told(book, forms.FormAnswer(), None, None, None, None)
    read = forms._read(book, told)
    assert read.accepted and read.grid is not None and len(read.grid.unit_ids) == COMMUNES[0] * COMMUNES[1]


def _receive(path: Path, *, judge: bool) -> None:
    """All of it, as a person's command does; `judge` False leaves the verdicts for later."""
    from chungsuc.accounts.rules import OPERATOR
    from chungsuc.assessment.receiving import forms
    from chungsuc.kit import clock

    write = forms._write
    forms._write = lambda read, told, act, **_: write(read, told, act, judge=judge)
    answer = forms.receive_form(path=path, by=OPERATOR, at=clock.now(), commit=True)
    assert answer.accepted and answer.figures > 480_000, answer.problems[:3]


def _openpyxl(path: Path) -> None:
    import openpyxl

    openpyxl.load_workbook(path)


def _alone(path: str) -> None:
    """The whole way with judging, in a process and a database of its own; prints the seconds."""
    with scratch():
        lay_out([COMMUNES])
        print(_timed(lambda: _receive(Path(path), judge=True)))


if __name__ == "__main__":
    sys.exit(_alone(sys.argv[1]) if len(sys.argv) > 1 else main())
