"""Every write of the room: each one transaction, one guard, one journal line."""

from chungsuc.assessment.actions.csvfiles import load_csv
from chungsuc.assessment.actions.drafts import DraftReceipt, SentReceipt, save_drafts, send_fields
from chungsuc.assessment.actions.evidence import add_evidence
from chungsuc.assessment.actions.loading import load_figures
from chungsuc.assessment.actions.marks import record_marks
from chungsuc.assessment.actions.recording import record_figures, record_json
from chungsuc.assessment.actions.totals import rebuild_tallies

__all__ = [
    "DraftReceipt",
    "SentReceipt",
    "add_evidence",
    "load_csv",
    "load_figures",
    "rebuild_tallies",
    "record_figures",
    "record_json",
    "record_marks",
    "save_drafts",
    "send_fields",
]
