"""Questions in plain words: the saved query and the parameters that answer one, found by rules and nearness."""
