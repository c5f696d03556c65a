"""Receiving spreadsheets: bytes kept by hash, read in a child process, checked, then recorded, all or nothing."""

from chungsuc.assessment.receiving.matrices import MatrixAnswer, receive_matrix

__all__ = ["MatrixAnswer", "receive_matrix"]
