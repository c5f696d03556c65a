"""The settled toy province behind the pages."""

from pathlib import Path
from typing import Any

import pytest

from tests.reports import land


@pytest.fixture(autouse=True)
def static_folder(tmp_path: Path, settings: Any) -> None:
    """The folder for collected static files is there, and empty: files come from their own places."""
    settings.STATIC_ROOT = str(tmp_path)


@pytest.fixture
def settled(db: None) -> None:
    """Figures, marks, a whole count, a commune with nothing, one title."""
    land.settle()
