"""What was typed into a form, field by field, and the entry it makes. Pure.

A field is a mapping of plain texts as typed: `value` ("10,62"; "yes"/"no" for a requirement), `num`, `den`,
`part:KEY`, `part:KEY:num`, `part:KEY:den`, `na` (the reason why it is not judged). Nothing else is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from chungsuc.assessment.rules.facts import FigureEntry, FigureFact
from chungsuc.criteria.engine import Indicator, Kind, Share
from chungsuc.kit.errors import Reason, reasons
from chungsuc.kit.typed import number_of

Typed = Mapping[str, str]
YES, NO = "yes", "no"
MOST_KEYS, LONGEST = 20, 500


def why_not_typed(fields: Mapping[str, Typed | None], indicators: Mapping[str, Indicator]) -> tuple[Reason, ...]:
    """What stands against keeping these fields even as a draft: unknown names, endless texts."""
    found: list[Reason] = []
    for code, field in fields.items():
        if code not in indicators:
            found.append(Reason("draft.indicator_unknown", indicator=code[:20]))
        elif field is not None:
            strange = sorted(set(field) - set(keys_of(indicators[code])))
            long = any(not isinstance(text, str) or len(text) > LONGEST or "\x00" in text for text in field.values())
            found += reasons(
                (strange, Reason("draft.field_unknown", indicator=code, fields=[name[:40] for name in strange[:5]])),
                (long, Reason("draft.field_long", indicator=code, most=LONGEST)),
            )
    return tuple(found)


def keys_of(indicator: Indicator) -> tuple[str, ...]:
    """The names of the fields that an indicator may have."""
    parts = tuple(f"part:{key}{ending}" for key in indicator.part_keys for ending in ("", ":num", ":den"))
    return (*(parts or ("value", "num", "den")), "na")


def is_empty(field: Typed | None) -> bool:
    """Whether nothing was typed."""
    return field is None or not any(text.strip() for text in field.values())


def entry_of(indicator: Indicator, field: Typed) -> tuple[FigureEntry, tuple[tuple[str, Reason], ...]]:
    """The entry that the field makes, and what could not be read: (name of the field, reason)."""
    said: dict[str, Decimal | bool | None] = {}
    problems: list[tuple[str, Reason]] = []
    for name, text in field.items():
        if name == "na":
            continue
        read = _read(indicator, name, text)
        if isinstance(read, Reason):
            problems.append((name, read))
        else:
            said[name] = read
    aside = field.get("na", "").strip() or None
    parts = {key: _part(said, key) for key in indicator.part_keys}
    given = {key: part for key, part in parts.items() if part is not None}
    entry = FigureEntry(
        value=said.get("value"),
        num=_number(said.get("num")),
        den=_number(said.get("den")),
        parts=given,
        not_applicable=aside,
    )
    return entry, tuple(problems)


def _read(indicator: Indicator, name: str, text: str) -> Decimal | bool | Reason | None:
    if name == "value" and indicator.kind is Kind.BOOLEAN:
        word = text.strip()
        if word in (YES, NO):
            return word == YES
        return None if not word else Reason("number.unreadable", typed=word[:40])
    return number_of(text)


def _number(value: Decimal | bool | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _part(said: Mapping[str, Decimal | bool | None], key: str) -> Decimal | Share | None:
    value, num, den = (_number(said.get(f"part:{key}{ending}")) for ending in ("", ":num", ":den"))
    if num is not None or den is not None:
        return Share(value, num, den)
    return value


def typed_of(indicator: Indicator, fact: FigureFact) -> dict[str, str]:
    """A recorded figure as a person would have typed it: what a form shows."""
    if fact.not_applicable is not None:
        return {"na": fact.not_applicable}
    if fact.parts:
        found: dict[str, str] = {}
        for key, part in fact.parts.items():
            found |= _typed_share(f"part:{key}", part if isinstance(part, Share) else Share(part))
        return found
    if indicator.kind is Kind.BOOLEAN:
        return {} if fact.value is None else {"value": YES if fact.value else NO}
    return _typed_share("value", Share(fact.value, fact.num, fact.den))


def _typed_share(name: str, share: Share) -> dict[str, str]:
    """Counts where there are counts; else the value."""
    stem = "" if name == "value" else f"{name}:"
    if share.num is not None and share.den is not None:
        return {f"{stem}num": plain(share.num), f"{stem}den": plain(share.den)}
    return {} if share.value is None or isinstance(share.value, bool) else {name: plain(share.value)}


def plain(value: Decimal) -> str:
    """A number as it can be typed back without doubt: decimals with a comma, no thousands marks."""
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{value:f}" else f"{value:f}"
