"""What the templates get: words and numbers that are ready, no models and no rules."""
