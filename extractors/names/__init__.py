"""Names as strings: their words, short forms and keys. Loads no model and no spaCy."""
