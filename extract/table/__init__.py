"""The printed tables of a report as cells: one reader for every layout, by the lines and columns of the declared forms."""
