"""Reported numbers, and the method, metric, dataset, task and baseline that each belongs to."""
