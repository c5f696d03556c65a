"""People with keys on the toy province, and counts of requests that begin at nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chungsuc.accounts import actions
from chungsuc.doors.api.v1.limits import WINDOWS
from chungsuc.kit import clock
from tests import cast
from tests.doors.api.caller import Caller
from tests.reports import land


@pytest.fixture(autouse=True)
def fresh_windows(settings: Any, tmp_path: Path) -> None:
    """No test is refused for what another asked."""
    settings.STATIC_ROOT = str(tmp_path)
    WINDOWS.clear()


@pytest.fixture
def settled(db: None) -> None:
    """The toy province with figures, and three people: an officer of Ao Sen, a coordinator, a verifier."""
    land.settle()
    people = [cast.OFFICER, cast.COORDINATOR, cast.VERIFIER]
    actions.add_people(people=people, by=cast.OPERATOR, at=clock.now() - timedelta(days=1))


def _key(code: str) -> str:
    return actions.issue_key(code=code, label="test", by=cast.OPERATOR, at=clock.now())


@pytest.fixture
def visitor(settled: None) -> Caller:
    """Nobody in particular."""
    return Caller()


@pytest.fixture
def officer(settled: None) -> Caller:
    """The officer of Ao Sen (99001)."""
    return Caller(_key(cast.OFFICER.code))


@pytest.fixture
def coordinator(settled: None) -> Caller:
    """Somebody of the whole province."""
    return Caller(_key(cast.COORDINATOR.code))
