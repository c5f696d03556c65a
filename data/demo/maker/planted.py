"""Errors and signals planted on purpose, each listed in `planted.yaml` for the rooms that will look for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from maker.dice import Dice
from maker.filings import SELF, VERIFIED, Book, Entry, Key, flattered
from maker.law import OLD, Need
from maker.places import Place, recognised, recognised_2020
from maker.values import Value, counted, holds

Q2, Q3, Q4 = date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31)
HEAPED_IN = ("043", "052")  # Bảo Lạc, Nguyên Bình
END_2019 = date(2019, 12, 31)


@dataclass(frozen=True)
class Planted:
    """One thing planted: what, where, when, and what to see there."""

    signal: str
    unit: str
    name: str
    at: date
    indicators: tuple[str, ...]
    see: str


@dataclass(frozen=True)
class Ground:
    """What the planting works on."""

    book: Book
    before: Mapping[str, Place]
    after: Mapping[str, Place]
    asked: Mapping[str, Need]

    def free(self, word: str) -> list[str]:
        """Communes of 2020 without a title, in an order of this word's own."""
        titled = {*recognised(), *recognised_2020()}
        return Dice(word).shuffled([code for code in sorted(self.after) if code not in titled])

    def limit(self, indicator: str) -> float:
        """The threshold of a plain indicator."""
        return self.asked[indicator].limits[None] or 0.0

    def has(self, code: str, at: date, indicator: str, level: str = SELF) -> bool:
        """Whether that figure was filed."""
        return Key(code, OLD, at, level, indicator) in self.book

    def get(self, code: str, at: date, indicator: str, level: str = SELF) -> Value:
        """The figure."""
        return self.book[Key(code, OLD, at, level, indicator)].value

    def put(self, code: str, at: date, indicator: str, value: Value, level: str = SELF) -> None:
        """Replace a figure, keeping when it was recorded."""
        key = Key(code, OLD, at, level, indicator)
        self.book[key] = replace(self.book[key], value=value)


def plant(ground: Ground) -> list[Planted]:
    """Plant everything; return what was planted."""
    found: list[Planted] = []
    plants: tuple[Callable[[Ground], list[Planted]], ...] = (
        _jumps, _heaps, _vanished_households, _copies, _flattery, _slips, _wrong_unit,
    )  # fmt: skip
    for one in plants:
        found += one(ground)
    return found


def _jumps(ground: Ground) -> list[Planted]:
    """A share that leaps in one quarter, in a criterion that another indicator keeps unmet."""
    found = []
    for code in ground.free("jumps"):
        if len(found) == 4:
            break
        if ground.after[code].district in HEAPED_IN:
            continue
        indicator = "9.2" if len(found) % 2 == 0 else "17.6"
        blocker = "9.1" if indicator == "9.2" else "17.1"
        if not all(ground.has(code, at, one) for at in (Q2, Q3, Q4) for one in (indicator, blocker)):
            continue
        value = ground.get(code, Q2, indicator)
        if value.number is None or value.den is None or value.number > 55 or not _blocked(ground, code, blocker):
            continue
        limit = ground.limit(indicator)
        for at, share in ((Q3, 95.0), (Q4, 96.0)):
            for level in (SELF, VERIFIED) if at == Q4 else (SELF,):
                higher = counted(share, value.den, limit, met=True, lower=False, whole=True)
                ground.put(code, at, indicator, higher, level)
        see = f"từ {value.number} % lên khoảng 95 % trong một quý"
        found.append(_note(ground, "jump", code, Q3, (indicator,), see))
    return found


def _blocked(ground: Ground, code: str, indicator: str) -> bool:
    """Whether this indicator alone keeps its criterion unmet at the end of 2020."""
    value = ground.get(code, Q4, indicator)
    if indicator == "9.1":
        return (value.number or 0) > 0
    return any((value.parts[part].number or 0) < (ground.asked["17.1"].limits[part] or 0) for part in value.parts)


def _heaps(ground: Ground) -> list[Planted]:
    """Shares without counts, exactly at the threshold, in one district after another quarter."""
    found = []
    for code in sorted(ground.after):
        if ground.after[code].district not in HEAPED_IN or code in recognised_2020():
            continue
        for indicator in ("17.6", "14.3", "16", "4.2"):
            limit = ground.limit(indicator)
            met = ground.has(code, Q3, indicator) and (ground.get(code, Q3, indicator).number or 0) >= limit
            if met and Dice(code, indicator, "heap").chance(0.6):
                ground.put(code, Q3, indicator, Value(number=limit))
                see = f"đúng bằng ngưỡng {limit:g}, không có số đếm"
                found.append(_note(ground, "heaped", code, Q3, (indicator,), see))
    return found


def _vanished_households(ground: Ground) -> list[Planted]:
    """A seventh of the households is gone within a year, and poverty with them."""
    found = []
    titled = recognised()
    for code in Dice("vanish").shuffled([code for code in sorted(ground.before) if code not in titled])[:2]:
        for (key, entry) in [(k, e) for k, e in ground.book.items() if k.code == code and k.at == END_2019]:
            need = ground.asked[key.indicator]
            if need.whole and entry.value.den and key.indicator in ("4.2", "9.2", "11", "17.6", "17.7", "17.8"):
                ground.put(code, END_2019, key.indicator, _fewer(entry.value, need), key.level)
        found.append(
            _note(ground, "households_vanish", code, END_2019, ("4.2", "9.2", "11", "17.6", "17.7", "17.8"),
                  "tổng số hộ giảm khoảng 14 % so với năm trước")
        )  # fmt: skip
    return found


def _fewer(value: Value, need: Need) -> Value:
    limit = need.limits[None] or 0.0
    exact = 100.0 * (value.num or 0) / (value.den or 1)
    met = exact <= limit if need.lower else exact >= limit
    return counted(exact, round((value.den or 1) * 0.86), limit, met=met, lower=need.lower, whole=True)


def _copies(ground: Ground) -> list[Planted]:
    """Two communes hand in the figures of a neighbour, number for number."""
    found = []
    free = [code for code in ground.free("copies") if ground.has(code, Q2, "4.2")]
    for code in free:
        if len(found) == 2:
            break
        near = [other for other in free if ground.after[other].district == ground.after[code].district and other > code]
        if not near:
            continue
        source = near[0]
        for indicator in ground.asked:
            if ground.has(code, Q2, indicator) and ground.has(source, Q2, indicator):
                ground.put(code, Q2, indicator, ground.get(source, Q2, indicator))
        see = f"chép nguyên số liệu của {source} {ground.after[source].name}"
        found.append(_note(ground, "copied", code, Q2, (), see))
    return found


def _flattery(ground: Ground) -> list[Planted]:
    """Six communes rate themselves far above what verification finds."""
    titled = recognised()
    found = []
    for code in Dice("flattery").shuffled([code for code in sorted(ground.before) if code not in titled]):
        if len(found) == 6:
            break
        unmet = [
            indicator
            for indicator, need in ground.asked.items()
            if ground.has(code, END_2019, indicator)
            and not holds(need, ground.get(code, END_2019, indicator, VERIFIED))
        ]
        if len(unmet) < 10:
            continue
        chosen = tuple(unmet[::2][:9])
        for indicator in chosen:
            value = ground.get(code, END_2019, indicator, VERIFIED)
            plain = replace(value, nearly=None)
            said = flattered(ground.before[code], ground.asked[indicator], END_2019, plain, always=True)
            ground.put(code, END_2019, indicator, said)
        see = "tự đánh giá cao hơn hẳn thẩm tra"
        found.append(_note(ground, "self_above_verification", code, END_2019, chosen, see))
    return found


def _slips(ground: Ground) -> list[Planted]:
    """Two recognised communes fall behind in the second half of 2020."""
    found = []
    for code, indicator, step in (("01384", "11", 1.2), ("01669", "17.7", -3.0)):
        limit = ground.limit(indicator)
        for at in (Q3, Q4):
            for level in (SELF, VERIFIED) if at == Q4 else (SELF,):
                value = ground.get(code, at, indicator, level)
                need = ground.asked[indicator]
                worse = counted(limit + step, value.den or 1, limit, met=False, lower=need.lower, whole=True)
                ground.put(code, at, indicator, worse, level)
        found.append(_note(ground, "slip", code, Q3, (indicator,), "xã đã công nhận tụt khỏi ngưỡng"))
    return found


def _wrong_unit(ground: Ground) -> list[Planted]:
    """Income typed in the wrong unit: ten times too small."""
    found = []
    for code in [code for code in ground.free("unit") if ground.has(code, Q2, "10")][:2]:
        value = ground.get(code, Q2, "10")
        ground.put(code, Q2, "10", Value(number=round((value.number or 0) / 10, 1)))
        found.append(_note(ground, "wrong_unit", code, Q2, ("10",), "thu nhập nhỏ đi mười lần trong một quý"))
    return found


def _note(ground: Ground, signal: str, code: str, at: date, indicators: tuple[str, ...], see: str) -> Planted:
    place = (ground.after if at.year >= 2020 else ground.before)[code]
    return Planted(signal, code, place.name, at, indicators, see)


def late_filings(book: Book) -> list[tuple[str, date, int]]:
    """Self-assessments recorded more than a month after their date: commune, date, days."""
    found: dict[tuple[str, date], Entry] = {
        (key.code, key.at): entry for key, entry in book.items() if key.level == SELF
    }
    return sorted(
        (code, at, (entry.recorded_at.date() - at).days)
        for (code, at), entry in found.items()
        if entry.recorded_at.date() - at > timedelta(days=31)
    )
