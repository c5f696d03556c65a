"""System-to-system: one folder for each version of the API."""
