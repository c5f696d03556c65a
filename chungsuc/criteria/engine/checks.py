"""Is a figure one that its indicator can have? Reasons, never exceptions; numbers are Decimal. Pure.

`why_not(indicator, figure)` is the one list of checks, used by the judge command, by entry of
figures and by workbooks; `read(set, raw)` turns plain JSON values into figures first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from chungsuc.criteria.engine.figures import HUNDRED, Figure, Share
from chungsuc.criteria.engine.sentences import part_name
from chungsuc.criteria.engine.sets import CriteriaSet, Indicator, Kind, SetAside
from chungsuc.criteria.engine.terms import Term, places, shown
from chungsuc.kit.errors import Reason, reasons

# What no count and no measure in one unit reaches; an indicator may set a lower bound of its own.
AT_MOST = Decimal(10) ** 9
# More decimals than a computed cell of a spreadsheet shows are a slip or an attack.
AT_MOST_PLACES = 20
KEYS = ("value", "num", "den", "not_applicable", "nearly_met")


def why_not(indicator: Indicator, figure: Figure) -> tuple[Reason, ...]:
    """What stands against this figure, in the order to mend it; empty when it can be judged."""
    found = _human_words(indicator, figure)
    if figure.not_applicable is not None:
        return found
    keys = indicator.part_keys
    if keys:
        return found + _parts(indicator, figure, keys)
    unasked = reasons((figure.parts, Reason("criteria.parts_not_expected", indicator=indicator.code)))
    return found + unasked + share_problems(indicator, Share(figure.value, figure.num, figure.den))


def _human_words(indicator: Indicator, figure: Figure) -> tuple[Reason, ...]:
    code, aside, nearly = indicator.code, figure.not_applicable, figure.nearly_met
    has_value = figure.value is not None or figure.num is not None or bool(figure.parts)
    return reasons(
        (
            aside is not None and not _said(aside),
            Reason("criteria.reason_missing", indicator=code, word="not_applicable"),
        ),
        (
            nearly is not None and not _said(nearly),
            Reason("criteria.reason_missing", indicator=code, word="nearly_met"),
        ),
        (aside is not None and has_value, Reason("criteria.set_aside_with_value", indicator=code)),
        (aside is not None and nearly is not None, Reason("criteria.set_aside_and_nearly_met", indicator=code)),
        (
            aside is not None and indicator.set_aside is SetAside.NEVER,
            Reason("criteria.cannot_be_set_aside", indicator=code, name=indicator.short.vi),
        ),
    )


def _said(reason: object) -> bool:
    return isinstance(reason, str) and bool(reason.strip())


def _parts(indicator: Indicator, figure: Figure, keys: tuple[str, ...]) -> tuple[Reason, ...]:
    named = figure.parts
    if not named:
        return (_parts_expected(indicator),)
    strange = [part for part in named if part not in keys]
    absent = [part for part in keys if part not in named]
    found = reasons(
        (strange, _part_unknown(indicator, strange)),
        *(
            (True, Reason("criteria.part_missing", indicator=indicator.code, part=_part(indicator, key), parts=keys))
            for key in absent
        ),
    )
    for key in keys:
        if key in named:
            given = named[key]
            found += share_problems(indicator, given if isinstance(given, Share) else Share(given), key)
    return found


def _part(indicator: Indicator, key: str) -> Term:
    return Term(key, part_name(indicator, key, "vi"), part_name(indicator, key, "en"))


def _named(indicator: Indicator) -> Term:
    """All parts: keys as data, `hygienic (nước hợp vệ sinh), …` in a sentence."""
    parts = [_part(indicator, key) for key in indicator.part_keys]
    vi, en = (", ".join(f"{part!s} ({getattr(part, lang)})" for part in parts) for lang in ("vi", "en"))
    return Term(", ".join(parts), vi, en)


def _parts_expected(indicator: Indicator) -> Reason:
    named, keys = _named(indicator), indicator.part_keys
    return Reason("criteria.parts_expected", indicator=indicator.code, parts=keys, named=named)


def _part_unknown(indicator: Indicator, strange: list[str]) -> Reason:
    named, keys = _named(indicator), indicator.part_keys
    return Reason("criteria.part_unknown", indicator=indicator.code, part=strange, parts=keys, named=named)


def _code(indicator: Indicator, part: str | None) -> str:
    """The indicator, and which part of it: `17.1 (clean)` as data, `17.1 (nước sạch)` in a sentence."""
    if part is None:
        return indicator.code
    named = _part(indicator, part)
    return Term(*(f"{indicator.code} ({word})" for word in (part, named.vi, named.en)))


def share_problems(indicator: Indicator, share: Share, part: str | None = None) -> tuple[Reason, ...]:
    """What stands against one value with its counts."""
    code = _code(indicator, part)
    if indicator.kind is Kind.BOOLEAN:
        return reasons(
            (share.num is not None or share.den is not None, Reason("criteria.counts_not_asked", indicator=code)),
            (
                not isinstance(share.value, bool),
                Reason("criteria.boolean_expected", indicator=code, given=shown(share.value)),
            ),
        )
    found = () if share.value is None else _number(indicator, share.value, code)
    if found:
        return found
    found = _counts(indicator, share, code)
    nothing = share.value is None and not share.counted
    return found or reasons((nothing, Reason("criteria.value_missing", indicator=code)))


def _number(indicator: Indicator, value: Any, code: str) -> tuple[Reason, ...]:
    if isinstance(value, bool):
        return (Reason("criteria.number_expected_not_boolean", indicator=code, given=shown(value)),)
    if not isinstance(value, Decimal):
        return (Reason("criteria.number_expected", indicator=code, given=shown(value)),)
    if not value.is_finite():
        return (Reason("criteria.not_finite", indicator=code, given=str(value)),)
    if places(value) > AT_MOST_PLACES:
        return (_too_precise(code),)
    at_most = indicator.at_most or AT_MOST
    percent = indicator.kind is Kind.PERCENT
    return reasons(
        (value < 0, Reason("criteria.negative", indicator=code, given=shown(value))),
        (percent and value > HUNDRED, Reason("criteria.over_100", indicator=code, given=shown(value))),
        (
            not percent and value > at_most,
            Reason("criteria.too_large", indicator=code, given=shown(value), at_most=at_most),
        ),
        (
            indicator.kind is Kind.COUNT and value <= at_most and value != value.to_integral_value(),
            Reason("criteria.not_whole", indicator=code, given=shown(value)),
        ),
    )


def _too_precise(code: str) -> Reason:
    return Reason("criteria.too_precise", indicator=code, most=AT_MOST_PLACES)


def _counts(indicator: Indicator, share: Share, code: str) -> tuple[Reason, ...]:
    value, num, den = share
    if num is None and den is None:
        return reasons((indicator.counts_required, Reason("criteria.counts_missing", indicator=code)))
    if indicator.kind not in (Kind.PERCENT, Kind.RATIO):
        return (Reason("criteria.counts_not_asked", indicator=code),)
    if num is None or den is None:
        return (Reason("criteria.counts_incomplete", indicator=code),)
    if not all(_is_count(count) for count in (num, den)):
        return (Reason("criteria.count_bad", indicator=code, num=shown(num), den=shown(den)),)
    if any(places(count) > AT_MOST_PLACES for count in (num, den)):
        return (_too_precise(code),)
    whole = indicator.counted is None or indicator.counted.whole
    if whole and (num != num.to_integral_value() or den != den.to_integral_value()):
        return (Reason("criteria.counts_not_whole", indicator=code, num=num, den=den),)
    if den == 0:
        return (Reason("criteria.counts_of_nothing", indicator=code),)
    if num > den and indicator.kind is Kind.PERCENT:
        return (Reason("criteria.part_over_whole", indicator=code, num=num, den=den),)
    exact = num * HUNDRED / den
    if value is not None and not gives(value, exact):
        return (
            Reason("criteria.counts_not_share", indicator=code, given=value, num=num, den=den, share=round(exact, 2)),
        )
    return ()


def gives(value: Decimal, exact: Decimal) -> bool:
    """Whether `value` is `exact` rounded to the decimals that `value` shows (95 for 94.9; 94.9 for 94.87)."""
    return abs(value - exact) <= Decimal(5).scaleb(-max(0, places(value)) - 1)


def _is_count(count: Any) -> bool:
    return isinstance(count, Decimal) and count.is_finite() and 0 <= count <= AT_MOST


def read(criteria_set: CriteriaSet, raw: Mapping[str, Any]) -> tuple[dict[str, Figure], tuple[Reason, ...]]:
    """Figures from plain JSON values (`{"4.2": 94.9, "17.1": {"hygienic": 91, "clean": 52}}`), and all problems.

    null is no figure. Numbers may be int, float or Decimal. Parts may be named by key or by their code
    in the law, inside the indicator's object or as entries of their own (`"17.1a": 91`).
    """
    figures: dict[str, Figure] = {}
    problems: list[Reason] = []
    parts = {part.code: (i.code, part.key) for i in criteria_set.indicators for part in i.parts if part.code}
    gathered, doubled = _gather(raw, parts)
    problems += [Reason("criteria.part_twice", indicator=code) for code in doubled]
    for code, given in gathered.items():
        indicator = criteria_set.by_code.get(code)
        if indicator is None:
            problems.append(Reason("criteria.indicator_unknown", indicator=shown(code), set=criteria_set.code))
            continue
        if given is None:
            continue
        figure, strange = _figure(indicator, given)
        found = tuple(strange) or why_not(indicator, figure)
        problems += found
        figures[code] = figure
    return figures, tuple(problems)


def _gather(raw: Mapping[str, Any], parts: Mapping[str, tuple[str, str]]) -> tuple[dict[str, Any], list[str]]:
    """Entries for parts (`17.1a`) put into the object of their indicator."""
    gathered: dict[str, Any] = {code: given for code, given in raw.items() if code not in parts}
    doubled = []
    for code, given in raw.items():
        if code in parts:
            whole, key = parts[code]
            held = gathered.setdefault(whole, {})
            if not isinstance(held, dict) or key in held:
                doubled.append(code)
            else:
                gathered[whole] = {**held, key: given}
    return gathered, doubled


def _figure(indicator: Indicator, given: Any) -> tuple[Figure, Iterable[Reason]]:
    if not isinstance(given, Mapping):
        return Figure(value=_plain(given)), ()
    known = {part.code: part.key for part in indicator.parts if part.code}
    found = {known.get(key, key): value for key, value in given.items()}
    if len(found) < len(given):
        return Figure(), [Reason("criteria.part_twice", indicator=indicator.code)]
    strange = [shown(key) for key in found if key not in KEYS and key not in indicator.part_keys]
    if strange and indicator.part_keys:
        return Figure(), [_part_unknown(indicator, strange)]
    if strange:
        return Figure(), [Reason("criteria.key_unknown", indicator=indicator.code, part=strange, parts=KEYS)]
    parts = {key: _share(found[key]) for key in indicator.part_keys if key in found}
    main = {key: _plain(found[key]) for key in ("value", "num", "den") if key in found}
    words = {key: _word(found[key]) for key in ("not_applicable", "nearly_met") if key in found}
    if indicator.part_keys and main:
        return Figure(), [_parts_expected(indicator)]
    return Figure(parts=parts, **main, **words), ()


def _share(given: Any) -> Share:
    if isinstance(given, Mapping) and set(given) <= {"value", "num", "den"}:
        return Share(*(_plain(given.get(key)) for key in ("value", "num", "den")))
    return Share(_plain(given))


def _word(given: Any) -> Any:
    """A reason; what is not text becomes an empty one, which is refused."""
    return given if isinstance(given, str) else ""


def _plain(value: Any) -> Any:
    """Numbers as Decimal; anything else as it is, for the checks to name."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return value
