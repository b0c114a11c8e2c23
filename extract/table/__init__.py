"""The printed tables of a report as cells: one reader for every layout, by the declared forms."""
