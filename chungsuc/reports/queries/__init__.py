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
from chungsuc.reports.queries.card import commune_card, indicator_history, what_became
from chungsuc.reports.queries.criterion import criterion_view
from chungsuc.reports.queries.grounds import ground, made, short_name
from chungsuc.reports.queries.maps import criteria_names, map_view
from chungsuc.reports.queries.search import search
from chungsuc.reports.queries.sets import two_sets
from chungsuc.reports.queries.situations import changes_since, matrix, report, situation
from chungsuc.reports.queries.trend import trend

__all__ = [
    "Question",
    "ask",
    "criteria_names",
    "criterion_view",
    "days_with_figures",
    "changes_since",
    "check_days",
    "commune_card",
    "default_day",
    "ground",
    "indicator_history",
    "leaders_board",
    "made",
    "map_view",
    "matrix",
    "province_at",
    "report",
    "search",
    "set_on",
    "sets_to_choose",
    "short_name",
    "situation",
    "trend",
    "two_sets",
    "what_became",
]
