"""Downloads of evidence."""
