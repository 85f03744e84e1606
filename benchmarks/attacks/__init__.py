"""The attacks of ``benchmarks/attack.py``: each is a function that yields None, or what was lost."""
