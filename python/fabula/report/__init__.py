"""The report of a story: one HTML file with what was found in it, that works offline and prints well."""
