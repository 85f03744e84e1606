"""papergraph: from a pile of abstracts to a knowledge graph that can be asked."""
