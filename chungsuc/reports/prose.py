"""The situation in words, in the style in which official letters open. Pure: a situation in, a paragraph out.

Numbers under ten get a zero (05 xã), decimals a comma, percent no space, as official prose writes them.
Nothing is said that the data do not carry: "good results" only with new titles and a rise in titles or mean, a
comparison only between days that have figures of their own; communes without figures are named, never counted as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chungsuc.kit.catalogue import text
from chungsuc.kit.vietnamese import number, two_digits
from chungsuc.reports.rules import DAYS_NAMED, DistrictLine, Made, Situation, comparable
from chungsuc.territory.rules import Kind, UnitFact


def opening(found: Situation, before: Situation | None = None, lang: str = "vi") -> str:
    """The opening paragraph. `before` is the situation at the end of the year before, where there is one."""
    if found.unit.kind is Kind.COMMUNE:
        return _commune(found, before, lang)
    head = text("prose.head", lang, by=by_day(found.at, lang), unit=_named(found, lang))
    if not found.communes:
        return f"{head}: {text('prose.no_communes', lang)}."
    pieces = [_titles(found, before, lang), *_undecided(found, lang), *_merged(found, before, lang)]
    pieces.append(_mean(found, before, lang))
    gained = _gained(found, before)
    if lang == "en":  # main clauses: a comma between them would be a splice
        first = f"{head}{text('prose.good', lang)}: " if gained else f"{head}: "
        return " ".join([f"{first}{'; '.join(pieces)}.", *_shortcomings(found, lang)])
    joint = text("prose.good", lang) + ", " if gained else ": "
    return " ".join([f"{head}{joint}{', '.join(pieces)}.", *_shortcomings(found, lang)])


def unit_name(unit: UnitFact, lang: str) -> str:
    """`Tỉnh Cao Bằng`, in English `Cao Bằng province`."""
    return unit.name if lang == "vi" else text(f"prose.unit.{unit.kind.value}", lang, name=unit.short_name)


def line_name(line: DistrictLine, lang: str) -> str:
    """`Huyện Hà Quảng`, in English `Hà Quảng district`."""
    return line.name if lang == "vi" else text(f"prose.unit.{line.kind.value}", lang, name=line.short_name)


def demo_label(made: Made, real_titles: Sequence[str], lang: str) -> str:
    """What stands above made-up data: which titles are real all the same; "" where nothing is made up."""
    if made is not Made.DEMO:
        return ""
    if not real_titles:
        return text("note.demo.all", lang)
    decisions = ", ".join(dict.fromkeys(sorted(real_titles)))
    return text("note.demo", lang, count=len(real_titles), decisions=decisions)


def official_day(day: date) -> str:
    """`30/6/2020`, `05/9/2020`, `01/02/2020`: days under ten and the first two months get a zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def by_day(at: date, lang: str = "vi") -> str:
    """`Đến hết năm 2019` at the end of a year, else `Đến ngày 30/6/2020`."""
    if (at.month, at.day) == (12, 31):
        return text("prose.by.year_end", lang, year=at.year)
    return text("prose.by.day", lang, day=_day(at, lang))


def _named(found: Situation, lang: str) -> str:
    """`tỉnh Cao Bằng`: the word for the kind in small letters inside a sentence."""
    name = unit_name(found.unit, lang)
    return name[:1].lower() + name[1:] if lang == "vi" else name


def _whole(found: Situation, lang: str) -> str:
    kind = found.unit.kind if found.unit.kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.CITY) else Kind.COMMUNE
    return text(f"prose.whole.{kind.value}", lang)


def _count(value: int, lang: str) -> str:
    return two_digits(value) if lang == "vi" else str(value)


def _decimal(value: Decimal, lang: str, places: int) -> str:
    return number(value, places) if lang == "vi" else f"{value:.{places}f}"


def has_figures(found: Situation) -> bool:
    """Whether anything was recorded for any commune of the situation."""
    return found.counted > 0


def mean_change(found: Situation, before: Situation | None) -> Decimal | None:
    """By how much the mean moved; None where the two days cannot be compared."""
    if before is None or None in (found.mean_met, before.mean_met) or not comparable(found, before):
        return None
    return found.mean_met - before.mean_met


def _gained(found: Situation, before: Situation | None) -> bool:
    """New titles, more of them than before or a higher mean, and no lower mean."""
    if before is None or not before.communes or not found.recognised_in_year:
        return False
    change = mean_change(found, before) or 0
    return change >= 0 and (change > 0 or found.recognised > before.recognised)


def _titles(found: Situation, before: Situation | None, lang: str) -> str:
    new, total, whole = found.recognised_in_year, found.recognised, _whole(found, lang)
    said = {"new": _count(new, lang), "total": _count(total, lang), "whole": whole}
    was = {"before": _count(before.recognised, lang), "year": before.at.year} if before else {}
    if not total:
        lost = before is not None and before.recognised > 0
        if lost:
            return text("prose.none_left", lang, **was)
        return text("prose.none_held" if found.titles_undecided else "prose.none_at_all", lang)
    if not new:
        changed = before is not None and before.recognised != total
        facts = {"total": said["total"], "whole": whole}
        return text("prose.none_more_but_changed" if changed else "prose.none_more", lang, **facts, **was)
    if new == total and not (before and before.recognised):
        return text("prose.first", lang, new=said["new"])
    if before is None or before.recognised + new == total:
        return text("prose.more", lang, **said)
    return text("prose.more_but_changed", lang, **said, **was)


def _undecided(found: Situation, lang: str) -> list[str]:
    count = found.titles_undecided
    return [text("prose.undecided", lang, count=_count(count, lang))] if count else []


def _merged(found: Situation, before: Situation | None, lang: str) -> list[str]:
    if before is None or before.communes == found.communes or before.unit.id != found.unit.id:
        return []
    way = "fewer" if found.communes < before.communes else "more"
    return [text(f"prose.merged.{way}", lang, before=_count(before.communes, lang), now=_count(found.communes, lang))]


def _mean(found: Situation, before: Situation | None, lang: str) -> str:
    if not has_figures(found) or found.mean_met is None:
        return text("prose.no_figures", lang)
    said = text("prose.mean", lang, mean=_decimal(found.mean_met, lang, 2))
    beside, change = _over_what(found, lang), mean_change(found, before)
    if before is not None and change is not None:
        way = "up" if change > 0 else "down" if change < 0 else "same"
        facts = {} if way == "same" else {"by": _decimal(abs(change), lang, 2)}
        beside.insert(0, text(f"prose.mean.{way}", lang, year=before.at.year, **facts))
    return f"{said} ({'; '.join(beside)})" if beside else said


def _over_what(found: Situation, lang: str) -> list[str]:
    """Over which communes the mean is taken and how old their figures are, where that is not plain."""
    said = []
    if found.without_figures:
        lacking = _count(found.without_figures, lang)
        said.append(text("prose.counted", lang, counted=found.counted, communes=found.communes, lacking=lacking))
    older = found.older_days()
    if len(older) == 1 and older[0].communes == found.counted:
        said.append(text("prose.as_of", lang, day=_day(older[0].day, lang)))
    elif older:
        days = [
            text("prose.as_of.day", lang, day=_day(one.day, lang), count=_count(one.communes, lang)) for one in older
        ]
        more = [text("prose.as_of.more", lang)] if len(days) > DAYS_NAMED else []
        said.append(text("prose.as_of.some", lang, days=", ".join(days[:DAYS_NAMED] + more)))
    return said


def _day(day: date, lang: str) -> str:
    return official_day(day) if lang == "vi" else f"{day.day} {day:%B %Y}"


def _commune(found: Situation, before: Situation | None, lang: str) -> str:
    """One commune in one sentence."""
    parent = text("prose.commune.parent", lang, parent=found.unit.parent_name) if found.unit.parent_name else ""
    title = text("prose.commune.title" if found.recognised else "prose.commune.no_title", lang)
    said = {"by": by_day(found.at, lang), "unit": _named(found, lang), "parent": parent, "title": title}
    if not has_figures(found):
        return text("prose.commune.no_figures", lang, **said)
    change = found.total_met - before.total_met if before and comparable(found, before) else 0
    if found.older_than(found.at):
        said["by"] += text("prose.commune.as_of", lang, day=_day(found.speaks_of[0].day, lang))
    way = "up" if change > 0 else "down"
    moved = text(f"prose.commune.{way}", lang, by=abs(change), year=before.at.year) if change and before else ""
    return text("prose.commune", lang, **said, met=found.total_met, of=found.of, change=moved)


def _shortcomings(found: Situation, lang: str) -> list[str]:
    missing = [*_districts(found, lang), *_below(found, lang)]
    sentences = []
    if missing:
        key = "prose.but.one" if len(missing) == 1 else "prose.but"
        sentences.append(text(key, lang, list=(", " if lang == "vi" else "; ").join(missing)))
    if has_figures(found) and not found.below_10:
        key = "prose.none_below.counted" if found.without_figures else "prose.none_below"
        sentences.append(text(key, lang, low=found.low))
    return sentences


def _districts(found: Situation, lang: str) -> list[str]:
    rural = [line for line in found.by_district if line.communes]
    if found.unit.kind is not Kind.PROVINCE or not rural:
        return []
    without, said = found.districts_without_recognised, []
    empty = [line for line in rural if line.short_name in without]
    if without and len(without) == len(rural):
        said.append(text(f"prose.all_{_districts_word(rural)}_without", lang))
    elif len(without) == 1:
        said.append(text("prose.district_without", lang, names=_line_named(empty, without[0], lang)))
    elif without:
        said.append(text(f"prose.{_districts_word(empty)}_without", lang, names=", ".join(without)))
    if not found.districts_recognised:
        said.append(text("prose.no_district_recognised", lang))
    return said


def _districts_word(lines: Sequence[DistrictLine]) -> str:
    return "districts_cities" if any(line.kind is Kind.CITY for line in lines) else "districts"


def _line_named(lines: Sequence[DistrictLine], name: str, lang: str) -> str:
    """`huyện Hạ Lang`, `thành phố Cao Bằng`."""
    full = lines[0].name if lines else name
    return full[:1].lower() + full[1:] if lang == "vi" else name


def _below(found: Situation, lang: str) -> list[str]:
    if not (has_figures(found) and found.below_10 and found.below_10_percent is not None):
        return []
    facts = {"low": found.low, "communes": found.counted, "below": found.below_10}
    return [text("prose.below", lang, percent=_decimal(found.below_10_percent, lang, 1), **facts)]
