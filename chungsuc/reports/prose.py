"""The situation in words, in the style in which official letters open. Pure: a situation in, a paragraph out.

Numbers under ten get a zero (05 xã), decimals a comma, percent no space, as official prose writes them.
Nothing is said that the data do not carry: "good results" only where the mean or the titles rose.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chungsuc.kit.catalogue import text
from chungsuc.kit.vietnamese import number, two_digits
from chungsuc.reports.rules import Situation
from chungsuc.territory.rules import Kind


def opening(found: Situation, before: Situation | None = None, lang: str = "vi") -> str:
    """The opening paragraph. `before` is the situation at the end of the year before, where there is one."""
    if found.unit.kind is Kind.COMMUNE:
        return _commune(found, before, lang)
    head = text("prose.head", lang, by=by_day(found.at, lang), unit=_named(found, lang))
    if not found.communes:
        return f"{head}: {text('prose.no_communes', lang)}."
    pieces = [_titles(found, before, lang), *_undecided(found, lang), *_merged(found, before, lang)]
    pieces.append(_mean(found, before, lang))
    joint = text("prose.good", lang) + ", " if _rose(found, before) else ": "
    return " ".join([f"{head}{joint}{', '.join(pieces)}.", *_shortcomings(found, lang)])


def official_day(day: date) -> str:
    """`30/6/2020`, `05/9/2020`, `01/02/2020`: days under ten and the first two months get a zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def by_day(at: date, lang: str = "vi") -> str:
    """`Đến hết năm 2019` at the end of a year, else `Đến ngày 30/6/2020`."""
    if (at.month, at.day) == (12, 31):
        return text("prose.by.year_end", lang, year=at.year)
    return text("prose.by.day", lang, day=official_day(at) if lang == "vi" else f"{at.day} {at:%B %Y}")


def _named(found: Situation, lang: str) -> str:
    """`tỉnh Cao Bằng`: the word for the kind in small letters inside a sentence."""
    name = found.unit.name
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
    return found.basis.get("nothing", 0) < found.communes


def _rose(found: Situation, before: Situation | None) -> bool:
    if before is None or not before.communes:
        return False
    better_mean = has_figures(before) and has_figures(found) and (found.mean_met or 0) > (before.mean_met or 0)
    return better_mean or found.recognised > before.recognised


def _titles(found: Situation, before: Situation | None, lang: str) -> str:
    new, total, whole = found.recognised_in_year, found.recognised, _whole(found, lang)
    said = {"new": _count(new, lang), "total": _count(total, lang), "whole": whole}
    was = {"before": _count(before.recognised, lang), "year": before.at.year} if before else {}
    if not total:
        lost = before is not None and before.recognised > 0
        return text("prose.none_left", lang, **was) if lost else text("prose.none_at_all", lang)
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
    if before is None or before.mean_met is None or not has_figures(before):
        return said
    change = found.mean_met - before.mean_met
    way = "up" if change > 0 else "down" if change < 0 else "same"
    facts = {} if way == "same" else {"by": _decimal(abs(change), lang, 2)}
    return said + text(f"prose.mean.{way}", lang, year=before.at.year, **facts)


def _commune(found: Situation, before: Situation | None, lang: str) -> str:
    """One commune in one sentence."""
    parent = text("prose.commune.parent", lang, parent=found.unit.parent_name) if found.unit.parent_name else ""
    title = text("prose.commune.title" if found.recognised else "prose.commune.no_title", lang)
    said = {"by": by_day(found.at, lang), "unit": _named(found, lang), "parent": parent, "title": title}
    if not has_figures(found):
        return text("prose.commune.no_figures", lang, **said)
    change = found.total_met - before.total_met if before and before.communes and has_figures(before) else 0
    way = "up" if change > 0 else "down"
    moved = text(f"prose.commune.{way}", lang, by=abs(change), year=before.at.year) if change and before else ""
    return text("prose.commune", lang, **said, met=found.total_met, of=found.of, change=moved)


def _shortcomings(found: Situation, lang: str) -> list[str]:
    missing = [*_districts(found, lang), *_below(found, lang)]
    sentences = []
    if missing:
        key = "prose.but.one" if len(missing) == 1 else "prose.but"
        sentences.append(text(key, lang, list=", ".join(missing)))
    if has_figures(found) and not found.below_10:
        sentences.append(text("prose.none_below", lang, low=found.low))
    return sentences


def _districts(found: Situation, lang: str) -> list[str]:
    rural = [line for line in found.by_district if line.communes]
    if found.unit.kind is not Kind.PROVINCE or not rural:
        return []
    without, said = found.districts_without_recognised, []
    if without and len(without) == len(rural):
        said.append(text("prose.all_districts_without", lang))
    elif without:
        key = "prose.district_without" if len(without) == 1 else "prose.districts_without"
        said.append(text(key, lang, names=", ".join(without)))
    if not found.districts_recognised:
        said.append(text("prose.no_district_recognised", lang))
    return said


def _below(found: Situation, lang: str) -> list[str]:
    if not (has_figures(found) and found.below_10 and found.below_10_percent is not None):
        return []
    facts = {"low": found.low, "communes": found.communes, "below": _count(found.below_10, lang)}
    return [text("prose.below", lang, percent=_decimal(found.below_10_percent, lang, 1), **facts)]
