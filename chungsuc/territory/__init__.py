"""Units through time: names, levels, parents, classes; the legal acts that change them, and who became whom."""
