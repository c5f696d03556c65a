"""The territory's pure domain: kinds, facts, names, change sets. No Django, no files, no clock."""

from chungsuc.territory.rules.draft import (
    ActLine,
    ChangeKind,
    ChangeLine,
    ClassLine,
    Draft,
    UnitLine,
)
from chungsuc.territory.rules.facts import ClassNote, Ended, Found, Lineage, Step, UnitFact
from chungsuc.territory.rules.kinds import BOUNDARY_LEVELS, Kind, kind_of_name, short_name
from chungsuc.territory.rules.names import Gazetteer
from chungsuc.territory.rules.plan import Held, Plan, plan_draft

__all__ = [
    "BOUNDARY_LEVELS",
    "ActLine",
    "ChangeKind",
    "ChangeLine",
    "ClassLine",
    "ClassNote",
    "Draft",
    "Ended",
    "Found",
    "Gazetteer",
    "Held",
    "Kind",
    "Lineage",
    "Plan",
    "Step",
    "UnitFact",
    "UnitLine",
    "kind_of_name",
    "plan_draft",
    "short_name",
]
