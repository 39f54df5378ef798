"""How long lists take: counted in buckets that widen by 15 %, so that days add up and percentiles stay within 7 %."""

from collections.abc import Sequence
from math import log

GROWTH = 1.15
BUCKETS = 66
"""The last begins at 8.8 seconds."""

BUCKET = f"least(greatest(floor(ln(greatest(latency_ms, 1)) / {log(GROWTH)!r}), 0), {BUCKETS - 1})::int"

SHARES = (0.5, 0.95, 0.99)


def percentiles(counts: Sequence[int]) -> tuple[float | None, ...]:
    """`percentile` of each of `SHARES`."""
    return tuple(percentile(counts, share) for share in SHARES)


def percentile(counts: Sequence[int], share: float) -> float | None:
    """Milliseconds that so large a share of the lists did not exceed, in the middle of its bucket; None without any."""
    wanted, sofar = share * sum(counts), 0
    for bucket, count in enumerate(counts):
        sofar += count
        if count and sofar >= wanted:
            return GROWTH ** (bucket + 0.5)
    return None
