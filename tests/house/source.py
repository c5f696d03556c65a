"""Reads the project's own source for the tests of the house."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "chungsuc"


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of the project, migrations left out."""
    folders = [PACKAGE, ROOT / "tests", ROOT / "bench", ROOT / "data"]
    return tuple(sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """The file parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return tuple(ROOT / name for name in listed if (ROOT / name).is_file())


def shown(path: Path) -> str:
    """The path as a person would say it."""
    return str(path.relative_to(ROOT))
