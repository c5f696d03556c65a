"""Where a cube is kept: one array file, mapped into memory; beside it what lies where and what it has seen."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chungsuc.insight.cube import Cube, Shelf

FORM = 1  # the version of the files' own form; another one is made anew


@dataclass(frozen=True)
class Seen:
    """What the cube was made from: the version of the law and the newest batch of figures in it."""

    set_version: str
    batch: int


def keep(cube: Cube, seen: Seen, folder: Path) -> None:
    """Write the cube; a reader sees the old one or the new one, never half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    layout = cube.shelf
    _swap(folder / f"{layout.set_code}.npy", lambda file: np.save(file, cube.values))
    note = {
        "form": FORM,
        "set_code": layout.set_code,
        "first": str(layout.months[0]),
        "leaves": layout.leaves,
        "unit_ids": layout.unit_ids.tolist(),
        "group_ids": layout.group_ids.tolist(),
        "starts": layout.starts.tolist(),
        "shape": layout.shape,
        "set_version": seen.set_version,
        "batch": seen.batch,
    }
    _swap(folder / f"{layout.set_code}.json", lambda file: file.write(json.dumps(note).encode()))


def kept(set_code: str, folder: Path, *, writable: bool = False) -> tuple[Cube, Seen] | None:
    """The cube as it was kept, mapped into memory; None where there is none of this form that fits together."""
    try:
        note = json.loads((folder / f"{set_code}.json").read_bytes())
        values = np.load(folder / f"{set_code}.npy", mmap_mode="r+" if writable else "r")
    except (OSError, ValueError):
        return None
    if note.get("form") != FORM or list(values.shape) != note["shape"]:
        return None
    layout = Shelf(
        set_code=set_code,
        months=np.datetime64(note["first"], "M") + np.arange(note["shape"][0]),
        leaves=tuple((indicator, part) for indicator, part in note["leaves"]),
        unit_ids=np.array(note["unit_ids"], dtype=np.int64),
        group_ids=np.array(note["group_ids"], dtype=np.int64),
        starts=np.array(note["starts"], dtype=np.intp),
    )
    return Cube(layout, values), Seen(note["set_version"], note["batch"])


def _swap(path: Path, write) -> None:  # type: ignore[no-untyped-def]
    """Write beside, bring it to the disk, then take the old one's place."""
    beside = path.with_suffix(path.suffix + f".{os.getpid()}")
    with beside.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
