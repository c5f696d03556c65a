"""Cao Bằng loaded once for a file of tests, and the toy province for tests that write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from chungsuc.config import places
from chungsuc.territory import actions, lists, queries
from tests import cast

CAO_BANG = places.ROOT / "data" / "units" / "cao-bang"


@pytest.fixture(scope="module")
def cao_bang(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The three states of Cao Bằng, taken back after the file's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_generations(drafts=lists.read_folder(CAO_BANG), by=cast.OPERATOR, at=cast.LONG_AGO)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def toy(db: None) -> list[queries.GenerationFact]:
    """The toy province before its mergers."""
    drafts = lists.read_tables({"units_2019.csv": cast.UNITS.encode()})
    return actions.load_generations(drafts=drafts, by=cast.OPERATOR, at=cast.LONG_AGO)


@pytest.fixture
def merged_toy(toy: list[queries.GenerationFact]) -> list[queries.GenerationFact]:
    """The toy province with its mergers of 1/3/2020."""
    drafts = lists.read_tables({"changes_2020.csv": cast.CHANGES.encode()})
    return actions.load_generations(drafts=drafts, by=cast.OPERATOR, at=cast.LONG_AGO)
