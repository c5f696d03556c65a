"""The blank form of one commune: a row per indicator under its criterion, prefilled with the last figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from chungsuc.assessment.rules import FigureFact
from chungsuc.assessment.workbook import sheets, styles
from chungsuc.assessment.workbook.facts import Meta, OneForm
from chungsuc.assessment.workbook.labels import (
    ASIDE,
    CHANGE_REASON,
    COLUMNS,
    FORM_SHEET,
    LEVELS,
    NO,
    TEMPLATE,
    YES,
    label_of,
    part_name,
)
from chungsuc.criteria.engine import Indicator, Kind, Leaf, Ruling, Share
from chungsuc.kit.sheets.writing import write_text
from chungsuc.kit.vietnamese import day

AT = {name: place for place, name in enumerate(COLUMNS)}
HEAD_ROW = 6


def write_form(path: Path, form: OneForm) -> None:
    """Write the form of one commune to `path`."""
    with sheets.new_book(path) as book:
        formats = styles.formats(book)
        sheet = book.add_worksheet(FORM_SHEET)
        _Writer(book, sheet, form, formats).write()
        sheets.add_help(book, formats)
        sheets.add_meta(book, meta_of(form))


def meta_of(form: OneForm) -> Meta:
    """The hidden facts of the form."""
    return Meta(
        kind="one",
        set_code=form.rules.code,
        set_version=form.rules.version,
        unit=form.unit.code,
        at=form.at.isoformat(),
        level=form.level,
        form=form.form,
        template=TEMPLATE,
        seen=dict(form.seen),
    )


class _Writer:
    """Writes the rows one below the other."""

    def __init__(self, book: Any, sheet: Any, form: OneForm, formats: dict[str, Any]) -> None:
        self.book, self.sheet, self.form, self.formats = book, sheet, form, formats
        self.row = HEAD_ROW + 1

    def write(self) -> None:
        self._frame()
        rulings = {ruling.indicator.code: ruling for ruling in self.form.rulings}
        for criterion in self.form.rules.criteria:
            title = f"Tiêu chí {criterion.number}. {criterion.name.vi}"
            # No merged cells among the rows: they can then be sorted, filtered and moved.
            for column in range(len(COLUMNS)):
                write_text(
                    self.sheet, self.row, column, title if column == AT["name"] else "", self.formats["criterion"]
                )
            self.row += 1
            for indicator in criterion.indicators:
                last = self.form.last.get(indicator.code)
                before = last if self.form.before is None else self.form.before.get(indicator.code)
                self._indicator(rulings[indicator.code], last, before)
        last = self.row - 1
        same = {"type": "formula", "criteria": f'=AND($H{HEAD_ROW + 2}<>"",$H{HEAD_ROW + 2}=$F{HEAD_ROW + 2})'}
        self.sheet.conditional_format(
            HEAD_ROW + 1, AT["value"], last, AT["value"], same | {"format": self.formats["same"]}
        )
        self.sheet.print_area(0, 0, last, len(COLUMNS) - 1)

    def _frame(self) -> None:
        sheet, form, formats = self.sheet, self.form, self.formats
        for place, (_, width, _) in enumerate(COLUMNS.values()):
            sheet.set_column(place, place, width)
        write_text(sheet, 0, 0, "BIỂU SỐ LIỆU XÂY DỰNG NÔNG THÔN MỚI CẤP XÃ", formats["title"])
        place = f"{form.unit.name} ({form.unit.code})" + (f", {form.unit.parent_name}" if form.unit.parent_name else "")
        facts = (
            ("Đơn vị:", place),
            ("Bộ tiêu chí:", f"{form.rules.name.vi} ({form.rules.code})"),
            ("Ngày của số liệu:", day(form.at)),
        )
        for row, (label, fact) in enumerate(facts, start=1):
            write_text(sheet, row, 1, f"{label} {fact}", formats["fact"])
        write_text(sheet, 4, 1, CHANGE_REASON, formats["label"])
        sheet.merge_range(4, 2, 4, AT["value"], "", formats["entry_text"])
        for place_, (heading, _, _) in enumerate(COLUMNS.values()):
            write_text(sheet, HEAD_ROW, place_, heading, formats["head"])
        sheet.set_row(HEAD_ROW, 48)
        sheet.freeze_panes(HEAD_ROW + 1, AT["unit"])
        sheet.protect("", styles.PROTECTION)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{form.unit.name}, {day(form.at)}&RTrang &P/&N")

    def _indicator(self, ruling: Ruling, last: FigureFact | None, before: FigureFact | None) -> None:
        indicator = ruling.indicator
        if not indicator.part_keys:
            self._line(ruling, None, last, before)
            return
        self._head_of_parts(ruling, before)
        for part in indicator.part_keys:
            self._line(ruling, part, last, before)

    def _head_of_parts(self, ruling: Ruling, before: FigureFact | None) -> None:
        self._locked(ruling, None, indicator_name(ruling.indicator, None), threshold="")
        for name in ("last", "last_at", "value", "num", "den"):
            write_text(self.sheet, self.row, AT[name], "", self.formats["shut"])
        self._words(before)
        self.row += 1

    def _line(self, ruling: Ruling, part: str | None, last: FigureFact | None, before: FigureFact | None) -> None:
        indicator = ruling.indicator
        self._locked(ruling, part, indicator_name(indicator, part), sheets.threshold_text(ruling, part))
        self._put(AT["last"], shown_value(indicator, last_of(last, part)[0], last), "last")
        write_text(self.sheet, self.row, AT["last_at"], self._origin(last), self.formats["centre"])
        value, num, den = last_of(before, part)
        style = "entry_yes" if indicator.kind is Kind.BOOLEAN else "entry_number"
        self._put(AT["value"], shown_value(indicator, value, before), style)
        self.sheet.data_validation(self.row, AT["value"], self.row, AT["value"], sheets.validation(indicator))
        counted = indicator.kind in (Kind.PERCENT, Kind.RATIO)
        for name, count in (("num", num), ("den", den)):
            self._put(AT[name], count if counted else None, "entry_number" if counted else "shut")
        if part is None:
            self._words(before)
        else:
            write_text(self.sheet, self.row, AT["aside"], "", self.formats["shut"])
            write_text(self.sheet, self.row, AT["note"], "", self.formats["shut"])
        self.row += 1

    def _origin(self, last: FigureFact | None) -> str:
        """The day of the figure that counts, and whose it is where another level judged."""
        if last is None:
            return ""
        whose = LEVELS[last.level.value]
        return day(last.speaks_of) if last.level.value == self.form.level else f"{day(last.speaks_of)} ({whose})"

    def _locked(self, ruling: Ruling, part: str | None, name: str, threshold: str) -> None:
        sheet, formats, indicator = self.sheet, self.formats, ruling.indicator
        write_text(sheet, self.row, AT["code"], label_of(self.form.rules, Leaf(indicator.code, part)), formats["code"])
        write_text(sheet, self.row, AT["name"], name, formats["text"])
        write_text(sheet, self.row, AT["unit"], indicator.unit.vi if indicator.unit else "", formats["centre"])
        write_text(sheet, self.row, AT["threshold"], threshold, formats["centre"])
        basis = sheets.basis_text(ruling)
        write_text(sheet, self.row, AT["basis"], basis, formats["warn" if "(" in basis else "text"])

    def _words(self, last: FigureFact | None) -> None:
        aside = last.not_applicable if last else None
        nearly = f"Cơ bản đạt: {last.nearly_met}" if last and last.nearly_met else None
        write_text(self.sheet, self.row, AT["aside"], aside or nearly or "", self.formats["entry_text"])
        write_text(self.sheet, self.row, AT["note"], (last.note if last else None) or "", self.formats["entry_text"])

    def _put(self, column: int, value: Decimal | str | None, style: str) -> None:
        if isinstance(value, Decimal):
            self.sheet.write_number(self.row, column, float(value), self.formats[style])
        else:
            write_text(self.sheet, self.row, column, value or "", self.formats[style])


def indicator_name(indicator: Indicator, part: str | None) -> str:
    """The official name, or the part's name set in."""
    return indicator.name.vi if part is None else f"    trong đó: {part_name(indicator, part)}"


def last_of(last: FigureFact | None, part: str | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value and counts of the last figure or of one of its parts."""
    if last is None:
        return None, None, None
    if part is None:
        return last.value, last.num, last.den
    found = last.parts.get(part)
    if isinstance(found, Share):
        return (found.value if isinstance(found.value, Decimal) else None), found.num, found.den
    return found, None, None


def shown_value(indicator: Indicator, value: Decimal | None, last: FigureFact | None) -> Decimal | str | None:
    """What stands in the cell for a last figure."""
    if last is not None and last.not_applicable is not None:
        return ASIDE
    if indicator.kind is Kind.BOOLEAN and value is not None:
        return YES if value else NO
    return value
