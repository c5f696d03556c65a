"""The engine: pure judging of figures by law. What other rooms use is named here."""

from chungsuc.criteria.engine.figures import Context, Figure, Share
from chungsuc.criteria.engine.judging import (
    CriterionVerdict,
    IndicatorVerdict,
    SetVerdict,
    judge,
    judge_indicator,
)
from chungsuc.criteria.engine.nodes import VERDICTS, Verdict
from chungsuc.criteria.engine.placing import Ruling, place
from chungsuc.criteria.engine.sets import CriteriaSet, Criterion, Indicator, Kind, Leaf, Provenance, Words

__all__ = [
    "VERDICTS",
    "Context",
    "CriteriaSet",
    "Criterion",
    "CriterionVerdict",
    "Figure",
    "Indicator",
    "IndicatorVerdict",
    "Kind",
    "Leaf",
    "Provenance",
    "Ruling",
    "SetVerdict",
    "Share",
    "Verdict",
    "Words",
    "judge",
    "judge_indicator",
    "place",
]
