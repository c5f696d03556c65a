"""Figures and contexts made by hypothesis for any criteria set."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from chungsuc.criteria.engine import Context, CriteriaSet, Figure, Indicator, Kind
from chungsuc.criteria.engine.placing import place

REASON = "có lý do"


def contexts(criteria_set: CriteriaSet) -> st.SearchStrategy[Context]:
    """Any region and year of the period, sometimes with the class that changes the column."""
    first, last = criteria_set.period[0].year, criteria_set.period[1].year
    classes = st.sampled_from([{}, {"dac_biet_kho_khan": "co"}, {"khu_vuc": "III"}])
    return st.builds(Context, st.sampled_from(sorted(criteria_set.regions)), st.integers(first, last), classes)


def numbers(limit: Decimal | None) -> st.SearchStrategy[Decimal]:
    """Decimals in one or two places, often exactly at the limit or a hair beside it."""
    anywhere = st.integers(0, 10_000).map(lambda n: Decimal(n) / 100)
    if limit is None or isinstance(limit, bool):
        return anywhere
    near = [limit, limit + Decimal("0.1"), limit - Decimal("0.1"), limit + Decimal("0.01"), limit - Decimal("0.01")]
    return st.one_of(st.sampled_from([one for one in near if 0 <= one <= 100]), anywhere)


@st.composite
def figures(draw: st.DrawFn, criteria_set: CriteriaSet, context: Context) -> dict[str, Figure]:
    """A figure, or none, for every indicator, with human marks now and then."""
    found = {}
    for ruling in place(criteria_set, context):
        figure = draw(_figure(ruling.indicator, dict(ruling.limits)))
        if figure is not None:
            found[ruling.indicator.code] = figure
    return found


def _figure(indicator: Indicator, limits: dict) -> st.SearchStrategy[Figure | None]:
    nearly = st.sampled_from([None, None, None, REASON])
    if indicator.kind is Kind.BOOLEAN:
        given = st.builds(lambda value, mark: Figure(value, nearly_met=mark), st.booleans(), nearly)
    elif indicator.part_keys:
        values = st.fixed_dictionaries(
            {}, optional={part: numbers(limits[part].limit if part in limits else None) for part in indicator.part_keys}
        )
        given = st.builds(lambda parts, mark: Figure(parts=parts, nearly_met=mark), values, nearly)
    else:
        limit = limits[None].limit if None in limits else None
        given = st.builds(lambda value, mark: Figure(value, nearly_met=mark), numbers(limit), nearly)
    aside = st.just(Figure(not_applicable=REASON))
    return st.one_of(given, given, given, given, st.none(), aside)
