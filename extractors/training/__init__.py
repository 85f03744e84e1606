"""Training of the learned extractor, one step a module: ``python -m extractors.training.<step> --help``.

The steps are ``prepare`` (corpora to examples), ``train``, ``evaluate`` and ``export`` (to
``extractors/model``); ``annotations`` turns annotated abstracts into offsets and back. Only
these modules need PyTorch.
"""
