"""Which keys are one concept: a union of keys by rule, and a user's overrides of it."""
