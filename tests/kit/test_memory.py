"""Answers kept in the process: only while nothing is recorded, never longer than told, never for another question."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from chungsuc.kit import journal
from chungsuc.kit.memory import Memory, clear_all

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def test_an_answer_is_made_once_for_a_question():
    made: list[int] = []
    memory: Memory[int] = Memory(limit=3, seconds=60)
    assert [memory.get("a", lambda: made.append(1) or 7) for _ in range(3)] == [7, 7, 7]
    assert made == [1]


def test_the_oldest_unused_goes_first():
    memory: Memory[str] = Memory(limit=2, seconds=60)
    for key in "ab":
        memory.get(key, lambda key=key: key)
    memory.get("a", lambda: "anew")
    memory.get("c", lambda: "c")
    assert memory.get("a", lambda: "anew") == "a"
    assert memory.get("b", lambda: "anew") == "anew"


def test_nothing_is_kept_longer_than_told():
    memory: Memory[int] = Memory(limit=2, seconds=0)
    memory.get("a", lambda: 1)
    assert memory.get("a", lambda: 2) == 2


def test_forget_and_clear():
    memory: Memory[int] = Memory(limit=2, seconds=60)
    memory.get("a", lambda: 1)
    memory.forget("a")
    assert memory.get("a", lambda: 2) == 2
    clear_all()
    assert memory.get("a", lambda: 3) == 3


def test_many_threads_get_whole_answers():
    memory: Memory[list[int]] = Memory(limit=5, seconds=60)
    found: list[list[int]] = []

    def ask() -> None:
        found.extend(memory.get(key % 7, lambda key=key: [key % 7] * 3) for key in range(200))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 800 and all(len(set(one)) == 1 and len(one) == 3 for one in found)


def test_the_head_moves_with_every_act_but_not_with_a_sign_in(db):
    before = journal.head()
    journal.record("accounts.signed_in", subject="person:a", by="a", at=NOW)
    assert journal.head() == before
    journal.record("figures.recorded", subject="unit:1", by="a", at=NOW)
    after = journal.head()
    assert after != before
    journal.record("figures.recorded", subject="unit:1", by="a", at=NOW)
    assert journal.head() != after
