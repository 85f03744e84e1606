"""Mentions of methods, tasks, datasets and metrics by patterns, and the entities that they are linked into."""
