"""Template tags: sentences of the catalogue, numbers and dates as people write them, addresses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chungsuc.accounts.rules import MAY, Person
from chungsuc.kit import catalogue, vietnamese

register = template.Library()


def _lang(context: Context) -> str:
    return getattr(context.get("request"), "lang", "vi")


@register.simple_tag(takes_context=True)
def t(context: Context, key: str, **facts: Any) -> str:
    """The sentence for `key` in the reader's language, escaped."""
    return catalogue.text(key, _lang(context), **facts)


@register.simple_tag(takes_context=True)
def rich(context: Context, key: str, **facts: Any) -> SafeString:
    """The sentence for `key` with every fact in bold; sentence and facts are escaped."""
    strong = {name: format_html("<strong>{}</strong>", value) for name, value in facts.items()}
    sentence = catalogue.phrases()[key][_lang(context)]
    return format_html(sentence, **strong)


def _asked(context: Any) -> str:
    """The question as it is carried on; a page without one (sign-in) carries nothing."""
    return getattr(getattr(context.get("page"), "frame", None), "query", "")


@register.simple_tag(takes_context=True)
def to(context: Context, path: str, *more: Any, **added: Any) -> str:
    """An address that carries the reader's question (date, known, set) along.

    `more` are path pieces, `added` further query parameters.
    """
    whole = "/".join([path, *(quote(str(piece), safe="") for piece in more)])
    query = "&".join(part for part in (_asked(context), urlencode(added)) if part)
    return f"{whole}?{query}" if query else whole


@register.simple_tag(takes_context=True)
def lang(context: Context) -> str:
    """`vi` or `en`."""
    return _lang(context)


@register.simple_tag(takes_context=True)
def verdict(context: Context, value: str) -> str:
    """A verdict as people say it."""
    return catalogue.text(f"verdict.{value}", _lang(context))


@register.simple_tag(takes_context=True)
def num(context: Context, value: Any, places: int | None = None) -> str:
    """`10,62` in Vietnamese, `10.62` in English; a dash where there is none."""
    if value is None or value == "":
        return "–"
    said = vietnamese.number(value, places)
    return said if _lang(context) == "vi" else said.translate(str.maketrans(",.", ".,"))


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime | None) -> str:
    """`31/12/2019`, in English `31 Dec 2019`; a dash where there is none."""
    if value is None:
        return "–"
    plain = value.date() if isinstance(value, datetime) else value
    return vietnamese.day(plain) if _lang(context) == "vi" else f"{plain.day} {plain:%b %Y}"


@register.simple_tag(takes_context=True)
def here(context: Context, **changes: Any) -> str:
    """This address with some query parameters changed; `None` or "" takes one away."""
    request = context["request"]
    asked = request.GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value not in (None, ""):
            asked[name] = str(value)
    query = asked.urlencode()
    return f"{request.path}?{query}" if query else request.path


@register.simple_tag(takes_context=True)
def mark(context: Context, verdict: str, word: bool = True) -> SafeString:
    """The mark of a verdict: shape, colour and word. Without `word` the word is for screen readers only."""
    said = catalogue.text(f"verdict.{verdict}", _lang(context))
    kind = "mark-word" if word else "unseen"
    return format_html('<span class="mark {}"></span><span class="{}">{}</span>', verdict, kind, said)


@register.filter
def may(person: Person | None, permission: str) -> bool:
    """Whether the person's role allows it somewhere; pages offer only what can be done."""
    return bool(person) and permission in MAY[person.role]


@register.filter
def ticks(said: str) -> SafeString:
    """A sentence whose `commands` between backticks are set as code; everything is escaped."""
    pieces = enumerate(said.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", one) if odd % 2 else one,) for odd, one in pieces)
    )
