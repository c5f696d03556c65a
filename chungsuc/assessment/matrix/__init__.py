"""The plain matrix that provinces keep: communes × criteria with marks, read whatever its header looks like.

Pure: sheets, names in force and criteria in; units with their criteria, and problems by cell, out.
"""

from chungsuc.assessment.matrix.facts import Asked, CriterionName, MatrixRead, Under, UnitRead
from chungsuc.assessment.matrix.reading import read_matrix

__all__ = ["Asked", "CriterionName", "MatrixRead", "Under", "UnitRead", "read_matrix"]
