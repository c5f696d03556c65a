"""Spreadsheets, safely: read in a child process after the container and the grid were checked; written
so that no cell ever becomes a formula. No business word here.

`reading.read(path, kinds)` is the way in; `writing` is the way out.
"""
