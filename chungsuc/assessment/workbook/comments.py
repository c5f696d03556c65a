"""Writes problems back as comments on the cells of the same workbook. Runs in the child process."""

from __future__ import annotations

from collections.abc import Sequence

AUTHOR = "Chung Sức"
FILLS = {"error": "FFFECACA", "warning": "FFFDE68A"}


def annotate(source: str, target: str, findings: Sequence[Sequence[str]]) -> int:
    """Copy `source` to `target` with comments; findings are (sheet, cell, severity, text). Returns how many were set.

    Comments of an earlier answer are taken off first; all else in the workbook stays.
    """
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if getattr(cell, "comment", None) is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
    texts: dict[tuple[str, str], list[tuple[str, str]]] = {}
    first = book.worksheets[0].title
    for name, cell, severity, text in findings:
        where = (name if name in book.sheetnames else first, cell or "A1")
        texts.setdefault(where, []).append((severity, text))
    for (name, cell), said in texts.items():
        place = _top_left(book[name], cell)
        comment = Comment("\n".join(text for _, text in said), AUTHOR, width=380, height=40 + 34 * len(said))
        book[name][place].comment = comment
        worst = "error" if any(severity == "error" for severity, _ in said) else "warning"
        book[name][place].fill = PatternFill("solid", start_color=FILLS[worst])
    book.save(target)
    return len(texts)


def _top_left(sheet: object, cell: str) -> str:
    for block in sheet.merged_cells.ranges:  # type: ignore[attr-defined]
        if cell in block:
            return block.coord.split(":")[0]
    return cell
