"""The item tower of a generation: what turns an item's encoder outputs into its place."""

from functools import lru_cache

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import load_artefact
from mmrec_app.embeddings.vectors import encoder_dimensions
from mmrec_app.models import Generation
from mmrec_app.training.projection import Projection, fixed_projection

ARTEFACT = "projection.safetensors"


def tower_of(generation: Generation) -> Projection:
    """Generation 0's is computed, for whatever encoders are configured; any other's is loaded, once a process."""
    if generation.number == 0:
        names = [spec.identity for spec in conf().encoders]
        known = encoder_dimensions(names)
        return fixed_projection({name: known.get(name, 1) for name in names}, generation.dimension)
    return _loaded(generation.number, generation.dimension, tuple(generation.config["encoders"]))


@lru_cache(maxsize=4)
def _loaded(number: int, dimension: int, encoders: tuple[str, ...]) -> Projection:
    data = load_artefact(Generation(number=number), ARTEFACT)
    return Projection.from_bytes(data, encoders, dimension)
