"""Reads an uploaded spreadsheet into plain sheets: checked, in a child process, one way for all kinds."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.sheets import grid, jail, limits
from chungsuc.kit.sheets.precheck import Kind, precheck, stop_if_too_big
from chungsuc.kit.sheets.table import Book, Sheet, from_rows


def read(path: Path, kinds: Collection[Kind] = (Kind.XLSX,), *, seconds: int = limits.JAIL_SECONDS) -> Book:
    """Every sheet of the file with its values, read in a child process. Refused when it may not be opened."""
    stop_if_too_big(path)
    return jail.run(
        "chungsuc.kit.sheets.reading:read_here", str(path), sorted(kind.value for kind in kinds), seconds=seconds
    )


def read_here(path: str, kinds: list[str]) -> Book:
    """The same in this process: called inside the child, and by tests."""
    file = Path(path)
    kind, container = precheck(file, frozenset(Kind(kind) for kind in kinds))
    if kind is Kind.CSV:
        from chungsuc.kit.sheets import delimited

        return Book(kind.value, (delimited.read(file),))
    surveys = _surveys(container.parts) if container else {}
    return Book(kind.value, tuple(_sheets(file, surveys)))


def _sheets(file: Path, surveys: dict[str, grid.GridFacts]) -> list[Sheet]:
    import python_calamine as calamine

    try:
        # Handed a path it looks at the name's ending, which may lie; handed a stream it looks at the content.
        with file.open("rb") as stream:
            book = calamine.load_workbook(stream)
            return [
                _sheet(book, meta, surveys.get(meta.name, grid.GridFacts()))
                for meta in book.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as error:
        raise Refused(Reason("sheet.password")) from error
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError) as error:
        raise Refused(Reason("sheet.unreadable", why=type(error).__name__)) from error


def _sheet(book: Any, meta: Any, facts: grid.GridFacts) -> Sheet:
    import python_calamine as calamine

    sheet = book.get_sheet_by_name(meta.name)
    end = sheet.end or (-1, -1)
    if end[0] >= limits.ROWS:
        raise grid.too_big(meta.name, rows=end[0] + 1)
    if end[1] >= limits.COLUMNS:
        raise grid.too_big(meta.name, columns=end[1] + 1)
    rows = sheet.to_python(skip_empty_area=False) if sheet.start is not None else []
    errors = facts.errors | dict.fromkeys(facts.without_value, "")
    return from_rows(
        meta.name,
        rows,
        errors=errors,
        visible=meta.visible == calamine.SheetVisibleEnum.Visible,
        percent=frozenset(facts.percent),
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
        merged=tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
    )


def _surveys(parts: dict[str, bytes]) -> dict[str, grid.GridFacts]:
    """Survey every worksheet part, named or not; facts by sheet name. All of them count towards the limit."""
    names = {part: name for name, part in _sheet_parts(parts).items()}
    percent = _percent_styles(parts.get("xl/styles.xml", b""))
    found: dict[str, grid.GridFacts] = {}
    cells = 0
    for part, xml in parts.items():
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            name = names.get(part, part)
            found[name] = grid.survey(xml, name, percent)
            cells += found[name].cells
    if cells > limits.CELLS:
        raise grid.too_big("", cells=cells)
    return found


def _tree(xml: bytes) -> Any:
    from defusedxml import ElementTree

    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise Refused(Reason("sheet.unreadable", why="XML")) from error


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name -> part name in lower case. A worksheet outside xl/worksheets/ is not surveyed: refused."""
    links = {
        link.get("Id"): (link.get("Type", ""), link.get("Target", ""))
        for link in _tree(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"))
    }
    found = {}
    for sheet in _tree(parts["xl/workbook.xml"]).iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        identity = next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), "")
        kind, target = links.get(identity, ("", ""))
        part = (target.lstrip("/") if target.startswith("/") else f"xl/{target}").lower()
        if kind.endswith("/worksheet") and part not in parts:
            raise Refused(Reason("sheet.unreadable", why=target[:60]))
        found[sheet.get("name", "")] = part
    return found


def _percent_styles(xml: bytes) -> frozenset[int]:
    """Indexes of the cell styles that show a fraction as a percentage."""
    if not xml:
        return frozenset()
    root = _tree(xml)
    formats = {9, 10}
    styles: list[int] = []
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", element.get("formatCode", "")):
            formats.add(int(element.get("numFmtId", "0")))
        elif tag == "cellXfs":
            styles = [int(style.get("numFmtId", "0")) for style in element]
    return frozenset(place for place, used in enumerate(styles) if used in formats)
