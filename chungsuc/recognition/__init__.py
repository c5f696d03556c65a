"""Titles as dated facts, and what each merger did to them."""
