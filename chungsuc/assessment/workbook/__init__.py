"""The system's own workbooks: blank forms with last values and thresholds beside the cells, and their reading.

Pure: criteria, units, last figures and cells in; a file, or entries and problems by cell, out.
"""
