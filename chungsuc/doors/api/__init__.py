"""System-to-system, version 1."""
