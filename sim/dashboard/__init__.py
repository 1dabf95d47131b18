"""The page of `run.py serve`: stored results in a browser, on this machine only. It computes no run itself."""
