"""A paper as plain data for the typesetter: every text tidied and made printable, every width in millimetres. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from chungsuc.kit.catalogue import text
from chungsuc.kit.paper.drawing import Drawing
from chungsuc.kit.paper.layout import layout, text_width
from chungsuc.kit.paper.model import (
    Annex,
    Block,
    Box,
    Closing,
    Column,
    Figure,
    Heading,
    Notes,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
    Words,
    runs,
)

UNNAMED = "–"
Said = Callable[[str], str]


def paper_data(paper: Paper, said: Said) -> dict[str, Any]:
    """The paper; `said` makes a text printable."""
    head = paper.letterhead
    return {
        "lang": paper.lang,
        "title": said(paper.title).strip() or said(paper.kind).strip() or UNNAMED,
        "author": said(paper.author),
        "subject": said(paper.subject),
        "layout": {name: one.value for name, one in layout().items()},
        "nation": said(text("paper.nation", paper.lang)),
        "motto": said(text("paper.motto", paper.lang)),
        "head": head
        and {
            "superior": [said(one) for one in head.superior],
            "issuer": [said(one) for one in head.issuer],
            "number": said(head.number),
            "place": said(head.place_and_date),
        },
        "kind": said(paper.kind),
        "abstract": [said(one) for one in paper.abstract],
        "body": [_section(one, said) for one in paper.body],
        "closing": paper.closing and _closing(paper.closing, said),
        "annexes": [_annex(one, said) for one in paper.annexes],
        "notices": [said(one) for one in paper.notices],
    }


def drawing_data(drawing: Drawing, said: Said) -> dict[str, Any]:
    """A drawing; its labels never break."""
    return {
        "width": drawing.width,
        "height": drawing.height,
        "alt": said(drawing.alt),
        "areas": [
            {"points": one.points, "fill": one.fill, "line": one.line, "width": one.width, "dashed": one.dashed}
            for one in drawing.areas
        ],
        "strokes": [
            {"start": one.start, "end": one.end, "width": one.width, "colour": one.colour} for one in drawing.strokes
        ],
        "labels": [
            {
                "at": one.at,
                "text": said(one.text).replace(" ", "\u00a0"),
                "size": one.size,
                "anchor": one.anchor,
                "bold": one.bold,
                "colour": one.colour,
                "haloed": one.haloed,
            }
            for one in drawing.labels
        ],
    }


def widths(columns: Sequence[Column], *, landscape: bool) -> list[float]:
    """The width of each column in mm; together they fill the text width."""
    whole = sum(one.width for one in columns)
    return [round(one.width / whole * text_width(landscape=landscape), 3) for one in columns]


def head_groups(columns: Sequence[Column]) -> list[tuple[str, int]]:
    """(common head or "", how many columns), in order; columns without a common head one by one."""
    found: list[tuple[str, int]] = []
    for group, members in groupby(columns, key=lambda one: one.group):
        count = len(list(members))
        found += [(group, count)] if group else [("", 1)] * count
    return found


def first_align(row: Row, table: Table) -> str:
    """How the first cell stands: as its column; over several columns as the last of them; of a total in the middle."""
    if row.span == 1:
        return table.columns[0].align
    return "middle" if row.kind == "total" else table.columns[row.span - 1].align


def _words(words: Words, said: Said) -> list[dict[str, Any]]:
    return [{"t": said(one.text), "b": one.bold, "i": one.italic, "r": one.raised} for one in runs(words)]


def _section(section: Section, said: Said) -> dict[str, Any]:
    return {"landscape": section.landscape, "blocks": [_block(one, section.landscape, said) for one in section.blocks]}


def _annex(annex: Annex, said: Said) -> dict[str, Any]:
    told = {"label": said(annex.label), "title": said(annex.title), "belongs": said(annex.belongs_to)}
    return told | _section(annex.section, said)


def _closing(closing: Closing, said: Said) -> dict[str, Any]:
    return {
        "office": [said(one) for one in closing.office],
        "name": said(closing.name),
        "title": said(closing.recipients_title),
        "recipients": [said(one) for one in closing.recipients],
    }


def _block(block: Block, landscape: bool, said: Said) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "text": said(block.text), "level": block.level}
        case Paragraph():
            return {"is": "paragraph", "words": _words(block.words, said), "flush": block.flush}
        case Box():
            return {"is": "box", "text": said(block.text)}
        case Notes():
            items = [{"mark": said(mark), "text": said(one)} for mark, one in block.items]
            return {"is": "notes", "title": said(block.title), "items": items}
        case Figure():
            return {"is": "figure", "caption": said(block.caption), "drawing": drawing_data(block.drawing, said)}
        case Table():
            return _table(block, landscape, said)


def _table(table: Table, landscape: bool, said: Said) -> dict[str, Any]:
    return {
        "is": "table",
        "caption": said(table.caption),
        "size": table.size,
        "whole": table.whole,
        "head_height": table.head_height,
        "widths": widths(table.columns, landscape=landscape),
        "aligns": [one.align for one in table.columns],
        "heads": [{"text": said(one.head), "turned": one.turned, "group": bool(one.group)} for one in table.columns],
        "groups": [{"text": said(name), "count": count} for name, count in head_groups(table.columns)],
        "grouped": any(one.group for one in table.columns),
        "rows": [_row(one, table, said) for one in table.rows],
    }


def _row(row: Row, table: Table, said: Said) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "span": row.span,
        "align": first_align(row, table),
        "cells": [_words(one, said) for one in row.cells],
    }
