"""Learning: arrays in, files out. Knows no Django, so it runs in a worker, on a command line or in a notebook alike."""
