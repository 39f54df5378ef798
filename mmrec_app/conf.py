"""The one setting, `MMREC = {…}`, read through a typed view.

The view is made anew at each access, so `override_settings` works, and it is the only place that knows the defaults.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from mmrec_app.encoders.spec import COLOURS, IMAGE_DEFAULT, TEXT_DEFAULT, EncoderSpec
from mmrec_app.types import Seq2Seq

DEFAULT_EVENT_WEIGHTS = {"view": 1.0, "click": 1.0, "like": 3.0, "cart": 4.0, "purchase": 6.0, "dismiss": 0.0}


@dataclass(frozen=True)
class MmrecSettings:
    """Everything a shop can set. Keys of `MMREC` are these names in capitals."""

    catalogue: tuple[str, ...] = ()
    """Dotted paths of `Catalogue` subclasses, one for each product model."""
    encoders: tuple[EncoderSpec, ...] = (TEXT_DEFAULT, IMAGE_DEFAULT)
    dimension: int = 256
    """Dimension of the item vectors of new generations; at most 4,000, what a halfvec index holds."""
    device: str = "auto"
    dtype: str = "auto"
    cache: Path | None = None
    """Where converted encoder weights lie; None: the user's cache folder."""
    batch: int = 256
    lease_seconds: int = 300
    image_bytes: int = 20 * 1024 * 1024
    image_pixels: int = 50_000_000
    images_per_item: int = 4
    media_bytes: int = 50 * 1024 * 1024
    """Of a sound or a film."""
    views: int = 2
    """Augmented versions of each content that are encoded before a training; 0: none."""
    rewriters: tuple[tuple[Seq2Seq, ...], ...] = ()
    """Seq2seq models that write the texts of views 1, 2… anew: one paraphrases, a pair translates there and back."""
    cart: str = ""
    """Dotted path of `f(request) -> products in the cart`; what it returns is never recommended."""
    consent: str = ""
    """Dotted path of `f(request) -> bool`: whether this visitor may be remembered; none: all may."""
    retention_days: int = 0
    """Events and impressions older than this are deleted; 0: none are."""
    search: str = ""
    """Dotted path of `f(words, k) -> products`: the shop's own text search, best first."""
    search_ms: int = 1500
    """How long a search waits for a worker to encode it."""
    upload_bytes: int = 8 * 1024 * 1024
    """Of a photo that a visitor searches with."""
    searches_per_minute: int = 30
    placements: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What is otherwise in this shop's placements: {"for_you": {"rungs": ["trending", "popular"]}}."""
    history: int = 50
    """How many of a visitor's latest events a profile looks at."""
    purchased_days: int = 30
    """A purchase hides its product from personal lists for so long; 0: never hides."""
    trending_days: int = 14
    trending_half_life_days: float = 3.0
    event_weights: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_EVENT_WEIGHTS))
    affinity_support: int = 3
    """Baskets that must hold two products before they count as bought together."""
    affinity_days: int = 365
    """How far back baskets count; 0: all."""
    exact_below: int = 10_000
    """A filter that leaves fewer items than this is answered by an exact sort, not by the index."""
    deadline_ms: int = 500
    """No statement of a recommendation runs longer; the page gets what the ladder has left. 0: no limit."""
    cookie_name: str = "mmrec_visitor"
    cookie_age_days: int = 365
    headless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Public key -> the origins whose pages may ask with it: {"shop-app": ["https://www.example.com"]}."""
    events_per_minute: int = 120
    lists_per_minute: int = 240
    attribution_days: int = 7
    """A list is credited with what is bought within so many days after it was seen."""
    robots_per_minute: int = 60
    """Who looks and clicks oftener within a minute is no person and is not counted; 0: everybody is."""
    autofit_items: int = 32
    """A catalogue of at least so many encoded items gets its fitted projection by itself."""
    training: Mapping[str, Any] = field(default_factory=dict)
    """What `TrainingConfig` says otherwise in this shop: {"epochs": 20}."""
    retrain_events: int = 500
    """The schedule trains again when so many events are newer than the last trained generation."""
    history_days: int = 365
    """Training looks so far back; 0: at everything."""
    held_out: int = 10_000
    """At most so many visitors have their last items kept from training, to judge it by."""
    gate_tolerance: float = 0.02
    """A new generation serves unless its recall@20 or NDCG@10 lies more than this part below the active one's."""
    gate_tolerance_breadth: float = 0.5
    """Likewise for coverage, diversity and the recall of items nobody had met, against a trained one; 1: not at all."""
    keep_generations: int = 3
    """So many that served keep their vectors, to roll back to, and as many that were not let to."""
    runs: Path | None = None
    """Where trainings write what they resume from; None: in the cache folder."""

    @property
    def stored_encoders(self) -> tuple[EncoderSpec, ...]:
        """All whose vectors are stored: where there are pictures, their colours are looked at too."""
        looks = any(spec.modality == "image" for spec in self.encoders)
        return (*self.encoders, COLOURS) if looks else self.encoders


COUNTS = (
    "BATCH",
    "LEASE_SECONDS",
    "HISTORY",
    "IMAGE_BYTES",
    "IMAGE_PIXELS",
    "MEDIA_BYTES",
    "UPLOAD_BYTES",
    "COOKIE_AGE_DAYS",
    "AUTOFIT_ITEMS",
    "AFFINITY_SUPPORT",
)
"""Nothing works with none of these."""
KEYS = {f.name.upper(): f.name for f in fields(MmrecSettings)}


def conf() -> MmrecSettings:
    """The settings as they are now.

    Raises `ImproperlyConfigured`, naming the key, for a key that does not exist or a value that cannot be.
    """
    raw = getattr(django_settings, "MMREC", {})
    if unknown := sorted(set(raw) - set(KEYS)):
        raise ImproperlyConfigured(f"MMREC has unknown key {unknown[0]!r}; known keys: {', '.join(sorted(KEYS))}.")
    return MmrecSettings(**{KEYS[key]: _read(key, value) for key, value in raw.items()})


def _read(key: str, value: Any) -> Any:
    reader = _READERS.get(key)
    if reader is not None:
        return reader(value)
    default = getattr(MmrecSettings, KEYS[key], None)
    if isinstance(default, int | float):
        return _number(key, value, type(default))
    if not isinstance(value, str):
        raise ImproperlyConfigured(f"MMREC[{key!r}] is {value!r}; it must be a text.")
    return value


def _number(key: str, value: Any, kind: type) -> Any:
    least = 1 if key in COUNTS else 0
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < math.inf:
        raise ImproperlyConfigured(f"MMREC[{key!r}] is {value!r}; it must be a number of at least {least}.")
    return kind(value)


def _catalogue(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not all(isinstance(path, str) for path in value):
        raise ImproperlyConfigured(f"MMREC['CATALOGUE'] is {value!r}; it must be a list of dotted paths.")
    return tuple(value)


def _encoders(value: Any) -> tuple[EncoderSpec, ...]:
    """`{"text": {"model": …}, "image": ["google/siglip-…", …]}`: a modality's encoder, or a list of several; each is a
    model's name or a mapping of `EncoderSpec` fields."""
    if not isinstance(value, Mapping):
        raise ImproperlyConfigured(f"MMREC['ENCODERS'] is {value!r}; it must map a modality to its encoder.")
    specs = [
        _encoder(modality, each)
        for modality, given in value.items()
        for each in (given if isinstance(given, list | tuple) else [given])
    ]
    if len({spec.identity for spec in specs}) < len(specs):
        raise ImproperlyConfigured(f"MMREC['ENCODERS'] is {value!r}; it names one encoder twice.")
    return tuple(specs)


def _encoder(modality: str, given: Any) -> EncoderSpec:
    try:
        return EncoderSpec(modality=modality, **({"model": given} if isinstance(given, str) else dict(given)))
    except (TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"MMREC['ENCODERS'][{modality!r}]: {error}") from error


def _rewriters(value: Any) -> tuple[tuple[Seq2Seq, ...], ...]:
    views = [each if isinstance(each, list | tuple) else [each] for each in value]
    if isinstance(value, str) or not all(len(view) in (1, 2) and all(map(_names_seq2seq, view)) for view in views):
        raise ImproperlyConfigured(
            f"MMREC['REWRITERS'] is {value!r}; it must list models, or pairs of models, each a name or a mapping of "
            "'model' and 'prefix'."
        )
    return tuple(
        tuple(Seq2Seq(model) if isinstance(model, str) else Seq2Seq(**model) for model in view) for view in views
    )


def _names_seq2seq(given: Any) -> bool:
    if isinstance(given, Mapping):
        return {"model"} <= set(given) <= {"model", "prefix"} and all(isinstance(part, str) for part in given.values())
    return isinstance(given, str)


def _dimension(value: Any) -> int:
    if not isinstance(value, int) or not 8 <= value <= 4000:
        raise ImproperlyConfigured(f"MMREC['DIMENSION'] is {value!r}; a halfvec index holds 8 to 4,000 dimensions.")
    return value


def _weights(value: Any) -> Mapping[str, float]:
    if unknown := set(value) - set(DEFAULT_EVENT_WEIGHTS):
        raise ImproperlyConfigured(f"MMREC['EVENT_WEIGHTS'] names {sorted(unknown)[0]!r}, which is no kind of event.")
    return {
        **DEFAULT_EVENT_WEIGHTS,
        **{kind: _number("EVENT_WEIGHTS", weight, float) for kind, weight in value.items()},
    }


def _headless(value: Any) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping) or any(isinstance(origins, str) for origins in value.values()):
        raise ImproperlyConfigured(f"MMREC['HEADLESS'] is {value!r}; it must map public keys to lists of origins.")
    for origin in (origin for origins in value.values() for origin in origins):
        if not re.fullmatch(r"https?://[^/]+", origin):
            raise ImproperlyConfigured(f"MMREC['HEADLESS'] has origin {origin!r}; one is https://www.example.com.")
    return {key: tuple(origins) for key, origins in value.items()}


def _placements(value: Any) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(value, Mapping) or not all(isinstance(changes, Mapping) for changes in value.values()):
        raise ImproperlyConfigured(f"MMREC['PLACEMENTS'] is {value!r}; it must map placements to what changes in them.")
    return {name: dict(changes) for name, changes in value.items()}


def _training(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ImproperlyConfigured(f"MMREC['TRAINING'] is {value!r}; it must map settings of a training to values.")
    return dict(value)


_READERS = {
    "CATALOGUE": _catalogue,
    "ENCODERS": _encoders,
    "REWRITERS": _rewriters,
    "DIMENSION": _dimension,
    "EVENT_WEIGHTS": _weights,
    "TRENDING_HALF_LIFE_DAYS": lambda value: max(_number("TRENDING_HALF_LIFE_DAYS", value, float), 0.001),
    "CACHE": lambda value: Path(value) if value else None,
    "RUNS": lambda value: Path(value) if value else None,
    "TRAINING": _training,
    "PLACEMENTS": _placements,
    "HEADLESS": _headless,
}
