"""Other versions of an item's content that mean the same (Eq. 17): `f(x, rng) -> x'`, the same for the same seed.

Knows no Django. `images` holds its modules' torch and kornia, `texts` is plain Python, `audio` is numpy and scipy.
"""

VERSION = 1
"""Counts up when the same seed gives something else: stored views are then made again."""
