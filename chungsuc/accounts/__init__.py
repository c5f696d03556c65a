"""People, roles and the one guard."""
