"""Receiving spreadsheets: bytes kept by hash, read in a child process, checked, then recorded, all or nothing."""

from chungsuc.assessment.receiving.blanks import blank_form
from chungsuc.assessment.receiving.forms import FormAnswer, answer_workbook, receive_form
from chungsuc.assessment.receiving.matrices import MatrixAnswer, receive_matrix

__all__ = ["FormAnswer", "MatrixAnswer", "answer_workbook", "blank_form", "receive_form", "receive_matrix"]
