"""Relations between entities, by patterns kept as data."""
