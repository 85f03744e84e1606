"""Training of the learned extractor: ``python -m extractors.training`` for a model of one's own.

Each step is a module and a command; ``extractors/training/README.md`` lists them. Only these modules
need PyTorch.
"""
