"""Pages of the criteria sets."""
