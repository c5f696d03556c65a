"""Official papers of the programme as data: the situation report, a commune's scorecard, the matrix as an annex.

Each is a `kit.paper.Paper`; `chungsuc.kit.paper` writes it as Word or PDF. Pure but for the map, which may ask
territory where districts stood.
"""

from chungsuc.reports.papers.bodies import COMMITTEE, COORDINATION, ISSUERS, SIGNERS, Issuer
from chungsuc.reports.papers.card import card_paper
from chungsuc.reports.papers.matrix import matrix_paper
from chungsuc.reports.papers.situation import situation_paper

__all__ = [
    "COMMITTEE",
    "COORDINATION",
    "ISSUERS",
    "Issuer",
    "SIGNERS",
    "card_paper",
    "matrix_paper",
    "situation_paper",
]
