"""Querying the graph: saved queries, run in Cypher or SPARQL."""
