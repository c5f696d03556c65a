"""Parts that both forms share: the hidden sheet, the instructions, validation of cells, thresholds in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chungsuc.assessment.workbook.facts import Meta
from chungsuc.assessment.workbook.labels import ASIDE, HELP_SHEET, META_SHEET, NO, YES
from chungsuc.criteria.engine import Indicator, Kind, Ruling
from chungsuc.criteria.engine.sentences import limit_text, mark
from chungsuc.kit.sheets.writing import SAFE, write_text

HELP = (
    "1. Chỉ gõ vào ô nền vàng. Ô khác bị khoá để giữ cấu trúc; có thể đổi độ rộng, ẩn cột hoặc hàng.",
    "2. Chỉ tiêu Đạt / Chưa đạt: chọn trong danh sách. Không xét: chọn Không xét và ghi lý do.",
    "3. Tỷ lệ ghi theo phần trăm: 94,9 (không ghi 0,949). Có tử số, mẫu số thì hệ thống tự tính tỷ lệ.",
    "4. Ô để trống là chưa có số liệu, không phải là chưa đạt.",
    "5. Số liệu gần nhất đã điền sẵn vào cột Số liệu mới (chữ xám nghiêng): kiểm tra từng số, sửa số đã thay đổi.",
    "6. Sửa số liệu đã nộp của cùng ngày thì ghi lý do ở đầu biểu.",
    "7. 'chưa đối chiếu văn bản': mức đạt ghi theo trí nhớ, chưa đối chiếu với văn bản gốc.",
    "8. Lưu dạng .xlsx, không đặt mật khẩu, không kèm macro. Lỗi sẽ được trả lại là ghi chú trên từng ô.",
)


def new_book(path: Path, *, constant_memory: bool = False) -> Any:
    """An xlsxwriter book that never guesses a formula, a number or a link out of a text."""
    import xlsxwriter

    return xlsxwriter.Workbook(str(path), {"constant_memory": constant_memory, **SAFE})


def add_help(book: Any, formats: dict[str, Any]) -> None:
    """The sheet of instructions."""
    sheet = book.add_worksheet(HELP_SHEET)
    sheet.set_column(0, 0, 110)
    write_text(sheet, 0, 0, "Hướng dẫn điền biểu", formats["title"])
    for place, line in enumerate(HELP, start=2):
        write_text(sheet, place, 0, line, formats["help"])
    sheet.protect("", {})


def add_meta(book: Any, meta: Meta) -> None:
    """The hidden sheet by which a form is known again, and the same as defined names."""
    sheet = book.add_worksheet(META_SHEET)
    for row, (name, value) in enumerate(meta.rows()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
        if name != "seen":
            book.define_name(f"chungsuc_{name}", f"='{META_SHEET}'!$B${row + 1}")
    sheet.protect("", {})
    sheet.very_hidden()


def validation(indicator: Indicator) -> dict[str, Any]:
    """What a cell accepts; Excel warns, our reader decides."""
    if indicator.kind is Kind.BOOLEAN:
        return {
            "validate": "list",
            "source": [YES, NO, ASIDE],
            "error_type": "warning",
            "error_title": "Đạt / Chưa đạt / Không xét",
            "error_message": "Chọn một trong ba mục của danh sách.",
        }
    most = 100 if indicator.kind is Kind.PERCENT else float(indicator.at_most or 10**9)
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": most,
        "error_type": "warning",
        "error_title": "Số ngoài khoảng",
        "error_message": f"Nhập số từ 0 đến {most:g}.",
    }


def threshold_text(ruling: Ruling, part: str | None) -> str:
    """`≥ 95%`, `Đạt`, or why there is none."""
    for name, leaf in ruling.limits:
        if name == part or (part is None and name in ("male", "female")):
            return limit_text(ruling.indicator, leaf, "vi")
    return "UBND tỉnh quy định" if ruling.indicator.set_by == "province" else "chưa có"


def basis_text(ruling: Ruling) -> str:
    """Where the threshold comes from, with the mark of a value that was not checked."""
    unchecked, citation = mark_text(ruling), ruling.citation.vi
    return f"{citation} ({unchecked})" if unchecked else citation


def mark_text(ruling: Ruling) -> str:
    """The mark of a threshold that is an example or was not checked; empty where there is none."""
    return mark(ruling, "vi") if ruling.node else ""


def common(texts: Sequence[str]) -> str:
    """The one text that all share, or that it depends on the commune."""
    different = set(texts)
    return different.pop() if len(different) == 1 else "theo nhóm xã"
