"""The room's pure domain: levels, facts, what stands against writing, totals. No Django, files or clock.

A figure is one value of one indicator for one unit on one date, as one level judged it. Numbers are
`Decimal`; a boolean indicator's figure is stored as 1 (met) or 0: a figure is always a number, and
what the number means is said by the criteria set. Shares are in percent (94.9 is 94.9 %).
"""

from chungsuc.assessment.rules.facts import (
    BatchFact,
    BatchKind,
    EvidenceFact,
    FigureEntry,
    FigureFact,
    FigureGrid,
    FigureRow,
    FigureTable,
    MarkRow,
    MarksTable,
    Receipt,
    StandingFact,
    TallyFact,
    UnitVerdict,
)
from chungsuc.assessment.rules.levels import PERMISSION, Level, Procedure, Step
from chungsuc.assessment.rules.recording import (
    code_order,
    overtaken,
    said,
    same_content,
    shown,
    stored_value,
    why_not_act,
    why_not_change,
    why_not_rows,
)
from chungsuc.assessment.rules.totals import (
    COUNTS_AS_MET,
    LETTERS,
    VERDICT_OF,
    Totals,
    add_up,
    letters_of_marks,
    use_marks,
)

__all__ = [
    "BatchFact",
    "BatchKind",
    "COUNTS_AS_MET",
    "EvidenceFact",
    "FigureEntry",
    "FigureFact",
    "FigureGrid",
    "FigureRow",
    "FigureTable",
    "LETTERS",
    "Level",
    "MarkRow",
    "MarksTable",
    "PERMISSION",
    "Procedure",
    "Receipt",
    "StandingFact",
    "Step",
    "TallyFact",
    "Totals",
    "UnitVerdict",
    "VERDICT_OF",
    "add_up",
    "code_order",
    "letters_of_marks",
    "overtaken",
    "said",
    "same_content",
    "shown",
    "stored_value",
    "use_marks",
    "why_not_act",
    "why_not_change",
    "why_not_rows",
]
