"""What a list is made of: the rungs of its ladder, best first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mmrec_app.conf import conf
from mmrec_app.exceptions import MmrecError
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

KNOWN = {rung.__name__: rung for placement in PLACEMENTS.values() for rung in placement.rungs}


def placement_of(name: str) -> Placement:
    """As this shop has it (`MMREC["PLACEMENTS"]`). Raises `MmrecError` for one that does not exist."""
    if name not in PLACEMENTS:
        raise MmrecError(f"placement {name!r} is unknown; placements are {', '.join(PLACEMENTS)}.")
    return varied(PLACEMENTS[name], conf().placements.get(name, {}))


def varied(placement: Placement, variant: Mapping[str, Any]) -> Placement:
    """A placement with some of its fields otherwise, rungs by their names: `{"rungs": ["trending", "popular"]}`.

    Raises `MmrecError` naming what does not exist.
    """
    if unknown := sorted(set(variant) - {"rungs", "hides_purchased"}):
        raise MmrecError(f"variant has {unknown[0]!r}; a placement varies in 'rungs' and 'hides_purchased'.")
    rungs, hides = variant.get("rungs", ()), variant.get("hides_purchased", placement.hides_purchased)
    if not isinstance(rungs, list | tuple) or ("rungs" in variant and not rungs):
        raise MmrecError(f"variant's 'rungs' is {rungs!r}; it must list rungs, best first.")
    if odd := [name for name in rungs if not isinstance(name, str) or name not in KNOWN]:
        raise MmrecError(f"variant's rung {odd[0]!r} is unknown; rungs are {', '.join(sorted(KNOWN))}.")
    if not isinstance(hides, bool):
        raise MmrecError(f"variant's 'hides_purchased' is {hides!r}; it must be true or false.")
    return replace(placement, rungs=tuple(KNOWN[name] for name in rungs) or placement.rungs, hides_purchased=hides)
