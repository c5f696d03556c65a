"""Chung Sức: how a province runs the New Rural Development programme, from a figure to a title."""
