"""A paper as a spaCy ``Doc``: its two fields in one text, what components note on it, and the record made of it."""
