"""What a list is made of: the rungs of its ladder, best first, and what is done with what they give."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from mmrec_app.conf import conf
from mmrec_app.exceptions import MmrecError
from mmrec_app.recommend import sources
from mmrec_app.recommend.sources import Source
from mmrec_app.training.signals import SIGNALS

MODES = ("both", *sources.MODALITIES)


@dataclass(frozen=True)
class Placement:
    """A rung is asked only while the ones above it left places free. docs/placements.md explains every field."""

    rungs: tuple[Source, ...]
    """None of the search, which answers a question."""
    needs_context: bool = False
    hides_purchased: bool = True
    """Just bought is out."""
    hides_cart: bool = True
    mode: str = "both"
    """What makes products similar: looks, reads, or both."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Of a trained generation's signals; empty: as they were learned. Of the search: of what it is made of."""
    diversity: float = 0.0
    """0: as relevant as can be; towards 1: as different from each other as can be."""
    caps: Mapping[str, float] = field(default_factory=dict)
    """Category or attribute -> how many of a list may share one: a count, or below 1 a share."""
    rotation: int = 0
    """Places that an item sinks each time this visitor saw it here and turned to something else."""
    rotation_days: int = 7
    exploration: float = 0.0
    """Share of the places for what is new and hardly known."""
    exploration_days: int = 30
    generation: int | None = None
    """What a variant of an experiment is served from; None: the active one."""


PLACEMENTS_BUILT_IN = {
    "for_you": Placement(
        (sources.personal, sources.near_history, sources.trending, sources.popular),
        diversity=0.15, rotation=3, exploration=0.1,
    ),
    "similar": Placement((sources.similar, sources.stored, sources.same_category, sources.popular), needs_context=True),
    "bought_together": Placement(
        (sources.bought_with, sources.goes_with, sources.stored, sources.same_category, sources.popular),
        needs_context=True,
    ),
    "cart": Placement(
        (sources.bought_with, sources.goes_with, sources.stored, sources.trending, sources.popular),
        needs_context=True, diversity=0.15,
    ),
    "complete_the_look": Placement(
        (sources.completes, sources.bought_elsewhere, sources.trending_elsewhere, sources.popular),
        needs_context=True, diversity=0.1, caps={"category": 0.25},
    ),
    "trending": Placement((sources.trending, sources.popular), caps={"category": 0.5}),
    "new": Placement((sources.newest,), caps={"category": 0.5}),
    "recently_viewed": Placement((sources.recent,), hides_purchased=False, hides_cart=False),
    "buy_again": Placement((sources.again,), hides_purchased=False),
}  # fmt: skip

SEARCH = "search"
"""A list like the others in the settings, in rules and in experiments, and no placement to recommend in."""
SEARCH_BUILT_IN = Placement((), weights={"meaning": 1.0, "words": 1.0, "taste": 0.5})

KNOWN = {rung.__name__: rung for placement in PLACEMENTS_BUILT_IN.values() for rung in placement.rungs}


class _Placements(Mapping[str, Placement]):
    """Those that are built in and those of the settings, as they are now."""

    def __getitem__(self, name: str) -> Placement:
        given = _given()
        if name in PLACEMENTS_BUILT_IN:
            return _settled(name, PLACEMENTS_BUILT_IN[name], given.get(name, {}))
        changes = given[name]
        if "rungs" not in changes:
            said = _("placement %(name)r is new; give it 'rungs', of %(known)s.")
            raise MmrecError(said % {"name": name, "known": ", ".join(sorted(KNOWN))})
        return _settled(name, Placement(_rungs("rungs", changes["rungs"])), changes)

    def __iter__(self) -> Iterator[str]:
        return iter({**PLACEMENTS_BUILT_IN, **_given()})

    def __len__(self) -> int:
        return len(set(self))


PLACEMENTS: Mapping[str, Placement] = _Placements()


def placement_of(name: str) -> Placement:
    """As this shop has it (`MMREC["PLACEMENTS"]`). Raises `MmrecError` for one that does not exist."""
    if name not in set(PLACEMENTS):
        raise MmrecError(unknown(name))
    return PLACEMENTS[name]


def unknown(name: str) -> str:
    said = _("placement %(name)r is unknown; placements are %(known)s.")
    return said % {"name": name, "known": ", ".join(PLACEMENTS)}


def list_of(name: str) -> Placement:
    """`placement_of`, or the search as this shop has it."""
    if name == SEARCH:
        return varied(SEARCH_BUILT_IN, conf().placements.get(SEARCH, {}))
    return placement_of(name)


def list_names() -> list[str]:
    """What rules and experiments may name: every list of this shop."""
    return [*PLACEMENTS, SEARCH]


def varied(placement: Placement, variant: Mapping[str, Any]) -> Placement:
    """A placement with some of its fields otherwise, rungs by their names: `{"rungs": ["trending", "popular"]}`. Of the
    search, weights that are not named stay.

    Raises `MmrecError` naming the field, the value and what it may be.
    """
    if not placement.rungs:
        return _searching(placement, variant)
    if odd := sorted(set(variant) - set(CHANGES)):
        said = _("a placement has no %(name)r; what can change is %(known)s.")
        raise MmrecError(said % {"name": odd[0], "known": ", ".join(sorted(CHANGES))})
    return replace(placement, **{name: CHANGES[name](name, value) for name, value in variant.items()})


def _searching(search: Placement, variant: Mapping[str, Any]) -> Placement:
    if odd := sorted(set(variant) - set(SEARCH_CHANGES)):
        said = _("The list “%(list)s” has no “%(name)s”; what can change in it is %(names)s.")
        known = ", ".join(sorted(SEARCH_CHANGES))
        raise MmrecError(said % {"list": SEARCH, "name": odd[0], "names": known})
    changed = {name: SEARCH_CHANGES[name](name, value) for name, value in variant.items()}
    weights = {**search.weights, **changed.get("weights", {})}
    if not (weights["meaning"] or weights["words"]):
        raise MmrecError(_("“weights” leave nothing to search with: give “meaning” or “words” more than 0."))
    return replace(search, **{**changed, "weights": weights})


def _given() -> Mapping[str, Mapping[str, Any]]:
    """The placements of the settings."""
    return {name: changes for name, changes in conf().placements.items() if name != SEARCH}


def _settled(name: str, placement: Placement, changes: Mapping[str, Any]) -> Placement:
    """A generation of the settings would be dropped some day: only running experiments keep what they name."""
    if "generation" in changes:
        said = _("placement %(name)r names a generation; only a variant of an experiment can.")
        raise MmrecError(said % {"name": name})
    return varied(placement, changes)


def _rungs(name: str, value: Any) -> tuple[Source, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise MmrecError(_("%(name)r is %(value)r; it must list rungs, best first.") % {"name": name, "value": value})
    if odd := [rung for rung in value if not isinstance(rung, str) or rung not in KNOWN]:
        said = _("rung %(name)r is unknown; rungs are %(known)s.")
        raise MmrecError(said % {"name": odd[0], "known": ", ".join(sorted(KNOWN))})
    return tuple(KNOWN[rung] for rung in value)


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise MmrecError(_("%(name)r is %(value)r; it must be true or false.") % {"name": name, "value": value})
    return value


def _mode(name: str, value: Any) -> str:
    if value not in MODES:
        said = _("%(name)r is %(value)r; it must be one of %(known)s.")
        raise MmrecError(said % {"name": name, "value": value, "known": ", ".join(MODES)})
    return value


def _number(name: str, value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        said = _("“%(name)s” is %(value)s; it must be a number from 0 to %(most)s.")
        raise MmrecError(said % {"name": name, "value": repr(value), "most": f"{most:g}"})
    return value


def _numbers(name: str, value: Any, most: float) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise MmrecError(_("%(name)r is %(value)r; it must map names to numbers.") % {"name": name, "value": value})
    return {str(key): _number(f"{name}: {key}", each, most) for key, each in value.items()}


def _weights(name: str, value: Any, signals: Collection[str] = SIGNALS) -> dict[str, float]:
    found = _numbers(name, value, 1000)
    if odd := sorted(set(found) - set(signals)):
        said = _("“%(name)s” names “%(signal)s”, which is no signal; signals are %(signals)s.")
        raise MmrecError(said % {"name": name, "signal": odd[0], "signals": ", ".join(signals)})
    return found


def _search_weights(name: str, value: Any) -> dict[str, float]:
    return _weights(name, value, SEARCH_BUILT_IN.weights)


def _caps(name: str, value: Any) -> dict[str, float]:
    found = _numbers(name, value, 200)
    if none := [key for key, most in found.items() if most == 0]:
        said = _("“%(name)s” lets nothing of “%(key)s” in; give a share below 1, or a count.")
        raise MmrecError(said % {"name": name, "key": none[0]})
    return found


def _share(name: str, value: Any) -> float:
    return _number(name, value, 1)


def _count(name: str, value: Any) -> int:
    return int(_number(name, value, 365))


def _generation(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        said = _("%(name)r is %(value)r; it must be the number of a generation.")
        raise MmrecError(said % {"name": name, "value": value})
    return value


CHANGES: Mapping[str, Callable[[str, Any], Any]] = {
    "rungs": _rungs,
    "needs_context": _flag,
    "hides_purchased": _flag,
    "hides_cart": _flag,
    "mode": _mode,
    "weights": _weights,
    "diversity": _share,
    "caps": _caps,
    "rotation": _count,
    "rotation_days": _count,
    "exploration": _share,
    "exploration_days": _count,
    "generation": _generation,
}
"""Field -> what reads it from the settings, or from a variant of an experiment."""
SEARCH_CHANGES: Mapping[str, Callable[[str, Any], Any]] = {
    "weights": _search_weights,
    "diversity": _share,
    "caps": _caps,
}
"""Likewise of the search."""
