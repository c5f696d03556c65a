"""Figures, evidence, the three judgements and the verdicts that follow."""
