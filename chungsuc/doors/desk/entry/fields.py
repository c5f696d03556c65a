"""One indicator as a field of a form: its inputs, the last value, the threshold, the verdict, what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chungsuc.assessment.queries import Form
from chungsuc.assessment.rules.typed import typed_of
from chungsuc.criteria.engine import Indicator, IndicatorVerdict
from chungsuc.criteria.engine.sentences import limit_text, part_name
from chungsuc.criteria.engine.sets import SetAside
from chungsuc.doors.desk.reports.pages.verdicts import recorded
from chungsuc.kit.catalogue import mend, say, text
from chungsuc.kit.errors import Reason


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where: the input that it belongs to ("": none), so that a summary can link to it.

    `theirs` and `mine`: the two texts of a field that was typed in two places; the person chooses.
    """

    indicator: str
    input: str
    said: str
    mend: str
    code: str
    theirs: str = ""
    mine: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One box: its name in the form, its id, its label, what stands in it, its unit."""

    name: str
    id: str
    label: str
    value: str
    unit: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The boxes that belong together: a value, or counts and the share they make; `label` names a part."""

    label: str
    value: Input
    num: Input | None
    den: Input | None


@dataclass(frozen=True, slots=True)
class Proof:
    """A file kept as evidence."""

    number: int
    name: str
    at: object


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """One indicator of the form."""

    code: str
    name: str
    short: str
    boolean: bool
    choice: str
    rows: tuple[Row, ...]
    seen: int
    last: str
    last_day: date | None
    own: str
    sent: bool
    typed: bool
    limit: str
    article: str
    warning: str
    owner: str
    guidance: str
    conditional: str
    verdict: str
    why: str
    may_set_aside: bool
    aside: str
    problems: tuple[Problem, ...]
    proofs: tuple[Proof, ...]

    @property
    def slug(self) -> str:
        """The code as ids may hold it: `17-1`."""
        return self.code.replace(".", "-")


def field_block(
    form: Form, judged: IndicatorVerdict, typed: Mapping[str, str] | None, problems: Sequence[Problem], lang: str
) -> FieldBlock:
    """The block of one indicator. What stands in it: what was just typed, else the draft, else what was sent."""
    indicator, code = judged.ruling.indicator, judged.code
    texts = typed if typed is not None else standing(form, indicator)
    draft, own, last = form.drafts.get(code), form.own.get(code), form.last.get(code)
    warning = judged.provenance["mark"]
    wrong = {one.input for one in problems}
    return FieldBlock(
        code=code,
        name=indicator.name.of(lang),
        short=indicator.short.of(lang),
        boolean=indicator.kind == "boolean",
        choice=texts.get("value", "") if indicator.kind == "boolean" else "",
        rows=_rows(indicator, texts, wrong, lang),
        seen=draft.id if draft else 0,
        last=recorded(indicator, last, lang) if last else "",
        last_day=last.speaks_of if last else None,
        own=recorded(indicator, own, lang) if own and form.sent(code) else "",
        sent=form.sent(code),
        typed=form.typed(code),
        limit="; ".join(
            (f"{part_name(indicator, part, lang)} " if part else "") + limit_text(indicator, leaf, lang)
            for part, leaf in judged.ruling.limits
        ),
        article=judged.article,
        warning=warning[lang] if warning else "",  # type: ignore[index]
        owner=form.rules.owners[indicator.owner].of(lang) if indicator.owner in form.rules.owners else "",
        guidance=indicator.guidance or "",
        conditional=indicator.conditional.of(lang) if indicator.conditional else "",
        verdict=judged.verdict.value,
        why=judged.why(lang),
        may_set_aside=indicator.set_aside is not SetAside.NEVER,
        aside=texts.get("na", ""),
        problems=tuple(problems),
        proofs=tuple(Proof(one.id, one.name, one.at) for one in form.evidence.get(code, ())[:12]),
    )


def problems_of(reasons: Sequence[Reason], form: Form, lang: str) -> tuple[Problem, ...]:
    """Reasons with the input they belong to; a reason without an indicator belongs to the whole form."""
    found = []
    for reason in reasons:
        code = str(reason.facts.get("indicator", ""))
        indicator = form.rules.by_code.get(code)
        if indicator is not None:
            box = id_of(code, _first(indicator, str(reason.facts.get("field", "value"))))
        else:
            box = "why" if reason.code.startswith("figure.reason") else ""
        two = ("", "")
        if indicator is not None and reason.code == "draft.changed_elsewhere":
            there, here = standing(form, indicator), reason.facts["mine"]
            two = (words_of(indicator, there, lang), words_of(indicator, here, lang))
        found.append(Problem(code, box, say(reason, lang), mend(reason, lang) or "", reason.code, *two))
    return tuple(found)


def words_of(indicator: Indicator, typed: Mapping[str, str], lang: str) -> str:
    """The texts of a field on one line: `85`, `8/10`, `đạt`, `nam 80; nữ 75`."""
    given = {name: said.strip() for name, said in typed.items() if said.strip()}
    if not given:
        return text("entry.empty_field", lang)
    if "na" in given:
        return f"{text('entry.aside', lang)} {given['na']}"
    if indicator.kind == "boolean":
        word = given.get("value", "")
        return text(f"entry.{word}", lang) if word in ("yes", "no") else word
    stems = [("", "")] if not indicator.part_keys else [
        (f"part:{key}", f"{part_name(indicator, key, lang)} ") for key in indicator.part_keys
    ]  # fmt: skip
    return "; ".join(label + said for stem, label in stems if (said := _said(given, stem)))


def _said(given: Mapping[str, str], stem: str) -> str:
    """A value, or the two counts as a fraction."""
    pair = [given.get(f"{stem}:{name}" if stem else name, "") for name in ("num", "den")]
    return given.get(stem or "value", "") or ("/".join(one or "…" for one in pair) if any(pair) else "")


def id_of(code: str, name: str) -> str:
    """The id of an input: `f-17-1-part-clean`."""
    return f"f-{code}-{name}".replace(".", "-").replace(":", "-")


def _first(indicator: Indicator, name: str) -> str:
    """The named input, or the first one that the indicator has."""
    if name != "value" or not indicator.part_keys:
        return name
    return f"part:{indicator.part_keys[0]}"


def changed_only(form: Form, fields: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """The fields that say something else than what stood in the form: only these are worth a draft."""
    return {
        code: field
        for code, field in fields.items()
        if _trimmed(field) != _trimmed(standing(form, form.rules.by_code[code]))
    }


def unsent_only(form: Form, fields: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """The fields that are filled in and say something else than the figure that was sent."""
    found = {}
    for code, field in fields.items():
        own = form.own.get(code)
        sent = typed_of(form.rules.by_code[code], own) if own is not None and form.sent(code) else {}
        if _trimmed(field) and _trimmed(field) != _trimmed(sent):
            found[code] = field
    return found


def _trimmed(field: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in field.items() if text.strip()}


def standing(form: Form, indicator: Indicator) -> Mapping[str, str]:
    """What stands in the form before anybody types: the draft, else what was sent for this day."""
    draft = form.drafts.get(indicator.code)
    if draft is not None and draft.field is not None:
        return draft.field
    own = form.own.get(indicator.code)
    return typed_of(indicator, own) if own is not None and form.sent(indicator.code) else {}


def _rows(indicator: Indicator, texts: Mapping[str, str], wrong: set[str], lang: str) -> tuple[Row, ...]:
    if indicator.kind == "boolean":
        return ()
    keys = indicator.part_keys
    if not keys:
        return (_row(indicator, "", "", texts, wrong, lang),)
    return tuple(_row(indicator, f"part:{key}", part_name(indicator, key, lang), texts, wrong, lang) for key in keys)


def _row(indicator: Indicator, stem: str, label: str, texts: Mapping[str, str], wrong: set[str], lang: str) -> Row:
    unit = indicator.unit.of(lang) if indicator.unit else ""
    counted = indicator.counted.name.of(lang) if indicator.counted and indicator.kind == "percent" else ""
    name = stem or "value"
    pair = (f"{stem}:num", f"{stem}:den") if stem else ("num", "den")

    def box(key: str, said: str, of: str) -> Input:
        place = id_of(indicator.code, key)
        form_name = f"f:{indicator.code}" if key == "value" else f"f:{indicator.code}:{key}"
        return Input(form_name, place, said, texts.get(key, ""), of, place in wrong)

    title = label or text("entry.value", lang)
    num = box(pair[0], text("entry.num", lang, counted=counted), counted) if counted else None
    den = box(pair[1], text("entry.den", lang, counted=counted), counted) if counted else None
    return Row(label, box(name, title, unit), num, den)
