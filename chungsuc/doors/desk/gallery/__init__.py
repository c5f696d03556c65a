"""The page of all parts."""
