"""What a reader sees of resolved concepts: ids, names, nodes and relationships, explanations."""
