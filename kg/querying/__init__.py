"""Asking the graph: saved queries, running them in Cypher or SPARQL, tables of rows."""
