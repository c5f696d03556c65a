"""Entry of the desk."""
