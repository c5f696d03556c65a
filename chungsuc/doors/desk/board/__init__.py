"""Board of the desk."""
