"""The staff web site: a sub-folder per room, with its addresses, views, forms and pages."""
