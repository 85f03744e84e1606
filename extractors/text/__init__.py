"""One paper as a text: the document, its sentences and words, and what components note on it."""
