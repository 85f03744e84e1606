"""The main job: read papers, extract what is new, assemble the graph, store it."""
