"""Criteria sets as cited data, and the engine that explains its verdict."""
