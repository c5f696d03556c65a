"""The house keeps its shape: sizes, names, layers, words. `docs/map.md` is the drawing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata

import grimp
import pytest

from tests.house.source import PACKAGE, ROOT, kept_files, python_files, shown, tree

ATTIC = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "managers", "service", "services"}
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".html", ".css", ".js", ".txt", ".in", ".csv", ".sh", ""}


def functions(module: ast.Module):
    return [node for node in ast.walk(module) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def test_files_stay_under_400_lines():
    long = {
        shown(path): lines for path in python_files() if (lines := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}


def test_functions_stay_under_50_lines():
    long = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in functions(tree(path))
        if (node.end_lineno or node.lineno) - node.lineno + 1 > 50
    ]
    assert long == []


def test_nothing_is_called_utils():
    assert [shown(path) for path in python_files() if ATTIC & set(re.split(r"[/.]", shown(path)))] == []


def test_import_contracts_hold_without_an_ignore_list():
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]


def test_no_room_reads_a_neighbours_tables():
    graph = grimp.build_graph("chungsuc", cache_dir=None)
    bad = [
        (importer, table)
        for table in graph.modules
        if table.endswith(".models")
        for importer in graph.find_modules_that_directly_import(table)
        if importer.split(".")[1] != table.split(".")[1]
    ]
    assert bad == []


def test_only_doors_and_config_read_the_clock():
    bad = []
    for path in python_files():
        parts = path.relative_to(ROOT).parts
        if parts[0] != "chungsuc" or parts[1] in ("doors", "config") or path == PACKAGE / "kit" / "clock.py":
            continue
        bad += [
            f"{shown(path)}:{node.lineno}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and (node.value.id, node.attr)
            in {
                ("datetime", "now"),
                ("date", "today"),
                ("timezone", "now"),
                ("clock", "now"),
                ("clock", "today"),
                ("time", "time"),
            }
        ]
    assert bad == []


def test_actions_name_who_and_when():
    """Every public write takes `by` and `at` by keyword only."""
    bad = []
    for path in PACKAGE.rglob("actions*"):
        if "__pycache__" in path.parts:
            continue
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for node in tree(file).body:
                if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                    continue
                named = {argument.arg for argument in node.args.kwonlyargs}
                if not {"by", "at"} <= named:
                    bad.append(f"{shown(file)}:{node.lineno} {node.name}")
    assert bad == []


def test_every_public_function_has_a_docstring():
    bad = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python_files()
        if path.is_relative_to(PACKAGE)
        for node in tree(path).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bad == []


def test_every_room_has_its_ten_lines():
    rooms = [path for path in PACKAGE.iterdir() if (path / "rules.py").exists() or (path / "queries.py").exists()]
    assert rooms
    assert [room.name for room in rooms if not (room / "README.md").exists()] == []


def test_the_map_names_every_room_and_no_other():
    drawn = set(re.findall(r"^\| `chungsuc/([a-z]+)/?`", (ROOT / "docs" / "map.md").read_text(), re.MULTILINE))
    there = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert drawn == there


@pytest.mark.parametrize("path", [path for path in kept_files() if path.suffix in TEXT], ids=shown)
def test_text_is_composed_and_names_no_machine(path):
    """NFC everywhere; no path of a machine, no registry host: the project speaks of itself only."""
    text = path.read_text(encoding="utf-8")
    made_of_old_bytes = path.is_relative_to(ROOT / "tests")  # tests hold decomposed text on purpose
    assert made_of_old_bytes or unicodedata.is_normalized("NFC", text)
    hosts = [
        "pypi" + ".org",
        "pythonhosted" + ".org",
        "registry.npm" + "js",
        "deb." + "debian",
        "/wo" + "rk/",
        "../sha" + "red",
    ]
    assert [host for host in hosts if host in text] == []
