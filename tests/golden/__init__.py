"""What the examples give, committed to see changes by."""
