"""Who issues a paper, in which words: the head of page one and the closing, from `bodies.yaml`.

Number, day and name of the signatory are left open: the system does not know them and invents none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.paper import Closing, Letterhead
from chungsuc.reports.prose import unit_name
from chungsuc.territory.rules import Kind, UnitFact

COMMITTEE, COORDINATION = "committee", "coordination"
ISSUERS = (COMMITTEE, COORDINATION)
SIGNERS = ("head", "deputy")
_LEVEL = {Kind.PROVINCE: "province", Kind.DISTRICT: "district", Kind.CITY: "district"}
OPEN = "\u00a0" * 10  # room for a pen
OPEN_DAY = "\u00a0" * 6


@dataclass(frozen=True, slots=True)
class Issuer:
    """Which body issues (`committee` or `coordination`) and whether its head or a deputy signs."""

    body: str = COMMITTEE
    signer: str = "head"


@cache
def _bodies() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "bodies.yaml").read_text(encoding="utf-8"))


def letterhead(unit: UnitFact, above: UnitFact | None, issuer: Issuer, lang: str, *, symbol: str) -> Letterhead:
    """The head of page one. `symbol`: the abbreviation of the kind of paper (`BC`), "" where there is none."""
    form = _form(unit, issuer)
    place = unit.short_name
    sign = f"{symbol}-{_bodies()[issuer.body]['symbol'][lang]}" if symbol else ""
    return Letterhead(
        issuer=_filled(form["issuer"][lang], unit, above, lang),
        superior=_filled(form["superior"][lang], unit, above, lang) if _has_superior(form, above) else (),
        number=text("papers.number", lang, room=OPEN, sign=sign),
        place_and_date=text("papers.place_and_date", lang, place=place, room=OPEN_DAY),
    )


def closing(unit: UnitFact, issuer: Issuer, lang: str) -> Closing:
    """Who signs and who receives; the name stays open."""
    form = _form(unit, issuer)
    return Closing(
        office=tuple(form[issuer.signer][lang]),
        name="",
        recipients_title=text("papers.recipients", lang),
        recipients=tuple(form["recipients"][lang]),
    )


def said(issuer: Issuer, unit: UnitFact, lang: str) -> str:
    """The body inside a sentence, also as the author of the file: `Ủy ban nhân dân tỉnh Cao Bằng`."""
    name = unit_name(unit, lang)
    facts = {
        "body": _bodies()[issuer.body]["said"][lang],
        "unit": name[:1].lower() + name[1:] if lang == "vi" else name,
    }
    return text("papers.body_of", lang, **facts)


def symbol_of(issuer: Issuer, symbol: str, lang: str) -> str:
    """`BC-UBND`."""
    return f"{symbol}-{_bodies()[issuer.body]['symbol'][lang]}"


def _form(unit: UnitFact, issuer: Issuer) -> dict[str, Any]:
    level = _LEVEL.get(unit.kind, "commune")
    found = _bodies()[issuer.body].get(level)
    if found is None:
        raise Refused(Reason("papers.no_such_body", unit=unit.name))
    return found


def _has_superior(form: dict[str, Any], above: UnitFact | None) -> bool:
    return above is not None or not any("{PARENT}" in line for line in form["superior"]["vi"])


def _filled(lines: list[str], unit: UnitFact, above: UnitFact | None, lang: str) -> tuple[str, ...]:
    facts = {"UNIT": unit_name(unit, lang).upper(), "NAME": unit.short_name}
    facts["PARENT"] = unit_name(above, lang).upper() if above else ""
    return tuple(line.format(**facts) for line in lines)
