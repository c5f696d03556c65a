"""Maps of the desk."""
