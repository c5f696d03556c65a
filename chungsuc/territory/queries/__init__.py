"""Every read of the territory. "Which units, on which day" is always asked with the day."""

from chungsuc.territory.queries.acts import ActFact, acts
from chungsuc.territory.queries.boundaries import (
    Boundaries,
    LayerFact,
    boundaries_at,
    boundary_layers,
    day_of_generation,
    levels_at,
    read_boundaries,
)
from chungsuc.territory.queries.generations import (
    GenerationFact,
    draft_of,
    earliest_open,
    generations,
    held_under,
    plan_of,
    province_of,
    taken_outside,
)
from chungsuc.territory.queries.search import find
from chungsuc.territory.queries.steps import lineage, steps_between
from chungsuc.territory.queries.units import (
    ancestors,
    by_ids,
    by_pairs,
    class_notes,
    gazetteer,
    last_day_of_districts,
    match,
    unit_at,
    units_at,
)

__all__ = [
    "ActFact",
    "Boundaries",
    "GenerationFact",
    "LayerFact",
    "acts",
    "ancestors",
    "boundaries_at",
    "boundary_layers",
    "by_ids",
    "by_pairs",
    "class_notes",
    "day_of_generation",
    "draft_of",
    "earliest_open",
    "find",
    "gazetteer",
    "generations",
    "held_under",
    "last_day_of_districts",
    "levels_at",
    "lineage",
    "match",
    "plan_of",
    "province_of",
    "read_boundaries",
    "steps_between",
    "taken_outside",
    "unit_at",
    "units_at",
]
