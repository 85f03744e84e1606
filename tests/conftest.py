"""What all tests share."""

from hypothesis import settings

# Machines that run tests are shared and slow at times: a time limit on one example would
# make a test fail for reasons that are none of the code's.
settings.register_profile("papergraph", deadline=None)
settings.load_profile("papergraph")
