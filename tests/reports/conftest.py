"""The settled toy province."""

import pytest

from tests.reports import land


@pytest.fixture
def settled(db: None) -> None:
    """Figures, marks, a whole count, a commune with nothing, one title."""
    land.settle()
