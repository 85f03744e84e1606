"""Text as strings: its words and its sentences. Loads no spaCy."""
