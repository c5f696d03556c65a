"""Search of the desk."""
