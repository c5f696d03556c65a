"""The parts that pages are put together from, as template tags. `/ui` shows each in every state.

A tag that ends in `…` below takes what stands between it and its `end`-tag:
icon, verdict_mark, page_head, figure_card, scroll …, filters …, timeline, field, nothing …, toast, dialog …, steps,
person_chip, unit_chip, problems.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chungsuc.doors.ui.templatetags.words import mark

register = template.Library()


def _shown(context: Context, part: str, /, **facts: Any) -> SafeString:
    """The part drawn by its template, which knows the reader's language and the page's question."""
    whose = {"request": context.get("request"), "page": context.get("page")}
    return render_to_string(part, {**facts, **whose})


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks, without one it is only decoration."""
    address = static("ui/built/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, address, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', address, name)


@register.simple_tag(takes_context=True)
def verdict_mark(context: Context, verdict: str, word: bool = True) -> SafeString:
    """A verdict: shape, colour and word; without `word` the word is for screen readers only."""
    return mark(context, verdict, word)


@register.simple_tag(takes_context=True)
def page_head(context: Context, title: str, light: str = "", lead: str = "", eyebrow: str = "") -> SafeString:
    """The head of a page: what is above it, its name, what it says in one sentence."""
    return _shown(context, "ui/parts/page_head.html", title=title, light=light, lead=lead, eyebrow=eyebrow)


@register.simple_tag(takes_context=True)
def figure_card(
    context: Context, name: str, value: str, step: str = "", tone: str = "", arrow: str = "", side: str = ""
) -> SafeString:
    """One number that matters, for a `<dl class="cards">`.

    `step` says how it changed; `arrow` is up or down, `tone` is good or bad: falling may be good.
    """
    return _shown(
        context, "ui/parts/figure_card.html", name=name, value=value, step=step, tone=tone, arrow=arrow, side=side
    )


@register.simple_block_tag(takes_context=True)
def scroll(context: Context, content: str, label: str) -> SafeString:
    """Around a wide table: it scrolls by itself, by keyboard too, and shows that there is more."""
    return _shown(context, "ui/parts/scroll.html", label=label, content=content)


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, label: str, to: str = "") -> SafeString:
    """A bar of filters: a GET form whose address can be shared. The fields and the button stand inside."""
    return _shown(context, "ui/parts/filters.html", label=label, to=to, content=content)


@register.simple_tag(takes_context=True)
def timeline(context: Context, moments: Sequence[Any]) -> SafeString:
    """What happened, by day. Each moment: `day`, `said`, `kind` (title, merge or nothing), `act`."""
    return _shown(context, "ui/parts/timeline.html", moments=moments)


@register.simple_tag(takes_context=True)
def field(context: Context, name: str, label: str, **facts: Any) -> SafeString:
    """One field with its threshold beside it.

    `value`, `unit`, `limit` (threshold in words), `last`, `hint`, `problem` (what is wrong and how to mend it),
    `verdict` with `why`, `kind` (text, password, date …), `complete` (autocomplete), `required`.
    """
    return _shown(context, "ui/parts/field.html", name=name, label=label, **facts)


@register.simple_block_tag(takes_context=True)
def nothing(context: Context, content: str, title: str, icon: str = "list-check") -> SafeString:
    """Nothing to show: why, and (between the tags) what to do first."""
    return _shown(context, "ui/parts/nothing.html", title=title, name=icon, content=content)


@register.simple_tag(takes_context=True)
def toast(context: Context, words: str, kind: str = "done") -> SafeString:
    """A short word that something has happened. `kind`: done, wrong or note."""
    return _shown(context, "ui/parts/toast.html", words=words, kind=kind)


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, name: str, title: str) -> SafeString:
    """A native dialog. Open it by `<a href="#name" data-opens>`; without script the same address shows it."""
    return _shown(context, "ui/parts/dialog.html", name=name, title=title, content=content)


@register.simple_tag(takes_context=True)
def steps(context: Context, label: str, items: Sequence[Mapping[str, str]]) -> SafeString:
    """Where one stands in a row of steps. Each item: `name`, `state` (done, now, next, wrong), `to` or nothing."""
    return _shown(context, "ui/parts/steps.html", label=label, items=items)


@register.simple_tag(takes_context=True)
def person_chip(context: Context, name: str, role: str = "", to: str = "") -> SafeString:
    """A person by name and office."""
    return _shown(context, "ui/parts/person_chip.html", name=name, role=role, to=to)


@register.simple_tag(takes_context=True)
def unit_chip(context: Context, name: str, code: str, above: str = "") -> SafeString:
    """A unit by name, leading to its page on the day the page speaks of."""
    return _shown(context, "ui/parts/unit_chip.html", name=name, code=code, above=above)


@register.simple_tag(takes_context=True)
def problems(context: Context, title: str, items: Sequence[Mapping[str, str]]) -> SafeString:
    """What does not fit, first thing on the page. Each item: `said`, `mend`, `input` (the id of its field)."""
    return _shown(context, "ui/parts/problems.html", title=title, items=items)
