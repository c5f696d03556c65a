"""A command takes effect once: whoever sends it again gets the first answer, together or one after the other."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from chungsuc.kit import clock, commands
from chungsuc.kit.commands.models import Command
from chungsuc.kit.errors import Reason, Refused
from tests.assessment.scratch import scratch

KEY = "0192f0c1-7c9b-7def-8a3b-2f1d5c6e7a90"
TOGETHER = f"""
import json, threading, time
from django.db import connection
from chungsuc.kit import clock, commands, journal
key, told, gate = commands.key_of({KEY!r}), [], threading.Barrier(8)

def act():
    time.sleep(0.05)
    head = journal.record("test.done", subject="unit:99005", by="officer", at=clock.now(), facts={{}})
    return {{"answer": 42}}

def one(body):
    gate.wait()
    try:
        answer = commands.once(key, actor="officer", route="test", body=body, at=clock.now(), act=act)
        told.append(["answer", answer.body, answer.replayed])
    except Exception as error:
        told.append([type(error).__name__, str(error), None])
    finally:
        connection.close()

for body in (b"same", b"other"):
    threads = [threading.Thread(target=one, args=(body,)) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print(json.dumps(told))
"""


def once(body=b"{}", *, key=KEY, actor="officer", route="test", act=lambda: {"n": 1}):
    return commands.once(commands.key_of(key), actor=actor, route=route, body=body, at=clock.now(), act=act)


def code(refused):
    return refused.value.reasons[0].code


def test_the_first_answer_is_given_again(db):
    done = []
    answers = [once(act=lambda: {"n": len(done), "did": done.append(1)}) for _ in range(3)]
    assert [one.body for one in answers] == [{"n": 0, "did": None}] * 3
    assert [one.replayed for one in answers] == [False, True, True] and done == [1]


def test_another_body_or_route_is_a_conflict(db):
    once(b"a")
    for more in ({"body": b"b"}, {"body": b"a", "route": "elsewhere"}):
        with pytest.raises(Refused) as refused:
            once(**more)
        assert code(refused) == "command.conflict"
    assert Command.objects.count() == 1


def test_another_persons_command_is_not_there(db):
    once()
    with pytest.raises(Refused) as refused:
        once(actor="somebody else")
    assert code(refused) == "command.unknown"


def test_what_was_refused_may_be_sent_again_mended(db):
    def refuse():
        Command.objects.create(key=uuid4(), actor="x", route="x", body="x", status=200, answer={}, at=clock.now())
        raise Refused(Reason("command.no_key"))

    with pytest.raises(Refused):
        once(b"wrong", act=refuse)
    assert Command.objects.count() == 0  # neither the effect nor the command
    assert once(b"mended").replayed is False


@pytest.mark.parametrize(
    ("text", "wrong"), [("", "command.no_key"), (None, "command.no_key"), ("7", "command.bad_key")]
)
def test_a_key_is_a_uuid(text, wrong):
    with pytest.raises(Refused) as refused:
        commands.key_of(text)
    assert code(refused) == wrong


@pytest.mark.parametrize("sql", ["UPDATE command SET body = ''", "DELETE FROM command", "TRUNCATE command"])
def test_commands_only_grow(db, sql):
    once()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Command.objects.count() == 1


def test_eight_at_the_same_moment_are_one_effect(db, tmp_path):
    with scratch(tmp_path) as own:
        told = json.loads(own.run(TOGETHER).splitlines()[-1])
        (lines,) = own.ask("SELECT count(*) FROM journal_line WHERE event = 'test.done'")
    same, other = told[:8], told[8:]
    assert [one[:2] for one in same] == [["answer", {"answer": 42}]] * 8
    assert sorted(one[2] for one in same) == [False] + [True] * 7
    assert [one[:2] for one in other] == [["Refused", "command.conflict"]] * 8
    assert lines == (1,)
