"""Names as strings: normalization, keys, abbreviations, known concepts, lookup. Loads no model and no spaCy.

Used by extraction, assembly, queries and pictures, so that a name means the same everywhere.
"""
