"""Sign-in and keys."""
