"""Writes the figures as wide CSV: a line per filing, a column per figure.

A cell is `949/1000` (counts; the value is their share in percent, rounded half up to one decimal), a
plain number (no counts), `1` or `0` for a requirement, `~ reason` where the indicator is not judged. `*` behind
a cell means "nearly met" by the verifier's judgement.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from maker.filings import Book, Key
from maker.law import NEW, Need
from maker.planted import Planted
from maker.values import Value

LEVELS = {"self": 1, "verified": 2, "appraised": 3}


def file_name(key: Key) -> str:
    """In which file a figure stands: by year, the re-scoring of 2022 by set."""
    if key.at.year == 2022:
        return "figures-2022-set-2021.csv" if key.set_code == NEW else "figures-2022-set-2016.csv"
    return f"figures-{key.at.year}.csv"


def write_figures(folder: Path, book: Book, asked: Mapping[str, Mapping[str, Need]]) -> list[Path]:
    """Write every file; return their paths. `asked`: set code -> its indicators in the order of the law."""
    files: dict[str, dict[tuple, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    sets: dict[str, str] = {}
    for key, entry in book.items():
        name = file_name(key)
        sets[name] = key.set_code
        moment = entry.recorded_at.isoformat(timespec="minutes")
        line = files[name][key.at.isoformat(), key.code, LEVELS[key.level], key.level, moment]
        line.update(cells(key.indicator, entry.value))
    return [_write(folder / name, files[name], _columns(asked[sets[name]])) for name in sorted(files)]


def cells(indicator: str, value: Value) -> dict[str, str]:
    """The cells of one figure, by column."""
    if value.set_aside:
        return {indicator: f"~ {value.set_aside}"}
    if value.parts:
        return {f"{indicator}:{part}": _share(one) for part, one in value.parts.items()}
    return {indicator: _share(value) + ("*" if value.nearly else "")}


def _share(value: Value) -> str:
    return _number(value.number) if value.num is None else f"{_number(value.num)}/{_number(value.den)}"


def _columns(asked: Mapping[str, Need]) -> list[str]:
    found = []
    for code, need in asked.items():
        parts = [part for part in need.limits if part is not None]
        found += [f"{code}:{part}" for part in parts] or [code]
    return found


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.1f}".removesuffix(".0")


def _write(path: Path, lines: Mapping[tuple, Mapping[str, str]], columns: Iterable[str]) -> Path:
    columns = list(columns)
    extra = sorted({name for line in lines.values() for name in line} - set(columns))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["at", "unit", "level", "recorded_at", *columns, *extra])
    for (at, code, _, level, moment), line in sorted(lines.items()):
        writer.writerow([at, code, level, moment, *(line.get(name, "") for name in [*columns, *extra])])
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")
    return path


def write_planted(path: Path, signals: Iterable[Planted], late: Iterable[tuple[str, date, int]]) -> Path:
    """The list of what was planted, for people and for the rooms that will look for it."""
    lines = ["# What is wrong on purpose in the demo figures (which are made up). Written by generate.py.", "planted:"]
    for one in signals:
        lines += [
            f"  - signal: {one.signal}",
            f'    unit: "{one.unit}" # {one.name}',
            f"    at: {one.at}",
            f"    indicators: [{', '.join(chr(34) + code + chr(34) for code in one.indicators)}]",
            f'    see: "{one.see}"',
        ]
    lines.append("late: # self-assessments recorded more than a month after their date")
    lines += [f'  - {{unit: "{code}", at: {at}, days: {days}}}' for code, at, days in late]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path
