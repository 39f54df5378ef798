"""What a list is made of: the rungs of its ladder, best first."""

from dataclasses import dataclass

from mmrec_app.recommend import sources
from mmrec_app.recommend.sources import Source


@dataclass(frozen=True)
class Placement:
    """A rung is asked only while the ones above it left places free. `hides_purchased`: just bought is out."""

    rungs: tuple[Source, ...]
    needs_context: bool = False
    hides_purchased: bool = True


PLACEMENTS = {
    "for_you": Placement((sources.personal, sources.near_history, sources.trending, sources.popular)),
    "similar": Placement((sources.similar, sources.stored, sources.same_category, sources.popular), needs_context=True),
    "cart": Placement((sources.goes_with, sources.stored, sources.trending, sources.popular), needs_context=True),
    "trending": Placement((sources.trending, sources.popular)),
    "recently_viewed": Placement((sources.recent,), hides_purchased=False),
}
