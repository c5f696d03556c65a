"""Pages of the reports: the situation, the matrix, a commune, two sets."""
