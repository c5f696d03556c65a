"""Every reading across rooms. Each question says as of when (`at`) and as known when (`known`; None: by now)."""

from chungsuc.reports.queries.asking import (
    Question,
    ask,
    check_days,
    days_with_figures,
    default_day,
    province_at,
    set_on,
    sets_to_choose,
)
from chungsuc.reports.queries.board import leaders_board
from chungsuc.reports.queries.card import commune_card, indicator_history, is_commune
from chungsuc.reports.queries.grounds import ground, made, short_name
from chungsuc.reports.queries.search import search
from chungsuc.reports.queries.sets import two_sets
from chungsuc.reports.queries.situations import changes_since, matrix, report, situation

__all__ = [
    "Question",
    "ask",
    "days_with_figures",
    "changes_since",
    "check_days",
    "commune_card",
    "default_day",
    "ground",
    "indicator_history",
    "is_commune",
    "leaders_board",
    "made",
    "matrix",
    "province_at",
    "report",
    "search",
    "set_on",
    "sets_to_choose",
    "short_name",
    "situation",
    "two_sets",
]
