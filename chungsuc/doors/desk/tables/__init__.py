"""Every table on a page as xlsx and csv."""
