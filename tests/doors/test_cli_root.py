"""The command line as a whole: help a newcomer understands, one JSON shape, four exit codes."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys

import click
import pytest

from chungsuc.config.command import root
from chungsuc.doors.cli import TOPICS, run
from chungsuc.doors.cli.output import Day, plain
from chungsuc.kit.errors import Reason, Refused, SystemFault

COMMAND = [sys.executable, "-c", "from chungsuc.config.command import main; main()"]


def chungsuc(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("lang", "word"), [("vi", "Bắt đầu"), ("en", "Begin")])
def test_help_tells_a_newcomer_where_to_begin(lang, word):
    shown = chungsuc("--lang", lang, "--help")
    assert shown.returncode == 0
    assert word in shown.stdout and "demo" in shown.stdout and "situation" in shown.stdout


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["units", "--at", "soon"], ["units", "--wrong"], ["doctor", "--format", "xml"]]
)
def test_wrong_usage_is_2(arguments):
    shown = chungsuc(*arguments)
    assert shown.returncode == 2
    assert shown.stderr and "Traceback" not in shown.stderr


def test_a_database_that_is_away_is_3():
    shown = chungsuc("units", "--at", "2019-12-31", CHUNGSUC_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert shown.returncode == 3
    assert "database.away" in shown.stderr and "doctor" in shown.stderr


@click.command("refuse")
@click.option("--format", "form", default="table")
def refuse(form):
    raise Refused([Reason("accounts.other_unit", unit="99"), Reason("accounts.other_unit", unit="98")])


@click.command("fault")
@click.option("--format", "form", default="table")
def fault(form):
    raise SystemFault(Reason("database.no_binaries"))


@click.command("slip")
def slip():
    raise ZeroDivisionError("a slip of ours")


@pytest.fixture
def with_commands(monkeypatch):
    for command in (refuse, fault, slip):
        monkeypatch.setitem(root.commands, command.name, command)
    monkeypatch.delenv("CHUNGSUC_TRACE", raising=False)


@pytest.mark.usefixtures("with_commands")
def test_a_refusal_is_1_and_every_reason_is_printed(capsys):
    assert run(["refuse"], prepare=lambda **_: None) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("accounts.other_unit") == 2


@pytest.mark.usefixtures("with_commands")
def test_a_refusal_for_machines_is_one_json_document(capsys):
    assert run(["refuse", "--format", "json"], prepare=lambda **_: None) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["accepted"] is False
    assert answer["problems"][0] == {
        "code": "accounts.other_unit",
        "facts": {"unit": "99"},
        "text": "Bạn chỉ được làm việc với đơn vị 99 và các đơn vị thuộc đơn vị đó.",
        "mend": None,
    }


@pytest.mark.usefixtures("with_commands")
def test_faults_are_3_without_a_traceback(capsys):
    assert run(["fault"], prepare=lambda **_: None) == 3
    assert run(["slip"], prepare=lambda **_: None) == 3
    said = capsys.readouterr().err
    assert "make setup" in said and "ZeroDivisionError" in said and "Traceback" not in said


@pytest.mark.usefixtures("with_commands")
def test_a_fault_for_machines_is_json_too(capsys):
    assert run(["fault", "--format", "json"], prepare=lambda **_: None) == 3
    answer = json.loads(capsys.readouterr().out)
    assert answer["fault"] is True and answer["problems"][0]["code"] == "database.no_binaries"


def test_every_topic_has_the_commands_it_promises():
    for topic, names in TOPICS.items():
        module = importlib.import_module(f"chungsuc.doors.cli.{topic}")
        for name in names:
            assert isinstance(getattr(module, name), click.Command), (topic, name)


def leaves(command: click.Command, path: tuple[str, ...] = ()):
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from leaves(command.get_command(context, name), (*path, name))
    else:
        yield path, command


def test_every_command_says_what_it_is_for_and_every_option_too():
    for path, command in leaves(root):
        assert command.help and command.help.strip(), path
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name not in {"help", "version"}:
                assert parameter.help, (path, parameter.name)


@pytest.mark.parametrize("typed", ["2019-12-31", "31/12/2019"])
def test_dates_are_read_two_ways(typed):
    assert Day().convert(typed, None, None).isoformat() == "2019-12-31"


@pytest.mark.parametrize("typed", ["31.12.2019", "31-12-19", "2019", "2019-02-30", ""])
def test_other_dates_are_wrong_usage(typed):
    with pytest.raises(click.BadParameter):
        Day().convert(typed, None, None)


def test_plain_keeps_whole_numbers_whole():
    from decimal import Decimal

    assert plain(Decimal("36")) == 36 and plain(Decimal("26.7")) == 26.7
